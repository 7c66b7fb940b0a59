"""The table of the cleaning steps, in the order in which they run.

A row names the steps that must have run before its own, each with the reason ("it" is the step named, "this
step" the row's own). For each such demand a case in `tests/cases/order` shows what goes wrong without it.
Steps that demand nothing of each other could change places.
"""

from __future__ import annotations

from collections.abc import Sequence

from booklet.clean.blocks.boxes import boxes
from booklet.clean.blocks.bullets import bullets
from booklet.clean.blocks.code import code
from booklet.clean.blocks.diagrams import diagrams
from booklet.clean.blocks.directions import directions
from booklet.clean.blocks.headings import levels, outline
from booklet.clean.blocks.highlight import highlight
from booklet.clean.blocks.lines import lines
from booklet.clean.blocks.lists import lists
from booklet.clean.blocks.numbered import numbered
from booklet.clean.blocks.paragraphs import paragraphs
from booklet.clean.blocks.pseudo_headings import pseudo_headings
from booklet.clean.blocks.tables import tables
from booklet.clean.formulas.formulas import formulas, late_formulas
from booklet.clean.inline.anchors import anchors, dead_links, targets
from booklet.clean.inline.colours import colours
from booklet.clean.inline.footnotes import footnotes
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

# Kept from the formatter, which would spread each row over many lines.
# fmt: off
TEXT_STEPS: tuple[Row, ...] = (
    Row("characters", characters),
    Row("shortcodes", shortcodes, {"characters": "a zero-width character beside a tag would hide it"}),
    Row("markdown", markdown, {
        "shortcodes": "code between a generator's tags is a listing by then, and not Markdown",
    }),
    Row("pseudo_tags", pseudo_tags, {
        "markdown": "`>` begins a quotation there and `<https://…>` is a link; what is left is a bracket",
    }),
    Row("nesting", nesting, {
        "pseudo_tags": "tags in comments and words in brackets do not count as open elements",
    }),
    Row("sanitise", sanitise, {
        "nesting": "the parser repeats formatting that is left open in every block: first it is bounded",
    }),
)
"""Steps on the body's text; the last of them also builds the tree."""

