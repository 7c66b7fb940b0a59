"""Pictures of the kinds that articles hold, drawn here: photographs, screenshots, diagrams, motion."""

from __future__ import annotations

from collections.abc import Mapping

from PIL import Image, ImageDraw, ImageFont

from .samples import encoded

WORDS = ("def", "return", "import", "河水", "数据", "print", "芦苇", "while", "value", "清淤")
INKS = ((200, 0, 0), (0, 0, 160), (20, 120, 20), (60, 60, 60))


def photograph(width: int, height: int) -> Image.Image:
    """Light, coarse shapes and grain. No two of one process are equal: the noise goes on."""
    coarse = Image.effect_noise((max(2, width // 12), max(2, height // 12)), 60)
    shapes = coarse.resize((width, height), Image.Resampling.BICUBIC)
    grain = Image.effect_noise((width, height), 12)
    lights = (
        Image.linear_gradient("L").resize((width, height)),
        Image.radial_gradient("L").resize((width, height)),
        Image.linear_gradient("L").rotate(90).resize((width, height)),
    )
    bands = [Image.blend(light, shapes, share) for light, share in zip(lights, (0.5, 0.4, 0.6), strict=True)]
    return Image.blend(Image.merge("RGB", bands), Image.merge("RGB", (grain,) * 3), 0.1)


def screenshot(width: int = 1400, height: int = 900) -> Image.Image:
    """An editor: coloured writing, smoothed, on white."""
    image = Image.new("RGB", (width, height), "white")
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, 0, width, 50), fill=(40, 44, 52))
    face = ImageFont.load_default(size=20)
    for line, top in enumerate(range(70, height - 30, 30)):
        for word in range(9):
            ink = INKS[(line * 7 + word * 3) % len(INKS)]
            pen.text((20 + word * 120, top), WORDS[(line + word * 5) % len(WORDS)], font=face, fill=ink)
    return image


def line_art(width: int = 1200, height: int = 800) -> Image.Image:
    """A diagram: few colours, no smoothing."""
    image = Image.new("RGB", (width, height), "white")
    pen = ImageDraw.Draw(image)
    for row in range(4):
        for column in range(5):
            left, top = 40 + column * 230, 40 + row * 190
            pen.rectangle((left, top, left + 170, top + 100), outline=(0, 0, 90), fill="#fff6d5", width=3)
            pen.line((left + 170, top + 50, left + 230, top + 50), fill=(160, 20, 20), width=3)
    return image


def gallery() -> Mapping[str, bytes]:
    """Files by name."""
    wide = Image.linear_gradient("L").resize((1000, 700))
    deep = Image.frombytes("I;16", wide.size, b"".join(bytes((v, v)) for v in wide.tobytes()))
    frames = [Image.new("RGB", (480, 270), "white"), photograph(480, 270), photograph(480, 270)]
    layered = line_art().convert("RGBA")
    layered.putalpha(Image.linear_gradient("L").resize(layered.size).point(lambda v: 255 * (v > 40)))
    return {
        "camera.jpg": encoded(photograph(4000, 3000), "JPEG", quality=92),
        "phone.jpg": encoded(photograph(1080, 1440), "JPEG", quality=85),
        "web.jpg": encoded(photograph(800, 533), "JPEG", quality=80),
        "web.webp": encoded(photograph(1600, 1000), "WEBP", quality=80),
        "photo.png": encoded(photograph(1200, 800), "PNG"),
        "photo.avif": encoded(photograph(1200, 800), "AVIF", quality=65),
        "photo.heic": encoded(photograph(1600, 1200), "HEIF", quality=70),
        "screen.png": encoded(screenshot(), "PNG"),
        "screen.jpg": encoded(screenshot(), "JPEG", quality=90),
        "lines.png": encoded(line_art(), "PNG"),
        "lines-large.png": encoded(line_art(2400, 1600), "PNG"),
        "lines.gif": encoded(line_art(), "GIF"),
        "layered.png": encoded(layered, "PNG"),
        "motion.gif": encoded(frames[0], "GIF", save_all=True, append_images=frames[1:]),
        "deep.png": encoded(deep, "PNG"),
    }
