"""A city takes over what the editors wrote; files and imports change it no more, whatever happens to them."""

from io import BytesIO

import pytest
from flask import Flask
from PIL import Image

from knowledgebase.domain.city import City
from knowledgebase.domain.errors import NotAllowed, NotFound
from knowledgebase.domain.person import Actor, CityRole, PlatformRole
from knowledgebase.domain.record import Origin
from knowledgebase.services import editing_city, taking_over
from knowledgebase.services.site import Site
from knowledgebase.store import case_writing, cases, cities, covers, outbox, revisions
from tests.counting import counting
from tests.flow.test_commands import run
from tests.make import a_case, a_city
from tests.people import OPERATOR, actor_of, come_in, lines_of
from tests.sites import Folder, found, outcomes, publish
from tests.stores import keep_case

CLEAN_AIR = "tehran/clean-air"


def origins(site: Site) -> tuple[Origin, Origin]:
    with site.store.reading() as db:
        city, case = cities.stamp(db, "tehran"), cases.stamp(db, CLEAN_AIR)
    assert city
    assert case
    return city.origin, case.origin


def city_of(site: Site) -> City:
    with site.store.reading() as db:
        record = cities.find(db, "tehran")
    assert record
    return record.city


def edited(site: Site) -> City:
    """Take Tehran over whole and write something on its page."""
    taking_over.take_over_all(site, "tehran", by=OPERATOR)
    with site.store.reading() as db:
        record = cities.find(db, "tehran")
    assert record
    changed = a_city(name=record.city.name, body="Ours.")
    editing_city.edit_city(site, changed, expected=record.revision, by=OPERATOR)
    return changed


def a_picture() -> bytes:
    written = BytesIO()
    Image.new("RGB", (900, 500), "teal").save(written, "PNG")
    return written.getvalue()


def test_after_hand_over_two_imports_change_nothing(each_site: Site, folder: Folder) -> None:
    folder.case(CLEAN_AIR, title="Of the editors")
    publish(each_site, folder)
    ours = edited(each_site)
    folder.case(CLEAN_AIR, title="Changed later")
    folder.city("tehran", name="Teheran")

    imports = [publish(each_site, folder) for _ in range(2)]

    for imported in imports:
        assert set(outcomes(imported).values()) == {"handed-over"}
        assert not imported.has_failed
    assert city_of(each_site) == ours
    assert found(each_site, "editors") == [CLEAN_AIR]
    assert found(each_site, "later") == []


def test_an_unchanged_file_is_said_to_be_handed_over_too(site: Site, folder: Folder) -> None:
    folder.case(CLEAN_AIR)
    folder.case("tehran/noise")
    publish(site, folder)
    taking_over.take_over_case(site, CLEAN_AIR, by=OPERATOR)

    assert outcomes(publish(site, folder)) == {
        "tehran/_city.md": "unchanged",
        f"{CLEAN_AIR}.md": "handed-over",
        "tehran/noise.md": "unchanged",
    }


def test_a_file_that_vanishes_and_comes_back_changes_nothing(each_site: Site, folder: Folder) -> None:
    path = folder.case(CLEAN_AIR, title="Of the editors")
    city_file = folder.path / "tehran/_city.md"
    publish(each_site, folder)
    ours = edited(each_site)
    kept = {file: file.read_bytes() for file in (path, city_file)}
    for file in kept:
        file.unlink()

    gone = publish(each_site, folder)
    for file, text in kept.items():
        file.write_bytes(text)
    back = publish(each_site, folder)

    assert outcomes(gone) == {}
    assert not gone.has_failed
    assert set(outcomes(back).values()) == {"handed-over"}
    assert city_of(each_site) == ours
    assert found(each_site, "editors") == [CLEAN_AIR]


def test_a_faulty_file_of_what_was_handed_over_is_nobody_s_business(site: Site, folder: Folder) -> None:
    folder.case(CLEAN_AIR)
    publish(site, folder)
    edited(site)
    folder.write(f"{CLEAN_AIR}.md", "no front matter")

    imported = publish(site, folder)

    assert outcomes(imported)[f"{CLEAN_AIR}.md"] == "handed-over"
    assert not imported.has_failed


def test_the_picture_of_a_case_stays_when_its_file_and_picture_go(each_site: Site, folder: Folder) -> None:
    folder.write("tehran/smog.png", a_picture())
    folder.case(CLEAN_AIR, more="cover: {file: smog.png, alt: Smog}\n")
    publish(each_site, folder)
    taking_over.take_over_case(each_site, CLEAN_AIR, by=OPERATOR)
    folder.remove("tehran/smog.png")
    folder.case(CLEAN_AIR, title="Without a picture")

    publish(each_site, folder)
    folder.remove(f"{CLEAN_AIR}.md")
    publish(each_site, folder)

    with each_site.store.reading() as db:
        assert covers.find(db, CLEAN_AIR)


def test_a_city_may_keep_cases_of_files_after_its_page_was_taken_over(site: Site, folder: Folder) -> None:
    folder.case(CLEAN_AIR)
    publish(site, folder)
    taking_over.take_over_city(site, "tehran", by=OPERATOR)
    folder.case(CLEAN_AIR, title="Newer words")

    imported = publish(site, folder)

    assert outcomes(imported) == {"tehran/_city.md": "handed-over", f"{CLEAN_AIR}.md": "changed"}
    assert found(site, "newer") == [CLEAN_AIR]


