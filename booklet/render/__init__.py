"""Booklet → outputs: chapters by the theme's templates, then an EPUB or a PDF of them."""
