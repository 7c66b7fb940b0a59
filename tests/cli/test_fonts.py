"""`booklet check --fonts`."""

from __future__ import annotations

import json
from pathlib import Path

from .conftest import Type

KAWI = "\U00011f04"  # KAWI LETTER A: no face of ours has it


def write_post(folder: Path, body: str) -> None:
    (folder / "posts").mkdir(exist_ok=True)
    (folder / "posts" / "one.md").write_text(
        f"---\ntitle: 一\ndate: 2026-01-02\n---\n{body}\n", encoding="utf-8"
    )


def test_the_faces_are_listed_without_any_article(typed: Type) -> None:
    answer = typed("check", "--fonts")
    assert answer.code == 0
    roles = [line.split()[0] for line in answer.out.splitlines()[2:] if line.strip()]
    assert roles == ["text", "heading", "kai", "fang", "mono"]


def test_a_character_without_a_face_is_named_with_article_and_line(typed: Type, tmp_path: Path) -> None:
    write_post(tmp_path, f"正文。\n\n又{KAWI}。")
    answer = typed("check", "--fonts", "posts")
    assert answer.code == 0
    assert "one.md:7: no face has the character U+11F04" in answer.err
    assert "1 articles looked through; characters that no face has: 1" in answer.err


def test_strict_fails_on_it(typed: Type, tmp_path: Path) -> None:
    write_post(tmp_path, f"又{KAWI}。")
    assert typed("check", "--fonts", "--strict", "posts").code == 3
    write_post(tmp_path, "都有。")
    assert typed("check", "--fonts", "--strict", "posts").code == 0


def test_programs_get_faces_and_findings(typed: Type, tmp_path: Path) -> None:
    write_post(tmp_path, f"又{KAWI}。")
    document = json.loads(typed("check", "--fonts", "posts", "--json").out)
    assert [face["role"] for face in document["faces"]] == ["text", "heading", "kai", "fang", "mono"]
    codes = [found["code"] for found in document["findings"]]
    assert [code for code in codes if code != "kai-missing"] == ["glyph-missing"]


def test_an_empty_folder_is_said_to_be_empty(typed: Type, tmp_path: Path) -> None:
    (tmp_path / "posts").mkdir()
    assert typed("check", "--fonts", "posts").code == 4
