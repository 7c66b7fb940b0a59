"""Names of HTML that several steps ask for: https://html.spec.whatwg.org/multipage/indices.html."""

from __future__ import annotations


def names(words: str) -> frozenset[str]:
    """The set of the words in `words`."""
    return frozenset(words.split())


VOID = names("area base br col embed hr img input link meta param source track wbr keygen frame bgsound")
"""Elements without content or end tag."""

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")

TRANSPARENT = names(
    "div section article main header footer nav center address fieldset form hgroup dialog menu search "
    "dir legend body html noscript picture"
)
"""Blocks that mean nothing to a reader: their content takes their place."""

LEAF_BLOCKS = frozenset((*HEADINGS, "p", "pre", "hr"))
"""Blocks that hold text, or nothing."""

CONTAINERS = names(
    "blockquote ul ol li dl dt dd table caption thead tbody tfoot tr td th colgroup col figure figcaption "
    "details summary aside"
)
"""Blocks that hold blocks and mean something."""

BLOCKS = TRANSPARENT | LEAF_BLOCKS | CONTAINERS

FORMATTING = names("a b big code em font i nobr s small strike strong tt u")
"""Elements that the HTML5 parser opens again in the next block when they were not closed."""

INLINE = names(
    "abbr acronym bdi bdo cite data del dfn ins kbd label mark meter output progress q rb rp rt rtc ruby "
    "samp span sub sup time var blink marquee slot"
)

EMBEDS = frozenset(["iframe", "video", "audio", "embed", "object"])

RAW_TEXT = names("script style iframe noembed noframes xmp plaintext textarea title template")
"""Elements whose content the HTML5 parser does not read as markup, or that hide it."""

FOREIGN = frozenset(("svg", "math"))

OTHER = names(
    "applet area base basefont bgsound button canvas command datalist frame frameset head input keygen "
    "link listing map meta optgroup option param select source track"
)

KNOWN = (
    BLOCKS
    | FORMATTING
    | INLINE
    | EMBEDS
    | RAW_TEXT
    | FOREIGN
    | OTHER
    | frozenset(("img", "image", "br", "wbr"))
)
"""Every element of HTML, living or obsolete: any other name between angle brackets is text, or foreign."""

IN_PAGE = "data:image/svg+xml;in-page=1;base64,"
"""How the address begins of a picture that stood in the page as `<svg>`."""
