"""Imported files are known by their fingerprints, pictures are served for public cases only."""

from datetime import timedelta

import pytest

from knowledgebase.domain.errors import NotFound
from knowledgebase.store import case_writing, covers, files, journal
from knowledgebase.store.engine import Store
from knowledgebase.store.values import ImportedFile, JournalLine, StoredCover, Thing
from tests.counting import counting
from tests.make import LATER, NOON, a_case
from tests.stores import keep_case, keep_city

ZONE = ImportedFile("tehran/حریم.md", Thing.CASE, "tehran/حریم", "d1", "r1", "p1")
CITY = ImportedFile("tehran/_city.md", Thing.CITY, "tehran", "d2", "r1")
COVER = StoredCover("zone.jpg", bytes(range(256)) * 40, 1200, 800, "abc")


def test_files_come_back_by_path(store: Store) -> None:
    with store.writing() as db:
        for file in (ZONE, CITY):
            files.put(db, "content", file)
        files.put(db, "elsewhere", ImportedFile("x/y.md", Thing.CASE, "x/y", "d", "r"))

    with counting(store) as counted, store.reading() as db:
        known = files.of_folder(db, "content")

    assert known == {ZONE.path: ZONE, CITY.path: CITY}
    assert counted.number == 1


def test_a_changed_file_takes_the_place_of_the_earlier(store: Store) -> None:
    changed = ImportedFile(ZONE.path, Thing.CASE, ZONE.id, "d9", "r2", None)
    with store.writing() as db:
        files.put(db, "content", ZONE)
        files.put(db, "content", changed)

    with store.reading() as db:
        assert files.of_folder(db, "content") == {ZONE.path: changed}


def test_removed_files_are_forgotten_in_their_folder_only(store: Store) -> None:
    with store.writing() as db:
        files.put(db, "content", ZONE)
        files.put(db, "elsewhere", ZONE)
        files.remove(db, "content", [ZONE.path, "tehran/none.md"])

    with store.reading() as db:
        assert files.of_folder(db, "content") == {}
        assert files.of_folder(db, "elsewhere") == {ZONE.path: ZONE}


def test_a_picture_comes_back_byte_by_byte(store: Store) -> None:
    keep_city(store)
    keep_case(store)
    with store.writing() as db:
        covers.put(db, "tehran/clean-air", StoredCover("old.png", b"old", 1, 1, "old"))
        covers.put(db, "tehran/clean-air", COVER)

    with store.reading() as db:
        assert covers.find(db, "tehran/clean-air") == COVER
        assert covers.digests(db, ["tehran/clean-air", "tehran/none"]) == {"tehran/clean-air": "abc"}


def test_a_picture_moves_with_its_case(store: Store) -> None:
    keep_city(store)
    keep_case(store)
    with store.writing() as db:
        covers.put(db, "tehran/clean-air", COVER)
        case_writing.rename(db, "tehran/clean-air", "tehran/zone", at=LATER, by="import")

    with store.reading() as db:
        assert covers.find(db, "tehran/clean-air") is None
        assert covers.find(db, "tehran/zone") == COVER


def test_the_picture_of_a_withdrawn_case_is_not_served(store: Store) -> None:
    keep_city(store)
    keep_case(store)
    with store.writing() as db:
        covers.put(db, "tehran/clean-air", COVER)
        case_writing.withdraw(db, "tehran/clean-air", at=LATER, by="somebody")

    with store.reading() as db:
        assert covers.find(db, "tehran/clean-air") is None


def test_a_picture_can_be_taken_away(store: Store) -> None:
    keep_city(store)
    keep_case(store)
    with store.writing() as db:
        covers.put(db, "tehran/clean-air", COVER)
        covers.remove(db, "tehran/clean-air")
        covers.remove(db, "tehran/clean-air")

    with store.reading() as db:
        assert covers.find(db, "tehran/clean-air") is None


def test_a_picture_needs_its_case(store: Store) -> None:
    with pytest.raises(NotFound), store.writing() as db:
        covers.put(db, a_case().id, COVER)
    with pytest.raises(NotFound), store.writing() as db:
        covers.remove(db, a_case().id)


def test_the_journal_tells_the_last_first(store: Store) -> None:
    with store.writing() as db:
        for number in range(4):
            at = NOON + timedelta(minutes=number)
            thing = f"index:g{number % 2}"
            journal.write(db, at=at, by="worker", action="promoted", thing=thing, detail={"number": number})

    with store.reading() as db:
        last = journal.newest(db, 2)
        of_one = journal.newest(db, 9, thing="index:g0")

    assert [line.detail["number"] for line in last] == [3, 2]
    assert of_one == (
        JournalLine(NOON + timedelta(minutes=2), "worker", "promoted", "index:g0", {"number": 2}),
        JournalLine(NOON, "worker", "promoted", "index:g0", {"number": 0}),
    )
