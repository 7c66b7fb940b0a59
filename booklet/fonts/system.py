"""The one command that installs a Chinese face on this system, for the sentence that the user reads."""

from __future__ import annotations

import sys
from pathlib import Path

_OS_RELEASE = Path("/etc/os-release")
_COMMANDS = {
    "debian": "apt-get install fonts-noto-cjk",
    "ubuntu": "apt-get install fonts-noto-cjk",
    "fedora": "dnf install google-noto-serif-cjk-fonts google-noto-sans-cjk-fonts",
    "rhel": "dnf install google-noto-serif-cjk-ttc-fonts google-noto-sans-cjk-ttc-fonts",
    "arch": "pacman -S noto-fonts-cjk",
    "alpine": "apk add font-noto-cjk",
    "suse": "zypper install noto-serif-sc-fonts noto-sans-sc-fonts",
    "opensuse": "zypper install noto-serif-sc-fonts noto-sans-sc-fonts",
}


def install_hint(os_release: Path = _OS_RELEASE) -> str:
    """The system's own command, by the ids of os-release(5); empty where none is known.

    The hint in `booklet.words` names the Python extra besides: it works everywhere and needs no root.
    """
    if not sys.platform.startswith("linux"):
        return ""
    try:
        lines = os_release.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return ""
    values = dict(line.split("=", 1) for line in lines if "=" in line)
    ids = f"{values.get('ID', '')} {values.get('ID_LIKE', '')}".replace('"', "").split()
    return next((_COMMANDS[name] for name in ids if name in _COMMANDS), "")
