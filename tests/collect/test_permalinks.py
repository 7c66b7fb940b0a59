"""Where generators put a page, by the patterns of their own documentation."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from booklet.collect.sites.permalinks import path_on_site
from booklet.sites import Generator, Site

from .sample import article

ROOT = Path("/site")


def path(generator: Generator, pattern: str, file: str, **more: object) -> str:
    content = ROOT / {"hexo": "source", "hugo": "content"}.get(generator, ".")
    values = more.pop("values", {})
    site = Site(generator, ROOT, ("x",), content, "join", permalink=pattern, values=values)  # type: ignore[arg-type]
    one = article(day="2013-07-14T17:01:34", source_path=content / file)
    return path_on_site(replace(one, **more), site)  # type: ignore[arg-type] # a test's own words


@pytest.mark.parametrize(
    ("pattern", "file", "expected"),
    [
        (":year/:month/:day/:title/", "_posts/hello-world.md", "/2013/07/14/hello-world/"),
        (":year-:month-:day-:title.html", "_posts/hello-world.md", "/2013-07-14-hello-world.html"),
        (":category/:title/", "_posts/hello-world.md", "/foo/bar/hello-world/"),
        (":year/:month/:day/:title/", "_posts/lorem/hello-world.md", "/2013/07/14/lorem/hello-world/"),
        (":year/:month/:day/:name/", "_posts/lorem/hello-world.md", "/2013/07/14/hello-world/"),
        ("posts/:abbrlink/", "_posts/hello-world.md", "/posts/8ddf18fb/"),
        (":i_month/:i_day/:post_title/", "_posts/x.md", "/7/14/hello-world/"),
        (":nobody/:title/", "_posts/hello-world.md", ""),
        (":title/", "about/index.md", "/about/"),
    ],
)
def test_hexos_posts(pattern: str, file: str, expected: str) -> None:
    made = path(
        "hexo",
        pattern,
        file,
        title="Hello World",
        categories=(("foo", "bar"),),
        extra={"abbrlink": "8ddf18fb"},
    )
    assert made == expected


def test_hexos_names_of_files_may_begin_with_the_day() -> None:
    values = {"new_post_name": ":year-:month-:day-:title.md"}
    assert path("hexo", ":title/", "_posts/2013-07-14-hello.md", values=values) == "/hello/"


@pytest.mark.parametrize(
    ("pattern", "file", "expected"),
    [
        (
            "/:categories/:year/:month/:day/:title.html",
            "_posts/2013-07-14-Hi you.md",
            "/a/2013/07/14/Hi-you.html",
        ),
        ("/:year/:y_day/:slug/", "_posts/2013-07-14-Hi_you.md", "/2013/195/hi-you/"),
        ("/:short_year/:i_month/:i_day/:title/", "blog/_posts/2013-07-14-x.md", "/13/7/14/x/"),
        ("/:categories/:title/", "blog/_posts/2013-07-14-x.md", "/blog/a/x/"),
        ("/:title/", "about.md", "/about/"),
        ("/:title.html", "docs/about.md", "/docs/about.html"),
    ],
)
def test_jekylls_posts_and_pages(pattern: str, file: str, expected: str) -> None:
    assert path("jekyll", pattern, file, categories=(("A",),)) == expected


def test_jekylls_collections_and_defaults() -> None:
    values = {"collections": {"guides": {"output": True}}}
    assert path("jekyll", "/:title/", "_guides/a/b.md", values=values) == "/guides/a/b.html"
    defaults = ({"scope": {"path": "", "type": "posts"}, "values": {"permalink": "/p/:title/"}},)
    file = "_posts/2013-07-14-x.md"
    assert path("jekyll", "/:year/", file, values={"defaults": defaults}) == "/p/x/"
    assert path("jekyll", "/:year/", file, extra={"permalink": "/own/"}) == "/own/"


@pytest.mark.parametrize(
    ("values", "file", "extra", "expected"),
    [
        ({}, "posts/Hello World.md", {}, "/posts/hello-world/"),
        ({}, "posts/a/index.md", {}, "/posts/a/"),
        ({}, "posts/a.md", {"slug": "b"}, "/posts/b/"),
        ({}, "posts/a.md", {"url": "/x/y/"}, "/x/y/"),
        ({"permalinks": {"posts": "/:year/:month/:title/"}}, "posts/a.md", {}, "/2013/07/题目/"),
        (
            {"permalinks": {"page": {"posts": "/:sections/:slugorcontentbasename"}}},
            "posts/n/a.md",
            {},
            "/posts/n/a",
        ),
        (
            {"permalinks": ({"target": {"path": "/posts/**"}, "pattern": "/q/:slug/"},)},
            "posts/a.md",
            {},
            "/q/题目/",
        ),
        ({"uglyurls": True}, "posts/a.md", {}, "/posts/a.html"),
        ({"languages": {"en": {}, "zh": {}}, "defaultcontentlanguage": "zh"}, "a.en.md", {}, "/en/a/"),
        ({"languages": {"en": {}, "zh": {}}, "defaultcontentlanguage": "zh"}, "a.zh.md", {}, "/a/"),
    ],
)
def test_hugos_pages(values: object, file: str, extra: object, expected: str) -> None:
    assert path("hugo", "", file, values=values, extra=extra, title="题目") == expected
