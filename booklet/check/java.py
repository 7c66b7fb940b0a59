"""Java, which EPUBCheck needs: where it is, and how to get it."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

_BY_PLATFORM = {
    "win32": "winget install EclipseAdoptium.Temurin.21.JRE",
    "darwin": "brew install --cask temurin",
}
_BY_MANAGER = {
    "apt-get": "sudo apt-get install default-jre-headless",
    "dnf": "sudo dnf install java-latest-openjdk-headless",
    "pacman": "sudo pacman -S jre-openjdk-headless",
    "zypper": "sudo zypper install java-21-openjdk-headless",
    "apk": "sudo apk add openjdk21-jre-headless",
}
"""By the program that installs packages."""
_ELSEWHERE = "https://adoptium.net"


def find_java() -> str | None:
    """The Java that `JAVA_HOME` names, else the one on the path; None: there is none."""
    home = os.environ.get("JAVA_HOME")
    own = shutil.which("java", path=str(Path(home) / "bin")) if home else None
    return own or shutil.which("java")


def java_command(platform: str = sys.platform) -> str:
    """What installs Java on this system, or where it is to be had."""
    if platform in _BY_PLATFORM:
        return _BY_PLATFORM[platform]
    return next((line for program, line in _BY_MANAGER.items() if shutil.which(program)), _ELSEWHERE)
