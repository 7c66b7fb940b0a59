"""The starter that `booklet init` writes: complete, decodable, and as varied as real folders are."""

from __future__ import annotations

import io
import re
import tomllib
from datetime import date, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime
from pathlib import PurePosixPath
from typing import Any

import frontmatter
import pytest
import yaml
from PIL import Image

from booklet.samples import files

SHANGHAI = timezone(timedelta(hours=8))
FILES = files()
POSTS = {path: data.decode("utf-8") for path, data in FILES.items() if path.startswith("source/_posts/")}
PICTURES = {path: data for path, data in FILES.items() if path.startswith("source/images/")}
NEEDS_TOLERANT_READER = "source/_posts/产业观察/先进制造/老厂房里的数字师傅.md"
REQUEST_OF_PICTURE = re.compile(r"""!\[[^\]]*\]\(([^)\s]+)|(?:data-original|src)=["']([^"']+)["']""")
PICTURE_KEYS = ("headimg", "thumbnail", "cover")


def front_matter_of(path: str) -> dict[str, Any]:
    """The front matter, with the one title mended that no YAML reader takes."""
    text = POSTS[path].lstrip("\n")
    if text.startswith("+++"):
        return tomllib.loads(text.split("+++")[1])
    if path == NEEDS_TOLERANT_READER:
        text = re.sub(r"(?m)^title: (.*)$", r"title: '\1'", text, count=1)
    return dict(frontmatter.loads(text).metadata)


def day_of(path: str) -> date:
    """The reader's day in Shanghai."""
    value = front_matter_of(path).get("date")
    if value is None:
        return date.fromisoformat(PurePosixPath(path).name[:10])
    if isinstance(value, str):
        moment = parsedate_to_datetime(value) if "GMT" in value else datetime.fromisoformat(value)
    else:
        moment = value
    return (moment if moment.tzinfo is None else moment.astimezone(SHANGHAI)).date()


def flat_categories(value: Any) -> list[str]:
    first = value[0]
    return list(first) if isinstance(first, list) else list(value)


def published() -> list[str]:
    return [path for path in POSTS if not front_matter_of(path).get("draft")]


def pictures_asked_for(path: str) -> list[str]:
    body = [a or b for a, b in REQUEST_OF_PICTURE.findall(POSTS[path])]
    front = [str(front_matter_of(path).get(key) or "") for key in PICTURE_KEYS]
    return [url for url in body + front if url and "player" not in url]


def test_files_are_sorted_and_the_same_each_time() -> None:
    assert list(FILES) == sorted(FILES)
    assert dict(files()) == dict(FILES)


def test_paths_can_be_written_on_every_system() -> None:
    for path in FILES:
        assert not re.search(r'[\\:*?"<>|]', path), path
        assert ".." not in PurePosixPath(path).parts
        assert all(part == part.strip(" .") and len(part.encode()) <= 180 for part in path.split("/")), path


def test_at_least_twelve_articles_in_four_categories_are_published() -> None:
    heads = {flat_categories(front_matter_of(path)["categories"])[0] for path in published()}
    assert heads == {"时政学习", "科技前沿", "产业观察", "文化生活"}
    assert len(published()) == 17


def test_articles_lie_in_two_weeks_most_of_them_in_the_week_of_the_configuration() -> None:
    weeks = [day_of(path).isocalendar()[:2] for path in published()]
    assert set(weeks) == {(2026, 42), (2026, 43)}
    assert weeks.count((2026, 43)) == 13
    config = tomllib.loads(FILES["booklet.toml"].decode())
    assert config["booklets"][0]["select"]["week"] == "2026-W43"
    assert '# week = "last"' in FILES["booklet.toml"].decode()


def test_an_evening_in_london_is_the_next_day_for_the_reader() -> None:
    path = "source/_posts/时政学习/基层治理/让数据多跑路 云州一窗通办试点一年观察.md"
    assert front_matter_of(path)["date"] == "Tue, 20 Oct 2026 16:26:50 GMT"
    assert day_of(path) == date(2026, 10, 21)


def test_one_title_needs_the_tolerant_reader_and_the_others_do_not() -> None:
    with pytest.raises(yaml.YAMLError):
        frontmatter.loads(POSTS[NEEDS_TOLERANT_READER].lstrip("\n"))
    assert all(front_matter_of(path)["title"] for path in POSTS)


