"""The cleaning line: an ordered table of steps. The order matters."""

from __future__ import annotations

from booklet.clean.blocks.bullets import bullets
from booklet.clean.blocks.code import code
from booklet.clean.blocks.headings import levels, outline
from booklet.clean.blocks.highlight import highlight
from booklet.clean.blocks.lines import lines
from booklet.clean.blocks.lists import lists
from booklet.clean.blocks.numbered import numbered
from booklet.clean.blocks.paragraphs import paragraphs
from booklet.clean.blocks.pseudo_headings import pseudo_headings
from booklet.clean.blocks.tables import tables
from booklet.clean.draft import Step
from booklet.clean.inline.anchors import anchors, dead_links, targets
from booklet.clean.inline.colours import colours
from booklet.clean.inline.footnotes import footnotes
from booklet.clean.inline.formulas import formulas, late_formulas
from booklet.clean.inline.hygiene import hygiene
from booklet.clean.inline.links import links
from booklet.clean.inline.references import references
from booklet.clean.inline.styles import styles
from booklet.clean.inline.whitespace import whitespace
from booklet.clean.media.embeds import addresses, embeds
from booklet.clean.media.figures import figures
from booklet.clean.media.images import images, lead
from booklet.clean.page_junk.boilerplate import boilerplate
from booklet.clean.page_junk.junk import junk
from booklet.clean.page_junk.tail import leftovers, tail
from booklet.clean.text.characters import characters
from booklet.clean.text.markdown import markdown
from booklet.clean.text.pseudo_tags import pseudo_tags
from booklet.clean.text.shortcodes import shortcodes
from booklet.clean.validity.bounds import bounds
from booklet.clean.validity.content_model import content_model
from booklet.clean.validity.depth import cards, depth
from booklet.clean.validity.nesting import nesting
from booklet.clean.validity.sanitise import sanitise
from booklet.clean.validity.shape import shape

TEXT_STEPS: tuple[tuple[str, Step], ...] = (
    ("characters", characters),
    ("shortcodes", shortcodes),
    ("markdown", markdown),
    ("pseudo_tags", pseudo_tags),
    ("nesting", nesting),
    ("sanitise", sanitise),
)
"""Steps on the body's text; the last of them also builds the tree."""

TREE_STEPS: tuple[tuple[str, Step], ...] = (
    ("formulas", formulas),
    ("junk", junk),
    ("embeds", embeds),
    ("images", images),
    ("links", links),
    ("references", references),
    ("targets", targets),
    ("footnotes", footnotes),
    ("dead_links", dead_links),
    ("code", code),
    ("colours", colours),
    ("styles", styles),
    ("tables", tables),
    ("lists", lists),
    ("paragraphs", paragraphs),
    ("addresses", addresses),
    ("boilerplate", boilerplate),
    ("figures", figures),
    ("shape", shape),
    ("tail", tail),
    ("bullets", bullets),
    ("numbered", numbered),
    ("pseudo_headings", pseudo_headings),
    ("levels", levels),
    ("hygiene", hygiene),
    ("whitespace", whitespace),
    ("lead", lead),
    ("bounds", bounds),
    ("depth", depth),
    ("content_model", content_model),
    ("late_formulas", late_formulas),
    ("lines", lines),
    ("leftovers", leftovers),
    ("anchors", anchors),
    ("outline", outline),
    ("cards", cards),
    ("highlight", highlight),
)
"""Steps on the tree."""

STEPS = TEXT_STEPS + TREE_STEPS
