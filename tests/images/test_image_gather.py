"""The stage as the pipeline uses it."""

from __future__ import annotations

import base64
from itertools import groupby
from pathlib import Path

import pytest

from booklet.config.values import ImagesConfig
from booklet.events import Event
from booklet.images import gather
from booklet.images.decoding.forms import EPUB, Form, form_for_print
from booklet.model import CleanArticle, Format, ImageReport
from booklet.words.messages import describe

from .samples import article, clean, encoded, jpeg, photo, ref
from .server import Site, plain


def run(
    *articles: CleanArticle, site: Site | None = None, cache: Path | None = None, **options: object
) -> ImageReport:
    offline = bool(options.pop("offline", False))
    allow = (site.host,) if site is not None else ()
    config = ImagesConfig(**{"allow_hosts": allow, "timeout_s": 2, **options})  # type: ignore[arg-type]
    return gather(articles, config=config, cache_dir=cache, offline=offline)


def reasons(report: ImageReport) -> list[tuple[str, str, object]]:
    return [(found.code, found.source, dict(found.params).get("reason")) for found in report.findings]


def test_file_data_and_web_pictures_come_together(tmp_path: Path, site: Site) -> None:
    (tmp_path / "a.jpg").write_bytes(jpeg(1))
    site.answers["/b.jpg"] = plain(jpeg(2))
    data = "data:image/jpeg;base64," + base64.b64encode(jpeg(3)).decode()
    owner = clean(article(tmp_path), ref("a.jpg"), ref(data), lead=ref(site.url("/b.jpg")))
    report = run(owner, site=site)
    assert list(report.assets) == ["a.jpg", data, site.url("/b.jpg")]
    assert len({asset.sha256 for asset in report.assets.values()}) == 3
    assert (report.wanted, report.cached, report.missing, report.findings) == (3, 0, 0, ())


def test_second_build_takes_the_cache_and_gives_the_same_bytes_without_a_network(
    tmp_path: Path, site: Site
) -> None:
    site.answers["/a.jpg"] = plain(jpeg())
    owner = clean(article(), ref(site.url("/a.jpg")))
    first = run(owner, site=site, cache=tmp_path)
    asked = len(site.asked)
    second = run(owner, site=site, cache=tmp_path)
    offline = run(owner, cache=tmp_path, offline=True)
    assert len(site.asked) == asked == 1
    assert first.assets == second.assets == offline.assets
    assert (first.cached, second.cached, offline.cached) == (0, 1, 1)
    assert offline.findings == ()


def test_picture_that_came_by_a_proxy_is_known_without_it(tmp_path: Path, site: Site) -> None:
    site.answers["/?http://gone.invalid/a.jpg"] = plain(jpeg())
    owner = clean(article(), ref("http://gone.invalid/a.jpg"))
    assert run(owner, site=site, cache=tmp_path, proxies=(site.url("/?{url}"),)).missing == 0
    assert run(owner, cache=tmp_path, offline=True).missing == 0
    proxied = clean(article(), ref("https://cors.someone.workers.dev/?http://gone.invalid/a.jpg"))
    assert run(proxied, cache=tmp_path, offline=True).missing == 0


def test_deleting_the_conversions_changes_nothing(tmp_path: Path, site: Site) -> None:
    site.answers["/a.jpg"] = plain(jpeg())
    owner = clean(article(), ref(site.url("/a.jpg")))
    first = run(owner, site=site, cache=tmp_path)
    for path in (tmp_path / "v1" / "made").rglob("*"):
        if path.is_file():
            path.unlink()
    assert run(owner, cache=tmp_path, offline=True).assets == first.assets


def test_offline_build_says_which_pictures_it_lacks() -> None:
    report = run(clean(article(), ref("https://p.example/a.jpg?token=abc")), offline=True)
    assert reasons(report) == [("image-missing", "post.md", "offline")]
    assert dict(report.findings[0].params)["url"] == "https://p.example/a.jpg?token=***"
    assert report.missing == 1


def test_picture_shared_by_articles_is_fetched_once_and_missed_by_each(site: Site) -> None:
    site.answers["/a.jpg"] = plain(jpeg())
    pictures = (ref(site.url("/a.jpg")), ref(site.url("/gone.jpg")))
    articles = [clean(article(source=name), *pictures, *pictures) for name in ("one.md", "two.md")]
    report = run(*articles, site=site)
    assert site.times() == {"/a.jpg": 1, "/gone.jpg": 1}
    assert (report.wanted, report.missing) == (2, 1)
    assert reasons(report) == [
        ("image-missing", "one.md", "http-status"),
        ("image-missing", "two.md", "http-status"),
    ]


