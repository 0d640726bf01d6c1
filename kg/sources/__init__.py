"""Sources: files in, records out. A reader never guesses; it names the file, the line and the remedy."""

import csv

LONGEST_LINE = 1 << 22
"""Longest line, in bytes; a longer one is no table."""

csv.field_size_limit(LONGEST_LINE)
"""The module ``csv`` has one limit for the whole process, 128 KiB at first. It is set here, once, to what a
line may hold: to switch it for each row would switch it under the feet of other threads."""
