"""A volume of articles that nobody wrote, with pictures, ready for print: what `bench_chunks` sets."""

from __future__ import annotations

import hashlib
import random
from dataclasses import replace
from functools import cache
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image, ImageFilter

from booklet import fonts, theme
from booklet.config.papers import parse_paper
from booklet.model import Booklet, CleanArticle, ImageAsset
from booklet.results import Look

from .cleaned import cleaned_of, composed, read, write_cleaned

PICTURES = 60
"""Different ones; articles share them, as logos and old photographs are used again."""
_SIZE = 720, 480


@cache
def articles(count: int) -> tuple[CleanArticle, ...]:
    """So many, three in four with a picture."""
    with TemporaryDirectory() as name:
        path = Path(name) / "articles.json"
        write_cleaned(path, count)
        cleaned = cleaned_of(read(path))
    return tuple(
        replace(one, body=_with_picture(one.body, number)) if number % 4 else one
        for number, one in enumerate(cleaned)
    )


def _with_picture(body: str, number: int) -> str:
    key = f"k{number * 7 % PICTURES}"
    before, end, after = body.partition("</p>")
    return f'{before}{end}<figure><img src="image:{key}" alt=""/></figure>{after}'


@cache
def pictures() -> dict[str, ImageAsset]:
    """By key."""
    return {f"k{number}": _picture(number) for number in range(PICTURES)}


def _picture(number: int) -> ImageAsset:
    """A photograph's size and bytes: soft noise, which compresses as badly."""
    chance = random.Random(number)
    small = Image.frombytes("RGB", (72, 48), chance.randbytes(72 * 48 * 3))
    large = small.resize(_SIZE, Image.Resampling.BICUBIC).filter(ImageFilter.GaussianBlur(2))
    target = BytesIO()
    large.save(target, "JPEG", quality=85)
    data = target.getvalue()
    digest = hashlib.sha256(data).hexdigest()
    return ImageAsset(f"{digest[:16]}.jpg", "image/jpeg", *_SIZE, data, digest)


def volume(count: int, *, changed: int | None = None, paper: str = "a5") -> tuple[Booklet, Look]:
    """A booklet of so many articles; with `changed` that one has a word more."""
    cleaned = list(articles(count))
    if changed is not None:
        one = cleaned[changed]
        cleaned[changed] = replace(one, body=one.body.replace("<p>", "<p>改动。", 1))
    loaded = theme.load("study", project_dir=Path())
    options, _ = loaded.resolve_options({"notes": "none"})
    booklet = composed(cleaned, options, pictures())
    faces = fonts.find_faces(configured={}, wanted=loaded.fonts)
    size = parse_paper(paper)
    assert size is not None
    return booklet, Look(loaded, options, size, faces)
