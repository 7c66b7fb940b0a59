"""Rules on text that all renderers share: characters, titles, phrases, places. Pure."""