def test_one_address_under_two_keys_is_fetched_once(site: Site) -> None:
    site.answers["/a.jpg"] = plain(jpeg())
    url = site.url("/a.jpg")
    report = run(
        clean(article(), ref(url, key="k1"), ref(url, "https://other.invalid/", key="k2")), site=site
    )
    assert site.times() == {"/a.jpg": 1}
    assert report.assets["k1"] == report.assets["k2"]


def test_next_candidate_is_taken_when_the_first_is_gone(tmp_path: Path, site: Site) -> None:
    site.answers["/small.jpg"] = plain(jpeg())
    report = run(clean(article(), ref(site.url("/large.jpg"), site.url("/small.jpg"))), site=site)
    assert report.missing == 0


def test_progress_goes_from_nothing_to_all(site: Site) -> None:
    site.answers["/a.jpg"] = plain(jpeg())
    seen: list[Event] = []
    owner = clean(article(), ref(site.url("/a.jpg")), ref("no-such-file.png"))
    gather(
        [owner],
        config=ImagesConfig(allow_hosts=(site.host,)),
        cache_dir=None,
        offline=False,
        report=seen.append,
    )
    counts = [(event.done, event.total) for event in seen]  # while it waits it says the same again
    assert [count for count, _ in groupby(counts)] == [(0, 2), (1, 2), (2, 2)]
    assert seen[-1].subject == "127.0.0.1"


@pytest.mark.parametrize(
    ("address", "code", "reason"),
    [
        ("file:///etc/passwd", "image-refused", "bad-address"),
        ("no.png", "image-missing", "file-missing"),
        ("../outside.jpg", "image-refused", "outside-source"),
        ("data:text/html,hello", "image-missing", "not-a-picture"),
        ("http://127.0.0.1:9/a.png", "image-refused", "private-address"),
        ("http://2130706433:9/a.png", "image-refused", "private-address"),
        ("http://0x7f.1:9/a.png", "image-refused", "private-address"),
        ("http://[::ffff:127.0.0.1]:9/", "image-refused", "private-address"),
        ("http://１２７.0.0.1:9/", "image-refused", "private-address"),
        ("http://localhost:9/a.png", "image-refused", "private-address"),
        ("http://169.254.169.254/latest/meta-data/", "image-refused", "private-address"),
        ("http://a b/", "image-refused", "bad-address"),
        ("http://x.invalid:99999/", "image-refused", "bad-address"),
    ],
)
def test_each_failure_has_its_finding_in_words(tmp_path: Path, address: str, code: str, reason: str) -> None:
    (tmp_path / "outside.jpg").write_bytes(jpeg())
    report = run(clean(article(tmp_path / "posts"), ref(address)))
    assert reasons(report) == [(code, "post.md", reason)]
    for language in ("en", "zh"):
        message, hint = describe(report.findings[0], language)
        assert reason not in message
        assert "{" not in message
        assert ("allow_hosts" in hint) == (reason == "private-address")


def test_unusable_cache_is_said_and_loses_no_picture(tmp_path: Path, site: Site) -> None:
    site.answers["/a.jpg"] = plain(jpeg())
    (tmp_path / "cache").write_bytes(b"a file where a folder is wanted")
    report = run(clean(article(), ref(site.url("/a.jpg"))), site=site, cache=tmp_path / "cache")
    assert report.missing == 0
    assert [found.code for found in report.findings] == ["cache-unusable"]


def test_each_format_has_its_pictures_in_its_own_form(tmp_path: Path) -> None:
    (tmp_path / "a.jpg").write_bytes(encoded(photo(2000, 1000), "JPEG"))
    owner = clean(article(tmp_path), ref("a.jpg"), ref("none.jpg"))
    forms: dict[Format, Form] = {"pdf": form_for_print(110, 170), "epub": EPUB}
    cold, warm = (
        gather((owner,), config=ImagesConfig(), cache_dir=tmp_path / "cache", offline=True, forms=forms)
        for _ in range(2)
    )
    widths = {form: {key: one.width_px for key, one in made.items()} for form, made in cold.by_format.items()}
    assert widths == {"pdf": {"a.jpg": 1299}, "epub": {"a.jpg": 1600}}
    assert cold.assets == cold.by_format["pdf"]
    assert warm.by_format == cold.by_format


def test_no_articles_no_pictures() -> None:
    assert run() == ImageReport({}, 0, 0, 0, (), {"epub": {}})


def test_many_local_pictures_keep_their_order(tmp_path: Path) -> None:
    names = [f"{index}.jpg" for index in range(30)]
    for index, name in enumerate(names):
        photo(40, 30, seed=index).save(tmp_path / name)
    report = run(clean(article(tmp_path), *map(ref, names)))
    assert list(report.assets) == names
