"""Anchors inside the article: a link that leads to one keeps working; every other `id` goes."""

from __future__ import annotations

import re
from urllib.parse import unquote

from booklet.clean.draft import Draft
from booklet.clean.tree import bottom_up, elements, text_of
from booklet.clean.vocabulary import HEADINGS


def targets(draft: Draft) -> None:
    """Keep the `id`s that a link in this article names, and drop the others.

    A heading without one gets the `id` that Markdown renderers would give it. An anchor may
    be written as `name`.
    """
    every = elements(draft.root)
    wanted = {
        name
        for element in every
        if element.name == "a" and element.attrs.get("href", "").startswith("#")
        for name in (element.attrs["href"][1:], unquote(element.attrs["href"][1:]))
    }
    seen: set[str] = set()
    for element in every:
        if element.name in HEADINGS and "id" not in element.attrs and wanted:
            element.attrs["id"] = _slug(text_of(element))
        name = element.attrs.get("id") or (
            element.attrs.get("name", "") if element.name in ("a", "span") else ""
        )
        element.attrs.pop("name", None)
        element.attrs.pop("id", None)
        if name in wanted and name not in seen:
            seen.add(name)
            if element.name == "a" and "href" not in element.attrs:
                element.name = "span"
            element.attrs["id"] = name


def dead_links(draft: Draft) -> None:
    """Make links to anchors that are not there text, so that steps which judge lines see plain text."""
    every = elements(draft.root)
    ids = {element.attrs["id"] for element in every if "id" in element.attrs}
    for element in every:
        href = element.attrs.get("href", "")
        if element.name == "a" and href.startswith("#") and not {href[1:], unquote(href[1:])} & ids:
            element.name = "span"
            del element.attrs["href"]


def _slug(text: str) -> str:
    """The anchor that Markdown renderers give a heading (GitHub's way)."""
    return re.sub(r"[^\w\- ]", "", text.strip().lower()).replace(" ", "-")


def anchors(draft: Draft) -> None:
    """Give each element that a link leads to a short `id` of our own, and point the links there.

    A link whose target has gone by now becomes text.
    """
    every = elements(draft.root)
    ids = {element.attrs["id"] for element in every if "id" in element.attrs}
    wanted = {
        name if name in ids else unquote(name)
        for element in every
        if (name := element.attrs.get("href", "")[1:]) and element.attrs["href"].startswith("#")
    }
    names: dict[str, str] = {}
    headings = 0
    for element in every:
        headings += element.name in HEADINGS
        name = element.attrs.pop("id", "")
        if name and name not in names and (name in wanted or "ours" in element.attrs):
            ours = f"h-{headings}" if element.name in HEADINGS else f"x-{len(names) + 1}"
            names[name] = name if "ours" in element.attrs else ours
            element.attrs["id"] = names[name]
    for element in bottom_up(draft.root):
        href = element.attrs.get("href", "")
        if element.name == "a" and href.startswith("#"):
            target = names.get(href[1:]) or names.get(unquote(href[1:]))
            if target:
                element.attrs["href"] = f"#{target}"
            else:
                element.name = "span"
                element.attrs = {key: value for key, value in element.attrs.items() if key in ("id", "ours")}
