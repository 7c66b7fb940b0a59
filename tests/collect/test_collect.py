from __future__ import annotations

import hashlib
import time
from pathlib import Path

import pytest

from booklet.collect import collect
from booklet.events import Event

from .sample import NOW, SHANGHAI, WritePost, codes, read


def test_ids_are_hashes_of_the_path(write: WritePost, tmp_path: Path) -> None:
    write("甲/a.md")
    (article,) = read(tmp_path).articles
    assert article.id == hashlib.sha256("甲/a.md".encode()).hexdigest()[:12]


def test_equal_paths_under_two_sources_are_both_kept_with_ids_of_their_own(
    write: WritePost, tmp_path: Path
) -> None:
    for name in ("one/a.md", "two/a.md", "three/a.md"):
        write(name, f"title: {name}\ndate: 2021-10-19")
    roots = (tmp_path / "one", tmp_path / "two", tmp_path / "three")
    found = read(*roots)
    assert [article.title for article in found.articles] == ["one/a.md", "two/a.md", "three/a.md"]
    assert len({article.id for article in found.articles}) == 3
    assert codes(found) == ["duplicate-source", "duplicate-source"]
    assert read(*roots) == found


def test_progress_is_reported(write: WritePost, tmp_path: Path) -> None:
    write("a.md")
    write("b.md")
    events: list[Event] = []
    collect([tmp_path], timezone=SHANGHAI, now=NOW, report=events.append)
    assert events == [Event("collect", 0, 2, "a.md"), Event("collect", 1, 2, "b.md"), Event("collect", 2, 2)]


def test_folders_of_skip_are_left_out(write: WritePost, tmp_path: Path) -> None:
    write("a.md")
    write("out/b.md")
    assert [article.source for article in read(tmp_path, skip=(tmp_path / "out",)).articles] == ["a.md"]


def test_a_thousand_posts_take_a_few_seconds_at_most(write: WritePost, tmp_path: Path) -> None:
    for number in range(1000):
        write(
            f"{number}.md",
            f"title: 第{number}篇\ndate: 2021-10-19\ncategories: [甲, 乙]",
            "<p>正文一段。</p>" * 40,
        )
    start = time.process_time()
    assert len(read(tmp_path).articles) == 1000
    assert time.process_time() - start < 10  # 0.6 s on an idle core


@pytest.mark.corpus
def test_every_real_post_becomes_an_article(corpus_posts: tuple[Path, ...]) -> None:
    found = read(corpus_posts[0].parent)
    assert len(found.articles) == len(corpus_posts)
    assert {one.level for one in found.findings} <= {"info"}
    for article in found.articles:
        assert article.title
        assert article.title == " ".join(article.title.split())
        assert not article.title.startswith(('""', "'"))
        assert article.published_from == "front-matter"
        assert [len(path) for path in article.categories] in ([2], [3])
        assert article.authors
        assert article.body_format == "html"
        assert "picsum" not in article.cover
    assert {article.lang for article in found.articles} == {"zh-CN", "zh-TW", "ja", "en", "und"}


def test_a_short_text_is_read_as_the_folders_others_are(tmp_path: Path) -> None:
    """`價格` in Big5 is a word in GB18030 too."""
    long = "這裡寫的是村裡修水渠的事情，前後花了十一個月，大家都出了力，老人們說這是幾十年來頭一回。" * 2
    (tmp_path / "old").mkdir()
    (tmp_path / "old" / "long.md").write_bytes(
        f"---\ntitle: 水渠\ndate: 2021-10-19\n---\n{long}".encode("big5")
    )
    (tmp_path / "old" / "short.md").write_bytes("---\ndate: 2021-10-19\n---\n價格".encode("big5"))
    assert [article.body for article in read(tmp_path).articles] == [long, "價格"]
    alone = read(tmp_path / "old" / "short.md").articles[0]
    assert alone.body != "價格"
