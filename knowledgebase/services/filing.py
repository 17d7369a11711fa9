"""One import's transactions: put a file's case or city in its place, or say why it stays out."""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice

from knowledgebase.domain.case import Case
from knowledgebase.domain.city import City
from knowledgebase.domain.errors import AlreadyThere, Fault
from knowledgebase.domain.incoming import ImportLine, ImportOutcome, Incoming
from knowledgebase.domain.record import Origin, Rendered, State, Tag
from knowledgebase.services.site import Site
from knowledgebase.store import addresses, case_writing, cases, cities, city_writing, covers, files
from knowledgebase.store.connection import Connection
from knowledgebase.store.values import CaseStamp, CityStamp, ImportedFile, StoredCover, Thing
from knowledgebase.text.normalize import skeleton
from knowledgebase.text.sought import sought


class _Refused(Exception):
    """A file that is sound by itself and does not fit what is stored."""

    def __init__(self, code: str, key: str = "", **values: str) -> None:
        super().__init__(code)
        self.fault = Fault(code, key, values=dict(values))

    @classmethod
    def of(cls, fault: Fault) -> "_Refused":
        refused = cls(fault.code)
        refused.fault = fault
        return refused


def city_missing(city: str) -> Fault:
    """Return the fault of a case whose city is neither stored nor in the folder."""
    return Fault("city-missing", values={"city": city})


