"""The one room that knows WeasyPrint and pydyf."""
