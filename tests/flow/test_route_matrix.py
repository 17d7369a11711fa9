"""Every route against every role, in the own city and a foreign one: the matrix is made from the routes.

What is expected is read from the table that tests/unit/test_authorizing.py writes down by hand.
"""

import secrets
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import pytest
from flask import Flask, request
from werkzeug.routing import Rule

from knowledgebase.domain.action import Action
from knowledgebase.web.permits import HOLDER, PERMITS, PUBLIC, NoPermit, Of, Permit, check
from tests.matrix import ROLES, Matrix, Place, build, undo_every_write
from tests.unit.test_authorizing import is_allowed, is_seen

UNSEEN, FORBIDDEN, LOG_IN = 404, 403, 303
CITY = {"own": "own-city", "foreign": "foreign-city"}
PERSON = {"own": "colleague", "foreign": "foreigner"}
STATEMENT = {"own": "text-as-the-own-city", "foreign": "text-as-a-foreign-city"}
TEXT = {"own": "foreigners-text", "foreign": "foreigners-text"}
EVERYBODY, KNOWN = "everybody", "known"
# Of routes whose thing only the service knows: the action, what it touches, the arguments that name it, and
# who may know of it: everybody, whoever knows the person, or whoever is allowed another action.
Thing = tuple[Action, dict[str, str], dict[str, str], Action | str]
DRAFT: dict[str, str] = {}
ASKED = {"draft": "asked"}
THINGS: dict[str, Thing] = {
    "members.reset": (Action.HAND_OVER_RESET, PERSON, {}, KNOWN),
    "people.give_role": (Action.INVITE_TO_PLATFORM, PERSON, {}, KNOWN),
    "people.suspend": (Action.SUSPEND, PERSON, {}, KNOWN),
    "people.reset": (Action.HAND_OVER_RESET, PERSON, {}, KNOWN),
    "comments.say_of_case": (Action.COMMENT, CITY, {}, EVERYBODY),
    "comments.say_of_city": (Action.COMMENT, CITY, {}, EVERYBODY),
    "comments.reply": (Action.COMMENT, CITY, {}, EVERYBODY),
    "comment_acts.edit_form": (Action.EDIT_COMMENT, TEXT, {}, EVERYBODY),
    "comment_acts.edit": (Action.EDIT_COMMENT, TEXT, {}, EVERYBODY),
    "draft_acts.take_back": (Action.WRITE_CASE, CITY, ASKED, Action.WRITE_CASE),
    "draft_acts.give_back": (Action.DECIDE_CASE, CITY, ASKED, Action.WRITE_CASE),
    "draft_acts.decide": (Action.DECIDE_CASE, CITY, ASKED, Action.WRITE_CASE),
    "proposals.accept": (Action.DECIDE_PROPOSAL, CITY, {}, Action.DECIDE_PROPOSAL),
    "proposals.refuse": (Action.DECIDE_PROPOSAL, CITY, {}, Action.DECIDE_PROPOSAL),
    "proposals.reopen": (Action.DECIDE_PROPOSAL, CITY, {}, Action.DECIDE_PROPOSAL),
    "moderation.decide": (Action.HIDE_COMMENT, CITY, {}, Action.HIDE_COMMENT),
}
THINGS |= {
    f"draft_acts.{act}": (Action.WRITE_CASE, CITY, DRAFT, Action.WRITE_CASE)
    for act in ("discard", "share", "revoke", "choose")
}
THINGS |= {
    f"write.{act}": (Action.WRITE_CASE, CITY, DRAFT, Action.WRITE_CASE)
    for act in ("show", "change", "preview")
}
THINGS["shared_drafts.own_sheet"] = (Action.WRITE_CASE, CITY, DRAFT, Action.WRITE_CASE)
ACTS: dict[str, Thing] = {
    "delete": (Action.DELETE_COMMENT, STATEMENT, {"comment": "statement"}, EVERYBODY),
    "report": (Action.REPORT, CITY, {}, EVERYBODY),
    "hide": (Action.HIDE_COMMENT, CITY, {}, EVERYBODY),
    "restore": (Action.HIDE_COMMENT, CITY, {"comment": "hidden"}, EVERYBODY),
    "pin": (Action.MARK_COMMENT, CITY, {"comment": "statement"}, EVERYBODY),
    "unpin": (Action.MARK_COMMENT, CITY, {"comment": "statement"}, EVERYBODY),
    "accept": (Action.MARK_COMMENT, CITY, {"comment": "answer"}, EVERYBODY),
    "unaccept": (Action.MARK_COMMENT, CITY, {"comment": "answer"}, EVERYBODY),
    "suspension": (Action.MODERATE, CITY, {}, EVERYBODY),
}
# Pages of one's own: nobody is refused but a visitor, or only who has no city to do it for.
OWN = {"proposals.withdraw", "one_time.take_up", "account.leave_city", "write.index"}
STILL_THERE = {"case_acts.restore", "case_acts.withdraw", "case_acts.ask_to_withdraw", "cases.cover"}
WRITERS = ("contributor", "publisher", "voice", "city-admin", "platform-admin")
QUEUE = ("city-admin", "moderator", "platform-admin")
FIELDS = {"reason": "A reason.", "line": "A line.", "body": "Some words.", "language": "en", "revision": "1"}
FIELDS |= {"decision": "dismiss", "voice": "", "role": "member", "city": "tehran"}


