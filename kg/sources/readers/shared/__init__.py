"""What several readers, or the parts of one, share; no reader stands here."""
