"""Graph to file."""
