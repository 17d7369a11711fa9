"""A case is kept whole, with its history, its addresses and what the index is owed."""

import pytest
from sqlalchemy import select, update

from knowledgebase.domain.case import Case, Writer, WriterKind
from knowledgebase.domain.errors import AlreadyThere, NotFound, StaleRevision
from knowledgebase.domain.record import CaseRecord, Origin, Revision, State, Tag
from knowledgebase.domain.topic import Topic
from knowledgebase.store import case_lists, cases, journal, revisions
from knowledgebase.store.engine import Store
from knowledgebase.store.sites import EPOCH
from knowledgebase.store.tables import case_tags, case_topics, site
from knowledgebase.store.tables import cases as case_table
from tests.counting import counting
from tests.make import LATER, NOON, a_case, a_full_case, a_full_city, a_rendered, some_tags
from tests.stored_cases import ID, found, promises, withdraw
from tests.stores import keep_case, keep_city


@pytest.fixture
def city(store: Store) -> Store:
    """Lend a store with one city."""
    keep_city(store)
    return store


def test_every_key_of_a_case_comes_back(store: Store) -> None:
    keep_city(store, a_full_city())
    case = a_full_case()

    put = keep_case(store, case, "دود.")

    assert found(store, case.id) == put
    assert put == CaseRecord(
        case=case,
        rendered=a_rendered("دود."),
        tags=some_tags("هوای پاک", "LEZ"),
        revision=1,
        index_revision=1,
        state=State.PUBLISHED,
        origin=Origin.FILE,
        first_published=NOON,
        updated=NOON,
        withdrawn_at=None,
        city_revision=1,
    )


@pytest.mark.parametrize("kind", list(WriterKind))
def test_the_writer_comes_back(city: Store, kind: WriterKind) -> None:
    keep_case(city, a_case(written_by=Writer(kind, "A name")))

    assert found(city).case.written_by == Writer(kind, "A name")


def test_an_unknown_case_is_none(city: Store) -> None:
    with city.reading() as db:
        assert cases.find(db, ID) is None
        assert cases.stamp(db, ID) is None
        assert cases.states(db, [ID]) == {ID: None}
        assert cases.find_many(db, [ID]) == {}


def test_a_case_needs_its_city(store: Store) -> None:
    with pytest.raises(NotFound, match="tehran"):
        keep_case(store)


def test_a_second_put_is_the_next_revision_and_keeps_the_first_moment(city: Store) -> None:
    keep_case(city)

    keep_case(city, a_case(title="Cleaner"), at=LATER, what="revised")

    record = found(city)
    assert record.case.title == "Cleaner"
    assert (record.revision, record.index_revision) == (2, 2)
    assert (record.first_published, record.updated) == (NOON, LATER)


def test_revisions_are_kept_whole(city: Store) -> None:
    first, second = a_case(body="Old text.\n"), a_case(body="New text.\n", topics=(Topic.WATER,))
    keep_case(city, first, by="import")
    keep_case(city, second, by="editor", what="revised", note="water, not air", at=LATER)

    with city.reading() as db:
        history = revisions.of_case(db, ID)
        kept = [revisions.find_case(db, ID, number) for number in (1, 2, 3)]

    assert history == (
        Revision(2, LATER, "editor", "revised", "water, not air"),
        Revision(1, NOON, "import", "published"),
    )
    assert [entry.case if entry else None for entry in kept] == [first, second, None]
    assert kept[1] is not None
    assert kept[1].revision == history[0]


def test_every_change_stands_in_the_journal(city: Store) -> None:
    keep_case(city)
    withdraw(city)

    with city.reading() as db:
        lines = journal.newest(db, 10, thing=f"case:{ID}")

    assert [(line.action, line.by, line.at) for line in lines] == [
        ("withdrawn", "somebody", LATER),
        ("published", "import", NOON),
    ]
    assert lines[0].detail == {"revision": 2, "note": "outdated"}


def test_every_change_is_promised_to_the_index(city: Store) -> None:
    keep_case(city)
    keep_case(city)

    assert promises(city) == {ID: 2}


def test_a_case_that_must_be_new_is_not_overwritten(city: Store) -> None:
    keep_case(city, expected=0)

    with pytest.raises(AlreadyThere):
        keep_case(city, a_case(title="Another"), expected=0)

    assert found(city).case.title == a_case().title


def test_a_stale_revision_overwrites_nothing(city: Store) -> None:
    keep_case(city)
    keep_case(city, a_case(title="Second"), expected=1)

    with pytest.raises(StaleRevision):
        keep_case(city, a_case(title="Third"), expected=1)

    assert found(city).case.title == "Second"


