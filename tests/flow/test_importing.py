"""Files become cases: added, changed, unchanged, refused, renamed, withdrawn, restored."""

import pytest
from sqlalchemy import event

from knowledgebase.domain.errors import Moved
from knowledgebase.services import reading
from knowledgebase.services.importing import BATCH
from knowledgebase.services.site import Site
from knowledgebase.store import case_writing, city_writing, revisions
from tests.counting import counting
from tests.sites import Folder, codes, found, outcomes, publish


def test_a_new_file_is_found(each_site: Site, folder: Folder) -> None:
    folder.case("tehran/clean-air", title="Clean air zone")

    imported = publish(each_site, folder)

    assert outcomes(imported) == {"tehran/_city.md": "added", "tehran/clean-air.md": "added"}
    assert found(each_site, "zone") == ["tehran/clean-air"]


def test_a_changed_file_is_a_new_revision(site: Site, folder: Folder) -> None:
    folder.case("tehran/clean-air", title="Old words")
    publish(site, folder)
    folder.case("tehran/clean-air", title="New words")

    imported = publish(site, folder)

    assert outcomes(imported)["tehran/clean-air.md"] == "changed"
    assert [revision.what for revision in reading.history(site, "tehran/clean-air")[1]] == [
        "revised",
        "published",
    ]
    assert found(site, "old") == []


def test_an_unchanged_file_costs_no_statement(site: Site, folder: Folder) -> None:
    for number in range(5):
        folder.case(f"tehran/case-{number}")
    publish(site, folder)

    with counting(site.store) as counted:
        imported = publish(site, folder)

    assert set(outcomes(imported).values()) == {"unchanged"}
    assert counted.number <= 8


def test_a_faulty_file_changes_nothing_of_what_is_stored(each_site: Site, folder: Folder) -> None:
    folder.case("tehran/clean-air", title="Sound words")
    publish(each_site, folder)
    folder.case("tehran/clean-air", topics="weather", more="colour: red\n")

    imported = publish(each_site, folder)

    faults = [fault for line in imported.lines for fault in line.faults]
    assert [(fault.code, fault.key, fault.line) for fault in faults] == [
        ("unknown-value", "topics.1", 5),
        ("unknown-key", "colour", 9),
    ]
    assert imported.has_failed
    assert found(each_site, "sound") == ["tehran/clean-air"]


def test_a_case_without_its_city_is_refused(site: Site, folder: Folder) -> None:
    folder.case("tehran/clean-air")
    folder.remove("tehran/_city.md")

    imported = publish(site, folder)

    assert codes(imported) == {"city-missing"}
    assert found(site) == []


def test_a_vanished_file_withdraws_its_case(each_site: Site, folder: Folder) -> None:
    folder.case("tehran/clean-air")
    folder.case("tehran/trees")
    publish(each_site, folder)
    folder.remove("tehran/trees.md")

    imported = publish(each_site, folder)

    assert outcomes(imported)["tehran/trees.md"] == "withdrawn"
    assert found(each_site) == ["tehran/clean-air"]


def test_a_file_that_returns_restores_its_case(site: Site, folder: Folder) -> None:
    path = folder.case("tehran/trees")
    folder.case("tehran/clean-air")
    publish(site, folder)
    kept = path.read_bytes()
    path.unlink()
    publish(site, folder)
    path.write_bytes(kept)

    imported = publish(site, folder)

    assert outcomes(imported)["tehran/trees.md"] == "restored"
    assert "tehran/trees" in found(site)


def test_many_vanished_files_withdraw_nothing_until_that_is_said(site: Site, folder: Folder) -> None:
    for number in range(8):
        folder.case(f"tehran/case-{number}")
    publish(site, folder)
    for number in range(6):
        folder.remove(f"tehran/case-{number}.md")

    halted = publish(site, folder)
    still = len(found(site))
    allowed = publish(site, folder, may_withdraw=True)

    assert (halted.halted_at, halted.has_failed, still) == (6, True, 8)
    assert not allowed.has_failed
    assert len(found(site)) == 2


def test_many_are_withdrawn_a_batch_a_transaction(site: Site, folder: Folder) -> None:
    for number in range(BATCH + 10):
        folder.case(f"tehran/case-{number:02}")
    publish(site, folder)
    for number in range(BATCH + 5):
        folder.remove(f"tehran/case-{number:02}.md")

    ended: list[int] = []
    event.listen(site.store.engine, "commit", lambda _db: ended.append(1))
    publish(site, folder, may_withdraw=True)

    assert len(found(site, size="100")) == 5
    assert len(ended) >= 2


def test_a_vanished_city_with_cases_is_refused(site: Site, folder: Folder) -> None:
    folder.case("tehran/clean-air")
    publish(site, folder)
    folder.remove("tehran/_city.md")

    imported = publish(site, folder)

    assert codes(imported) == {"city-has-cases"}
    assert reading.city(site, "tehran").record.city.id == "tehran"