@dataclass(frozen=True, slots=True)
class Cell:
    """One request: a route, a role, and whose the thing is."""

    rule: Rule
    method: str
    role: str
    where: str  # "own" or "foreign"
    act: str = ""

    @property
    def permit(self) -> Permit:
        return PERMITS[self.rule.endpoint]

    @property
    def thing(self) -> Thing | None:
        return ACTS.get(self.act) or THINGS.get(self.rule.endpoint)

    def is_seen(self, touched: str, seen: Action | str) -> bool:
        if isinstance(seen, Action):
            return is_allowed(self.role, seen, touched)
        return seen == EVERYBODY or is_seen(self.role, touched)

    def expected(self) -> int | None:
        """Return the status of a refusal, None where the route answers by itself."""
        permit = self.permit
        if not permit.is_for_people:
            return None
        if self.role == "visitor":
            return LOG_IN if self.method == "GET" else FORBIDDEN
        if self.rule.endpoint == "write.start":
            return None if self.role in WRITERS else FORBIDDEN
        if self.rule.endpoint == "moderation.queue":
            return None if self.role in QUEUE else FORBIDDEN
        if permit.of is Of.ACCOUNT or self.rule.endpoint in OWN:
            return None
        if self.thing:
            action, what, _, seen = self.thing
            touched = what[self.where]
            if is_allowed(self.role, action, touched):
                return None
            return FORBIDDEN if self.is_seen(touched, seen) else UNSEEN
        assert permit.action, f"{self.rule.endpoint} needs a line in THINGS"
        touched = "exchange" if permit.of is Of.EXCHANGE else CITY[self.where]
        return None if is_allowed(self.role, permit.action, touched) else FORBIDDEN


def cells(app: Flask) -> Iterator[Cell]:
    for rule in sorted(app.url_map.iter_rules(), key=lambda rule: (rule.endpoint, rule.rule)):
        for method in sorted(set(rule.methods or ()) - {"HEAD", "OPTIONS"}):
            for role in ROLES:
                for where in ("own", "foreign"):
                    for act in ACTS if "act" in rule.arguments else ("",):
                        yield Cell(rule, method, role, where, act)


def address_of(app: Flask, cell: Cell, place: Place) -> str:
    arguments: dict[str, Any] = {
        "language": "en",
        "act": cell.act,
        "topic": "air",
        "tag": "smog",
        "network": "iclei",
        "kept_version": "x",
        "name": "img/mark.svg",
        "digest": "0" * 16,
    }
    arguments |= place.arguments
    if cell.thing:
        arguments |= {name: place.arguments[other] for name, other in cell.thing[2].items()}
    if cell.rule.endpoint == "crawling.one":
        arguments["number"] = 1
    asked = {name: arguments[name] for name in cell.rule.arguments}
    with app.test_request_context():
        return app.create_url_adapter(request).build(cell.rule.endpoint, asked, cell.method)  # type: ignore[union-attr]


def ask(app: Flask, matrix: Matrix, cell: Cell, place: Place) -> int:
    caller, address = matrix.callers[cell.role], address_of(app, cell, place)
    data = {**FIELDS, "csrf_token": caller.token, "token": secrets.token_urlsafe(16)}
    sent = data if cell.method != "GET" else None
    with app.test_client(use_cookies=False) as browser:
        answer = browser.open(address, method=cell.method, data=sent, headers={"Cookie": caller.cookies})
        answer.close()
    is_led = cell.method == "GET" and answer.status_code == LOG_IN and "/log-in" in (answer.location or "")
    return answer.status_code if not is_led or cell.role == "visitor" else -1


@pytest.fixture
def matrix(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Matrix:
    built = build(app)
    undo_every_write(monkeypatch)
    return built


def wrong(cell: Cell, expected: int | None, given: int) -> str | None:
    name = f"{cell.role} {cell.method} {cell.rule.rule} {cell.act} ({cell.where})"
    if expected is not None:
        return None if given == expected else f"{name}: {given} instead of {expected}"
    is_refused = given in {401, FORBIDDEN, -1} or given >= 500
    is_lost = given == UNSEEN and cell.permit.is_for_people and cell.rule.endpoint not in OWN
    return f"{name}: {given} although allowed" if is_refused or is_lost else None


def test_the_matrix_of_routes(app: Flask, matrix: Matrix) -> None:
    found, count = [], 0
    for cell in cells(app):
        count += 1
        given = ask(app, matrix, cell, matrix.places[cell.where])
        fault = wrong(cell, cell.expected(), given)
        if fault:
            found.append(fault)

    assert "\n".join(found) == ""
    assert count > 2_000


def test_a_withdrawn_case_is_gone_on_every_route_of_it(app: Flask, matrix: Matrix) -> None:
    found = []
    for cell in cells(app):
        if "slug" not in cell.rule.arguments or cell.rule.endpoint in STILL_THERE:
            continue
        place = matrix.places[cell.where]
        gone = replace(place, arguments={**place.arguments, "slug": place.withdrawn})
        given, expected = ask(app, matrix, cell, gone), cell.expected()
        if given not in {410} | ({expected} if expected else {404, 409, 422}):
            found.append(f"{cell.role} {cell.method} {cell.rule.rule} ({cell.where}): {given}")

    assert "\n".join(found) == ""


def test_a_route_without_a_permit_stops_the_start(app: Flask) -> None:
    app.view_functions["new.route"] = lambda: ""
    app.url_map.add(Rule("/new", endpoint="new.route"))

    with pytest.raises(NoPermit, match=r"new\.route"):
        check(app)


def test_a_thing_of_the_service_has_its_line_in_this_test() -> None:
    known = set(THINGS) | OWN | {"write.index", "write.start", "moderation.queue", "comment_acts.act"}

    assert {name for name, permit in PERMITS.items() if permit.of is Of.THING} <= known
    assert (Permit(), Permit()) == (PUBLIC, HOLDER)
