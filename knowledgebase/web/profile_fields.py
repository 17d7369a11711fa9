"""The fields of a person's profile, as the forms of joining and of the account both have them."""

from knowledgebase.domain.language import INTERFACE
from knowledgebase.domain.person import Profile, Showing
from knowledgebase.text import lists
from knowledgebase.web.names import own_name

PROFILE = ("name", "latin_name", "position", "office", "shows", "language")


def profile_values(profile: Profile) -> dict[str, str]:
    """Return a profile as the texts of its form."""
    return {
        "name": profile.name,
        "latin_name": profile.latin_name or "",
        "position": profile.position,
        "office": profile.office,
        "shows": profile.shows,
        "language": profile.language,
    }


def profile_choices(language: str) -> dict[str, list[tuple[str, str]]]:
    """Return what the form's choices offer, by the name that its template gives them."""
    return {
        "showing": [(way.value, lists.label("showing", way, language)) for way in Showing],
        "languages": [(one, own_name(one)) for one in INTERFACE],
    }
