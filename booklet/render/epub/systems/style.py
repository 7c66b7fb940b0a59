"""The book's one style sheet: what engines of reading systems need, then the theme's."""

from __future__ import annotations

import re

from booklet.model import EpubProfile
from booklet.render.epub.documents.strings import printable
from booklet.render.epub.systems import kobo

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
.drawn-formula { max-width: 100%; height: auto }
/* The picture, but MathML where it is laid out: engines that do know `math-style`, others skip the rule. */
.mathml { display: none }
@supports (math-style: compact) {
  .mathml { display: inline }
  .formula .picture-formula, .formula-display .picture-formula { display: none }
}
"""
_CHARSET = re.compile(r'@charset\s+"[^"]*"\s*;', re.IGNORECASE)


def style_sheet(theme_css: str, profile: EpubProfile) -> str:
    """The whole sheet for these systems; the theme's rules come after the engines' and win."""
    css = _FOR_ENGINES + _CHARSET.sub("", printable(theme_css))
    if profile == "kindle":
        from booklet.render.epub.systems.kindle import supported_css  # its parser is for this profile alone

        return supported_css(css)
    return css + kobo.CSS if profile == "kobo" else css
