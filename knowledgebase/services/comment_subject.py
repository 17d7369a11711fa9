"""What comments are about, as their own pages name it."""

from collections.abc import Mapping
from dataclasses import dataclass

from knowledgebase.domain.comment import About
from knowledgebase.domain.errors import NotFound
from knowledgebase.services import reading
from knowledgebase.services.site import Site
from knowledgebase.store import case_lists, lookups


@dataclass(frozen=True, slots=True)
class Subject:
    """What is talked about, as a page names it."""

    about: About
    titles: Mapping[str, str]  # of the case, or names of the city, by language
    language: str  # of the case's own title
    city_names: Mapping[str, str]  # by language

    def title_in(self, language: str) -> str:
        """Return the title in the reader's language, else in the case's own, else in any."""
        known = self.titles
        return known.get(language) or known.get(self.language) or next(iter(known.values()), "")


def subject(site: Site, about: About) -> Subject:
    """Return what a public case or city is called.

    Raises NotFound where there is none, Gone and Moved as reading a case does.
    """
    if about.case is not None:
        reading.case_key(site, about.case)
    with site.store.reading() as db:
        names, _ = lookups.names(db, [about.city], ())
        if about.case is None:
            if about.city not in names:
                raise NotFound(about.city)
            return Subject(about, names[about.city], "en", names[about.city])
        card = case_lists.cards(db, [about.case]).get(about.case)
    if card is None:
        raise NotFound(about.case)
    return Subject(about, card.titles, card.language, card.city_names)
