"""The facts of ``data/``, read strictly."""
