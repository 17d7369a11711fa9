"""Words for the values that filters and cards show: topics, closed lists, countries, cities, tags."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from knowledgebase.text import lists
from knowledgebase.web import fmt, names


@lru_cache(maxsize=256)
def topic_label(topic: str, language: str) -> str:
    """Return the label of one of the sixteen topics, in English where the language has none."""
    known = lists.topics().get(topic, {})
    return known.get(language) or known.get("en") or topic


def name_in(known: Mapping[str, str], language: str) -> str:
    """Return a name in the reader's language, else in English, else in any."""
    return known.get(language) or known.get("en") or next(iter(known.values()), "")


@dataclass(frozen=True, slots=True)
class Names:
    """Names that only the database knows."""

    cities: Mapping[str, Mapping[str, str]] = field(default_factory=dict)  # by id and language
    tags: Mapping[str, str] = field(default_factory=dict)  # shown form by folded form

    def city(self, city_id: str, language: str) -> str:
        """Return the name of a city, or its id when it has no page yet."""
        return name_in(self.cities.get(city_id, {}), language) or city_id

    def tag(self, folded: str) -> str:
        """Return a tag as it was written."""
        return self.tags.get(folded, folded)


def facet_labels(known: Names, language: str) -> Mapping[str, Callable[[str], str]]:
    """Return for each facet the function that words one of its values."""
    return {
        "topic": lambda value: topic_label(value, language),
        "city": lambda value: known.city(value, language),
        "country": lambda value: names.country(value, language),
        "language": lambda value: names.language_name(value, language),
        "status": lambda value: lists.label("status", value, language),
        "year": lambda value: fmt.year(int(value), language) if value.isdecimal() else value,
        "tag": known.tag,
        "written_by": lambda value: lists.label("writer", value, language),
    }
