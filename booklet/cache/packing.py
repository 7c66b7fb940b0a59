"""Pictures as bytes, for the cache's files and for the pipe from a decoding process: JSON, then the data.

Not pickled: who reads need not trust who wrote.
"""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from typing import IO, Any

from booklet.model import ImageAsset


def packed(pictures: Sequence[ImageAsset]) -> bytes:
    """A line of JSON that says what follows it."""
    line = json.dumps([_head(picture) for picture in pictures], sort_keys=True).encode()
    return line + b"\n" + b"".join(piece.data for picture in pictures for piece in (picture, *picture.rest))


def _head(picture: ImageAsset) -> dict[str, object]:
    return {
        "name": picture.name,
        "media_type": picture.media_type,
        "width_px": picture.width_px,
        "height_px": picture.height_px,
        "bytes": len(picture.data),
        "sha256": picture.sha256,
        "animated": picture.animated,
        "rest": [_head(piece) for piece in picture.rest],
    }


def unpacked(raw: bytes) -> tuple[ImageAsset, ...]:
    """What `packed` was given.

    Raises:
        ValueError: it is nothing that `packed` makes.
    """
    line, _, data = raw.partition(b"\n")
    stream = io.BytesIO(data)
    try:
        heads = json.loads(line)
        if not isinstance(heads, list):
            raise ValueError("not a list")  # noqa: TRY004 - one kind of failure for whoever reads
        return tuple(_picture(head, stream, may_have_rest=True) for head in heads)
    except (TypeError, KeyError, AttributeError) as error:
        raise ValueError("not a packed picture") from error


def _picture(head: dict[str, Any], stream: IO[bytes], *, may_have_rest: bool) -> ImageAsset:
    size, rest = int(head.pop("bytes")), head.pop("rest")
    data = stream.read(max(0, size))
    if len(data) != size or (rest and not may_have_rest):
        raise ValueError("cut short")
    pieces = tuple(_picture(piece, stream, may_have_rest=False) for piece in rest)
    return ImageAsset(**head, data=data, rest=pieces)
