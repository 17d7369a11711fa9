"""A person in one line, as it wants to be shown: with its name, or by position and office only."""

from knowledgebase.domain.person import Showing
from knowledgebase.domain.proposal import Face
from knowledgebase.web import fmt


def face_line(face: Face, language: str, *, is_named: bool = False) -> str:
    """Return name and position, or position and office, with the city; `is_named` for readers who know it."""
    profile = face.profile
    has_name = is_named or profile.shows is Showing.NAME_AND_POSITION
    parts = (profile.name, profile.position) if has_name else (profile.position, profile.office)
    cities = [names.get(language) or names["en"] for names in face.cities.values()]
    return fmt.listed([fmt.isolated(part) for part in (*parts, *cities)], language)
