"""English."""

from booklet.words.messages.en import engine, errors, findings, hints, interface, themes

MESSAGES: dict[str, str] = {
    **findings.MESSAGES,
    **engine.MESSAGES,
    **hints.MESSAGES,
    **errors.MESSAGES,
    **themes.MESSAGES,
    **interface.MESSAGES,
}
