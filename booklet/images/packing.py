"""Pictures as bytes, for the cache's files and for the pipe from a decoding process: JSON, then the data.

Not pickled: who reads need not trust who wrote.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

from booklet.model import ImageAsset


def packed(pictures: Sequence[ImageAsset]) -> bytes:
    """A line of JSON that says what follows it."""
    heads = [
        {
            "name": picture.name,
            "media_type": picture.media_type,
            "width_px": picture.width_px,
            "height_px": picture.height_px,
            "bytes": len(picture.data),
            "sha256": picture.sha256,
        }
        for picture in pictures
    ]
    line = json.dumps(heads, sort_keys=True).encode()
    return b"\n".join((line, b"".join(picture.data for picture in pictures)))


def unpacked(raw: bytes) -> tuple[ImageAsset, ...]:
    """What `packed` was given.

    Raises:
        ValueError: it is nothing that `packed` makes.
    """
    line, _, rest = raw.partition(b"\n")
    try:
        heads = json.loads(line)
        if not isinstance(heads, list):
            raise ValueError("not a list")  # noqa: TRY004 - one kind of failure for whoever reads
        pictures = []
        for head in heads:
            size = int(head.pop("bytes"))
            data, rest = rest[:size], rest[size:]
            if len(data) != size:
                raise ValueError("cut short")
            pictures.append(ImageAsset(**head, data=data))
    except (TypeError, KeyError, AttributeError) as error:
        raise ValueError("not a packed picture") from error
    return tuple(pictures)
