"""What posts' pictures cost on the network, and what becomes of them: `python -m tests.bench.bench_images`.

Posts as blogs write them have their pictures on loopback hosts: one is open, one wants the article as
Referer, one forbids everybody and sends a stand-in, one is gone; a rewriting proxy has everything. Printed
are requests for each picture, bytes fetched for each byte used (below 1 where several addresses lead to one
picture, which is fetched once), the ways by which pictures came, and their bytes in each output.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass, replace
from http.server import BaseHTTPRequestHandler
from urllib.parse import unquote

from booklet.clean import clean
from booklet.config.values import ImagesConfig
from booklet.images import gather
from booklet.images.decoding.forms import EINK_GREY, EPUB, Form, form_for_print
from booklet.model import CleanArticle, Format, ImageAsset, ImageReport
from tests.clean.articles import article
from tests.images.gallery import gallery
from tests.images.samples import encoded, photo
from tests.images.server import Answer, Site, plain, serving

from .bench_clean import say

POSTS = 12
MOST_REQUESTS = 2.0
"""For each picture that is had, on this set, where half of the hosts refuse."""
PRINT_A4 = form_for_print(158, 247, picture_mm=80, tall_mm=125, tall_from=1.6)
BLOG = "https://blog.example/post"


@dataclass(slots=True)
class Web:
    """The hosts, and what they sent."""

    open: Site
    walled: Site
    forbidding: Site
    proxy: Site
    pictures: Mapping[str, bytes]
    sent: int = 0
    """Bytes."""

    def file(self, name: str) -> Answer:
        """The picture, counted."""
        body = self.pictures[name]

        def answer(request: BaseHTTPRequestHandler) -> None:
            self.sent += len(body)
            plain(body)(request)

        return answer

    def refuse(self, name: str, status: int, body: bytes) -> Answer:
        """The picture for who comes from the article; for others a stand-in."""

        def answer(request: BaseHTTPRequestHandler) -> None:
            if status == 403 and request.headers.get("Referer", "").startswith(BLOG):
                self.file(name)(request)
                return
            self.sent += len(body)
            plain(body, status)(request)

        return answer

    def fill(self) -> None:
        """Every picture on every host, and by the proxy."""
        stand_in = encoded(photo(200, 120), "PNG")
        for name in self.pictures:
            for path in (f"/{name}", f"/wp-content/uploads/{name}"):
                self.open.answers[path] = self.file(name)
                self.walled.answers[path] = self.refuse(name, 403, b"forbidden")
                self.forbidding.answers[path] = self.refuse(name, 200, stand_in)
            for host in (self.open, self.walled, self.forbidding):
                self.proxy.answers[f"/?{host.url('/' + name)}"] = self.file(name)
            self.proxy.answers[f"/?http://gone.invalid/{name}"] = self.file(name)

    @property
    def requests(self) -> int:
        return sum(len(site.asked) for site in (self.open, self.walled, self.forbidding, self.proxy))


def posts(web: Web) -> list[CleanArticle]:
    """Cleaned posts: each shows pictures by every kind of markup, some of them twice."""
    names = list(web.pictures)
    made = []
    for number in range(POSTS):
        mine = [names[(number * 4 + step * 3) % len(names)] for step in range(5)]
        root, extension = re.split(r"\.(?=\w+$)", mine[1])
        small = web.open.url(f"/wp-content/uploads/{root}-300x200.{extension}")
        one, two, walled, proxied, forbidden = mine
        body = (
            f'<p><img src="{web.open.url("/" + one)}"></p>'
            f'<figure><img class="lazy" src="/loading.gif" data-src="{small}"'
            f' srcset="{web.open.url("/" + two)} 1600w, {small} 300w"></figure>'
            f'<a href="{web.walled.url("/" + walled)}"><img src="{web.walled.url("/t/" + walled)}"></a>'
            '<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw="><noscript>&lt;img'
            f' src="https://i0.wp.com/{web.open.host}/{proxied}?w=600"&gt;</noscript>'
            f'<p><img data-original="{web.proxy.url("/?" + web.forbidding.url("/" + forbidden))}"></p>'
            f'<p><img src="http://gone.invalid/{one}"><img class="emoji" alt="😀" src="/1f600.png"></p>'
        )
        made.append(clean(replace(article(body, url=f"{BLOG}/{number}"), source=f"{number}.html")))
    return made


def print_report(web: Web, report: ImageReport, forms: Mapping[Format, Form]) -> bool:
    """Print all; False: more requests than promised."""
    had = report.wanted - report.missing
    params = [dict(way.params) for way in report.ways]
    used = sum({str(one["url"]): int(one["bytes"]) for one in params}.values())
    sent = web.sent
    per_picture = web.requests / max(had, 1)
    say(f"{'pictures wanted, had':28}{report.wanted:8}{had:8}")
    say(f"{'requests':28}{web.requests:8}   {per_picture:.2f} for each picture (at most {MOST_REQUESTS})")
    say(f"{'MB fetched, used':28}{sent / 1e6:8.1f}{used / 1e6:8.1f}   {sent / used:.2f} for each one used")
    ways = Counter(str(one["way"]) for one in params)
    lost = Counter(f"{one.code} {dict(one.params).get('reason', '')}" for one in report.findings)
    for name, count in (*ways.most_common(), *lost.items()):
        say(f"  {name:26}{count:8}")
    for output, form in forms.items():
        after = sum(_bytes(asset) for asset in report.by_format[output].values())
        share = f"{100 * after / used:.0f} %"
        say(f"{'kB before -> ' + form.name:28}{used / 1000:8.0f}{after / 1000:8.0f}   {share}")
    return per_picture <= MOST_REQUESTS


def _bytes(asset: ImageAsset) -> int:
    return len(asset.data) + sum(len(piece.data) for piece in asset.rest)


def main() -> int:
    """Fetch and convert the set; the exit code says whether requests are as few as promised."""
    with ExitStack() as stack:
        sites = [stack.enter_context(serving()) for _ in range(4)]
        web = Web(sites[0], sites[1], sites[2], sites[3], gallery())
        web.fill()
        config = ImagesConfig(
            proxies=(web.proxy.url("/?{url}"),),
            allow_hosts=tuple(site.host for site in sites),
            timeout_s=5,
        )
        forms: dict[Format, Form] = {"epub": EPUB, "pdf": PRINT_A4, "booklet": EINK_GREY}
        report = gather(posts(web), config=config, cache_dir=None, offline=False, forms=forms)
        unknown = {unquote(path) for site in sites for path, _ in site.asked if path not in site.answers}
        good = print_report(web, report, forms)
        say(f"{'addresses that lead nowhere':28}{len(unknown):8}")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
