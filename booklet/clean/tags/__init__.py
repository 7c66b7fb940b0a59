"""Tags of site generators: Hexo's, Hugo's shortcodes, Liquid. Each language has its reader and its table.

`tokens` tells tags from text and from code, `arguments` reads what stands in a tag, `forms` writes the HTML
that all of them end in; `hexo`, `hugo` and `liquid` say what a reader of the site would see of each tag.
"""
