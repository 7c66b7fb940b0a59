"""Colour: whatever a picture's pixels mean, 8 bits of sRGB or grey, opaque, that look the same."""

from __future__ import annotations

import io

from PIL import Image, ImageChops, ImageCms, ImageFilter

from booklet.fetch.failure import PictureError

WIDE_MODES = frozenset({"I;16", "I;16L", "I;16B", "I;16N", "I", "F"})
DARK_GROUND = (64, 64, 64)
"""Under white writing whose ground was transparent: such pictures were made for dark pages."""
LIGHT, DARK = 224, 96
"""Grey values from which, and up to which, an outline is lost on white, and on the dark ground."""
LIGHT_SHARE, DARK_SHARE = 0.25, 0.02
"""Shares of a picture's outlines: so many light ones ask for the dark ground, so many dark ones forbid it."""
_PROBES = 6
_SAME = 3
"""A profile that moves no colour by more than this of 255 is sRGB, whatever it calls itself."""


def eight_bits(image: Image.Image) -> Image.Image:
    """Grey of 16 or 32 bits or of real numbers, brought to 0…255; other pictures as they are."""
    if image.mode not in WIDE_MODES:
        return image
    wide = image.convert("F")
    low, high = wide.getextrema()
    if not isinstance(low, (int, float)) or not isinstance(high, (int, float)):
        raise PictureError("damaged")
    if image.mode != "F" and low >= 0 and high <= 65_535:  # noqa: PLR2004 - 16 bits: black and white are fixed
        low, high = 0.0, 65_535.0
    scale = 255.0 / (high - low) if high > low else 1.0
    return wide.point(lambda value: value * scale - low * scale).convert("L")


def flattened(image: Image.Image) -> Image.Image:
    """RGB, or L if it holds no colour: sRGB, opaque."""
    profile = image.info.get("icc_profile")
    profile = profile if isinstance(profile, bytes) else b""
    if not image.has_transparency_data:
        return grey_if_grey(_plain(image, profile))
    layered = image.convert("RGBA")
    opaque = _plain(layered.convert("RGB"), profile).convert("RGB")
    opaque.putalpha(layered.getchannel("A"))
    ground = DARK_GROUND if _is_for_dark_pages(opaque) else (255, 255, 255)
    base = Image.new("RGB", opaque.size, ground)
    base.paste(opaque, mask=opaque.getchannel("A"))
    return grey_if_grey(base)


def grey_if_grey(image: Image.Image) -> Image.Image:
    """In one channel, if all three say the same."""
    if image.mode != "RGB":
        return image
    red, green, blue = image.split()
    same = ImageChops.difference(red, green).getbbox() is None
    return red if same and ImageChops.difference(green, blue).getbbox() is None else image


def _plain(image: Image.Image, profile: bytes) -> Image.Image:
    """L or RGB in sRGB."""
    if image.mode == "LAB":
        return _between(image, ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB"))) or image.convert(
            "RGB"
        )
    if image.mode in ("1", "P", "PA", "YCbCr", "HSV"):
        image = image.convert("L" if image.mode == "1" else "RGB")
    elif image.mode in ("LA", "La", "RGBX"):
        image = image.convert("L" if image.mode.startswith("L") else "RGB")
    if profile:
        image = _from_profile(image, profile)
    return image if image.mode == "L" else image.convert("RGB")


def _from_profile(image: Image.Image, profile: bytes) -> Image.Image:
    """Colours as the profile means them; a broken one, or one of other colours, is ignored, as viewers do."""
    try:
        meant = ImageCms.ImageCmsProfile(io.BytesIO(profile))
    except Exception:  # noqa: BLE001 - as above
        return image
    if image.mode == "RGB" and _is_srgb(meant):
        return image  # not even by rounding is a pixel changed
    return _between(image, meant) or image


def _between(image: Image.Image, profile: ImageCms.ImageCmsProfile) -> Image.Image | None:
    try:
        return ImageCms.profileToProfile(
            image,
            profile,
            ImageCms.createProfile("sRGB"),
            renderingIntent=ImageCms.Intent.RELATIVE_COLORIMETRIC,
            outputMode="RGB",
            flags=ImageCms.Flags.BLACKPOINTCOMPENSATION,
        )
    except Exception:  # noqa: BLE001 - a profile of another colour space
        return None


def _is_srgb(profile: ImageCms.ImageCmsProfile) -> bool:
    steps = [255 * step // (_PROBES - 1) for step in range(_PROBES)]
    probe = Image.new("RGB", (_PROBES**3, 1))
    probe.putdata([(red, green, blue) for red in steps for green in steps for blue in steps])
    shown = _between(probe, profile)
    if shown is None:
        return True  # it says nothing of RGB
    moved = ImageChops.difference(probe, shown).point(lambda step: 255 * (step > _SAME))
    return moved.getbbox() is None


def _is_for_dark_pages(layered: Image.Image) -> bool:
    """Whether what borders on the transparent parts is light, and nothing of it dark."""
    solid = layered.getchannel("A").point(lambda alpha: 255 * (alpha >= 128))  # noqa: PLR2004 - half
    outline = ImageChops.subtract(solid, solid.filter(ImageFilter.MinFilter(3)))
    tones = layered.convert("RGB").convert("L").histogram(mask=outline)
    count = sum(tones)
    if not count:
        return False
    light, dark = sum(tones[LIGHT:]) / count, sum(tones[:DARK]) / count
    return light >= LIGHT_SHARE and dark <= DARK_SHARE