def test_a_revision_of_a_case_that_is_not_there_is_stale(city: Store) -> None:
    with pytest.raises(StaleRevision):
        keep_case(city, expected=1)


def test_a_form_case_is_not_overwritten_by_a_file(city: Store) -> None:
    keep_case(city, origin=Origin.FORM, folder=None)

    with pytest.raises(AlreadyThere):
        keep_case(city)


def test_tags_made_on_the_web_survive_an_import(city: Store) -> None:
    keep_case(city, a_case(tags=("Air", "Cars")))
    add_web_tags(city, Tag("diesel", "Diesel"), Tag("air", "AIR"))

    keep_case(city, a_case(tags=("Air", "Zones")), what="revised")

    assert found(city).tags == (Tag("air", "Air"), Tag("zones", "Zones"), Tag("diesel", "Diesel"))
    with city.reading() as db:
        assert [case_lists.of_tag(db, tag, limit=9).total for tag in ("air", "diesel", "cars")] == [1, 1, 0]


def add_web_tags(store: Store, *tags: Tag) -> None:
    with store.writing() as db:
        number = db.scalar(select(case_table.c.number))
        for rank, tag in enumerate(tags):
            row = {"folded": tag.folded, "shown": tag.shown, "origin": "web", "rank": rank}
            row |= {"as_folded": tag.folded, "as_shown": tag.shown}
            db.execute(case_tags.insert().values(case_number=number, **row))


def test_topics_keep_their_rank(city: Store) -> None:
    keep_case(city, a_case(topics=(Topic.WASTE, Topic.AIR)))

    with city.reading() as db:
        rows = db.execute(select(case_topics.c.topic).order_by(case_topics.c.rank)).scalars()
        assert list(rows) == ["waste", "air"]


def test_a_stamp_says_what_decides(city: Store) -> None:
    keep_case(city)
    withdraw(city)

    with city.reading() as db:
        stamp = cases.stamp(db, ID)

    assert stamp is not None
    assert (stamp.state, stamp.origin, stamp.folder) == (State.WITHDRAWN, Origin.FILE, "content")
    assert (stamp.revision, stamp.index_revision, stamp.city_revision) == (2, 2, 1)
    assert (stamp.withdrawn_at, stamp.city) == (LATER, "tehran")


def test_states_answer_for_every_asked_id(city: Store) -> None:
    first, second = keep_case(city), keep_case(city, a_case("tehran/other"))
    gone = withdraw(city, "tehran/other")

    with city.reading() as db:
        states = cases.states(db, [ID, "tehran/other", "tehran/none"])

    assert second.state is State.PUBLISHED
    assert states == {ID: first, "tehran/other": gone, "tehran/none": None}


def test_a_scan_meets_every_case_once(city: Store) -> None:
    for number in range(7):
        keep_case(city, a_case(f"tehran/c{number}"))
    withdraw(city, "tehran/c3")

    met, after = [], 0
    with city.reading() as db:
        while (step := cases.scan(db, after, 3)).records:
            met += [record.case.id for record in step.records]
            after = step.last

    assert met == [f"tehran/c{number}" for number in range(7)]


def test_marks_tell_revision_and_state_of_every_case(city: Store) -> None:
    keep_case(city)
    keep_case(city, a_case("tehran/other"))
    withdraw(city)

    with counting(city) as counted, city.reading() as db:
        marks = cases.marks(db)

    assert marks == ((ID, 2, State.WITHDRAWN), ("tehran/other", 1, State.PUBLISHED))
    assert counted.number == 1


def test_index_revisions_start_above_those_of_earlier_epochs(city: Store) -> None:
    keep_case(city)

    with city.writing() as db:
        db.execute(update(site).values(epoch=1))
    keep_case(city, a_case("tehran/new"))
    keep_case(city)

    assert found(city).index_revision == EPOCH + 1
    assert found(city, "tehran/new").index_revision == EPOCH + 1
    assert promises(city) == {ID: EPOCH + 1, "tehran/new": EPOCH + 1}


@pytest.mark.parametrize("case", [a_case(), a_full_case(ID)], ids=["short", "full"])
def test_a_case_is_found_by_one_statement(city: Store, case: Case) -> None:
    keep_case(city, case)

    with counting(city) as counted, city.reading() as db:
        record = cases.find(db, ID)

    assert record is not None
    assert record.city_revision == 1
    assert counted.number == 1


def test_a_stamp_and_many_states_are_one_statement_each(city: Store) -> None:
    for number in range(5):
        keep_case(city, a_case(f"tehran/c{number}"))

    with counting(city) as counted, city.reading() as db:
        cases.stamp(db, "tehran/c1")
        cases.states(db, [f"tehran/c{number}" for number in range(5)])

    assert counted.number == 2
