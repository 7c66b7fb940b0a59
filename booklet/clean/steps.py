"""The cleaning line: an ordered table of steps. The order matters."""

from __future__ import annotations

from booklet.clean.anchors import anchors, dead_links, targets
from booklet.clean.boilerplate import boilerplate
from booklet.clean.bounds import bounds
from booklet.clean.bullets import bullets
from booklet.clean.characters import characters
from booklet.clean.code import code
from booklet.clean.colours import colours
from booklet.clean.content_model import content_model
from booklet.clean.depth import cards, depth
from booklet.clean.draft import Step
from booklet.clean.embeds import addresses, embeds
from booklet.clean.figures import figures
from booklet.clean.footnotes import footnotes
from booklet.clean.formulas import formulas, late_formulas
from booklet.clean.headings import levels, outline
from booklet.clean.highlight import highlight
from booklet.clean.hygiene import hygiene
from booklet.clean.images import images, lead
from booklet.clean.junk import junk
from booklet.clean.lines import lines
from booklet.clean.links import links
from booklet.clean.lists import lists
from booklet.clean.markdown import markdown
from booklet.clean.nesting import nesting
from booklet.clean.numbered import numbered
from booklet.clean.paragraphs import paragraphs
from booklet.clean.pseudo_headings import pseudo_headings
from booklet.clean.pseudo_tags import pseudo_tags
from booklet.clean.references import references
from booklet.clean.sanitise import sanitise
from booklet.clean.shape import shape
from booklet.clean.shortcodes import shortcodes
from booklet.clean.styles import styles
from booklet.clean.tables import tables
from booklet.clean.tail import leftovers, tail
from booklet.clean.whitespace import whitespace

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
