"""What news articles claim, beside the record."""
