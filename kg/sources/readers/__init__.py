"""One published form of file each."""
