"""The one room that opens connections: one URL in, the bytes of its answer out, within limits."""