def test_a_city_leaves_with_its_last_case(site: Site, folder: Folder) -> None:
    folder.case("tehran/clean-air")
    folder.case("shiraz/gardens")
    publish(site, folder)
    folder.remove("shiraz/_city.md")
    folder.remove("shiraz/gardens.md")

    publish(site, folder)

    assert [line.id for line in reading.all_cities(site)] == ["tehran"]


def test_a_renamed_file_keeps_its_history_and_its_old_address(each_site: Site, folder: Folder) -> None:
    folder.case("tehran/old-name", title="One title")
    publish(each_site, folder)
    folder.remove("tehran/old-name.md")
    folder.case("tehran/new-name", title="One title", more="formerly: [old-name]\n")

    imported = publish(each_site, folder)

    assert outcomes(imported)["tehran/new-name.md"] == "renamed"
    assert found(each_site, "title") == ["tehran/new-name"]
    with pytest.raises(Moved) as moved:
        reading.case_key(each_site, "tehran/old-name")
    assert moved.value.case_id == "tehran/new-name"
    assert len(reading.history(each_site, "tehran/new-name")[1]) == 3


def test_former_addresses_lead_on_in_a_new_installation_too(site: Site, folder: Folder) -> None:
    folder.case("tehran/new-name", more="formerly: [old-name]\n")

    publish(site, folder)

    with pytest.raises(Moved):
        reading.case_key(site, "tehran/old-name")


def test_an_id_of_another_folder_is_refused(site: Site, folder: Folder) -> None:
    folder.case("tehran/clean-air", title="First")
    publish(site, folder)
    other = Folder(folder.path.parent / "other")
    other.case("tehran/clean-air", title="Second")

    imported = publish(site, other)

    assert codes(imported) == {"held-by-folder"}
    assert found(site, "second") == []


def test_a_handed_over_case_is_left_to_its_city(site: Site, folder: Folder) -> None:
    folder.case("tehran/clean-air", title="Of the editors")
    publish(site, folder)
    with site.store.writing() as db:
        case_writing.hand_over(db, "tehran/clean-air", at=site.now(), by="operator")
        city_writing.hand_over(db, "tehran", at=site.now(), by="operator")
    folder.case("tehran/clean-air", title="Changed later")

    imported = publish(site, folder)

    assert outcomes(imported)["tehran/clean-air.md"] == "handed-over"
    assert found(site, "later") == []


def test_a_file_may_not_take_the_id_of_a_case_that_was_written_in_a_form(site: Site, folder: Folder) -> None:
    folder.case("tehran/clean-air")
    publish(site, folder)
    with site.store.writing() as db:
        case_writing.hand_over(db, "tehran/clean-air", at=site.now(), by="operator")
    other = Folder(folder.path.parent / "other")
    other.case("tehran/clean-air")

    imported = publish(site, other)

    assert "held-by-form" in codes(imported)


def test_a_dry_run_says_the_same_and_changes_nothing(site: Site, folder: Folder) -> None:
    folder.case("tehran/clean-air")
    folder.write("tehran/faulty.md", "no front matter")

    dry = publish(site, folder, is_dry=True)
    before = found(site)
    real = publish(site, folder)

    assert before == []
    assert outcomes(dry) == outcomes(real)


def test_a_bomb_in_one_file_leaves_the_others_alone(site: Site, folder: Folder) -> None:
    folder.case("tehran/bomb", body="[" * 8_000)
    folder.case("tehran/clean-air")

    imported = publish(site, folder)

    assert codes(imported) == {"too-complex"}
    assert found(site) == ["tehran/clean-air"]


def test_every_revision_is_kept_whole(site: Site, folder: Folder) -> None:
    folder.case("tehran/clean-air", body="First text.")
    publish(site, folder)
    folder.case("tehran/clean-air", body="Second text.")
    publish(site, folder)

    with site.store.reading() as db:
        first = revisions.find_case(db, "tehran/clean-air", 1)

    assert first is not None
    assert "First text." in first.case.body


@pytest.mark.parametrize(("claimant", "other"), [("a-claims", "b-has"), ("z-claims", "b-has")])
def test_a_former_name_that_another_file_has_is_the_claimants_fault(
    site: Site, folder: Folder, claimant: str, other: str
) -> None:
    folder.case(f"tehran/{claimant}", more=f"formerly: [{other}]\n")
    folder.case(f"tehran/{other}")

    imported = publish(site, folder)

    assert outcomes(imported)[f"tehran/{other}.md"] == "added"
    assert codes(imported) == {"former-still-there"}


def test_all_faults_of_a_file_come_at_once_with_their_lines(site: Site, folder: Folder) -> None:
    folder.case("tehran/cover", topics="weather", more="cover: {file: none.png, alt: x}\n")
    folder.case("tehran/bomb", body="[" * 9_000)

    imported = publish(site, folder)

    lines = {line.path: line for line in imported.lines}
    assert [(fault.key, fault.line) for fault in lines["tehran/cover.md"].faults] == [
        ("topics.1", 5),
        ("cover.file", 9),
    ]
    assert [(fault.key, fault.line) for fault in lines["tehran/bomb.md"].faults] == [("body", 10)]
