"""Steps on what stands in lines: links, notes, colour, spaces, the hygiene of Chinese text."""
