"""One database of 2,000 cases behind three indexes: the same answers, counts borne out by the database."""

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from knowledgebase.app import make_site
from knowledgebase.cli.content import bring_in
from knowledgebase.config import Settings
from knowledgebase.domain.query import FACETS, Query
from knowledgebase.search.backend import Ask
from knowledgebase.services import rebuilding, searching
from knowledgebase.services.indexing import Beside, as_document
from knowledgebase.services.site import Site
from knowledgebase.store import cases, cities
from knowledgebase.text.question import ask
from tests.contract.engines import Bag, bags, elastic, is_text_match
from tests.sites import Folder

CASES = 2_000
WORDS = {
    "en": "air smoke bus water waste river school market garden heat flood noise budget street light bridge",
    "fa": "هوا دود اتوبوس آب پسماند رودخانه مدرسه بازار باغ گرما سیل صدا بودجه خیابان روشنایی پل",
    "es": "aire humo autobús agua residuos río escuela mercado jardín calor ruido calle puente",
}
CITIES = [f"city-{number}" for number in range(40)]
TOPICS = ["air", "mobility", "waste", "water", "nature", "housing"]
TAGS = [f"tag{number}" for number in range(120)]
Row = dict[str, tuple[str, ...]]
Held = tuple[Row, Bag]  # a case's values by facet, and its words


def fill(folder: Folder, chance: random.Random) -> None:
    for city in CITIES:
        folder.city(city, country=chance.choice(["IR", "ES", "GB", "IN"]))
    for number in range(CASES):
        language = chance.choice(list(WORDS))
        words = WORDS[language].split()
        folder.case(
            f"{chance.choice(CITIES)}/case-{number}",
            title=" ".join(chance.choices(words, k=4)),
            summary=" ".join(chance.choices(words, k=12)),
            language=language,
            topics=", ".join(chance.sample(TOPICS, chance.randint(1, 3))),
            tags=", ".join(chance.sample(TAGS, chance.randint(1, 4))),
            started=str(chance.randint(2000, 2024)),
            body=" ".join(chance.choices(words, k=chance.randint(20, 120))),
        )


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory, elastic_url: str) -> Iterator[tuple[Site, Site, Site]]:
    """Lend one database behind the embedded engine and behind Elasticsearch with one shard and with three."""
    path: Path = tmp_path_factory.mktemp("parity")
    folder = Folder(path / "content")
    fill(folder, random.Random(3))  # noqa: S311 - the same every time
    first = make_site(Settings(instance=path / "instance", secret_key="k" * 32))
    first.store.upgrade()
    bring_in(first, folder.path)
    with elastic(elastic_url, 1) as single, elastic(elastic_url, 3) as spread:
        lent = (first, replace(first, index=single), replace(first, index=spread))
        for site in lent:
            rebuilding.reindex(site)
        yield lent
    first.close()


def questions(number: int, *, with_filters: bool) -> list[Query]:
    chance = random.Random(number)  # noqa: S311 - the same every time
    made = []
    for _ in range(number):
        words = WORDS[chance.choice(list(WORDS))].split()
        text = " ".join(chance.choices(words, k=chance.randint(0 if with_filters else 1, 4)))
        options = {
            "topic": TOPICS,
            "city": CITIES,
            "country": ["IR", "ES", "GB", "IN"],
            "language": list(WORDS),
            "year": [str(year) for year in range(2000, 2025)],
            "tag": TAGS,
        }
        names = chance.sample(list(options), chance.randint(1 if with_filters else 0, 3))
        filters = {name: tuple(sorted(chance.sample(options[name], chance.randint(1, 2)))) for name in names}
        made.append(Query(text, filters))
    return made


@pytest.mark.elastic
def test_a_hundred_questions_have_the_same_answer_everywhere(sites: tuple[Site, Site, Site]) -> None:
    differing = 0
    for query in questions(100, with_filters=False):
        one, other, third = (searching.search(site, query, language="en") for site in sites)
        ids = [[hit.card.id for hit in results.hits] for results in (one, other, third)]
        differing += not (ids[0] == ids[1] == ids[2] and one.total == other.total == third.total)
        assert one.facets == other.facets == third.facets

    assert differing == 0


def rows_of(site: Site) -> list[Held]:
    """Return the facet values and the words of every case, read from the database."""
    with site.store.reading() as db:
        records = cases.scan(db, 0, CASES + 1).records
        labels = cities.labels(db, CITIES)
    return [
        (
            {
                "topic": tuple(topic.value for topic in record.case.topics),
                "city": (record.case.city,),
                "country": (labels[record.case.city].country,),
                "language": (record.case.language,),
                "status": (record.case.status.value,),
                "year": (str(record.case.year),),
                "tag": tuple(tag.folded for tag in record.tags),
                "written_by": (record.case.written_by.kind.value,),
            },
            bags([as_document(record, Beside(labels))])[0],
        )
        for record in records
    ]


def expected(rows: list[Held], query: Query, facet: str) -> dict[str, int]:
    """Count a facet by looking at every case, its own choice left out."""
    counted: Counter[str] = Counter()
    asked = Ask(ask(query.text))
    for row, bag in rows:
        if query.text and not is_text_match(bag, asked):
            continue
        others = ((name, values) for name, values in query.filters.items() if name != facet)
        if all(set(row[name]) & set(values) for name, values in others):
            counted.update(row[facet])
    return dict(counted)


@pytest.mark.elastic
@pytest.mark.parametrize("place", [0, 1, 2], ids=["embedded", "one-shard", "three-shards"])
def test_two_hundred_selections_count_what_the_database_holds(
    sites: tuple[Site, Site, Site], place: int
) -> None:
    rows = rows_of(sites[0])
    wrong = 0
    for query in questions(200, with_filters=True):
        results = searching.search(sites[place], query, language="en")
        for name in FACETS:
            counted = {value.value: value.cases for value in results.facets[name].values if value.cases}
            wrong += counted != expected(rows, query, name)

    assert wrong == 0
