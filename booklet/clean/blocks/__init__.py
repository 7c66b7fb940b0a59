"""Steps on blocks: paragraphs, lists, tables, headings, listings."""