@dataclass(slots=True)
class Filing:
    """The state of one import of one folder."""

    site: Site
    folder: str
    versions: str
    by: str
    is_dry: bool
    known: dict[str, ImportedFile]  # by path: as imported last time
    vanished: dict[str, ImportedFile]  # by path: imported once, not in the folder now
    present: frozenset[str]  # ids of all files of the folder, refused ones included
    planned: set[str] = field(default_factory=set)  # cities that a dry run would have stored

    def put(self, batch: Sequence[tuple[Incoming, Rendered]]) -> list[ImportLine]:
        """Store one batch in one transaction and return a line a file."""
        with self._transaction() as db:
            return [self._put_one(db, file, rendered) for file, rendered in batch]

    def _transaction(self) -> AbstractContextManager[Connection]:
        """Return a transaction that may write, except in a dry run."""
        return self.site.store.reading() if self.is_dry else self.site.store.writing()

    def _put_one(self, db: Connection, file: Incoming, rendered: Rendered) -> ImportLine:
        try:
            if isinstance(file.value, Case):
                outcome = self._put_case(db, file, file.value, rendered)
            elif isinstance(file.value, City):
                outcome = self._put_city(db, file, file.value, rendered)
            else:
                outcome = ImportOutcome.UNCHANGED
        except _Refused as refused:
            return ImportLine(file.path, ImportOutcome.REFUSED, (refused.fault,))
        except AlreadyThere:
            return ImportLine(file.path, ImportOutcome.REFUSED, (Fault("id-used", values={"id": file.id}),))
        return ImportLine(file.path, outcome)

    def _put_case(self, db: Connection, file: Incoming, case: Case, rendered: Rendered) -> ImportOutcome:
        city = cities.stamp(db, case.city)
        if case.city not in self.planned and (city is None or city.state is State.WITHDRAWN):
            raise _Refused.of(city_missing(case.city))
        for place, slug in enumerate(case.formerly, 1):
            if f"{case.city}/{slug}" in self.present:
                raise _Refused("former-still-there", f"formerly.{place}", slug=slug)
        stamp = cases.stamp(db, case.id)
        if stamp is None and (old := self._former(db, case)):
            outcome = ImportOutcome.RENAMED
        else:
            old, outcome = None, self._outcome(db, file, stamp)
        if self.is_dry or outcome not in _WHAT:
            return outcome
        at = self.site.now()
        if old is not None:
            self._rename(db, old, case, at)
        case_writing.put(
            db,
            case,
            rendered,
            tags=[Tag(skeleton(tag), tag) for tag in case.tags],
            sought=sought(case),
            origin=Origin.FILE,
            folder=self.folder,
            at=at,
            by=self.by,
            what=_WHAT[outcome],
        )
        addresses.leave_unused(db, (f"{case.city}/{slug}" for slug in case.formerly), case.id, at)
        self._put_cover(db, file)
        self._remember(db, file, Thing.CASE)
        return outcome

    def _put_city(self, db: Connection, file: Incoming, city: City, rendered: Rendered) -> ImportOutcome:
        outcome = self._outcome(db, file, cities.stamp(db, city.id))
        self.planned.add(city.id)
        if self.is_dry or outcome not in _WHAT:
            return outcome
        city_writing.put(
            db,
            city,
            rendered,
            origin=Origin.FILE,
            folder=self.folder,
            at=self.site.now(),
            by=self.by,
            what=_WHAT[outcome],
        )
        self._remember(db, file, Thing.CITY)
        return outcome

    def _outcome(self, db: Connection, file: Incoming, stamp: CaseStamp | CityStamp | None) -> ImportOutcome:
        """Return what storing this file means. Raises _Refused where the id belongs to someone else."""
        if stamp is None:
            return ImportOutcome.ADDED
        if stamp.origin is Origin.FORM:
            if file.path in self.known:
                return ImportOutcome.HANDED_OVER
            raise _Refused("held-by-form", id=file.id)
        if stamp.folder != self.folder:
            if self._is_stored_alike(db, file):  # an export of this very site
                return ImportOutcome.UNCHANGED
            raise _Refused("held-by-folder", id=file.id, folder=stamp.folder or "")
        return ImportOutcome.RESTORED if stamp.state is State.WITHDRAWN else ImportOutcome.CHANGED

    def _is_stored_alike(self, db: Connection, file: Incoming) -> bool:
        if isinstance(file.value, City):
            city = cities.find(db, file.id)
            return city is not None and city.city == file.value
        record = cases.find(db, file.id)
        return (
            record is not None
            and record.state is State.PUBLISHED
            and file.value in (record.case, record.told)
        )

    def _former(self, db: Connection, case: Case) -> ImportedFile | None:
        """Return the file of this run's vanished ones whose case this one says that it was."""
        former = {f"{case.city}/{slug}" for slug in case.formerly}
        for file in self.vanished.values():
            if file.thing is Thing.CASE and file.id in former:
                stamp = cases.stamp(db, file.id)
                if stamp and stamp.origin is Origin.FILE and stamp.folder == self.folder:
                    return file
        return None

    def _rename(self, db: Connection, old: ImportedFile, case: Case, at: datetime) -> None:
        case_writing.rename(db, old.id, case.id, at=at, by=self.by)
        files.remove(db, self.folder, [old.path])
        del self.vanished[old.path]

    def _put_cover(self, db: Connection, file: Incoming) -> None:
        picture = file.picture
        if picture is not None:
            stored = StoredCover(picture.name, picture.data, picture.width, picture.height, picture.digest)
            covers.put(db, file.id, stored)
        elif (known := self.known.get(file.path)) and known.cover:
            covers.remove(db, file.id)

    def _remember(self, db: Connection, file: Incoming, thing: Thing) -> None:
        cover = file.picture.source if file.picture else None
        files.put(db, self.folder, ImportedFile(file.path, thing, file.id, file.digest, self.versions, cover))

    def count_withdrawals(self) -> int:
        """Return how many public cases have lost their file."""
        with self.site.store.reading() as db:
            return sum(self._is_ours(cases.stamp(db, file.id)) for file in self._vanished(Thing.CASE))

    def withdraw(self, batch: int) -> list[ImportLine]:
        """Withdraw what has lost its file, cases first; a city that still has cases is refused.

        At most `batch` files a transaction.
        """
        gone = iter([*self._vanished(Thing.CASE), *self._vanished(Thing.CITY)])
        lines: list[ImportLine] = []
        while files_of_one := tuple(islice(gone, batch)):
            with self._transaction() as db:
                for file in files_of_one:
                    withdraw = self._withdraw_case if file.thing is Thing.CASE else self._withdraw_city
                    lines += withdraw(db, file)
        return lines

    def _vanished(self, thing: Thing) -> list[ImportedFile]:
        return [file for file in self.vanished.values() if file.thing is thing]

    def _is_ours(self, stamp: CaseStamp | CityStamp | None) -> bool:
        if stamp is None or stamp.origin is Origin.FORM or stamp.folder != self.folder:
            return False
        return stamp.state is State.PUBLISHED

    def _withdraw_case(self, db: Connection, file: ImportedFile) -> list[ImportLine]:
        stamp = cases.stamp(db, file.id)
        if _is_given(stamp):
            return []
        is_ours = self._is_ours(stamp)
        if not self.is_dry:
            if is_ours:
                case_writing.withdraw(db, file.id, at=self.site.now(), by=self.by)
            files.remove(db, self.folder, [file.path])
        return [ImportLine(file.path, ImportOutcome.WITHDRAWN)] if is_ours else []

    def _withdraw_city(self, db: Connection, file: ImportedFile) -> list[ImportLine]:
        stamp = cities.stamp(db, file.id)
        if _is_given(stamp):
            return []
        withdrawn = {line.id for line in self._vanished(Thing.CASE)} if self.is_dry else set()
        city = cities.find(db, file.id)
        if city and city.cases > len([case for case in withdrawn if case.startswith(f"{file.id}/")]):
            fault = Fault("city-has-cases", values={"city": file.id, "cases": city.cases})
            return [ImportLine(file.path, ImportOutcome.REFUSED, (fault,))]
        is_ours = self._is_ours(stamp)
        if not self.is_dry:
            if is_ours:
                city_writing.withdraw(db, file.id, at=self.site.now(), by=self.by)
            files.remove(db, self.folder, [file.path])
        return [ImportLine(file.path, ImportOutcome.WITHDRAWN)] if is_ours else []


def _is_given(stamp: CaseStamp | CityStamp | None) -> bool:
    """Say whether its city took a thing over since the import began; its file stays remembered."""
    return stamp is not None and stamp.origin is Origin.FORM


_WHAT = {
    ImportOutcome.ADDED: "published",
    ImportOutcome.CHANGED: "revised",
    ImportOutcome.RENAMED: "revised",
    ImportOutcome.RESTORED: "restored",
}
