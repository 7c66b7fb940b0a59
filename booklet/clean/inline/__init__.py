"""Steps on what stands in lines: links, notes, formulas, colour, spaces, the hygiene of Chinese text."""
