"""Days in names of files and folders."""

from __future__ import annotations

import pytest

from booklet.collect.dated_names import date_from_path, words_of_name

from .sample import SHANGHAI, WritePost, read_one


@pytest.mark.parametrize(
    ("source", "day", "words"),
    [
        ("2026-11-23-水渠通水.md", "2026-11-23", "水渠通水"),
        ("2026-11-3_my-first_post.md", "2026-11-03", "my first post"),
        ("20261123-水渠.md", "2026-11-23", "水渠"),
        ("20261123水渠.md", "2026-11-23", "水渠"),
        ("2026.11.23 水渠.md", "2026-11-23", "水渠"),
        ("2026_11_23 水渠.md", "2026-11-23", "水渠"),
        ("2026年11月3日 水渠.md", "2026-11-03", "水渠"),
        ("【20261123】水渠.md", "2026-11-23", "水渠"),
        ("（2026-11-23）水渠.md", "2026-11-23", "水渠"),
        ("２０２６－１１－２３水渠.md", "2026-11-23", "水渠"),
        ("202611231430 水渠.md", "2026-11-23", "水渠"),
        ("周报-2026-11-23.md", "2026-11-23", "周报 2026-11-23"),
        ("周报20261123.md", "2026-11-23", "周报20261123"),
        ("第三期（2026.11.23）.md", "2026-11-23", "第三期（2026.11.23）"),
        ("2026-11-23-水渠/index.md", "2026-11-23", "水渠"),
        ("2026/11/23/shui-qu.md", "2026-11-23", "shui qu"),
    ],
)
def test_a_name_says_a_day_and_words(source: str, day: str, words: str) -> None:
    found = date_from_path(source, SHANGHAI)
    assert (found and found.date().isoformat(), words_of_name(source)) == (day, words)
    assert found is None or found.tzinfo is SHANGHAI


@pytest.mark.parametrize(
    ("source", "title"),
    [
        ("2026-11-23.md", "2026-11-23"),
        ("20261123.md", "2026-11-23"),
        ("2026_11_23.md", "2026-11-23"),
        ("2026.11.23.md", "2026.11.23"),
        ("2026年11月23日.md", "2026年11月23日"),
        ("日记/2026/11/23.md", "2026-11-23"),
        ("日记/2026/11-23.md", "2026-11-23"),
        ("日记/2026/2026-11/23.md", "2026-11-23"),
    ],
)
def test_a_daily_note_is_called_what_its_day_is(write: WritePost, source: str, title: str) -> None:
    path = write(source, None, "晴，巡渠一日。")
    root = path.parents[source.count("/")]
    article = read_one(root)
    assert (article.title, str(article.day)) == (title, "2026-11-23")


@pytest.mark.parametrize(
    "source",
    [
        *(
            "2026-13-23-x.md",
            "2026-11-231.md",
            "12345678.md",
            "v2021.3.2.md",
            "2026-11.md",
            "2026.md",
            "23.md",
        ),
        *("题 (2026-11-23 8_15_02).html", "题 (11_23_2026 8_15_02 PM).html"),
    ],
)
def test_other_names_say_none(source: str) -> None:
    assert date_from_path(source, SHANGHAI) is None
