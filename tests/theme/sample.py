"""A small booklet of our own words that holds every kind of body part a theme must draw."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from booklet.model import (
    Article,
    Booklet,
    BookletMeta,
    CleanArticle,
    Entry,
    ImageAsset,
    ImageRef,
    Part,
    Period,
    Section,
    StudyBox,
    Video,
)

SHANGHAI = ZoneInfo("Asia/Shanghai")
NO_STUDY = StudyBox("", (), ())

PARAGRAPH = (
    "<p>老城区的这条河，三十年前还能看见水草。后来两岸盖了厂房，水就黑了，夏天没有人愿意开窗。"
    "去年开始清淤，今年春天沿岸种了芦苇，傍晚散步的人又多了起来。</p>"
)
RICH_BODY = (
    '<h2 id="h-1">水质怎样变好</h2>'
    + PARAGRAPH
    + '<p>监测站的<a href="https://example.org/data?id=7&amp;utm_source=x">数据</a>显示，氨氮下降了<strong>六成</strong>'
    '<a class="noteref" href="#fn-1">1</a>，详见<a href="https://example.org/data?id=7&amp;utm_source=x">同一张表</a>与'
    '<a href="#h-2">下文</a>。</p>'
    "<ul><li>第一步：截住污水，不让它再进河道。</li><li>第二步：清淤。<ul><li>先下游，后上游</li></ul></li></ul>"
    '<ol><li>量一量</li><li>算一算</li></ol><h2 id="h-2">数字</h2>'
    "<table><thead><tr><th>月份</th><th>氨氮（mg/L）</th></tr></thead>"
    "<tbody><tr><td>三月</td><td>2.4</td></tr><tr><td>九月</td><td>0.9</td></tr></tbody></table>"
    '<figure><img src="image:aaaaaaaaaaaaaaaa" alt="河岸"/><figcaption>清淤后的河岸</figcaption></figure>'
    '<figure><img src="image:bbbbbbbbbbbbbbbb" alt="旧照片 &amp; 地图"/></figure>'
    "<blockquote><p>河清了，人就回来了。</p></blockquote><hr/>"
    '<pre><code class="language-python">def mean(values):\n    return sum(values)\n</code></pre>'
    '<div data-video="0"></div>'
    '<section class="footnotes"><aside class="footnote" id="fn-1"><p>与去年同期相比。</p></aside></section>'
)


def article(  # noqa: PLR0913 - a sample names only what it is about
    number: int,
    title: str,
    body: str,
    *,
    lang: str = "zh-CN",
    authors: tuple[str, ...] = ("河畔周报",),
    url: str = "https://example.org/a/1",
    images: Sequence[ImageRef] = (),
    lead: ImageRef | None = None,
    videos: Sequence[Video] = (),
) -> CleanArticle:
    """One clean article; its id is its number."""
    plain = Article(
        id=f"{number:012x}",
        title=title,
        authors=authors,
        published=datetime(2021, 10, 19 + number % 5, 0, 26, tzinfo=SHANGHAI),
        published_from="front-matter",
        categories=(("见闻",),),
        tags=("河流",),
        lang=lang,
        url=url,
        cover="",
        body="",
        body_format="html",
        body_line=1,
        source=f"{number}.md",
        source_path=Path(f"{number}.md"),
        root=Path(),
        draft=False,
        extra={"column": "本期专题"},
    )
    return CleanArticle(plain, body, tuple(images), lead, tuple(videos), (), 800, ())


def picture(key: str, *, width_px: int = 800, height_px: int = 500) -> ImageRef:
    """A reference to a picture of the web."""
    return ImageRef(key, f"https://pics.example.org/{key}.jpg", (), "河岸", None, "x")


def asset(name: str, data: bytes = b"", *, width_px: int = 800, height_px: int = 500) -> ImageAsset:
    """A picture; without data where only its measures matter."""
    return ImageAsset(name, "image/jpeg", width_px, height_px, data, "0" * 64)


def entry(number: int, clean: CleanArticle, study: StudyBox = NO_STUDY) -> Entry:
    """An article at its place."""
    return Entry(f"a-{clean.article.id}", number, clean, 3, study)


def rich_article() -> CleanArticle:
    """Every kind of part in one article."""
    return article(
        1,
        "一条河怎样慢慢变清 从截污开始的三年",
        RICH_BODY,
        images=(picture("aaaaaaaaaaaaaaaa"), picture("bbbbbbbbbbbbbbbb")),
        lead=picture("cccccccccccccccc"),
        videos=(Video("腾讯视频", "", "https://v.qq.com/x/page/abc123.html"),),
    )


def sample_booklet(
    *,
    language: str = "zh-CN",
    images: Mapping[str, ImageAsset] | None = None,
    notes: str = "section",
) -> Booklet:
    """Two sections: a rich article with a study box and a brief one; an English one."""
    study = StudyBox(
        "治水先治岸。", ("截污是第一步", "清淤要有次序"), ("本单位附近的河怎样？", "还能做什么？")
    )
    english = article(
        3,
        "What the herons know",
        "<p>They came back in spring.</p>",
        lang="en",
        authors=(),
        url="https://www.example.com/b",
    )
    sections = (
        Section(
            "s1",
            1,
            "城市见闻",
            ("城市见闻",),
            (entry(1, rich_article(), study), entry(2, article(2, "简讯", PARAGRAPH, url=""))),
        ),
        Section("s2", 2, "自然", ("自然",), (entry(3, english),)),
    )
    back = {
        "section": tuple(Part(f"notes-{section.id}", "notes", section.id) for section in sections),
        "end": (Part("notes", "notes"),),
    }.get(notes, ())
    return Booklet(
        meta=BookletMeta(
            name="weekly",
            title="每周见闻",
            subtitle="",
            identifier="urn:uuid:00000000-0000-5000-8000-000000000000",
            language=language,
            timezone="Asia/Shanghai",
            period=Period(date(2021, 10, 18), date(2021, 10, 24), week=(2021, 42)),
            number="17",
            series="内部学习资料",
            publisher="河畔学习组",
            creators=("甲", "乙"),
            rights="",
            modified=datetime(2021, 10, 23, 20, 0, tzinfo=UTC),
        ),
        sections=sections,
        front_matter=(Part("cover", "cover"), Part("colophon", "colophon"), Part("toc", "toc")),
        back_matter=(*back, Part("sources", "sources")),
        images={"aaaaaaaaaaaaaaaa": asset("a.jpg"), "cccccccccccccccc": asset("c.jpg")}
        if images is None
        else images,
    )
