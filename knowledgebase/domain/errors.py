"""The one error family: rooms raise these, web/ and cli/ put words to them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with an input, as a code that web/ and cli/ word in the reader's language."""

    code: str  # message key, e.g. "required", "too-long", "unknown-value"
    key: str = ""  # dotted key of the input, e.g. "results.2.unit"; empty: the whole input
    line: int | None = None  # 1-based line of a file, None for forms
    values: Mapping[str, str | int] = field(default_factory=dict)  # named placeholders of the message


class KnowledgeError(Exception):
    """Anything this exchange refuses or cannot do; never raised itself."""

    code = "error"
    http_status = 500


class NotFound(KnowledgeError):
    """No such thing, or nothing that this reader may see."""

    code = "not-found"
    http_status = 404


class PastTheEnd(KnowledgeError):
    """A page of a list that has fewer pages."""

    code = "past-the-end"
    http_status = 400


class Gone(KnowledgeError):
    """The case was published once and has been withdrawn."""

    code = "gone"
    http_status = 410

    def __init__(self, case_id: str, city: str, at: datetime) -> None:
        """Remember which case of which city was withdrawn and when (aware UTC)."""
        super().__init__(case_id)
        self.case_id = case_id
        self.city = city
        self.at = at


class Moved(KnowledgeError):
    """The case has another address now; web/ answers 301."""

    code = "moved"
    http_status = 301

    def __init__(self, case_id: str) -> None:
        """Remember the case id that the old address leads to."""
        super().__init__(case_id)
        self.case_id = case_id


class Invalid(KnowledgeError):
    """An input was refused; `faults` names every fault at once."""

    code = "invalid"
    http_status = 422

    def __init__(self, faults: Sequence[Fault]) -> None:
        """Keep the faults in the order in which they stand in the input."""
        super().__init__(", ".join(f"{fault.key}: {fault.code}" for fault in faults))
        self.faults = tuple(faults)


class NotAllowed(KnowledgeError):
    """The actor may see the thing but not do this to it."""

    code = "not-allowed"
    http_status = 403


class AlreadyThere(KnowledgeError):
    """A new thing would take an id, slug or name that another one holds."""

    code = "already-there"
    http_status = 409


class HeldByFile(KnowledgeError):
    """The text comes from a file; its city takes it over before it edits it in a form."""

    code = "held-by-file"
    http_status = 409


class StaleRevision(KnowledgeError):
    """Somebody saved a newer revision since this one was read."""

    code = "stale-revision"
    http_status = 409


class WrongState(KnowledgeError):
    """The thing is not, or no longer, in a state in which this can be done."""

    code = "wrong-state"
    http_status = 409


class SearchUnavailable(KnowledgeError):
    """The search engine did not answer in time; the rest of the site still works."""

    code = "search-unavailable"
    http_status = 503


class StoreUnavailable(KnowledgeError):
    """The database did not answer in time or has no room left."""

    code = "store-unavailable"
    http_status = 503


class WrongIndex(KnowledgeError):
    """The index belongs to another site, or was made by another schema or analysis."""

    code = "wrong-index"
    http_status = 503


class LogInRefused(KnowledgeError):
    """Address and password do not open an account; why, nobody is told."""

    code = "log-in-refused"
    http_status = 422


class TooManyTries(KnowledgeError):
    """Too many log-ins were tried in a short time, for an account, from an address or in all."""

    code = "too-many-tries"
    http_status = 429

    def __init__(self, what: str = "", retry_after: int = 300) -> None:
        """Remember after how many seconds a next try may be let through."""
        super().__init__(what)
        self.retry_after = retry_after


class TooManyComments(KnowledgeError):
    """Somebody says too much in a short time."""

    code = "too-many-comments"
    http_status = 429

    def __init__(self, what: str = "", retry_after: int = 600) -> None:
        """Remember after how many seconds the next one is let through."""
        super().__init__(what)
        self.retry_after = retry_after


class LinkUnusable(KnowledgeError):
    """A one-time link is unknown, used, replaced or too old; which of these, nobody is told."""

    code = "link-unusable"
    http_status = 410
