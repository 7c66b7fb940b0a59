"""The folded booklet: `order` says which page goes where (numbers), `place` puts it there (pikepdf)."""
