"""`make same`: nothing that works is lost. The same articles are built by an earlier commit and by this tree.

`builds` makes both sides, `drawn` says what stands behind the bytes, `compare` finds what differs, `listed`
knows which changes are meant (`changed.toml`), `__main__` tells it.
"""
