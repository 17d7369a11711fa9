"""A city's page by its own people: who may, what a second editor meets, and what cards and index learn."""

import random
from collections.abc import Iterable
from dataclasses import replace

import pytest

from knowledgebase.domain.city import City
from knowledgebase.domain.errors import HeldByFile, Invalid, NotAllowed, NotFound, StaleRevision
from knowledgebase.domain.person import Actor, CityRole, PlatformRole
from knowledgebase.services import editing_city, founding, taking_over
from knowledgebase.services.site import Site
from knowledgebase.store import cases, cities, outbox, revisions
from tests.make import a_case, a_city
from tests.people import OPERATOR, actor_of, at_once, come_in, lines_of
from tests.stores import keep_case


@pytest.fixture
def admin(exchange: Site) -> Actor:
    """Come in as Tehran's admin, the city's page taken over."""
    taking_over.take_over_city(exchange, "tehran", by=OPERATOR)
    return actor_of(exchange, come_in(exchange, "admin@tehran.example", role=CityRole.ADMIN))


def stored(site: Site, city: str = "tehran") -> City:
    with site.store.reading() as db:
        found = cities.find(db, city)
    assert found
    return found.city


def revision_of(site: Site, city: str = "tehran") -> int:
    with site.store.reading() as db:
        found = cities.stamp(db, city)
    assert found
    return found.revision


def codes(faults: Iterable[object]) -> list[tuple[str, str]]:
    return [(fault.code, fault.key) for fault in faults]  # type: ignore[attr-defined]


def test_an_admin_changes_the_page_of_its_city(exchange: Site, admin: Actor) -> None:
    opened = editing_city.open_city(exchange, "tehran", by=admin)

    changed = replace(opened.record.city, body="## Us\n\nHello.")
    saved = editing_city.edit_city(
        exchange, changed, expected=opened.record.revision, by=admin, note="Greeting"
    )

    assert stored(exchange) == changed
    assert saved.revision == opened.record.revision + 1
    assert "Hello." in saved.rendered.html
    with exchange.store.reading() as db:
        last = revisions.of_city(db, "tehran")[0]
    assert (last.by, last.what, last.note) == (admin.name, "revised", "Greeting")
    assert lines_of(exchange, "city:tehran")[0] == ("revised", admin.name)


def test_a_second_post_of_the_same_text_succeeds_quietly(exchange: Site, admin: Actor) -> None:
    changed = a_city(climate="BSk")
    first = editing_city.edit_city(exchange, changed, expected=2, by=admin)

    again = editing_city.edit_city(exchange, changed, expected=2, by=admin)

    assert again.revision == first.revision == 3
    assert [line for line, _ in lines_of(exchange, "city:tehran")].count("revised") == 1


def test_a_stale_form_overwrites_nothing_and_learns_of_both_texts(exchange: Site, admin: Actor) -> None:
    editing_city.edit_city(exchange, a_city(climate="BSk"), expected=2, by=admin)

    with pytest.raises(StaleRevision):
        editing_city.edit_city(exchange, a_city(climate="Csa"), expected=2, by=OPERATOR)

    found = editing_city.versions(exchange, "tehran", 2, by=admin)
    assert (found.before, found.now.city, found.now.revision) == (a_city(), a_city(climate="BSk"), 3)
    assert editing_city.versions(exchange, "tehran", 99, by=admin).before is None


@pytest.mark.usefixtures("admin")
def test_only_its_admins_and_those_of_the_exchange_edit_a_city(exchange: Site) -> None:
    others = [
        actor_of(exchange, come_in(exchange, "c@tehran.example")),
        actor_of(exchange, come_in(exchange, "a@seoul.example", "seoul", CityRole.ADMIN)),
        actor_of(exchange, come_in(exchange, "m@x.example", None, platform=PlatformRole.MODERATOR)),
        Actor.visitor(),
    ]

    for other in others:
        with pytest.raises(NotAllowed):
            editing_city.open_city(exchange, "tehran", by=other)
        with pytest.raises(NotAllowed):
            editing_city.edit_city(exchange, a_city(climate="BSk"), expected=2, by=other)
        with pytest.raises(NotAllowed):
            editing_city.versions(exchange, "tehran", 2, by=other)
    assert stored(exchange) == a_city()
    chief = actor_of(exchange, come_in(exchange, "p@x.example", None, platform=PlatformRole.ADMIN))
    editing_city.edit_city(exchange, a_city(climate="BSk"), expected=2, by=chief)
    assert stored(exchange).climate == "BSk"


def test_a_city_of_a_file_is_taken_over_first(exchange: Site) -> None:
    for work in (
        lambda: editing_city.open_city(exchange, "seoul", by=OPERATOR),
        lambda: editing_city.edit_city(exchange, a_city("seoul"), expected=1, by=OPERATOR),
    ):
        with pytest.raises(HeldByFile):
            work()


def test_a_city_that_is_not_there_cannot_be_edited(exchange: Site) -> None:
    with pytest.raises(NotFound):
        editing_city.open_city(exchange, "nowhere", by=OPERATOR)
    with pytest.raises(NotFound):
        editing_city.edit_city(exchange, a_city("nowhere"), expected=1, by=OPERATOR)


