"""Who may open which address: one line a route; an application with a route that has none does not start."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from flask import Flask

from knowledgebase.domain.action import Action, Concern


class Of(StrEnum):
    """What an action touches, as far as the address tells."""

    NOTHING = "nothing"  # nobody is asked who it is
    ACCOUNT = "account"  # the one who asks
    EXCHANGE = "exchange"
    CITY = "city"  # the address names it as <city>
    THING = "thing"  # the service finds out whose it is


@dataclass(frozen=True, slots=True)
class Permit:
    """What somebody must be allowed for an address to answer; the services ask again when they write."""

    action: Action | None = None
    of: Of = Of.NOTHING

    @property
    def is_for_people(self) -> bool:
        """Return whether one has to be logged in."""
        return self.of is not Of.NOTHING

    def concern(self, arguments: Mapping[str, str]) -> Concern | None:
        """Return what can be judged before the view runs, None where only the service can."""
        if self.of is Of.EXCHANGE:
            return Concern.exchange()
        return Concern.city(arguments["city"]) if self.of is Of.CITY else None


PUBLIC = Permit()
HOLDER = Permit()  # whoever holds the secret that the address contains
PERSON = Permit(of=Of.ACCOUNT)

_READING: Mapping[str, Permit] = dict.fromkeys(
    (
        "about.show",
        "api.case",
        "api.cities",
        "api.city",
        "api.openapi",
        "api.search",
        "assets.file",
        "assets.styles",
        "cases.cover",
        "cases.document",
        "cases.history",
        "cases.markdown",
        "cases.show",
        "city.show",
        "city_list.index",
        "comment_feeds.newest",
        "comment_feeds.of_case",
        "comments.newest",
        "comments.of_case",
        "comments.of_city",
        "comments.show",
        "crawling.description",
        "crawling.icon",
        "crawling.one",
        "crawling.robots",
        "crawling.whole",
        "feeds.newest",
        "feeds.of_topic",
        "health.alive",
        "health.ready",
        "home.door",
        "home.index",
        "networks.index",
        "networks.show",
        "search.results",
        "tags.index",
        "tags.show",
        "topics.index",
        "topics.show",
    ),
    PUBLIC,
)
_ACCOUNTS: Mapping[str, Permit] = {
    "log_in.show": PUBLIC,
    "log_in.enter": PUBLIC,
    "log_in.leave": PERSON,
    "one_time.invited": HOLDER,
    "one_time.join": HOLDER,
    "one_time.take_up": PERSON,
    "one_time.reset": HOLDER,
    "one_time.set_password": HOLDER,
    "account.show": PERSON,
    "account.change_profile": PERSON,
    "account.change_password": PERSON,
    "account.revoke": PERSON,
    "account.leave_city": PERSON,
    "rules.guidelines": PUBLIC,
    "rules.privacy": PUBLIC,
    "members.index": Permit(Action.SEE_MEMBERS, Of.CITY),
    "members.invite": Permit(Action.INVITE_TO_CITY, Of.CITY),
    "members.change": Permit(Action.CHANGE_MEMBERSHIP, Of.CITY),
    "members.end": Permit(Action.END_MEMBERSHIP, Of.CITY),
    "members.reset": Permit(Action.HAND_OVER_RESET, Of.THING),
    "people.index": Permit(Action.SEE_PEOPLE, Of.EXCHANGE),
    "people.invite": Permit(Action.INVITE_TO_PLATFORM, Of.EXCHANGE),
    "people.suspend": Permit(Action.SUSPEND, Of.THING),
    "people.give_role": Permit(Action.INVITE_TO_PLATFORM, Of.THING),
    "people.reset": Permit(Action.HAND_OVER_RESET, Of.THING),
}
_JOINING: Mapping[str, Permit] = {
    "joining.show": PUBLIC,
    "joining.ask": PUBLIC,
    "joining.asked": PUBLIC,
    "requests.index": PERSON,  # the service decides: whoever administers a city, or the exchange
    "requests.show": Permit(Action.DECIDE_JOINING, Of.THING),
    "requests.accept": Permit(Action.DECIDE_JOINING, Of.THING),
    "requests.refuse": Permit(Action.DECIDE_JOINING, Of.THING),
    "forgotten.show": PUBLIC,
    "forgotten.ask": PUBLIC,
    "forgotten.sent": PUBLIC,
    "news.confirm": HOLDER,
    "news.leave": HOLDER,
    "news.change": PERSON,
    "verified.show": Permit(Action.VERIFY_CITY, Of.CITY),
    "verified.write": Permit(Action.VERIFY_CITY, Of.CITY),
    "verified.take_back": Permit(Action.VERIFY_CITY, Of.CITY),
}
_COMMENTS: Mapping[str, Permit] = {
    "comments.say_of_case": Permit(Action.COMMENT, Of.THING),
    "comments.say_of_city": Permit(Action.COMMENT, Of.THING),
    "comments.reply": Permit(Action.COMMENT, Of.THING),
    "comment_acts.edit_form": Permit(Action.EDIT_COMMENT, Of.THING),
    "comment_acts.edit": Permit(Action.EDIT_COMMENT, Of.THING),
    "comment_acts.act": Permit(of=Of.THING),  # each act has its own action
    "moderation.queue": Permit(Action.MODERATE, Of.THING),  # a city's admin has a part of it
    "moderation.decide": Permit(Action.MODERATE, Of.THING),
}
_WRITING = Permit(Action.WRITE_CASE, Of.THING)
_DRAFTS: Mapping[str, Permit] = {
    "write.index": _WRITING,
    "write.start": _WRITING,
    "write.show": _WRITING,
    "write.change": _WRITING,
    "write.preview": _WRITING,
    "draft_acts.take_back": _WRITING,
    "draft_acts.give_back": Permit(Action.DECIDE_CASE, Of.THING),
    "draft_acts.decide": Permit(Action.DECIDE_CASE, Of.THING),
    "draft_acts.discard": _WRITING,
    "draft_acts.share": _WRITING,
    "draft_acts.revoke": _WRITING,
    "draft_acts.choose": _WRITING,
    "shared_drafts.own_sheet": _WRITING,
    "shared_drafts.show": HOLDER,
    "shared_drafts.sheet": HOLDER,
    "case_acts.revise": Permit(Action.WRITE_CASE, Of.CITY),
    "case_acts.ask_to_withdraw": Permit(Action.PUBLISH_CASE, Of.CITY),
    "case_acts.withdraw": Permit(Action.PUBLISH_CASE, Of.CITY),
    "case_acts.restore": Permit(Action.PUBLISH_CASE, Of.CITY),
}
_TAGS: Mapping[str, Permit] = {
    "tagging.suggest": PUBLIC,
    "tagging.edit": Permit(Action.TAG_CASE, Of.CITY),
    "tagging.add": Permit(Action.TAG_CASE, Of.CITY),
    "tagging.remove": Permit(Action.TAG_CASE, Of.CITY),
    "tagging.propose": Permit(Action.PROPOSE, Of.CITY),
    "tagging.send": Permit(Action.PROPOSE, Of.CITY),
    "tag_rules.index": Permit(Action.MANAGE_TAGS, Of.EXCHANGE),
    "tag_rules.decide": Permit(Action.MANAGE_TAGS, Of.EXCHANGE),
    "tag_rules.undo": Permit(Action.MANAGE_TAGS, Of.EXCHANGE),
    "proposals.index": PERSON,
    "proposals.own": PERSON,
    "proposals.accept": Permit(Action.DECIDE_PROPOSAL, Of.THING),
    "proposals.refuse": Permit(Action.DECIDE_PROPOSAL, Of.THING),
    "proposals.reopen": Permit(Action.DECIDE_PROPOSAL, Of.THING),
    "proposals.withdraw": PERSON,
}
_OVERVIEWS: Mapping[str, Permit] = {
    "desk.show": PERSON,
    "journal.of_city": Permit(Action.READ_CITY_JOURNAL, Of.CITY),
    "journal.whole": Permit(Action.READ_JOURNAL, Of.EXCHANGE),
}
_CITIES: Mapping[str, Permit] = {
    "city_edit.show": Permit(Action.EDIT_CITY, Of.CITY),
    "city_edit.save": Permit(Action.EDIT_CITY, Of.CITY),
    "city_new.show": Permit(Action.ADD_CITY, Of.EXCHANGE),
    "city_new.add": Permit(Action.ADD_CITY, Of.EXCHANGE),
    "city_take_over.show": Permit(Action.TAKE_OVER, Of.CITY),
    "city_take_over.take": Permit(Action.TAKE_OVER, Of.CITY),
}
PERMITS: Mapping[str, Permit] = {
    **_READING,
    **_ACCOUNTS,
    **_COMMENTS,
    **_DRAFTS,
    **_TAGS,
    **_OVERVIEWS,
    **_CITIES,
    **_JOINING,
}
# Sent by programs without a page of ours before it: each proves itself by a signature of its own.
EXEMPT: frozenset[str] = frozenset({"news.leave"})


class NoPermit(Exception):
    """A route without a line in `PERMITS`, or a line without a route."""


def check(app: Flask) -> None:
    """Hold routes and permits against each other. Raises NoPermit naming what is missing on either side."""
    routes = {rule.endpoint for rule in app.url_map.iter_rules()}
    if missing := sorted(routes - set(PERMITS)):
        raise NoPermit(f"routes without a permit: {', '.join(missing)}")
    if idle := sorted(set(PERMITS) - routes):
        raise NoPermit(f"permits without a route: {', '.join(idle)}")
