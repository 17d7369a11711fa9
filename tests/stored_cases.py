"""One stored case as tests ask for it: its record, what the index is owed of it, its withdrawal."""

from knowledgebase.domain.record import CaseRecord
from knowledgebase.store import case_writing, cases, outbox
from knowledgebase.store.engine import Store
from tests.make import LATER

ID = "tehran/clean-air"


def found(store: Store, case_id: str = ID) -> CaseRecord:
    with store.reading() as db:
        record = cases.find(db, case_id)
    assert record is not None
    return record


def promises(store: Store) -> dict[str, int]:
    with store.reading() as db:
        return {promise.case_id: promise.revision for promise in outbox.due(db, 100, LATER)}


def withdraw(store: Store, case_id: str = ID) -> CaseRecord:
    with store.writing() as db:
        return case_writing.withdraw(db, case_id, at=LATER, by="somebody", note="outdated")
