"""Finished PDFs, by pikepdf: chunks put together, faces, bookmarks, page labels, properties."""
