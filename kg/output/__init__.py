"""Text and files that leave the house: safe to show, written whole or not at all."""
