"""The table of leftovers counts what it says."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.soak import leftovers


def test_the_table_counts_articles_and_times(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for number, text in enumerate(("写 {{ name }} 与 {{ other }}。", "写 `{{ name }}`。")):
        (tmp_path / f"{number}.md").write_text(f"---\ntitle: 题\n---\n{text}\n", encoding="utf-8")
    assert leftovers.main([str(tmp_path), "--each"]) == 0
    told = capsys.readouterr().out.splitlines()
    assert told[0] == "0.md:4: 2 × {{: {{ name }}"
    (row,) = (line.split() for line in told if line.startswith("{{"))
    assert row == ["{{", "500.0", "1000.0"]


def test_a_commit_that_is_none_is_wrong_usage(tmp_path: Path) -> None:
    assert leftovers.main([str(tmp_path), "--against", "no-such-commit"]) == 2
