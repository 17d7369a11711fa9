"""Addresses of comments: one by one, of a case or a city, the newest, their feeds, and the queue."""

from knowledgebase.domain.comment import About
from knowledgebase.web import addresses


def newest(language: str) -> str:
    """Return the address of the newest comments of the exchange."""
    return f"/{language}/comments/"


def comment(language: str, comment_id: str, act: str = "") -> str:
    """Return the address of a comment, or where an act on it is sent."""
    at = f"/{language}/comments/{comment_id}"
    return f"{at}/{act}" if act else at


def subject(language: str, about: About) -> str:
    """Return the address of what is talked about."""
    return addresses.case(language, about.case) if about.case else addresses.city(language, about.city)


def talk(language: str, about: About) -> str:
    """Return the address of all that is said about a case or a city, and where more is sent."""
    return f"{subject(language, about)}/comments"


def on_page(language: str, about: About, comment_id: str) -> str:
    """Return where a comment stands among the others."""
    page = subject(language, about) if about.case else talk(language, about)
    return f"{page}#comment-{comment_id}"


def feed(language: str, about: About | None = None) -> str:
    """Return the address of the feed of the newest comments, of a case or of all."""
    return f"{subject(language, about)}/comments.atom" if about else f"{newest(language)}feed.atom"


def queue(language: str, *, is_open: bool = True) -> str:
    """Return the address of the moderators' queue, or of what was decided."""
    return f"/{language}/moderation" if is_open else f"/{language}/moderation?decided=yes"


def matter(language: str, number: int) -> str:
    """Return where a decision is sent."""
    return f"/{language}/moderation/{number}"
