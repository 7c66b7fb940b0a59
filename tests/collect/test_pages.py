"""Pages as browsers save them: the article alone, with what the page says of it."""

from __future__ import annotations

from email.mime.image import MIMEImage
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from pathlib import Path

import pytest

from booklet.collect.html_page import read_page

from .sample import codes, read, read_one

MENU = "".join(
    f'<li><a href="/{n}">{name}</a></li>'
    for n, name in enumerate(["首页", "新闻", "图片", "视频", "评论", "登录"])
)
OTHERS = "".join(
    f'<li><a href="/{n}">{title}</a></li>'
    for n, title in enumerate(
        ["会议怎样开得又短又好", "图书馆夜间开放以后", "秋粮收购进入高峰", "一个人的气象站"]
    )
)
TEXT = (
    "<p>水渠修好的那一天，村里的老人都走到田边来看，他们说，这是几十年来头一回，水从山那边一直流到家门口。</p>"
    "<p>工程从去年冬天开始，前后花了十一个月，谁家出几个劳动力，谁家出几天，都写在村委会的墙上，清清楚楚。</p>"
    '<table><tr><td>长度</td><td>四十公里</td></tr></table><figure><img src="qu.jpg"></figure>'
    '<ul><li><a href="/a">县志</a></li><li><a href="/b">图纸</a></li><li><a href="/c">账本</a></li></ul>'
    "<p>孩子们沿着渠边跑，把纸船放在水面上，看谁的船走得最远；老人坐在树下，说起从前挑水的日子，一说就是半天。</p>"
    "<p>会计把账本摆在桌上，一笔一笔念给大家听，念完问有没有不明白的，没有人说话，后来有人鼓掌，大家都鼓掌。</p>"
)


def page(body: str, head: str = "") -> str:
    return f"<!DOCTYPE html><html><head><title>水渠_某某网</title>{head}</head><body>{body}</body></html>"


PORTAL = page(
    f'<div class="top"><ul>{MENU}</ul></div><div class="w"><h1>水渠</h1>'
    f'<div class="info">发布时间：2021-10-20 09:30　来源：某某日报</div><div class="con">{TEXT}</div>'
    f'<div class="related"><h3>相关阅读</h3><ul>{OTHERS}</ul></div></div>'
    f'<div class="foot">版权所有 网站备案号 12345678</div>'
)


