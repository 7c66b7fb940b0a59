"""`booklet config`: prints the merged configuration as TOML."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import replace

from booklet import Flags, settings_as_toml
from booklet.cli.context import extensions, loaded
from booklet.cli.options import Switches
from booklet.words.messages import text, user_language


def run(flags: Flags, switches: Switches, sources: Sequence[str]) -> int:
    """Print what holds and where each value comes from."""
    language = user_language()
    configuration = loaded(replace(flags, sources=tuple(sources)), extensions(switches))
    file = configuration.settings.file
    heading = (
        text("ui.config-file", language, file=str(file)) if file else text("ui.config-no-file", language)
    )
    cache = text("ui.config-cache", language, path=str(configuration.config.cache_dir))
    body = settings_as_toml(configuration, language=language)
    sys.stdout.write(f"# {heading}\n# {cache}\n{body}")
    return 0
