"""The command line: parses flags, prints events, findings and results. The only room that prints."""

from booklet.cli.app import run

__all__ = ["run"]
