"""How lines are set: what stands in the place of functions of WeasyPrint for lines of text."""