def test_a_text_that_cannot_be_shown_is_refused(exchange: Site, admin: Actor) -> None:
    with pytest.raises(Invalid) as refused:
        editing_city.edit_city(exchange, a_city(body="[" * 5_000), expected=2, by=admin)

    assert codes(refused.value.faults) == [("too-complex", "body")]
    assert revision_of(exchange) == 2


def test_a_new_name_reaches_the_cards_of_the_cases_and_the_index(exchange: Site, admin: Actor) -> None:
    keep_case(exchange.store, a_case())
    renamed = a_city(name={"en": "Teheran", "fa": "تهران"})

    editing_city.edit_city(exchange, renamed, expected=2, by=admin)

    with exchange.store.reading() as db:
        record = cases.find(db, "tehran/clean-air")
        queue = outbox.facts(db)
    assert record
    assert record.index_revision == 2
    assert queue.rows == 1


@pytest.mark.parametrize(
    ("name", "language"),
    [("Seoul", "en"), ("SEOUL", "en"), ("S\u0435oul", "en"), ("S e o u l", "en"), ("Se\u200coul", "fa")],
)
def test_a_city_does_not_take_the_name_of_another(
    exchange: Site, admin: Actor, name: str, language: str
) -> None:
    changed = a_city(name={"en": "Tehran", "fa": "تهران"} | {language: name})

    with pytest.raises(Invalid) as refused:
        editing_city.edit_city(exchange, changed, expected=2, by=admin)

    assert codes(refused.value.faults) == [("city-name-taken", f"name.{language}")]


def test_the_names_that_a_city_has_already_are_not_judged_again(exchange: Site, admin: Actor) -> None:
    assert stored(exchange, "seoul").name["fa"] == stored(exchange).name["fa"]

    editing_city.edit_city(exchange, a_city(climate="BSk"), expected=2, by=admin)

    assert stored(exchange).climate == "BSk"


def test_of_fifty_interleavings_of_two_editors_none_loses_a_text(exchange: Site, admin: Actor) -> None:
    turns = random.Random(4)  # noqa: S311 - an order, no secret

    for number in range(50):
        opened = [revision_of(exchange)] * 2
        if turns.random() < 0.5:
            editors = [(0, f"A{number}"), (1, f"B{number}")]
            turns.shuffle(editors)
            accepted = []
            for editor, text in editors:
                try:
                    editing_city.edit_city(exchange, a_city(body=text), expected=opened[editor], by=admin)
                    accepted.append(text)
                except StaleRevision:
                    told = editing_city.versions(exchange, "tehran", opened[editor], by=admin)
                    assert told.now.city.body == accepted[0]
            assert accepted == [editors[0][1]]
        else:

            def save(editor: int, number: int = number, opened: int = opened[0]) -> str:
                text = f"{'AB'[editor]}{number}"
                editing_city.edit_city(exchange, a_city(body=text), expected=opened, by=admin)
                return text

            accepted, refused = at_once(2, save)
            assert [type(error) for error in refused] == [StaleRevision]
        assert stored(exchange).body == accepted[0]

    assert revision_of(exchange) == 52


def test_a_city_is_added_once_however_often_it_is_sent(exchange: Site) -> None:
    chief = actor_of(exchange, come_in(exchange, "p@x.example", None, platform=PlatformRole.ADMIN))
    yazd = a_city("yazd", name={"en": "Yazd", "fa": "یزد"})

    _, refused = at_once(8, lambda _: founding.add_city(exchange, yazd, by=chief))

    assert refused == []
    assert revision_of(exchange, "yazd") == 1


def test_of_sixteen_twins_of_a_new_city_one_wins(exchange: Site) -> None:
    letters = {"a": "a\u0430\u03b1\u0251", "o": "o\u043e0\u03bf"}
    names = [f"B{a}b{o}l" for a in letters["a"] for o in letters["o"]]

    done, refused = at_once(
        16,
        lambda number: founding.add_city(
            exchange, a_city(f"babol-{number}", name={"en": names[number]}), by=OPERATOR
        ),
    )

    assert len(done) == 1
    assert all(
        isinstance(error, Invalid) and codes(error.faults) == [("city-name-taken", "name.en")]
        for error in refused
    )


@pytest.mark.parametrize("twin", ["\u064a\u0632\u062f", "\u06cc\u0632\u200c\u062f"])
def test_two_spellings_of_one_persian_name_are_twins(exchange: Site, twin: str) -> None:
    founding.add_city(exchange, a_city("yazd", name={"en": "Yazd", "fa": "\u06cc\u0632\u062f"}), by=OPERATOR)

    with pytest.raises(Invalid):
        founding.add_city(exchange, a_city("yezd", name={"en": "Yezd", "fa": twin}), by=OPERATOR)


def test_two_countries_may_have_a_city_of_the_same_name_but_none_that_only_looks_so(exchange: Site) -> None:
    founding.add_city(exchange, a_city("tripoli", name={"en": "Tripoli"}, country="LY"), by=OPERATOR)

    founding.add_city(exchange, a_city("tripoli-lb", name={"en": "Tripoli"}, country="LB"), by=OPERATOR)

    with pytest.raises(Invalid):
        founding.add_city(
            exchange, a_city("tripoli-gr", name={"en": "Trip\u043eli"}, country="GR"), by=OPERATOR
        )
