"""What is said about each refusal and failure, in words of the reader's language."""

from dataclasses import dataclass, field

from knowledgebase.web.messages import wording


def later(message: str) -> str:
    """Return the sentence as it is; it is translated where it is shown."""
    return message


@dataclass(frozen=True, slots=True)
class Problem:
    """One refusal or failure as it is shown."""

    status: int
    code: str
    title: str
    detail: str
    faults: tuple[str, ...] = ()
    place: str | None = None  # name of the city of a withdrawn case
    date: str | None = None  # when it was withdrawn
    incident: str | None = None  # number under which the log tells the rest


@dataclass(frozen=True, slots=True)
class _Words:
    title: str
    detail: str = field(default="")


_FAILED = _Words(
    later("Something went wrong on our side"),
    later("The page could not be made. The fault has been written down; please try again later."),
)
_BY_CODE = {
    "not-found": _Words(
        later("There is no such page"),
        later(
            "The address may be mistyped, or the page was never published. "
            "The search finds cases by their words."
        ),
    ),
    "past-the-end": _Words(
        later("There are fewer pages than that."),
        later(
            "The last page holds the last of the cases that were found, or the thousandth. "
            "Please ask for an earlier page."
        ),
    ),
    "gone": _Words(
        later("This case was withdrawn"),
        later("It was published here once and is no longer shown."),
    ),
    "invalid": _Words(
        later("This cannot be accepted"),
        later("Something in what was sent does not fit. Nothing was changed."),
    ),
    "not-allowed": _Words(
        later("This is not allowed"),
        later("You may see this page, but not do this."),
    ),
    "form-too-old": _Words(
        later("This form cannot be used any more"),
        later(
            "It was opened too long ago, or the browser takes no cookies from this site. Open the page anew; "
            "nothing was changed."
        ),
    ),
    "link-unusable": _Words(
        later("This link cannot be used any more"),
        later(
            "It was used already, replaced by a newer one, or it is too old. "
            "Ask whoever gave it to you for another one."
        ),
    ),
    "too-many-comments": _Words(
        later("Too much in a short time"),
        later("Please wait a few minutes before the next comment."),
    ),
    "too-many-tries": _Words(
        later("Too many log-ins were tried"),
        later("For a few minutes no further one is looked at. Please wait, then try again."),
    ),
    "already-there": _Words(
        later("This name is taken"),
        later("Something else is already kept under it. Nothing was changed."),
    ),
    "held-by-file": _Words(
        later("This text comes from a file"),
        later("It is edited in a form once its city has taken it over. Nothing was changed."),
    ),
    "stale-revision": _Words(
        later("Somebody else was faster"),
        later(
            "The text was changed since you opened it. Nothing of yours was saved; "
            "please look at the new text first."
        ),
    ),
    "wrong-state": _Words(
        later("This cannot be done any more"),
        later("It was changed since you opened the page: published, taken back, returned or withdrawn."),
    ),
    "search-unavailable": _Words(
        later("The search is away for a moment"),
        later("Cases, cities and topics can still be read. Please try the search again in a few seconds."),
    ),
    "wrong-index": _Words(
        later("The search is being prepared"),
        later("Cases, cities and topics can still be read. Please try the search again in a few minutes."),
    ),
    "store-unavailable": _Words(
        later("The exchange is away for a moment"),
        later("The pages cannot be read just now. Please try again in a few seconds."),
    ),
}
_BY_STATUS = {
    400: _Words(
        later("The request was not understood"),
        later("What the browser sent does not fit this address."),
    ),
    403: _BY_CODE["not-allowed"],
    404: _BY_CODE["not-found"],
    405: _Words(
        later("This address answers differently"),
        later("The page exists, but not for this kind of request."),
    ),
    413: _Words(
        later("Too much was sent at once"),
        later("The text or file is larger than this page accepts. Nothing was changed."),
    ),
    414: _Words(
        later("The address is too long"),
        later("Please ask a shorter question or choose fewer filters."),
    ),
    415: _Words(
        later("This kind of file is not read here"),
        later("Please send it in one of the described formats."),
    ),
    422: _BY_CODE["invalid"],
    431: _Words(
        later("The request carries too much beside the address"),
        later(
            "The browser sent too many or too large headers. Deleting its cookies for this site often helps."
        ),
    ),
    429: _Words(
        later("Too many requests"),
        later("Please wait a little before the next one."),
    ),
    503: _BY_CODE["store-unavailable"],
}
_REFUSED = _Words(
    later("The request cannot be answered"),
    later("What the browser sent does not fit this address."),
)


def problem(status: int, code: str, language: str) -> Problem:
    """Return the words for a code of the error family, or else for a status of HTTP."""
    words = _BY_CODE.get(code) or _BY_STATUS.get(status) or (_FAILED if status >= 500 else _REFUSED)
    translate = wording(language).gettext
    return Problem(status, code, translate(words.title), translate(words.detail))
