"""Pictures beside the articles."""

from __future__ import annotations

import base64
import sys
from pathlib import Path

import pytest

from booklet.fetch.failure import PictureError
from booklet.images.local import find, read_data, read_file
from booklet.images.ways.plan import InFile
from booklet.sites import Site


def wanted(written: str, root: Path, source: str = "post.md") -> InFile:
    return InFile(written, root / source, root)


def put(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"picture")
    return path.resolve()


def reason(written: str, root: Path, source: str = "post.md") -> str:
    with pytest.raises(PictureError) as caught:
        find(wanted(written, root, source))
    return caught.value.reason


@pytest.mark.parametrize(
    ("written", "file"),
    [
        ("a.png", "year/a.png"),
        ("./img/a.png", "year/img/a.png"),
        ("../shared/a.png", "shared/a.png"),
        ("a.png", "year/post/a.png"),  # Hexo's asset folder
        ("/images/a.png", "images/a.png"),
        ("/images/a.png", "source/images/a.png"),
        ("/images/a.png", "static/images/a.png"),
        ("images/a.png", "images/a.png"),
        ("img/%E5%9B%BE%20one.png", "year/img/图 one.png"),
        ("a.png?v=3#x", "year/a.png"),
        ("img\\a.png", "year/img/a.png"),
        ("100%.png", "year/100%.png"),
    ],
)
def test_addresses_find_their_file(tmp_path: Path, written: str, file: str) -> None:
    expected = put(tmp_path / file)
    assert find(wanted(written, tmp_path, "year/post.md")) == expected


def test_name_in_decomposed_letters_is_found(tmp_path: Path) -> None:
    expected = put(tmp_path / "re\u0301sume\u0301.png")
    assert find(wanted("r\u00e9sum\u00e9.png", tmp_path)) == expected


@pytest.mark.parametrize(
    ("root", "marker", "file"),
    [
        ("blog/source/_posts", None, "blog/source/images/a.png"),
        ("blog/_posts", "blog/_config.yml", "blog/images/a.png"),
        ("blog/content/posts", None, "blog/static/images/a.png"),
    ],
)
def test_site_around_the_posts_is_known(tmp_path: Path, root: str, marker: str | None, file: str) -> None:
    expected = put(tmp_path / file)
    (tmp_path / root).mkdir(parents=True, exist_ok=True)
    if marker:
        put(tmp_path / marker)
    assert find(wanted("/images/a.png", tmp_path / root)) == expected


@pytest.mark.parametrize(
    "written", ["../secret.png", "/../secret.png", "img/../../secret.png", "..%2Fsecret.png"]
)
def test_files_outside_are_refused(tmp_path: Path, written: str) -> None:
    put(tmp_path / "secret.png")
    put(tmp_path / "posts" / "img" / "x")
    assert reason(written, tmp_path / "posts") == "outside-source"


def test_absolute_path_of_the_machine_is_not_followed(tmp_path: Path) -> None:
    secret = put(tmp_path / "secret.png")
    (tmp_path / "posts").mkdir()
    assert reason(str(secret), tmp_path / "posts") == "file-missing"


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_link_that_leads_outside_is_refused(tmp_path: Path) -> None:
    secret = put(tmp_path / "secret.png")
    (tmp_path / "posts").mkdir()
    (tmp_path / "posts" / "a.png").symlink_to(secret)
    assert reason("a.png", tmp_path / "posts") == "outside-source"


@pytest.mark.parametrize("written", ["no.png", "", ".", "\0.png", "a" * 5000, "/", "nul", "post.md/x"])
def test_what_is_no_file_is_missing(tmp_path: Path, written: str) -> None:
    put(tmp_path / "post.md")
    assert reason(written, tmp_path) == "file-missing"


def test_large_file_is_refused(tmp_path: Path) -> None:
    put(tmp_path / "a.png")
    with pytest.raises(PictureError) as caught:
        read_file(wanted("a.png", tmp_path), limit_bytes=6)
    assert caught.value.reason == "too-many-bytes"


@pytest.mark.parametrize(
    "uri",
    [
        "data:image/png;base64," + base64.b64encode(b"\xfb\xff bytes").decode(),
        "data:image/png;base64," + base64.b64encode(b"\xfb\xff bytes").decode().rstrip("="),
        "data:image/png;base64," + base64.urlsafe_b64encode(b"\xfb\xff bytes").decode(),
        "data:;BASE64,-%2f8g%20Ynl0ZXM%3D",
        "DATA:image/png,%fb%ff%20bytes",
    ],
)
def test_data_addresses_are_read(uri: str) -> None:
    assert read_data(uri, 100) == b"\xfb\xff bytes"


@pytest.mark.parametrize(
    "uri", ["data:image/png;base64", "data:image/png;base64,!!!!", "data:image/png;base64,A"]
)
def test_broken_data_addresses_are_refused(uri: str) -> None:
    with pytest.raises(PictureError) as caught:
        read_data(uri, 100)
    assert caught.value.reason == "damaged"


def on_site(written: str, folder: Path, *assets: str) -> InFile:
    """What a post in the content of a site at `/blog/` wants, its own folder being the source."""
    root = folder / "pages" / "posts"
    root.mkdir(parents=True, exist_ok=True)
    site = Site("hugo", folder, ("hugo.toml",), folder / "pages", "join", base="/blog/", assets=assets)
    return InFile(written, root / "post.md", root, site)


@pytest.mark.parametrize("written", ["/img/a.png", "/blog/img/a.png"])
def test_what_a_sites_configuration_serves_is_found(tmp_path: Path, written: str) -> None:
    expected = put(tmp_path / "site" / "public-files" / "img" / "a.png")
    assert find(on_site(written, tmp_path / "site", "public-files")) == expected


def test_a_site_serves_nothing_outside_of_itself(tmp_path: Path) -> None:
    put(tmp_path / "secret" / "a.png")
    with pytest.raises(PictureError):
        find(on_site("/a.png", tmp_path / "site", "../secret"))
