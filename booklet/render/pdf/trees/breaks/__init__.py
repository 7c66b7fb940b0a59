"""Where the lines of print may end and where not, as invisible characters in the text."""
