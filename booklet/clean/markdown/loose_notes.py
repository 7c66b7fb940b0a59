"""Notes that are defined and never called: the plugin drops them, here they stay where they were written."""

from __future__ import annotations

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from booklet.clean.markdown.told import tell

_SAID = "\0"
"""The label stands already, and the note has not ended."""


def loose_notes(parser: MarkdownIt) -> None:
    """Add the rule; the plugin for notes must be there already."""
    parser.core.ruler.before("footnote_tail", "loose_notes", _keep)


def _keep(state: StateCore) -> None:
    """Make paragraphs of them, each behind its label."""
    called = {
        label for label, number in state.env.get("footnotes", {}).get("refs", {}).items() if number >= 0
    }
    kept: list[Token] = []
    label = ""
    for token in state.tokens:
        if token.type == "footnote_reference_open" and f":{token.meta['label']}" not in called:
            label = token.meta["label"]
            tell(state.env, "note-uncalled", token.map[0] if token.map else 0, name=label[:80])
            continue
        if token.type == "footnote_reference_close" and label:
            label = ""
            continue
        if label not in ("", _SAID) and token.type == "inline" and token.children is not None:
            token.children.insert(0, Token("text", "", 0, content=f"[{label}] "))
            label = _SAID
        kept.append(token)
    state.tokens = kept
