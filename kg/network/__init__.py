"""Ties between states, organisations, officials and texts, and chains of them."""
