"""Measures that are printed, not asserted: `make bench`."""
