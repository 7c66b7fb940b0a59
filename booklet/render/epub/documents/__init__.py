"""Chapters as the XHTML documents of an EPUB: valid, split, linked, with the pages of the print edition."""
