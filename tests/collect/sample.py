"""Articles and posts for the tests of collecting."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from booklet.collect import Collected, collect
from booklet.model import Article

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOW = datetime(2024, 6, 1, 12, tzinfo=UTC)

WritePost = Callable[..., Path]
"""`write(name, front_matter, body="正文。")` writes a post below the test's folder."""


def read(*sources: Path, skip: tuple[Path, ...] = ()) -> Collected:
    """Collect as a reader in Shanghai."""
    return collect(sources, timezone=SHANGHAI, now=NOW, skip=skip)


def read_one(path: Path) -> Article:
    """The only article of a file."""
    (article,) = read(path).articles
    return article


def codes(collected: Collected) -> list[str]:
    """The findings' codes."""
    return [found.code for found in collected.findings]


def article(source: str = "a.md", *, day: str = "2021-10-19", **changes: object) -> Article:
    """An article made by hand."""
    made = Article(
        id=f"id-{source}",
        title=source,
        authors=("编辑部",),
        published=datetime.fromisoformat(day).replace(tzinfo=SHANGHAI),
        published_from="front-matter",
        categories=(("新闻", "要闻"),),
        tags=("学习",),
        lang="zh-CN",
        url="",
        cover="",
        body="<p>正文</p>",
        body_format="html",
        body_line=1,
        source=source,
        source_path=Path("/posts") / source,
        root=Path("/posts"),
        draft=False,
        extra={},
    )
    return replace(made, **changes)  # type: ignore[arg-type] # a test's own words
