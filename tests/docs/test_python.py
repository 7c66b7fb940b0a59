"""The examples of the page on `import booklet` run, in the page's order."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import booklet

PAGE = Path(__file__).parents[2] / ".github" / "docs" / "python.md"


def test_the_examples_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("BOOKLET_CACHE_DIR", str(tmp_path / "cache"))
    text = PAGE.read_text(encoding="utf-8")
    blocks = list(re.finditer(r"^```python\n(.*?)^```$", text, re.MULTILINE | re.DOTALL))
    assert len(blocks) > 4
    names: dict[str, object] = {}
    for block in blocks:
        line = text.count("\n", 0, block.start(1))
        exec(compile("\n" * line + block[1], str(PAGE), "exec"), names)


def test_every_public_name_that_the_page_calls_is_there() -> None:
    called = set(re.findall(r"`([a-z_]+)\(", PAGE.read_text(encoding="utf-8")))
    assert called - {"build", "choose"} <= set(booklet.__all__)
