"""Rules of markdown-it-py: what other dialects of Markdown write, read inside the parser.

Each module is one such rule, or a few that belong together; the step `markdown` (in `text`) uses them.
"""
