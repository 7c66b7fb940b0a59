"""Time zones by IANA name; the system's where none is named."""

from __future__ import annotations

from difflib import get_close_matches
from zoneinfo import ZoneInfo, available_timezones

from booklet.findings import BookletError


def system_zone_name() -> str:
    """The system's zone, or UTC where the system does not tell one that the zone database knows."""
    import tzlocal

    try:
        name = tzlocal.get_localzone_name()
        ZoneInfo(name)
    except (LookupError, ValueError, OSError):
        return "UTC"
    return name


def parse_zone(name: str, where: str) -> ZoneInfo:
    """The zone called `name`.

    Raises:
        BookletError: `zone-unknown` (exit code 2), with near names.
    """
    try:
        return ZoneInfo(name)
    except (LookupError, ValueError, OSError):  # a folder of the database raises OSError, "../x" ValueError
        raise BookletError(
            "zone-unknown", exit_code=2, name=name, where=where, near=", ".join(_near(name))
        ) from None


def _near(name: str) -> list[str]:
    zones = {zone.lower(): zone for zone in sorted(available_timezones())}
    wanted = name.lower().replace(" ", "_")
    cities = [zone for lower, zone in zones.items() if wanted and lower.rsplit("/", 1)[-1] == wanted]
    close = [zones[lower] for lower in get_close_matches(wanted, zones, n=3, cutoff=0.6)]
    return list(dict.fromkeys([*cities, *close]))[:3] or ["Asia/Shanghai", "UTC"]
