"""Articles for tests."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from booklet.model import Article, BodyFormat


def article(
    body: str,
    body_format: BodyFormat = "html",
    *,
    title: str = "题目",
    cover: str = "",
    url: str = "",
) -> Article:
    """An article with this body, and nothing else of interest."""
    return Article(
        id="0123456789ab",
        title=title,
        authors=(),
        published=datetime(2021, 10, 20, tzinfo=UTC),
        published_from="front-matter",
        categories=(),
        tags=(),
        lang="zh-CN",
        url=url,
        cover=cover,
        body=body,
        body_format=body_format,
        body_line=1,
        source="posts/a.md",
        source_path=Path("posts/a.md"),
        root=Path(),
        draft=False,
        extra={},
    )
