"""The index follows the database: nothing lost, nothing shown that is hidden, nothing stuck."""

from dataclasses import replace
from pathlib import Path

import pytest

from knowledgebase.app import make_site
from knowledgebase.config import Settings
from knowledgebase.domain.errors import SearchUnavailable
from knowledgebase.intake.query import read
from knowledgebase.search.backend import Document
from knowledgebase.search.document import tombstone
from knowledgebase.services import rebuilding, reconciling, searching
from knowledgebase.services.site import Site
from knowledgebase.services.status import status
from knowledgebase.store import case_writing, outbox, words
from tests.sites import Folder, found, index, publish


def queued(site: Site) -> int:
    with site.store.reading() as db:
        return outbox.facts(db).rows


def known(site: Site, *tokens: str) -> dict[str, int]:
    with site.store.reading() as db:
        return {word.folded: word.cases for word in words.near(db, tokens)}


def withdraw(site: Site, case_id: str) -> None:
    with site.store.writing() as db:
        case_writing.withdraw(db, case_id, at=site.now(), by="test")


def test_a_withdrawn_case_is_gone_before_the_index_knows(each_site: Site, folder: Folder) -> None:
    folder.case("tehran/clean-air", tags="smog, zone")
    folder.case("tehran/trees")
    publish(each_site, folder)

    withdraw(each_site, "tehran/clean-air")

    results = searching.search(each_site, read({}), language="en")
    assert [hit.card.id for hit in results.hits] == ["tehran/trees"]
    assert results.total == 1
    assert "zone" not in {value.value for value in results.facets["tag"].values}


def test_what_is_sent_leaves_the_queue(each_site: Site, folder: Folder) -> None:
    folder.case("tehran/clean-air")
    publish(each_site, folder)

    assert queued(each_site) == 0


def test_a_late_older_write_does_not_bring_a_withdrawn_case_back(each_site: Site, folder: Folder) -> None:
    folder.case("tehran/clean-air")
    publish(each_site, folder)
    live = each_site.index.live()
    assert live is not None
    stored = each_site.index.stored(live, ["tehran/clean-air"])["tehran/clean-air"]
    withdraw(each_site, "tehran/clean-air")
    index(each_site)

    reconciled = reconciling.compare(each_site, live)
    older = replace(stored, revision=stored.revision)

    assert reconciled.is_none
    assert each_site.index.stored(live, ["tehran/clean-air"])["tehran/clean-air"].revision > older.revision
    assert found(each_site) == []


def test_the_word_list_counts_public_cases_only(site: Site, folder: Folder) -> None:
    folder.case("tehran/one", body="Unusualword here.")
    folder.case("tehran/two", body="Unusualword there.")
    publish(site, folder)
    both = known(site, "unusualword")

    withdraw(site, "tehran/one")
    index(site)
    one = known(site, "unusualword")
    withdraw(site, "tehran/two")
    index(site)

    assert (both, one, known(site, "unusualword")) == ({"unusualword": 2}, {"unusualword": 1}, {})


def test_reindexing_changes_no_answer_and_keeps_one_way_back(each_site: Site, folder: Folder) -> None:
    for number in range(5):
        folder.case(f"tehran/case-{number}")
    publish(each_site, folder)
    withdraw(each_site, "tehran/case-0")
    before = found(each_site)

    rebuilding.reindex(each_site)
    rebuilding.reindex(each_site)

    assert found(each_site) == before
    assert len(each_site.index.generations()) == 2
    assert status(each_site).documents == 4


def test_an_unfinished_rebuild_is_continued(
    site: Site, folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(6):
        folder.case(f"tehran/case-{number}")
    publish(site, folder)
    monkeypatch.setattr(rebuilding, "STEP", 2)

    def stop(sent: int) -> None:
        if sent >= 4:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        rebuilding.reindex(site, progress=stop)
    sent: list[int] = []
    rebuilding.reindex(site, progress=sent.append)

    assert sent == [2]
    assert len(found(site)) == 6


def test_reconcile_mends_what_the_index_lost_or_invented(each_site: Site, folder: Folder) -> None:
    folder.case("tehran/clean-air")
    folder.case("tehran/trees")
    publish(each_site, folder)
    live = each_site.index.live()
    assert live is not None
    invented = Document(
        "tehran/ghost",
        7,
        "x",
        is_visible=True,
        newest="2026-01-01|tehran/ghost",
        facets={"city": ("tehran",)},
    )
    each_site.index.put(live, [invented])
    each_site.index.refresh(live)

    drift = reconciling.reconcile(each_site)
    index(each_site)

    assert drift.strangers == {"tehran/ghost": 7}
    assert reconciling.compare(each_site, live).is_none
    assert "tehran/ghost" not in found(each_site)


def test_an_index_newer_than_the_database_is_told_and_not_touched(site: Site, folder: Folder) -> None:
    folder.case("tehran/trees")
    publish(site, folder)
    live = site.index.live()
    assert live is not None
    held = site.index.stored(live, ["tehran/trees"])["tehran/trees"]
    site.index.put(live, [tombstone("tehran/trees", held.revision + 1)])

    drift = reconciling.reconcile(site)

    assert drift.newer == ["tehran/trees"]
    assert queued(site) == 0


def test_publishing_goes_on_while_the_engine_is_away(tmp_path: Path, folder: Folder) -> None:
    settings = Settings(instance=tmp_path / "away", secret_key="k" * 32, search_url="http://127.0.0.1:9")
    site = make_site(settings)
    site.store.upgrade()
    folder.case("tehran/clean-air", title="Clean air zone")

    from knowledgebase.cli.content import bring_in

    bring_in(site, folder.path)
    with pytest.raises(SearchUnavailable):
        rebuilding.reindex(site)
    results = searching.search(site, read({"q": ["zone"]}), language="en")

    assert results.is_degraded
    assert [hit.card.id for hit in results.hits] == ["tehran/clean-air"]
    site.close()


def test_an_index_of_another_site_is_never_written_to(tmp_path: Path, folder: Folder) -> None:
    settings = Settings(instance=tmp_path / "one", secret_key="k" * 32)
    first = make_site(settings)
    first.store.upgrade()
    folder.case("tehran/clean-air")
    rebuilding.reindex(first)
    publish(first, folder)
    first.close()
    (tmp_path / "one" / "knowledgebase.sqlite").unlink()
    second = make_site(settings)
    second.store.upgrade()

    state = rebuilding.prepare(second)
    results = searching.search(second, read({}), language="en")

    assert state.reason == "other-site"
    assert (results.total, results.is_degraded) == (0, True)
    second.close()
