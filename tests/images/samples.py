"""Pictures and articles made for these tests."""

from __future__ import annotations

import io
import struct
import zlib
from datetime import UTC, datetime
from pathlib import Path

from PIL import Image, ImageDraw

from booklet.images.decoding.convert import convert
from booklet.images.decoding.forms import EPUB, Form
from booklet.model import Article, CleanArticle, ImageAsset, ImageRef


def encoded(image: Image.Image, kind: str, **options: object) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def decoded(data: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(data))
    image.load()
    return image


def converted(data: bytes, form: Form = EPUB) -> ImageAsset:
    """The picture in one form."""
    return convert(data, (form,))[0]


def photo(width: int = 240, height: int = 160, seed: int = 0) -> Image.Image:
    """Soft gradients with a little unrest, as photographs have: too many colours for a palette."""
    red = Image.linear_gradient("L").resize((width, height))
    green = Image.radial_gradient("L").resize((width, height))
    unrest = Image.frombytes(
        "L", (width, height), bytes((x * x + seed * 7) % 251 for x in range(width * height))
    )
    blue = Image.blend(red.rotate(180), unrest, 0.2)
    return Image.merge("RGB", (red, green, blue))


def drawing(width: int = 240, height: int = 160) -> Image.Image:
    """Lines and letters in few colours."""
    image = Image.new("RGB", (width, height), "white")
    draw = ImageDraw.Draw(image)
    for y in range(4, height, 16):
        draw.text((4, y), "the quick brown fox jumps", fill=(160, 20, 20))
        draw.line((0, y, width, y), fill=(0, 0, 90))
    return image


def jpeg(seed: int = 0, **options: object) -> bytes:
    return encoded(photo(seed=seed), "JPEG", **{"quality": 90, **options})


def png_header_only(width: int, height: int) -> bytes:
    """A PNG that claims a size and holds next to nothing."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b"\0" * 4000))
        + chunk(b"IEND", b"")
    )


def article(root: Path = Path("/nowhere"), source: str = "post.md", url: str = "") -> Article:
    return Article(
        id=source.encode().hex()[:12],
        title=source,
        authors=(),
        published=datetime(2026, 10, 20, tzinfo=UTC),
        published_from="front-matter",
        categories=(),
        tags=(),
        lang="zh-CN",
        url=url,
        cover="",
        body="",
        body_format="html",
        body_line=1,
        source=source,
        source_path=root / source,
        root=root,
        draft=False,
        extra={},
    )


def ref(*candidates: str, key: str = "") -> ImageRef:
    return ImageRef(key or "|".join(candidates), candidates[0], candidates, "", None, "")


def clean(owner: Article, *images: ImageRef, lead: ImageRef | None = None) -> CleanArticle:
    return CleanArticle(owner, "", images, lead, (), (), 0, ())
