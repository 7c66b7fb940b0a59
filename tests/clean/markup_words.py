"""What the tests of names ask of cleaned articles."""

from __future__ import annotations

import re

from booklet.clean import clean

from .articles import article

A = "https://a.example"


def each(words: str) -> list[str]:
    return words.split()


def urls(markup: str) -> list[tuple[str, ...]]:
    return [picture.candidates for picture in clean(article(f"<p>前文。</p>{markup}<p>后文。</p>")).images]


def body(markup: str) -> str:
    made = clean(article(markup)).body.replace("\n", "")
    return re.sub(r"image:[0-9a-f]{16}", "image", made)


def watched(markup: str, *, url: str = "") -> list[tuple[str, str, str]]:
    videos = clean(article(f"<p>前文。</p>{markup}<p>后文。</p>", url=url)).videos
    return [(video.provider, video.title, video.url) for video in videos]
