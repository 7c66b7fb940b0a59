"""Steps on pictures and players."""