def test_menus_footers_and_other_articles_go_and_are_told(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text(PORTAL, encoding="utf-8")
    found = read(path)
    (article,) = found.articles
    for kept in ("头一回", "四十公里", "qu.jpg", "账本", "大家都鼓掌"):
        assert kept in article.body
    for gone in ("登录", "会议怎样", "备案号"):
        assert gone not in article.body
    (told,) = (one for one in found.findings if one.code == "page-parts-dropped")
    parts = str(dict(told.params)["parts"])
    assert "首页" in parts
    assert "相关阅读" in parts
    assert (article.title, str(article.day)) == ("水渠", "2021-10-20")


def test_nothing_that_stands_in_article_is_lost(tmp_path: Path) -> None:
    inner = f"<header><h1>题</h1></header>{TEXT}<aside>旁注一句</aside><footer>写于渠边</footer>"
    found = read_page(
        page(f"<nav><ul>{MENU}</ul></nav><main><article>{inner}</article></main><footer>备案号</footer>")
    )
    for kept in ("题", "旁注一句", "写于渠边", "账本"):
        assert kept in found.body
    assert "备案号" not in found.body
    assert "登录" not in found.body


@pytest.mark.parametrize(
    "box",
    [
        '<div id="js_content" style="visibility:hidden">',
        '<div id="content_views">',
        '<div itemprop="articleBody">',
    ],
)
def test_the_boxes_of_known_sites_are_taken_whole(box: str) -> None:
    found = read_page(page(f"<ul>{MENU}</ul>{box}<p>短文一句。</p></div><ul>{OTHERS}</ul>"))
    assert "短文一句" in found.body
    assert "登录" not in found.body
    assert "会议怎样" not in found.body


def test_a_list_of_teasers_is_no_article_and_a_short_page_is_whole() -> None:
    teasers = "".join(f"<article><h2>题{n}</h2><p>提要第{n}句。</p></article>" for n in range(4))
    assert all(f"提要第{n}句" in read_page(page(teasers)).body for n in range(4))
    assert read_page(page("<p>一句话。</p><p>又一句。</p>")).body == "<p>一句话。</p><p>又一句。</p>"


@pytest.mark.parametrize(
    "comment",
    [
        "<!-- saved from url=(0026)https://news.example/1.htm -->",
        "<!--\n Page saved with SingleFile \n url: https://news.example/1.htm \n saved date: Wed Oct 20\n-->",
    ],
)
def test_a_page_says_where_it_was_saved_from(comment: str) -> None:
    found = read_page(PORTAL.replace("<html>", f"<html>{comment}"))
    assert found.values["url"] == "https://news.example/1.htm"
    assert str(found.values["date"]).startswith("2021-10-20")


def test_structured_data_says_title_day_and_author() -> None:
    data = (
        '{"@type": "NewsArticle", "headline": "水渠通水", "author": {"name": "张三"},'
        ' "datePublished": "2021-10-20T09:30:00+08:00"}'
    )
    found = read_page(page(TEXT, f'<script type="application/ld+json">{data}</script>'))
    values = found.values
    assert (values["title"], values["author"], values["date"]) == (
        "水渠通水",
        ["张三"],
        "2021-10-20T09:30:00+08:00",
    )


def test_wechat_says_its_day_and_account_in_scripts() -> None:
    found = read_page(
        page(
            '<h1 id="activity-name"> 水渠 </h1><a id="js_name">村里的事</a>'
            f'<div id="js_content">{TEXT}</div><script>var ct = "1634660810"; '
            'var msg_link = "https://mp.weixin.qq.com/s/abc";</script>'
        )
    )
    values = found.values
    assert (values["title"], values["author"], values["date"]) == ("水渠", "村里的事", "1634660810")
    assert values["url"] == "https://mp.weixin.qq.com/s/abc"


def test_todays_date_in_a_pages_head_is_not_its_day() -> None:
    found = read_page(page(f'<div class="date">今天是2026年11月30日</div>{TEXT}'))
    assert "date" not in found.values


def test_the_sites_name_is_no_part_of_the_title() -> None:
    assert read_page(page(f"<div>水渠</div>{TEXT}")).values["title"] == "水渠"
    assert read_page(page(TEXT)).values["title"] == "水渠_某某网"


def mhtml(charset: str = "utf-8") -> bytes:
    whole = MIMEMultipart("related")
    whole["Snapshot-Content-Location"] = "https://news.example/a/1.htm"
    whole["Date"] = "Mon, 30 Nov 2026 08:00:00 -0000"
    text = MIMEText(PORTAL.replace("qu.jpg", "../img/qu.jpg"), "html", charset)
    text["Content-Location"] = "https://news.example/a/1.htm"
    picture = MIMEImage(b"\xff\xd8\xff\xe0picture", "jpeg")
    picture["Content-Location"] = "https://news.example/img/qu.jpg"
    whole.attach(text)
    whole.attach(picture)
    return whole.as_bytes()


@pytest.mark.parametrize(("ending", "charset"), [("mhtml", "utf-8"), ("mht", "gb2312")])
def test_mhtml_is_an_article_with_its_pictures(tmp_path: Path, ending: str, charset: str) -> None:
    path = tmp_path / f"页.{ending}"
    path.write_bytes(mhtml(charset))
    article = read_one(tmp_path)
    assert (article.title, article.url) == ("水渠", "https://news.example/a/1.htm")
    assert str(article.day) == "2021-10-20"
    assert "data:image/jpeg;base64,/9j/4" in article.body
    assert "头一回" in article.body
    assert "备案号" not in article.body


def test_an_envelope_without_a_page_is_told(tmp_path: Path) -> None:
    path = tmp_path / "x.mhtml"
    path.write_bytes(b"MIME-Version: 1.0\nContent-Type: text/plain\n\nx")
    found = read(path)
    assert (found.articles, codes(found)) == ((), ["file-binary"])
