"""Names that the document, its style rules and the fetcher agree on."""

BASE_URL = "https://booklet.invalid/"
"""What relative addresses are relative to; `.invalid` never resolves (RFC 6761)."""
IMAGES = "images/"
FACES = "faces/"

BOOKMARK_ATTRIBUTE = "data-bookmark"
"""Carries the label of a PDF bookmark; `data-bookmark-level` its level."""
RUNNING_ATTRIBUTE = "data-running"
"""Carries what the running heads of a chapter's pages say."""
