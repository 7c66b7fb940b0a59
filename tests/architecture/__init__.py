"""The house rules that a machine can check. DESIGN's picture as a table: `rooms.py`."""
