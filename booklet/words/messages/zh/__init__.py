"""简体中文 (Simplified Chinese)."""

from booklet.words.messages.zh import errors, findings, hints, interface

MESSAGES: dict[str, str] = {
    **findings.MESSAGES,
    **hints.MESSAGES,
    **errors.MESSAGES,
    **interface.MESSAGES,
}
