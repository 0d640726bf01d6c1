"""Sources: files in, records out. A reader never guesses; it names the file, the line and the remedy."""
