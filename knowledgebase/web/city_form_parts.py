"""What the page of a city's form needs beside the typed texts: choices, suggestions, words of every field."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from flask import request

from knowledgebase.domain.record import CityLabel
from knowledgebase.intake.city_fields import HAZARDS, LISTS, PLAIN, hazard_fields, most_of
from knowledgebase.text import lists
from knowledgebase.text.normalize import skeleton
from knowledgebase.web import alphabet, fmt, names
from knowledgebase.web.city_form_fields import PARTS, Listing
from knowledgebase.web.forms import typed
from knowledgebase.web.labels import name_in, topic_label
from knowledgebase.web.messages import wording
from knowledgebase.web.rows import Rows

ROWS = tuple(Rows(name, fields, most_of(name)) for name, fields in LISTS.items())
SUGGESTED_MAX = 500  # cities that the form suggests
# Languages that names are offered in; one that is stored stays, whatever it is.
_LANGUAGES = (
    "en fa ar am az bn ckb cs da de el es et fi fr ha he hi hu hy id it ja ka kk km ko ku ky lt lv mn ms "
    "my ne nl no pl ps pt ro ru si so sq sv sw ta tg th ti tk tr uk ur uz vi zh"
)
_SISTER = re.compile(r"sisters\.[0-9]+\.city")
_ALWAYS_CHOSEN = frozenset({"agreement", "agreement_status"})
Options = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Known:
    """The cities of the exchange by their names, as agreements name them."""

    shown: Mapping[str, str] = field(default_factory=dict)  # by id: a name that no other city has
    ids: Mapping[str, str] = field(default_factory=dict)  # by folded name or id

    def named(self, typed_texts: Mapping[str, str]) -> dict[str, str]:
        """Return the texts of a form with the ids of sister cities replaced by their names."""
        return {
            name: self.shown.get(text, text) if _SISTER.fullmatch(name) else text
            for name, text in typed_texts.items()
        }


def known_cities(labels: Mapping[str, CityLabel], language: str, *, but: str) -> Known:
    """Return the cities that an agreement may be with; names that two cities share name neither."""
    holders: dict[str, set[str]] = {}
    for city_id, label in labels.items():
        for name in label.names.values():
            holders.setdefault(skeleton(name), set()).add(city_id)
    ids = {name: next(iter(found)) for name, found in holders.items() if len(found) == 1}
    ids |= {skeleton(city_id): city_id for city_id in labels}
    names_here = {
        city_id: name
        for city_id, name in ((one, name_in(label.names, language)) for one, label in labels.items())
        if city_id != but and ids.get(skeleton(name)) == city_id
    }
    ordered = sorted(names_here.items(), key=lambda one: alphabet.order(one[1], language))
    return Known(dict(ordered), ids)


def read_form() -> dict[str, str]:
    """Return what the request brings of the fields of this form, and nothing else."""
    sent = [name for name in request.form if name.partition(".")[0] in LISTS]
    read = typed(*PLAIN, *hazard_fields(), *sent)
    values = {name: text for name, text in read.items() if name in PLAIN or name.startswith(f"{HAZARDS}.")}
    for rows in ROWS:
        values |= rows.read(read)
    return values


def shown(values: Mapping[str, str]) -> dict[str, str]:
    """Return texts with an empty one for everything else that a fault may stand at."""
    whole = (*PLAIN, *hazard_fields(), HAZARDS, *LISTS)
    return dict.fromkeys(whole, "") | dict(values)


def labels_of(values: Mapping[str, str], language: str) -> tuple[dict[str, str], dict[str, str]]:
    """Return the words of every field by its name: beside the field, and alone, as a fault is told."""
    words = wording(language).gettext
    beside = {
        f"{HAZARDS}.{hazard}": lists.label("hazard", hazard, language) for hazard in lists.labels("hazard")
    }
    alone = {HAZARDS: words("Hazards")}
    for part in PARTS:
        beside |= {one.name: words(one.label) for one in part.fields}
        for listing in part.lists:
            alone[listing.name] = words(listing.title)
            for number in rows_of(listing).numbers(values):
                row = numbered(listing.row, number, language)
                for one in listing.fields:
                    name = f"{listing.name}.{number}.{one.name}"
                    beside[name] = words(one.label)
                    alone[name] = f"{words(listing.title)}, {row}, {words(one.label)}"
    return beside, beside | alone


def numbered(words: str, number: int, language: str) -> str:
    """Return words about a row with its number."""
    return wording(language).gettext(words) % {"number": fmt.number(number, language)}


def rows_of(listing: Listing) -> Rows:
    """Return a list of the form as web/rows knows it."""
    return next(rows for rows in ROWS if rows.name == listing.name)


def offered(name: str, language: str, value: str) -> Options:
    """Return the choices of a kind, with the chosen one among them, whatever it is."""
    known = options(name, language)
    return known if value in {one for one, _ in known} else (*known, (value, value))


@lru_cache(maxsize=64)
def options(name: str, language: str) -> Options:
    """Return the choices of a kind: a closed list, topics, countries, languages, yes and no."""
    words = wording(language).gettext
    found: Options
    if name == "yes-no":
        found = (("yes", words("Yes")), ("no", words("No")))
    elif name == "topic":
        found = tuple((topic, topic_label(topic, language)) for topic in lists.topics())
    elif name == "country":
        found = _in_order({code: names.country(code, language) for code in lists.codes("country")}, language)
    elif name == "language":
        known = {tag: names.language_name(tag, language) for tag in _LANGUAGES.split()}
        found = _in_order(known, language)
    else:
        found = tuple((value, lists.label(name, value, language)) for value in lists.labels(name))
    return found if name in _ALWAYS_CHOSEN else (("", words("not said")), *found)


def _in_order(known: Mapping[str, str], language: str) -> Options:
    return tuple(sorted(known.items(), key=lambda one: alphabet.order(one[1], language)))


def suggested_networks(language: str) -> tuple[str, ...]:
    """Return the names of the known networks."""
    return tuple(network.names.get(language) or network.names["en"] for network in lists.networks().values())