def test_earlier_revisions_stay_readable_with_their_writer(exchange: Site) -> None:
    keep_case(exchange.store, a_case())
    admin = actor_of(exchange, come_in(exchange, "a@tehran.example", role=CityRole.ADMIN))

    taking_over.take_over_case(exchange, CLEAN_AIR, by=admin, note="Letter 12")
    taking_over.take_over_city(exchange, "tehran", by=admin)

    with exchange.store.reading() as db:
        told = [(line.what, line.by, line.note) for line in revisions.of_case(db, CLEAN_AIR)]
        first = revisions.find_case(db, CLEAN_AIR, 1)
        city = revisions.find_city(db, "tehran", 1)
    assert told == [("handed-over", admin.name, "Letter 12"), ("published", "import", None)]
    assert first
    assert first.case == a_case()
    assert city
    assert city.revision.by == "import"
    assert lines_of(exchange, f"case:{CLEAN_AIR}")[0] == ("handed-over", admin.name)
    assert lines_of(exchange, "city:tehran")[0] == ("handed-over", admin.name)


def test_who_takes_over_is_the_city_s_admin_or_the_exchange_s(exchange: Site) -> None:
    keep_case(exchange.store, a_case())
    others = [
        actor_of(exchange, come_in(exchange, "c@tehran.example")),
        actor_of(exchange, come_in(exchange, "a@seoul.example", "seoul", CityRole.ADMIN)),
        actor_of(exchange, come_in(exchange, "m@x.example", None, platform=PlatformRole.MODERATOR)),
        Actor.visitor(),
    ]

    for other in others:
        with pytest.raises(NotAllowed):
            taking_over.take_over_city(exchange, "tehran", by=other)
        with pytest.raises(NotAllowed):
            taking_over.take_over_case(exchange, CLEAN_AIR, by=other)
        with pytest.raises(NotAllowed):
            taking_over.take_over_all(exchange, "tehran", by=other)
        with pytest.raises(NotAllowed):
            taking_over.still_filed(exchange, "tehran", by=other)
    assert origins(exchange) == (Origin.FILE, Origin.FILE)
    chief = actor_of(exchange, come_in(exchange, "p@x.example", None, platform=PlatformRole.ADMIN))
    taking_over.take_over_all(exchange, "tehran", by=chief)
    assert origins(exchange) == (Origin.FORM, Origin.FORM)


def test_what_is_not_there_is_not_taken_over(exchange: Site) -> None:
    with pytest.raises(NotFound):
        taking_over.take_over_case(exchange, "tehran/nothing", by=OPERATOR)
    with pytest.raises(NotFound):
        taking_over.take_over_city(exchange, "nowhere", by=OPERATOR)
    with pytest.raises(NotFound):
        taking_over.still_filed(exchange, "nowhere", by=OPERATOR)


def test_taking_over_twice_is_taking_over_once(exchange: Site) -> None:
    keep_case(exchange.store, a_case())

    counts = [taking_over.take_over_all(exchange, "tehran", by=OPERATOR) for _ in range(2)]

    assert counts == [1, 0]
    assert len(lines_of(exchange, "city:tehran")) == 2
    assert len(lines_of(exchange, f"case:{CLEAN_AIR}")) == 2


def test_a_whole_city_goes_in_bounded_steps(exchange: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(taking_over, "BATCH", 3)
    for number in range(7):
        keep_case(exchange.store, a_case(f"tehran/case-{number}"))
    keep_case(exchange.store, a_case("seoul/other"))
    with exchange.store.writing() as db:
        case_writing.withdraw(db, "tehran/case-6", at=exchange.now(), by="import")

    listed = taking_over.still_filed(exchange, "tehran", by=OPERATOR)
    with counting(exchange.store) as counted:
        count = taking_over.take_over_all(exchange, "tehran", by=OPERATOR)

    assert listed.has_page
    assert [(case.id, case.is_public) for case in listed.cases] == [
        (f"tehran/case-{number}", number < 6) for number in range(7)
    ]
    assert count == 7
    assert counted.number < 150
    left = taking_over.still_filed(exchange, "tehran", by=OPERATOR)
    assert (left.has_page, left.cases) == (False, ())
    assert taking_over.still_filed(exchange, "seoul", by=OPERATOR).cases[0].id == "seoul/other"
    with exchange.store.reading() as db:
        assert outbox.facts(db).rows == 8


def test_the_operator_hands_over_by_a_command(app: Flask, site: Site, folder: Folder) -> None:
    folder.case(CLEAN_AIR)
    folder.case("tehran/noise")
    publish(site, folder)

    one = run(app, "hand-over", CLEAN_AIR, "--note", "Letter 12")
    page = run(app, "hand-over", "tehran")
    rest = run(app, "hand-over", "tehran", "--all")

    assert [ended.exit_code for ended in (one, page, rest)] == [0, 0, 0]
    assert CLEAN_AIR in one.stdout
    assert "its page and 1 cases" in rest.stderr
    assert origins(site) == (Origin.FORM, Origin.FORM)
    with site.store.reading() as db:
        assert revisions.of_case(db, CLEAN_AIR)[0].note == "Letter 12"


def test_handing_over_what_is_not_there_ends_in_one_line(app: Flask) -> None:
    ended = run(app, "hand-over", "tehran/nothing")

    assert ended.exit_code == 1
    assert ended.stderr.strip() == "Error: not-found: tehran/nothing"
