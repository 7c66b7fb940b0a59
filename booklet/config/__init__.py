"""`booklet.toml` and flags → one frozen `Config`; every default resolved here, once."""
