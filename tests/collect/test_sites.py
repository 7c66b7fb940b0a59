"""A site's configuration is found around its articles, and what it says is taken."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from booklet.collect import Collected, collect
from booklet.findings import Finding
from booklet.model import Article

from .sample import SHANGHAI, codes, read

Put = Callable[[str, str], Path]

HEXO = """\
title: 山间笔记
author: 林间
language: zh-CN
timezone: Asia/Shanghai
url: https://blog.mountain.cn/notes
root: /notes/
permalink: :year/:month/:day/:title/
new_post_name: :title.md
post_asset_folder: true
"""
JEKYLL = """\
title: Brook
url: https://brook.org
baseurl: /log
author:
  name: Ada Brook
timezone: Europe/Berlin
markdown: kramdown
plugins: [jekyll-feed]
"""
HUGO = """\
baseURL = "https://river.net/"
languageCode = "zh-cn"
title = "River"
timeZone = "Asia/Tokyo"
[params]
author = "河边"
[permalinks.page]
posts = "/p/:year/:slug/"
[markup.goldmark.renderer]
hardWraps = true
"""


@pytest.fixture
def put(tmp_path: Path) -> Put:
    (tmp_path / "site").mkdir()

    def _put(name: str, text: str) -> Path:
        path = tmp_path / "site" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
        return path

    return _put


def post(title: str = "题", more: str = "date: 2024-05-03 08:00:00") -> str:
    return f"---\ntitle: {title}\n{more}\n---\n正文在此。\n"


def only(collected: Collected) -> Article:
    (article,) = collected.articles
    return article


def told(collected: Collected, code: str) -> Finding:
    (found,) = (one for one in collected.findings if one.code == code)
    return found


def test_a_site_of_hexo_around_its_posts_is_read(put: Put) -> None:
    put("_config.yml", HEXO)
    path = put("source/_posts/hello.md", post())
    article = only(read(path.parent))
    assert article.site is not None
    assert (article.site.generator, article.site.title) == ("hexo", "山间笔记")
    assert article.site.address == "https://blog.mountain.cn/notes/"
    assert article.site.line_breaks == "keep"
    assert article.site_path == "/notes/2024/05/03/hello/"
    assert article.url == "https://blog.mountain.cn/notes/2024/05/03/hello/"
    assert article.authors == ("林间",)


def test_a_finding_says_what_was_taken_from_a_site(put: Put) -> None:
    put("_config.yml", HEXO)
    path = put("source/_posts/hello.md", post())
    found = told(read(path.parent), "site-read")
    assert found.level == "info"
    assert found.source.endswith("_config.yml")
    said = str(dict(found.params)["taken"])
    for word in ("https://blog.mountain.cn/notes/", ":year/:month/:day/:title/", "Asia/Shanghai", "林间"):
        assert word in said


def test_a_site_of_jekyll_is_read(put: Put) -> None:
    put("_config.yml", JEKYLL)
    put("_includes/box/note.html", "<b>{{ include.text }}</b>")
    path = put("_posts/2024-05-03-Hello-World.md", post(more="categories: [Dev, web]"))
    article = only(read(path.parent))
    assert article.site is not None
    assert article.site.generator == "jekyll"
    assert article.url == "https://brook.org/log/dev/web/2024/05/03/Hello-World.html"
    assert article.authors == ("Ada Brook",)
    assert article.site.includes == {"box/note.html": "<b>{{ include.text }}</b>"}
    assert article.site.line_breaks == "join"


def test_a_site_of_hugo_is_read_without_telling_cases_apart(put: Put) -> None:
    put("hugo.toml", HUGO)
    path = put("content/posts/hello/index.md", post(more='date: 2024-05-03\nslug: "good-day"'))
    article = only(read(path.parent))
    assert article.site is not None
    assert article.site.timezone == "Asia/Tokyo"
    assert article.site.line_breaks == "keep"
    assert article.url == "https://river.net/p/2024/good-day/"
    assert article.authors == ("河边",)


def test_hugos_configuration_in_parts_is_one(put: Put) -> None:
    put("config/_default/hugo.yaml", "baseURL: https://river.net\ndefaultContentLanguage: zh\n")
    put("config/_default/permalinks.toml", 'posts = "/:filename.html"\n')
    put("config/_default/languages.zh.toml", 'languageCode = "zh-TW"\n')
    path = put("content/posts/Hello.md", post())
    article = only(read(path))
    assert article.site is not None
    assert article.site.language == "zh-TW"
    assert article.url == "https://river.net/hello.html"


def test_hugos_json_is_read(put: Put) -> None:
    put("config.json", json.dumps({"baseURL": "https://river.net", "languageCode": "en"}))
    assert only(read(put("content/About Us.md", post()))).url == "https://river.net/about-us/"


def test_the_nearest_site_counts(put: Put) -> None:
    put("_config.yml", JEKYLL)
    put("blog/_config.yml", HEXO)
    article = only(read(put("blog/source/_posts/a.md", post())))
    assert article.site is not None
    assert article.site.generator == "hexo"


def test_a_repository_ends_the_search(put: Put) -> None:
    put("_config.yml", JEKYLL)
    put("inner/.git/HEAD", "ref")
    assert only(read(put("inner/_posts/2024-05-03-a.md", post()))).site is None


def test_the_home_folder_ends_the_search(put: Put, monkeypatch: pytest.MonkeyPatch) -> None:
    put("_config.yml", JEKYLL)
    path = put("home/_posts/2024-05-03-a.md", post())
    monkeypatch.setenv("HOME", str(path.parent.parent))
    monkeypatch.setenv("USERPROFILE", str(path.parent.parent))
    assert only(read(path)).site is None


def test_a_configuration_that_is_a_link_to_elsewhere_is_not_read(put: Put, tmp_path: Path) -> None:
    (tmp_path / "elsewhere.yml").write_text(HEXO, encoding="utf-8")
    path = put("source/_posts/a.md", post())
    try:
        (tmp_path / "site" / "_config.yml").symlink_to(tmp_path / "elsewhere.yml")
    except OSError:
        pytest.skip("this system does not let us make links")
    assert only(read(path)).site is None


def test_snippets_that_are_links_are_not_read(put: Put, tmp_path: Path) -> None:
    (tmp_path / "secret.html").write_text("secret", encoding="utf-8")
    put("_config.yml", JEKYLL)
    put("_includes/own.html", "own")
    try:
        (tmp_path / "site/_includes/theirs.html").symlink_to(tmp_path / "secret.html")
    except OSError:
        pytest.skip("this system does not let us make links")
    article = only(read(put("_posts/2024-05-03-a.md", post())))
    assert article.site is not None
    assert list(article.site.includes) == ["own.html"]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("_config.yml", "title: [unclosed"),
        ("_config.yml", "a: &a [1,1]\nb: [*a,*a]\n"),
        ("hugo.toml", "title = "),
        ("hugo.json", "[" * 100_000),
        ("_config.yml", "x: 1\n" * 200_000),
        ("hugo.toml", "a" + ".a" * 5000 + " = 1"),
    ],
    ids=["yaml", "aliases", "toml", "json", "large", "deep"],
)
def test_a_configuration_that_cannot_be_read_is_said(put: Put, name: str, text: str) -> None:
    put(name, text)
    folder = "content" if name.startswith("hugo") else "_posts"
    collected = read(put(f"{folder}/2024-05-03-a.md", post()))
    assert only(collected).site is None
    assert told(collected, "site-unreadable").source.endswith(name)


def test_what_generators_write_for_an_address_is_none(put: Put) -> None:
    put("_config.yml", HEXO.replace("https://blog.mountain.cn/notes", "http://example.com"))
    article = only(read(put("source/_posts/a.md", post())))
    assert (article.url, article.site_path) == ("", "/notes/2024/05/03/a/")


def test_dates_are_the_sites_and_days_stay_days(put: Put) -> None:
    put("_config.yml", JEKYLL)
    put("_posts/2024-05-03-a.md", post(more="date: 2024-05-03 20:00:00"))
    path = put("_posts/2024-05-04-b.md", post(more="date: 2024-05-04"))
    first, second = read(path.parent).articles
    assert first.published == datetime(2024, 5, 3, 20, tzinfo=ZoneInfo("Europe/Berlin"))
    assert first.published.astimezone(SHANGHAI).day == 4
    assert str(second.day) == "2024-05-04"


def test_an_article_that_expired_is_a_draft_and_said(put: Put) -> None:
    put("hugo.toml", HUGO)
    path = put("content/posts/a.md", post(more="date: 2020-01-01\nexpiryDate: 2021-01-01"))
    put("content/posts/b.md", post(more="date: 2020-01-01\nexpiryDate: 2031-01-01"))
    collected = read(path.parent)
    assert [article.draft for article in collected.articles] == [True, False]
    assert told(collected, "article-expired").source == "a.md"


def test_the_articles_own_address_wins(put: Put) -> None:
    put("_config.yml", HEXO)
    path = put("source/_posts/a.md", post(more="url: https://origin.cn/1"))
    assert only(read(path)).url == "https://origin.cn/1"


def test_a_vault_is_known_by_its_settings(put: Put) -> None:
    put(".obsidian/app.json", '{"strictLineBreaks": true}')
    article = only(read(put("a.md", post())))
    assert article.site is not None
    assert (article.site.generator, article.site.line_breaks) == ("obsidian", "join")


def test_another_programs_config_makes_no_site(put: Put) -> None:
    put("config.toml", '[build]\ntarget = "x"\n')
    put("config.yaml", "a: 1\n")
    collected = collect([put("a.md", post())], timezone=SHANGHAI, now=datetime(2024, 6, 1, tzinfo=UTC))
    assert only(collected).site is None
    assert "site-read" not in codes(collected)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("content/posts/_index.md", post("栏目")),
        ("content/tags.md", "---\ntitle: 标签\nlayout: tags\n---\n共有这些标签。\n"),
        ("content/empty.md", "---\ntitle: 空\n---\n\n"),
        ("content/list.html", '---\ntitle: x\n---\n{{ define "main" }}<p>{{ .Title }}</p>{{ end }}'),
    ],
    ids=["section", "list", "empty", "template"],
)
def test_pages_that_are_no_articles_are_left_out_and_named(put: Put, name: str, text: str) -> None:
    put("hugo.toml", HUGO)
    put("content/a.md", post("文章"))
    collected = read(put(name, text).parents[1 if "posts" in name else 0])
    assert [article.title for article in collected.articles] == ["文章"]
    assert told(collected, "page-left-out").source.endswith(name.removeprefix("content/"))


def test_a_list_of_posts_that_liquid_writes_is_no_article(put: Put) -> None:
    put("_config.yml", JEKYLL)
    put(
        "index.html",
        "---\nlayout: default\n---\n<ul>{% for post in site.posts %}<li>{{ post.title }}{% endfor %}",
    )
    path = put(
        "_posts/2024-05-03-a.md", post(more="x: 1") + "{% for tag in site.tags %}{{ tag }}{% endfor %}\n"
    )
    collected = read(path.parents[1])
    assert [article.source for article in collected.articles] == ["_posts/2024-05-03-a.md"]


def test_a_page_about_tags_that_says_something_stays(put: Put) -> None:
    put("hugo.toml", HUGO)
    text = f"---\ntitle: 标签\nlayout: tags\n---\n{'说来话长。' * 100}\n"
    assert len(read(put("content/tags.md", text)).articles) == 1


@pytest.mark.parametrize("key", ["excerpt", "description"])
def test_an_excerpt_is_a_summary(put: Put, key: str) -> None:
    put("_config.yml", HEXO)
    path = put("source/_posts/a.md", post(more=f"{key}: 一句话的概括。"))
    assert only(read(path)).extra["summary"] == "一句话的概括。"


def test_an_excerpt_that_the_text_begins_with_is_not_said_twice(put: Put) -> None:
    put("_config.yml", HEXO)
    path = put("source/_posts/a.md", post(more="description: 正文在此…"))
    assert "summary" not in only(read(path)).extra


def test_days_are_the_sites_where_nobody_named_a_time_zone(put: Put) -> None:
    put("_config.yml", HEXO)
    path = put("source/_posts/a.md", post(more="date: 2024-05-03 00:30:00"))
    utc = ZoneInfo("UTC")
    now = datetime(2024, 6, 1, tzinfo=UTC)
    assert str(only(collect([path], timezone=utc, now=now)).day) == "2024-05-02"
    assert str(only(collect([path], timezone=utc, now=now, days_of_sites=True)).day) == "2024-05-03"
