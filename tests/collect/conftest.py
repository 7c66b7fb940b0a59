"""Fixtures for the tests of collecting."""

from __future__ import annotations

from pathlib import Path

import pytest

from .sample import WritePost


@pytest.fixture
def write(tmp_path: Path) -> WritePost:
    """Write a post below `tmp_path`; front matter without its `---` lines, or None for none."""

    def _write(name: str, front_matter: str | None = "title: 题", body: str = "正文。") -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        head = "" if front_matter is None else f"---\n{front_matter}\n---\n"
        path.write_text(head + body, encoding="utf-8", newline="\n")
        return path

    return _write
