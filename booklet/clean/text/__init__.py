"""Steps on the body while it is text: Markdown, shortcodes, angle brackets that are none."""
