"""The cleaning line: an ordered table of steps. The order matters."""

from __future__ import annotations

from collections.abc import Sequence

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
from booklet.clean.rows import Row, placed
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

TEXT_STEPS: tuple[Row, ...] = (
    Row("characters", characters),
    Row("shortcodes", shortcodes),
    Row("markdown", markdown),
    Row("pseudo_tags", pseudo_tags),
    Row("nesting", nesting),
    Row("sanitise", sanitise),
)
"""Steps on the body's text; the last of them also builds the tree."""

TREE_STEPS: tuple[Row, ...] = (
    Row("formulas", formulas),
    Row("junk", junk),
    Row("embeds", embeds),
    Row("images", images),
    Row("links", links),
    Row("references", references),
    Row("targets", targets),
    Row("footnotes", footnotes),
    Row("dead_links", dead_links),
    Row("code", code),
    Row("colours", colours),
    Row("styles", styles),
    Row("tables", tables),
    Row("lists", lists),
    Row("paragraphs", paragraphs),
    Row("addresses", addresses),
    Row("boilerplate", boilerplate),
    Row("figures", figures),
    Row("shape", shape),
    Row("tail", tail),
    Row("bullets", bullets),
    Row("numbered", numbered),
    Row("pseudo_headings", pseudo_headings),
    Row("levels", levels),
    Row("hygiene", hygiene),
    Row("whitespace", whitespace),
    Row("lead", lead),
    Row("bounds", bounds),
    Row("depth", depth),
    Row("content_model", content_model),
    Row("late_formulas", late_formulas),
    Row("lines", lines),
    Row("leftovers", leftovers),
    Row("anchors", anchors),
    Row("outline", outline),
    Row("cards", cards),
    Row("highlight", highlight),
)
"""Steps on the tree."""

STEPS = TEXT_STEPS + TREE_STEPS


def line(extra: Sequence[Row] = ()) -> tuple[Row, ...]:
    """The steps in order, with the extra rows where their `after` and `before` put them (`rows.placed`).

    Raises:
        StepOrderError: a row cannot be placed; its finding says which and why.
    """
    return placed(STEPS, extra)