@pytest.mark.parametrize("path", sorted(POSTS))
def test_every_article_has_what_its_header_shows(path: str) -> None:
    front = front_matter_of(path)
    assert front.get("author") or front.get("authors")
    assert len(flat_categories(front["categories"])) >= 1
    if not front.get("draft"):
        assert str(front["url"]).startswith("https://")
        assert re.search(r"^https://[a-z]+\.example\.(com|org)/", str(front["url"])), front["url"]


def test_articles_are_as_long_as_one_reads_at_a_meeting() -> None:
    for path in published():
        body = POSTS[path]
        if "lang: en" in body:
            assert 400 <= len(re.findall(r"[A-Za-z]+", body.split("---", 2)[2])) <= 700
        else:
            assert 700 <= len(re.findall(r"[\u3400-\u9fff]", body)) <= 2000, path


def test_study_boxes_have_material() -> None:
    fronts = [front_matter_of(path) for path in published()]
    assert sum(bool(front.get("summary")) for front in fronts) >= 12
    assert sum(isinstance(front.get("key_points"), list) for front in fronts) >= 6
    assert sum(isinstance(front.get("questions"), list) for front in fronts) >= 8


@pytest.mark.parametrize(
    "oddity",
    [
        r"\A\n---\ntitle: '",  # an aggregator's blank first line
        r"\A\+\+\+\n",  # Hugo
        r"\Alayout: post|\nlayout: post",  # Jekyll
        r"\{% note info %\}",  # Hexo
        r"<p></p><div class=\"img_box\"",
        r'class="lazy[^"]*"[^>]*data-original="/images/[^"]+"[^>]*src="https://cors\.example\.workers\.dev/\?http://',
        r'src="https://v\.qq\.com/txp/iframe/player\.html\?vid=x0000demo01"',
        r'src="//player\.bilibili\.com/',
        r"\n●|<p>●",
        r"\n\[\^h4\]: ",
        r"\n```python\n",
        r"\n\| :--- \|",
        r"<table>",
        r"<blockquote>",
        r"\n> ",
        r"\n1\. ",
        r"\nlang: zh-TW\n",
        r"\nlang: en\n",
        r"\ndraft: true\n",
    ],
)
def test_the_dialects_of_real_folders_are_all_there(oddity: str) -> None:
    assert any(re.search(oddity, text) for text in POSTS.values())


def test_every_picture_asked_for_is_in_the_starter_and_none_lies_unused() -> None:
    used = set()
    for path in POSTS:
        for url in pictures_asked_for(path):
            if url.startswith("https://cors.example.workers.dev/?http://img.example.com/"):
                continue  # the second candidate of a lazy picture
            target = f"source{url}" if url.startswith("/") else resolve(path, url)
            assert target in PICTURES, (path, url)
            used.add(target)
    assert used == set(PICTURES)


def resolve(path: str, url: str) -> str:
    parts = list(PurePosixPath(path).parent.parts)
    for part in PurePosixPath(url).parts:
        if part == "..":
            parts.pop()
        else:
            parts.append(part)
    return "/".join(parts)


@pytest.mark.parametrize("path", sorted(PICTURES))
def test_pictures_decode_and_are_small(path: str) -> None:
    data = PICTURES[path]
    assert len(data) <= 150_000
    with Image.open(io.BytesIO(data)) as picture:
        picture.load()
        assert picture.format == {".png": "PNG", ".jpg": "JPEG"}[PurePosixPath(path).suffix]
        assert 1000 <= picture.width <= 1600


def test_the_whole_starter_is_small() -> None:
    assert 8 <= len(PICTURES) <= 12
    assert sum(map(len, FILES.values())) <= 1_000_000


def test_configuration_is_toml_with_one_weekly_booklet_and_a_second_one_commented_out() -> None:
    text = FILES["booklet.toml"].decode("utf-8")
    config = tomllib.loads(text)
    assert config["sources"] == ["source/_posts"]
    assert [booklet["name"] for booklet in config["booklets"]] == ["weekly-{year}-W{week}"]
    second = text[text.index("# [[booklets]]") :]
    uncommented = "\n".join(line.removeprefix("# ").removeprefix("#") for line in second.splitlines())
    assert tomllib.loads(uncommented)["booklets"][0]["paper"] == "a5"
