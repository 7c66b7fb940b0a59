"""Names of HTML that several steps ask for: https://html.spec.whatwg.org/multipage/indices.html."""

from __future__ import annotations

VOID = frozenset(
    "area base br col embed hr img input link meta param source track wbr keygen frame bgsound".split()
)
"""Elements without content or end tag."""

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")

TRANSPARENT = frozenset(
    "div section article main header footer nav center address fieldset form hgroup dialog menu search "
    "dir legend body html noscript picture".split()
)
"""Blocks that mean nothing to a reader: their content takes their place."""

LEAF_BLOCKS = frozenset((*HEADINGS, "p", "pre", "hr"))
"""Blocks that hold text, or nothing."""

CONTAINERS = frozenset(
    "blockquote ul ol li dl dt dd table caption thead tbody tfoot tr td th colgroup col figure figcaption "
    "details summary aside".split()
)
"""Blocks that hold blocks and mean something."""

BLOCKS = TRANSPARENT | LEAF_BLOCKS | CONTAINERS

FORMATTING = frozenset("a b big code em font i nobr s small strike strong tt u".split())
"""Elements that the HTML5 parser opens again in the next block when they were not closed."""

INLINE = frozenset(
    "abbr acronym bdi bdo cite data del dfn ins kbd label mark meter output progress q rb rp rt rtc ruby samp "
    "span sub sup time var blink marquee slot".split()
)

EMBEDS = frozenset("iframe video audio embed object".split())

RAW_TEXT = frozenset("script style iframe noembed noframes xmp plaintext textarea title template".split())
"""Elements whose content the HTML5 parser does not read as markup, or that hide it."""

FOREIGN = frozenset(("svg", "math"))

OTHER = frozenset(
    "applet area base basefont bgsound button canvas command datalist frame frameset head input keygen link "
    "listing map meta optgroup option param select source track".split()
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
