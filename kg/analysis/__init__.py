"""Analysis: what the record says about a question, with what the answer was made of."""
