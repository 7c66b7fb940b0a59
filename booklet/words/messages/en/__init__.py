"""English."""

from booklet.words.messages.en import errors, findings, hints, interface

MESSAGES: dict[str, str] = {
    **findings.MESSAGES,
    **hints.MESSAGES,
    **errors.MESSAGES,
    **interface.MESSAGES,
}
