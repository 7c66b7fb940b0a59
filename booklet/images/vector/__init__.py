"""Vector drawings: sanitised, kept as vector."""