TREE_STEPS: tuple[Row, ...] = (
    Row("directions", directions, {"sanitise": "it builds the tree"}),
    Row("formulas", formulas, {"sanitise": "it builds the tree"}),
    Row("junk", junk, {"formulas": "what MathJax and KaTeX drew is junk, but not the formula in it"}),
    Row("embeds", embeds, {
        "junk": "a hidden part that holds a player is no junk: the player must still be seen there",
    }),
    Row("images", images, {
        "formulas": "a formula that is a picture becomes MathML and no picture",
        "junk": "counting pixels are told by size and address, which this step takes",
        "embeds": "the still of a player is a picture",
    }),
    Row("links", links, {
        "images": "a relative link around a picture leads to it in full; this step gives such links up",
    }),
    Row("references", references, {"sanitise": "it builds the tree"}),
    Row("targets", targets, {
        "links": "a link by the article's own address is a link to an anchor by then",
        "references": "the notes that it makes links to keep their anchors",
    }),
    Row("footnotes", footnotes, {
        "references": "a call that carries its note as data has its note by then",
        "targets": "notes are found by `id`; an anchor written as `name` has one by then",
    }),
    Row("dead_links", dead_links, {
        "targets": "a link to the words of a heading is not dead: the heading has this `id` by then",
        "footnotes": "it knows the links back from notes by where they led, though nothing is there",
    }),
    Row("diagrams", diagrams, {"sanitise": "it builds the tree"}),
    Row("code", code, {
        "junk": "the buttons in a listing are no code",
        "diagrams": "a block that a script would draw is a listing by then",
    }),
    Row("colours", colours, {"sanitise": "it builds the tree"}),
    Row("boxes", boxes, {"junk": "a button in a box's title is no part of it"}),
    Row("styles", styles, {
        "boxes": "what is beside the page in an `<aside>` is no box, and this step unwraps it",
        "directions": "a direction may be a style, which this step takes",
        "junk": "hidden parts are told by their style, which this step takes",
        "images": "pictures in a line of text are told by their style",
        "dead_links": "it leaves spans, which this step dissolves",
        "colours": "colours are styles, which this step takes",
    }),
    Row("tables", tables, {
        "embeds": "a table that holds a player only places things",
        "code": "line numbers beside a listing are gone by then, and are no column",
        "styles": "cells that are bold by style alone head a table, too",
    }),
    Row("lists", lists, {"styles": "`<dir>` and `<menu>` are `<ul>` by then"}),
    Row("paragraphs", paragraphs, {
        "embeds": "a player in a paragraph splits it",
        "footnotes": "notes are taken out of their list before it is tidied",
        "code": "listings that were written as lists of lines are no lists",
        "styles": "what is centred or set to the right is known",
        "tables": "the cells of a table that only placed things are blocks",
        "lists": "loose text in a list is an item, perhaps with paragraphs",
    }),
    Row("addresses", addresses, {"paragraphs": "an address counts when it is alone in its paragraph"}),
    Row("boilerplate", boilerplate, {"paragraphs": "a line of the page counts when it is a paragraph"}),
    Row("figures", figures, {
        "paragraphs": "a picture alone in its paragraph is a figure",
        "boilerplate": "a line of the page below a picture is no caption",
    }),
    Row("shape", shape, {"paragraphs": "an item of several blocks keeps them as paragraphs"}),
    Row("tail", tail, {
        "boilerplate": "a list of other articles stands last when the page's lines below it are gone",
        "figures": "a frame around such a list is gone by then",
    }),
    Row("bullets", bullets, {"paragraphs": "a mark counts at the beginning of a paragraph"}),
    Row("numbered", numbered, {
        "bullets": "a bulleted list between two numbered paragraphs belongs to the first",
    }),
    Row("pseudo_headings", pseudo_headings, {
        "boilerplate": "a bold line above nothing but lines of the page heads nothing",
        "bullets": "a short line above a list announces it",
        "numbered": "a numbered line that became an item is no heading",
    }),
    Row("levels", levels, {
        "tail": "headings over lists of other articles do not count",
        "numbered": "it makes headings, which rank below the written ones",
        "pseudo_headings": "it makes headings, which rank below the written ones",
    }),
    Row("hygiene", hygiene, {
        "formulas": "the marks in a formula stay",
        "styles": "`<tt>` is code by then, and the marks in code stay",
    }),
    Row("whitespace", whitespace, {
        "code": "indents of code are in `<pre>` by then and stay",
        "paragraphs": "typed indents tell where paragraphs begin",
        "numbered": "the number that it takes off may leave an empty element",
        "hygiene": "a mark that is full-width by then needs no space",
    }),
    Row("lead", lead, {
        "images": "the pictures of the body are known by then",
        "tail": "those that belong to the page are gone by then",
    }),
    Row("bounds", bounds, {"code": "what a page put into a listing does not count as part of a line"}),
    Row("depth", depth, {"paragraphs": "wrappers that mean nothing are gone and do not count"}),
    Row("content_model", content_model, {
        "figures": "a line below a picture may be its caption",
        "numbered": "the items that it makes of several blocks take their plain form",
        "depth": "what lost the list or table that it stood in needs another",
    }),
    Row("late_formulas", late_formulas, {"styles": "the font tags that cut a formula in pieces are gone"}),
    Row("lines", lines, {
        "bullets": "a paragraph of typed items is a list by then",
        "pseudo_headings": "a head above its lines is parted from them",
        "late_formulas": "a formula over two lines holds no line break",
    }),
    Row("leftovers", leftovers, {
        "numbered": "a table of contents typed as lines is a list by then",
        "pseudo_headings": "a line of the page under a bold head is parted from it and stands alone",
    }),
    Row("anchors", anchors, {
        "footnotes": "notes have their numbers by then and keep them",
        "levels": "headings are counted without the empty ones",
        "pseudo_headings": "a link to a line that became a heading leads to a heading",
        "leftovers": "headings are counted without the page's",
    }),
    Row("outline", outline, {
        "levels": "lists the headings with their final levels",
        "anchors": "links found the headings by the `id` that this step replaces",
    }),
    Row("cards", cards, {
        "whitespace": "it takes empty elements away, and a card is empty from here on",
        "addresses": "a video given as a bare address has a card",
        "anchors": "it leaves spans of links to what has gone, which this step dissolves",
    }),
    Row("highlight", highlight, {
        "code": "a listing is one text by then",
        "cards": "it dissolves spans without meaning, and the marks of highlighting are such",
    }),
)
"""Steps on the tree."""
# fmt: on

STEPS = TEXT_STEPS + TREE_STEPS


def line(extra: Sequence[Row] = ()) -> tuple[Row, ...]:
    """The steps in order, with the extra rows where their `after` and `before` put them (`rows.placed`).

    Raises:
        StepOrderError: a row cannot be placed; its finding says which and why.
    """
    return placed(STEPS, extra)
