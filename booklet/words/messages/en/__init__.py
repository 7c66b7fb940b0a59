"""English."""

from booklet.words.messages.en import engine, errors, findings, hints, interface

MESSAGES: dict[str, str] = {
    **findings.MESSAGES,
    **engine.MESSAGES,
    **hints.MESSAGES,
    **errors.MESSAGES,
    **interface.MESSAGES,
}
