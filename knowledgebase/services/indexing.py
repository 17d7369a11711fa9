"""Carry queued changes into the index: promises name cases, the state is read again when they are kept."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from knowledgebase.domain.record import CaseRecord, CityLabel, State
from knowledgebase.search.backend import Document, Outcome, Receipt
from knowledgebase.search.document import Remark, document, tombstone
from knowledgebase.services.site import Site
from knowledgebase.store import cases, cities, comments, generations, outbox, words
from knowledgebase.store.connection import Connection
from knowledgebase.store.values import Generation, Promise, WordChange
from knowledgebase.text.forms import forms

BATCH = 200  # promises of one round


@dataclass(frozen=True, slots=True)
class Drained:
    """What a run through the queue did."""

    sent: int = 0  # documents that every index confirmed
    failed: int = 0  # documents that wait for another try


@dataclass(frozen=True, slots=True)
class Beside:
    """What a case's document holds that is not the case's own."""

    labels: Mapping[str, CityLabel] = field(default_factory=dict)  # of the cases' cities, by id
    remarks: Mapping[str, tuple[Remark, ...]] = field(default_factory=dict)  # visible ones, by case id


@dataclass(frozen=True, slots=True)
class _Round:
    """One batch, read in one transaction: promises, where they go, and the cases as they stand now."""

    promises: tuple[Promise, ...] = ()
    targets: tuple[Generation, ...] = ()
    records: Mapping[str, CaseRecord | None] = field(default_factory=dict)
    beside: Beside = field(default_factory=Beside)


def drain(site: Site) -> Drained:
    """Keep every promise that is due and return how many were kept.

    Does nothing while no index exists. A document that the engine refuses stays queued for another try.
    Raises SearchUnavailable when the engine is away; nothing is lost then.
    """
    sent = failed = 0
    while True:
        batch = _read(site)
        if not batch.promises or not batch.targets:
            return Drained(sent, failed)
        documents = _documents(batch)
        refused = refusals(
            receipt for target in batch.targets for receipt in site.index.put(target.name, documents)
        )
        counted = {
            case_id: word_forms(record, batch.beside) if record else {}
            for case_id, record in batch.records.items()
        }
        settle(site, documents, counted, refused, batch.promises)
        sent += len(documents) - len(refused)
        failed += len(refused)
        if len(refused) == len(documents):
            return Drained(sent, failed)


def beside(db: Connection, records: Iterable[CaseRecord]) -> Beside:
    """Return what the documents of these cases hold beside the cases."""
    read = list(records)
    said = comments.remarks(db, [record.case.id for record in read])
    return Beside(
        cities.labels(db, {record.case.city for record in read}),
        {case_id: tuple(Remark(*told) for told in texts) for case_id, texts in said.items()},
    )


def as_document(record: CaseRecord, around: Beside) -> Document:
    """Return what the engine is to hold of a case: its words while it is public, a tombstone after."""
    if record.state is not State.PUBLISHED:
        return tombstone(record.case.id, record.index_revision)
    city = around.labels[record.case.city]
    said = around.remarks.get(record.case.id, ())
    return document(record, city_names=city.names, country=city.country, comments=said)


def word_forms(record: CaseRecord, around: Beside) -> dict[str, str]:
    """Return the words that a public case adds to the word list, shown form by token; none when hidden."""
    if record.state is not State.PUBLISHED:
        return {}
    case = record.told
    own = (case.title, case.summary, record.rendered.plain, *(tag.shown for tag in record.tags))
    texts = [(text, case.language) for text in own]
    texts += [(f"{other.title}\n{other.summary}", tag) for tag, other in case.translations.items()]
    texts += [(name, tag) for tag, name in around.labels[case.city].names.items()]
    texts += [(remark.text, remark.language) for remark in around.remarks.get(case.id, ())]
    return forms(texts)


def _read(site: Site) -> _Round:
    with site.store.reading() as db:
        promises = outbox.due(db, BATCH, site.now())
        if not promises:
            return _Round()
        targets = generations.of_engine(db, site.index.name)
        records = cases.states(db, [promise.case_id for promise in promises])
        around = beside(db, [record for record in records.values() if record])
        return _Round(promises, targets, records, around)


def _documents(batch: _Round) -> list[Document]:
    documents = []
    for promise in batch.promises:
        record = batch.records.get(promise.case_id)
        gone = tombstone(promise.case_id, promise.revision)
        documents.append(gone if record is None else as_document(record, batch.beside))
    return documents


def settle(
    site: Site,
    documents: Sequence[Document],
    forms_of: Mapping[str, Mapping[str, str]],
    refused: Mapping[str, Receipt],
    promises: Iterable[Promise] = (),
) -> None:
    """Let the confirmed promises go, put the others off, and count the words of what was confirmed.

    `forms_of` are the words of each document's case, by id, as `word_forms` gives them.
    """
    sent = [(document.id, document.revision) for document in documents if document.id not in refused]
    counted = {case_id: forms_of[case_id] for case_id, _ in sent}
    with site.store.writing() as db:
        outbox.keep(db, sent)
        words.count(db, _changes(words.of_cases(db, counted), counted))
        words.remember(db, counted)
        for promise in promises:
            if (receipt := refused.get(promise.case_id)) is not None:
                is_permanent = receipt.outcome is Outcome.REFUSED
                outbox.fail(db, promise, receipt.reason, now=site.now(), is_permanent=is_permanent)


def refusals(receipts: Iterable[Receipt]) -> dict[str, Receipt]:
    """Return the receipts of documents that an engine did not take, by id."""
    return {
        receipt.id: receipt for receipt in receipts if receipt.outcome in (Outcome.REFUSED, Outcome.FAILED)
    }


def _changes(
    before: Mapping[str, Mapping[str, str]], after: Mapping[str, Mapping[str, str]]
) -> list[WordChange]:
    """Return how the word list changes when these cases hold other words than were last counted."""
    difference: Counter[str] = Counter()
    shown: dict[str, str] = {}
    for case_id, now in after.items():
        earlier = before.get(case_id, {})
        difference.update(now.keys() - earlier.keys())
        difference.subtract(earlier.keys() - now.keys())
        shown.update({token: form for token, form in now.items() if form or token not in shown})
    return [WordChange(token, shown.get(token, ""), change) for token, change in difference.items() if change]
