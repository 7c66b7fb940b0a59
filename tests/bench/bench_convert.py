"""Pictures measured: how fast they are converted, how large they become, and beside cjpeg.

`python -m tests.bench.bench_convert` draws a set of pictures of every kind and prints. Times are of the
processor, the best of several rounds in one run; a core is one decoding process.
"""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import replace

from PIL import Image

from booklet.images.decoding.convert import convert
from booklet.images.decoding.encode import JPEG_QUALITY
from booklet.images.decoding.forms import EINK_GREY, EPUB, Form, form_for_print
from booklet.images.decoding.workers import Workers
from booklet.model import ImageAsset
from tests.images.gallery import gallery
from tests.images.samples import encoded

from .bench_clean import best, say

ROUNDS = 3
FORMS = (EPUB, EINK_GREY, form_for_print(115, 172, picture_mm=57, tall_mm=176, tall_from=2.0))
"""The last: A5 of the theme `plain`."""
MOST_OVER_CJPEG = 1.05
PARALLEL_ROUNDS = 4


def size(asset: ImageAsset) -> int:
    return len(asset.data) + sum(len(piece.data) for piece in asset.rest)


def speed(pictures: Mapping[str, bytes]) -> None:
    """Print for each picture, and for all, what a core does in a second: for one output, and for both."""
    say(f"{'converted on one core':22}{'kB in':>8}{'EPUB ms':>9}{'EPUB + print ms':>17}")
    one_all = two_all = 0.0
    for name, data in pictures.items():
        one = best(lambda data=data: convert(data, (EPUB,)), ROUNDS)  # type: ignore[misc]
        two = best(lambda data=data: convert(data, (EPUB, FORMS[2])), ROUNDS)  # type: ignore[misc]
        one_all, two_all = one_all + one, two_all + two
        say(f"{name:22}{len(data) / 1000:8.0f}{one * 1000:9.0f}{two * 1000:17.0f}")
    megabytes = sum(map(len, pictures.values())) / 1e6
    for label, seconds in (("EPUB", one_all), ("EPUB + print", two_all)):
        rate = f"{len(pictures) / seconds:6.1f} pictures/s   {megabytes / seconds:6.1f} MB/s a core"
        say(f"{'all, ' + label:22}{rate}")


def bytes_by_form(pictures: Mapping[str, bytes]) -> None:
    """Print bytes before and after."""
    say(f"{'kB before -> after':22}{'before':>8}" + "".join(f"{form.name:>14}" for form in FORMS))
    sums = [0] * (len(FORMS) + 1)
    for name, data in pictures.items():
        made = convert(data, FORMS)
        row = [len(data), *map(size, made)]
        sums = [total + one for total, one in zip(sums, row, strict=True)]
        kinds = (asset.media_type.removeprefix("image/") for asset in made)
        cells = (f"{kind:>6}{count / 1000:8.1f}" for kind, count in zip(kinds, row[1:], strict=True))
        say(f"{name:22}{row[0] / 1000:8.1f}" + "".join(cells))
    say(f"{'all':22}{sums[0] / 1000:8.1f}" + "".join(f"{total / 1000:14.1f}" for total in sums[1:]))


def beside_cjpeg(pictures: Mapping[str, bytes]) -> bool:
    """Print our JPEGs' bytes beside those of `cjpeg -optimize -progressive`; False: one is too large."""
    cjpeg = shutil.which("cjpeg")
    if cjpeg is None:
        say("cjpeg is not installed (libjpeg-turbo-progs)")
        return True
    say(f"{'bytes, ours : cjpeg':22}" + "".join(f"{form.name:>14}" for form in FORMS))
    worst = 0.0
    for name, data in pictures.items():
        cells = []
        for form, asset in zip(FORMS, convert(data, FORMS), strict=True):
            if asset.media_type != "image/jpeg":
                cells.append(f"{'png':>14}")
                continue
            ratio = len(asset.data) / _by_cjpeg(cjpeg, data, asset, form)
            worst = max(worst, ratio if form.progressive else 0.0)
            cells.append(f"{ratio:14.3f}")
        say(f"{name:22}" + "".join(cells))
    say(f"largest of the progressive ones: {worst:.3f} (at most {MOST_OVER_CJPEG})")
    return worst <= MOST_OVER_CJPEG


def _by_cjpeg(cjpeg: str, data: bytes, asset: ImageAsset, form: Form) -> int:
    """What cjpeg makes of the pixels that we encoded, as they were before: by a form that writes no JPEG."""
    pixels = _pixels(data, form)
    sampling = "1x1" if _is_full(asset.data) else "2x2"
    done = subprocess.run(
        [cjpeg, "-quality", str(JPEG_QUALITY), "-optimize", "-progressive", "-sample", sampling],
        input=encoded(pixels, "PPM"),
        capture_output=True,
        check=True,
    )
    return len(done.stdout)


def _pixels(data: bytes, form: Form) -> Image.Image:
    from booklet.images.decoding import colour
    from booklet.images.decoding.convert import _scaled
    from booklet.images.decoding.decode import decoded

    with decoded(data, (form,)) as source:
        image = colour.eight_bits(source.image)
        flat = colour.flattened(_scaled(image, form.fitted(*image.size)))
    return flat.convert("L") if form.grey else flat


def _is_full(data: bytes) -> bool:
    from PIL import JpegImagePlugin

    return JpegImagePlugin.get_sampling(Image.open(io.BytesIO(data))) != 2


def _once(number: int) -> Form:
    """EPUB's form by another name: for equal bytes and forms the processes work once."""
    return replace(EPUB, name=f"{number}")


def processes(pictures: Mapping[str, bytes]) -> None:
    """Print what the decoding processes cost: the start, and the way there and back."""
    small = encoded(Image.effect_noise((320, 240), 40).convert("RGB"), "JPEG", quality=85)
    here = best(lambda: convert(small, (EPUB,)), 20)
    with Workers(most=1) as one:
        begun = time.perf_counter()
        one.convert(small, (EPUB,))
        started = time.perf_counter() - begun
        times = []
        for number in range(50):
            begun = time.perf_counter()
            one.convert(small, (_once(number),))
            times.append(time.perf_counter() - begun)
    say(f"a process starts in    {started * 1000:6.0f} ms, its first picture included")
    say(f"a small picture takes  {min(times) * 1000:6.2f} ms there, {here * 1000:.2f} ms here")
    with Workers() as pool:
        from concurrent.futures import ThreadPoolExecutor

        work = [(data, number) for number in range(PARALLEL_ROUNDS) for data in pictures.values()]
        with ThreadPoolExecutor(pool.count) as threads:
            begun = time.perf_counter()
            list(threads.map(lambda one: pool.convert(one[0], (_once(one[1]), FORMS[2])), work))
            seconds = time.perf_counter() - begun
    say(
        f"{pool.count} processes on {os.cpu_count()} cores: {len(work) / seconds:.1f} pictures/s, "
        f"{sum(len(data) for data, _ in work) / seconds / 1e6:.1f} MB/s (wall clock, EPUB + print)"
    )


def main() -> int:
    """Print all; the exit code says whether the sizes are what was promised."""
    pictures = gallery()
    speed(pictures)
    say()
    processes(pictures)
    say()
    bytes_by_form(pictures)
    say()
    return 0 if beside_cjpeg(pictures) else 1


if __name__ == "__main__":
    sys.exit(main())
