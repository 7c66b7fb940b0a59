"""The real posts as articles, and what is known of each: removals reviewed, structure expected, floors."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

from booklet.clean import clean
from booklet.model import Article, CleanArticle
from tests.clean.articles import article

HERE = Path(__file__).parent


def post(path: Path) -> tuple[str, str]:
    """Front matter and body."""
    _, front, body = re.split(r"(?m)^---[ \t]*$", path.read_text(encoding="utf-8"), maxsplit=2)
    return front, body


def as_article(path: Path) -> Article:
    front, body = post(path)
    cover = field(front, "headimg") or field(front, "thumbnail")
    return article(body, title=field(front, "title"), cover=cover)


def field(front: str, name: str) -> str:
    found = re.search(rf"(?m)^{name}:[ \t]*['\"]?(.*?)['\"]?$", front)
    return found[1] if found else ""


def cleaned(path: Path) -> CleanArticle:
    return clean(as_article(path))


def table(name: str) -> dict[str, Any]:
    """One of the TOML files beside this module."""
    return tomllib.loads((HERE / name).read_text(encoding="utf-8"))


def removals(post_name: str) -> tuple[re.Pattern[str], ...]:
    """What may go from this post's text, as reviewed."""
    listed = table("removals.toml")
    return tuple(re.compile(entry["pattern"]) for entry in listed.get(post_name, ()))
