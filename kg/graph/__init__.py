"""The graph folder: built aside, checked, published by one swap, then only read."""
