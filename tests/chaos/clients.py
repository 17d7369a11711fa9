"""Four clients who comment, edit, write drafts, publish and revise without a pause, and note each answer."""

import random
import secrets
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from tests.chaos.browser import Answer, Browser
from tests.chaos.ledger import Kind, Ledger, Written

CITY, SQUARE = "tehran", "tehran/square"  # the case that all comment on
COMMENTS_MAX = 28  # of one person: a flood is refused at 30 in ten minutes
EDITS_MAX = 40  # of one comment: the 51st is refused
_FORM_AGE = 60  # seconds since a form was opened


class Refused(AssertionError):
    """A form was answered with something else than the way to what it made."""


@dataclass(slots=True)
class _Comment:
    state: Written
    id: str
    by: Browser
    revision: int = 1


@dataclass(slots=True)
class _Draft:
    state: Written
    place: str  # its address
    case: str  # id of the case it revises or will be
    revision: int = 1


@dataclass(slots=True)
class Client:
    """One client with the browsers of a few people; it writes on its own things only."""

    number: int
    browsers: Sequence[Browser]
    ledger: Ledger
    is_forgetful: bool = False  # on purpose: after an answer it sends a form once more as a new one
    comments: list[_Comment] = field(default_factory=list)
    drafts: list[_Draft] = field(default_factory=list)
    cases: dict[str, Written] = field(default_factory=dict)  # by id
    _made: int = 0

    def run(self, is_over: Callable[[], bool]) -> None:
        """Write until it is over."""
        chance = random.Random(self.number)  # noqa: S311 - the same every time
        while not is_over():
            act = chance.choices(
                (self.comment, self.edit, self.begin, self.save, self.publish, self.revise),
                weights=(30, 25, 10, 15, 10, 10),
            )[0]
            act(chance)

    def comment(self, chance: random.Random) -> None:
        """Say something about the common case or one of the client's own."""
        by = self.browsers[len(self.comments) % len(self.browsers)]
        if len(self.comments) >= COMMENTS_MAX * len(self.browsers):
            return
        about, token = chance.choice([SQUARE, *self.cases]), secrets.token_urlsafe(16)
        state = Written(Kind.COMMENT, token, 0, self._text("said"), about=about)
        form = {"body": str(state.text), "language": "en", "voice": CITY, "kind": "comment", "token": token}
        form["began"] = str(int(time.time()) - _FORM_AGE)
        answer = self._send(by, f"/en/cases/{about}/comments", form, state)
        comment_id = answer.location.rpartition("comments/")[2].rpartition("#comment-")[2]
        self.comments.append(_Comment(state, comment_id, by))

    def edit(self, chance: random.Random) -> None:
        """Let an own comment say something else."""
        if not self.comments:
            return
        one = chance.choice(self.comments)
        if one.revision >= EDITS_MAX:
            return
        after = replace(one.state, sequence=one.state.sequence + 1, text=self._text("mended"))
        form = {"body": str(after.text), "language": "en", "revision": str(one.revision)}
        self._send(one.by, f"/en/comments/{one.id}/edit", form, after)
        one.state, one.revision = after, one.revision + 1

    def begin(self, chance: random.Random) -> None:
        """Begin the draft of a new case."""
        del chance
        if len(self.drafts) >= 4:
            return
        token, slug = secrets.token_urlsafe(16), self._text("case").split()[0]
        state = Written(Kind.DRAFT, token, 0, None)
        answer = self._send(self.browsers[0], "/en/write", {"city": CITY, "token": token}, state)
        self.drafts.append(_Draft(state, answer.location, f"{CITY}/{slug}"))

    def save(self, chance: random.Random) -> None:
        """Save another text of a draft."""
        if self.drafts:
            self._write(chance.choice(self.drafts), "save")

    def publish(self, chance: random.Random) -> None:
        """Publish a draft with another text."""
        if self.drafts:
            one = chance.choice(self.drafts)
            self.drafts.remove(one)
            self._write(one, "publish")

    def revise(self, chance: random.Random) -> None:
        """Begin to revise an own case."""
        idle = sorted(self.cases.keys() - {one.case for one in self.drafts})
        if not idle or len(self.drafts) >= 4:
            return
        case, token = chance.choice(idle), secrets.token_urlsafe(16)
        state = Written(Kind.DRAFT, token, 0, self.cases[case].text)
        answer = self._send(self.browsers[0], f"/en/cases/{case}/revise", {"token": token}, state)
        self.drafts.append(_Draft(state, answer.location, case))

    def _write(self, one: _Draft, do: str) -> None:
        is_published = do == "publish"
        text = self._text("wrote")
        after = replace(one.state, sequence=one.state.sequence + 1, text=text, is_published=is_published)
        states = [after]
        if is_published:
            before = self.cases.get(one.case)
            case = Written(Kind.CASE, one.case, before.sequence + 1 if before else 0, text)
            states.append(case)
        form = {**fields_of(one.case, text), "revision": str(one.revision), "do": do}
        self._send(self.browsers[0], one.place, form, *states)
        one.state, one.revision = after, one.revision + 1
        if is_published:
            self.cases[one.case] = case

    def _send(self, by: Browser, path: str, form: dict[str, str], *states: Written) -> Answer:
        self.ledger.begin(*states)
        answer = by.post(path, form)
        if answer.status != 303:
            raise Refused(f"{path} {form}: {answer.status} {answer.text[:3_000]}")
        self.ledger.acknowledge(*states)
        if self.is_forgetful and "token" in form:
            by.post(path, form | {"token": secrets.token_urlsafe(16)})
        return answer

    def _text(self, what: str) -> str:
        """Return words that were never written before, the first of them nowhere else."""
        self._made += 1
        return f"zq{self.number}x{self._made} {what}"


def fields_of(case: str, text: str) -> dict[str, str]:
    """Return the form of a whole snapshot: its title makes the address, its text stands in two fields."""
    return {
        "title": case.partition("/")[2],
        "language": "en",
        "summary": text,
        "topics.1": "air",
        "status": "operating",
        "section.challenge": "Smog over the city.",
        "section.solution": "A zone without old diesels.",
        "section.results": text,
    }
