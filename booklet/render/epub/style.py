"""The book's one style sheet: what engines of reading systems need, then the theme's."""

from __future__ import annotations

import re

from booklet.render.epub.strings import printable

_FOR_ENGINES = """\
/* Older engines know neither these elements nor the attribute. */
article, aside, details, figcaption, figure, footer, header, main, nav, section, summary { display: block }
[hidden], .hide { display: none }
img { max-width: 100%; height: auto }
.cover-picture { margin: 0; padding: 0; text-align: center }
.cover-picture img { max-height: 100%; margin: 0 }
.nav-toc ol { list-style: none; padding-left: 0 }
.nav-toc ol ol { padding-left: 1em }
.with-call { white-space: nowrap }
/* The picture, but MathML where it is laid out: engines that do know `math-style`, others skip the rule. */
.mathml { display: none }
@supports (math-style: compact) {
  .mathml { display: inline }
  .formula .picture-formula, .formula-display .picture-formula { display: none }
}
"""
_CHARSET = re.compile(r'@charset\s+"[^"]*"\s*;', re.IGNORECASE)


def style_sheet(theme_css: str) -> str:
    """The whole sheet; the theme's rules come last and win."""
    return _FOR_ENGINES + _CHARSET.sub("", printable(theme_css))
