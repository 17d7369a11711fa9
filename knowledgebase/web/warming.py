"""Pages made before a server forks, so that its workers share the words and templates that pages read."""

from flask import Flask

from knowledgebase.domain.language import INTERFACE


def warm(app: Flask) -> None:
    """Make the home and a search in every language once; what they answer does not matter."""
    reader = app.test_client()
    for language in INTERFACE:
        for page in ("", "search?q=هوا+air"):
            reader.get(f"/{language}/{page}")
