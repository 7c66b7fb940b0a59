"""Zhihu's notes: the call carries its note as data, and the page lists the notes below, without links."""

from __future__ import annotations

import re

from booklet.clean.draft import Draft
from booklet.clean.tree import Element, Node, elements

_ITEM = re.compile(r"ref_(\d{1,3})_\d+")


def references(draft: Draft) -> None:
    """Make each call a link to its note; a note that the page does not list is made from the call's data."""
    everything = elements(draft.root)
    calls = [
        element
        for element in everything
        if element.name == "sup" and element.attrs.get("data-numero", "").isdecimal()
    ]
    if not calls:
        return
    listed = {
        found[1]: element
        for element in everything
        if element.name == "li" and (found := _ITEM.fullmatch(element.attrs.get("id", "")))
    }
    made: list[Node] = []
    for call in calls:
        number = call.attrs["data-numero"][:3]
        said = " ".join(filter(None, (call.attrs.get("data-text", ""), call.attrs.get("data-url", ""))))
        note = listed.get(number)
        if note is None:
            if not said.strip():
                continue
            note = listed[number] = Element("li", {}, [said])
            made.append(note)
        note.attrs["id"] = f"fn-{number}"
        call.children = [Element("a", {"href": f"#fn-{number}"}, [number])]
    if made:
        draft.root.children.append(Element("ol", {}, made))
