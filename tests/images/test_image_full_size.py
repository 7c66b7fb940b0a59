"""The larger picture behind a small one's address: offered where the host keeps its rule, else not."""

from __future__ import annotations

import pytest

from booklet.config.values import ImagesConfig
from booklet.images import gather
from booklet.images.ways.full_size import full_size
from booklet.images.ways.plan import OnWeb, plan

from .samples import article, clean, jpeg, ref
from .server import Site, plain

HASH = "v2-" + "0123456789abcdef" * 2


@pytest.mark.parametrize(
    ("small", "large"),
    [
        ("https://b.example/wp-content/uploads/2021/a-300x200.jpg", "https://b.example/wp-content/uploads/2021/a.jpg"),
        ("https://me.files.wordpress.com/2021/a.jpg?w=300&h=200", "https://me.files.wordpress.com/2021/a.jpg"),
        (f"https://pic1.zhimg.com/80/{HASH}_720w.jpg?source=1940", f"https://pic1.zhimg.com/{HASH}_r.jpg"),
        (f"https://picx.zhimg.com/{HASH}_b.png", f"https://picx.zhimg.com/{HASH}_r.jpg"),
        ("https://mmbiz.qpic.cn/mmbiz_png/AbC/640?wx_fmt=png&tp=webp&wxfrom=5", "https://mmbiz.qpic.cn/mmbiz_png/AbC/0?wx_fmt=png"),
        ("http://ww1.sinaimg.cn/mw690/7a1b2c.jpg", "http://ww1.sinaimg.cn/large/7a1b2c.jpg"),
        ("https://wx4.sinaimg.cn/thumb180/7a1b2c.jpg", "https://wx4.sinaimg.cn/large/7a1b2c.jpg"),
        ("https://upload-images.jianshu.io/u/1.png?imageMogr2/auto-orient/strip%7CimageView2/2/w/720", "https://upload-images.jianshu.io/u/1.png"),
        ("https://x.oss-cn-hangzhou.aliyuncs.com/a.png?x-oss-process=image/resize,w_640", "https://x.oss-cn-hangzhou.aliyuncs.com/a.png"),
        ("https://p.example/a.jpg?imageView2/2/w/480/format/webp", "https://p.example/a.jpg"),
        ("https://nimg.ws.126.example/n/a.jpg?imageView&thumbnail=550x0&quality=85&type=jpg", "https://nimg.ws.126.example/n/a.jpg"),
        ("https://p.example/a.jpg!w800", "https://p.example/a.jpg"),
        ("https://p.example/a.png!thumb", "https://p.example/a.png"),
        ("https://i0.hdslb.example/bfs/a.jpg@600w_400h_1c.webp", "https://i0.hdslb.example/bfs/a.jpg"),
        ("https://img.example/i1/O1CN.jpg_400x400.jpg", "https://img.example/i1/O1CN.jpg"),
        ("https://1.bp.blogspot.com/-x/Y/s320/a.png", "https://1.bp.blogspot.com/-x/Y/s1600/a.png"),
        ("https://lh3.googleusercontent.com/abc=w640-h400-no", "https://lh3.googleusercontent.com/abc=s1600"),
        ("https://upload.wikimedia.org/wikipedia/commons/thumb/a/ab/X.jpg/220px-X.jpg", "https://upload.wikimedia.org/wikipedia/commons/thumb/a/ab/X.jpg/1280px-X.jpg"),
        ("https://pbs.twimg.com/media/Ab?format=jpg&name=small", "https://pbs.twimg.com/media/Ab?format=jpg&name=large"),
        ("https://miro.medium.com/v2/resize:fit:700/1*abc.png", "https://miro.medium.com/v2/resize:fit:1400/1*abc.png"),
        ("https://img9.doubanio.com/view/photo/m/public/p1.jpg", "https://img9.doubanio.com/view/photo/l/public/p1.jpg"),
        ("https://i.imgur.com/aBcDeFgm.jpg", "https://i.imgur.com/aBcDeFg.jpg"),
    ],
)  # fmt: skip
def test_small_pictures_lead_to_the_larger(small: str, large: str) -> None:
    assert full_size(small) == large


@pytest.mark.parametrize(
    "address",
    [
        "https://b.example/wp-content/uploads/2021/poster-1920x1080.jpg",
        "https://b.example/photos/a-300x200.jpg",
        f"https://pic1.zhimg.com/{HASH}_r.jpg",
        f"https://pic1.zhimg.com/{HASH}_b.gif",
        "https://ww1.sinaimg.cn/large/7a1b2c.jpg",
        "https://ww1.sinaimg.cn/mw2000/7a1b2c.jpg",
        "https://mmbiz.qpic.cn/mmbiz_png/AbC/0?wx_fmt=png",
        "https://p3-juejin.byteimg.com/tos-cn-i/abc~tplv-k3u1fbpfcp-watermark.image",
        "https://p.example/a.jpg?x-oss-process=image/resize,w_640&Expires=1&Signature=abc",
        "https://p.example/a.jpg?x-oss-process=image/watermark,text_abc",
        "https://p.example/a.jpg?x-oss-process=image/resize,w_1920",
        "https://p.example/a.jpg?imageslim",
        "https://p.example/a.jpg!w1600",
        "https://p.example/a.jpg!watermark",
        "https://p.example/show.php?id=640",
        "https://i.imgur.com/aBcDeFg.jpg",
        "http://[",
        "",
    ],
)
def test_other_pictures_are_taken_as_written(address: str) -> None:
    assert full_size(address) == ""


def test_larger_one_is_tried_first_and_the_written_one_follows_by_every_way() -> None:
    small = "https://b.example/wp-content/uploads/a-300x200.jpg"
    large = "https://b.example/wp-content/uploads/a.jpg"
    ways = plan([(ref(small), article(url="https://b.example/post"))], ["https://relay.example/?{url}"])
    assert [way.way for way in ways if isinstance(way, OnWeb)] == [
        "larger",
        "larger",
        "direct",
        "referer",
        "proxy",
    ]
    assert ways == (
        OnWeb(large, "", large),
        OnWeb(large, "https://b.example/post", large),
        OnWeb(small, "", small),
        OnWeb(small, "https://b.example/post", small),
        OnWeb(f"https://relay.example/?{small}", "", small),
    )


def test_the_written_one_comes_where_the_larger_is_not_there_and_its_own_failure_is_told(site: Site) -> None:
    there, gone = (site.url(f"/wp-content/uploads/{name}-300x200.jpg") for name in ("there", "gone"))
    site.answers["/wp-content/uploads/there-300x200.jpg"] = plain(jpeg())
    site.answers["/wp-content/uploads/gone-300x200.jpg"] = plain(b"", 410)
    config = ImagesConfig(allow_hosts=(site.host,), timeout_s=2)
    report = gather([clean(article(), ref(there), ref(gone))], config=config, cache_dir=None, offline=False)
    assert list(report.assets) == [there]
    assert [dict(way.params)["way"] for way in report.ways] == ["direct"]
    assert [dict(found.params)["status"] for found in report.findings] == [410]


def test_the_larger_one_is_had_and_said(site: Site) -> None:
    site.answers["/wp-content/uploads/a.jpg"] = plain(jpeg())
    small = site.url("/wp-content/uploads/a-300x200.jpg")
    config = ImagesConfig(allow_hosts=(site.host,), timeout_s=2)
    report = gather([clean(article(), ref(small))], config=config, cache_dir=None, offline=False)
    assert [dict(way.params)["way"] for way in report.ways] == ["larger"]
    assert list(site.times()) == ["/wp-content/uploads/a.jpg"]
