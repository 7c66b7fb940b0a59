"""What is wrong with a theme."""

MESSAGES: dict[str, str] = {
    "reason.theme-picture-missing": "{file} line {line}: there is no picture “{name}” in the theme's folder",
    "reason.theme-picture-unreadable": "{name} is no picture that can be read",
}
