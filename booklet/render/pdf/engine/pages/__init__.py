"""How pages are filled: what stands in the place of functions of WeasyPrint for blocks and pages."""
