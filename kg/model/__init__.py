"""What is known, as plain records: no file, no RDF, no arithmetic."""
