"""What we draw ourselves: formulas as outlines, QR codes."""
