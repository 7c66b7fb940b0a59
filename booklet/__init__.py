"""booklet: turns a folder of articles into a study booklet, an EPUB and a print-ready PDF.

The names of `__all__` are the public interface; each is imported when it is first asked for.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from booklet.api import (
        build,
        choose,
        chosen_document,
        load_config,
        load_settings,
        settings_as_toml,
    )
    from booklet.cache.upkeep import CacheInfo, Pruned
    from booklet.categories import format_path
    from booklet.check import CheckResult
    from booklet.config.convert import choice
    from booklet.config.flags import SPELLING, Flags
    from booklet.config.load import Loaded
    from booklet.config.values import Config, ImagesConfig, Job, MetaConfig, Paper, Select
    from booklet.events import Cancel, Event, Reporter, Stage, StoppedError, silent
    from booklet.extensions import NO_EXTENSIONS, Extensions, find_extensions
    from booklet.findings import CODES, DETAILS, BookletError, Finding, Level
    from booklet.fonts import Faces
    from booklet.impose.place import Imposed
    from booklet.model import (
        Article,
        Booklet,
        BookletMeta,
        CleanArticle,
        Entry,
        Format,
        ImageReport,
        Output,
        Period,
        Section,
        Video,
    )
    from booklet.render.formats import FORMATS, FormatRow, Making
    from booklet.render.text.page_map import PageMap
    from booklet.report import (
        REPORT_VERSION,
        Json,
        as_json,
        describe_error,
        error_object,
        finding_objects,
        report_document,
        shown_path,
    )
    from booklet.results import BuildResult, Chosen, FontsResult
    from booklet.theme import Theme
    from booklet.tools import (
        cache_folder,
        cache_info,
        check_file,
        check_fonts,
        clear_cache,
        find_themes,
        impose_file,
        load_theme,
        project_folder,
        prune_cache,
        theme_options,
        value_as_toml,
        write_samples,
    )
    from booklet.version import __version__

_HOMES = {
    "api": "build choose chosen_document load_config load_settings settings_as_toml",
    "cache.upkeep": "CacheInfo Pruned",
    "check": "CheckResult",
    "categories": "format_path",
    "config.convert": "choice",
    "config.flags": "Flags SPELLING",
    "config.load": "Loaded",
    "config.values": "Config ImagesConfig Job MetaConfig Paper Select",
    "events": "Cancel Event Reporter Stage StoppedError silent",
    "findings": "BookletError CODES DETAILS Finding Level",
    "extensions": "Extensions NO_EXTENSIONS find_extensions",
    "fonts": "Faces",
    "impose.place": "Imposed",
    "model": "Article Booklet BookletMeta CleanArticle Entry Format ImageReport Output Period Section Video",
    "render.formats": "FORMATS FormatRow Making",
    "render.text.page_map": "PageMap",
    "report": "Json REPORT_VERSION as_json describe_error error_object finding_objects report_document"
    " shown_path",
    "results": "BuildResult Chosen FontsResult",
    "theme": "Theme",
    "version": "__version__",
    "tools": "cache_folder cache_info check_file check_fonts clear_cache find_themes impose_file"
    " load_theme project_folder prune_cache theme_options value_as_toml write_samples",
}
"""The public names by the module that has them; the imports above tell types; a test compares them."""
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names.split()}

__all__ = [
    "CODES",
    "DETAILS",
    "FORMATS",
    "NO_EXTENSIONS",
    "REPORT_VERSION",
    "SPELLING",
    "Article",
    "Booklet",
    "BookletError",
    "BookletMeta",
    "BuildResult",
    "CacheInfo",
    "Cancel",
    "CheckResult",
    "Chosen",
    "CleanArticle",
    "Config",
    "Entry",
    "Event",
    "Extensions",
    "Faces",
    "Finding",
    "Flags",
    "FontsResult",
    "Format",
    "FormatRow",
    "ImageReport",
    "ImagesConfig",
    "Imposed",
    "Job",
    "Json",
    "Level",
    "Loaded",
    "Making",
    "MetaConfig",
    "Output",
    "PageMap",
    "Paper",
    "Period",
    "Pruned",
    "Reporter",
    "Section",
    "Select",
    "Stage",
    "StoppedError",
    "Theme",
    "Video",
    "__version__",
    "as_json",
    "build",
    "cache_folder",
    "cache_info",
    "check_file",
    "check_fonts",
    "choice",
    "choose",
    "chosen_document",
    "clear_cache",
    "describe_error",
    "error_object",
    "find_extensions",
    "find_themes",
    "finding_objects",
    "format_path",
    "impose_file",
    "load_config",
    "load_settings",
    "load_theme",
    "project_folder",
    "prune_cache",
    "report_document",
    "settings_as_toml",
    "shown_path",
    "silent",
    "theme_options",
    "value_as_toml",
    "write_samples",
]


def __getattr__(name: str) -> Any:
    home = _HOME_OF.get(name)
    if home is None:
        raise AttributeError(f"module 'booklet' has no attribute {name!r}")
    return getattr(import_module(f"booklet.{home}"), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
