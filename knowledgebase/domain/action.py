"""What can be done with an account, and to what."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Self

from knowledgebase.domain.person import Actor, PlatformRole


class Action(StrEnum):
    """Everything that an account may do; services/authorizing.py says who may do it to what."""

    # to oneself
    MANAGE_ACCOUNT = "manage-account"  # own profile, password, sessions
    LEAVE_CITY = "leave-city"
    # to people and their places; the concern is the city, or the person
    INVITE_TO_CITY = "invite-to-city"
    INVITE_TO_PLATFORM = "invite-to-platform"  # as moderator or platform admin
    SEE_MEMBERS = "see-members"
    CHANGE_MEMBERSHIP = "change-membership"
    END_MEMBERSHIP = "end-membership"
    HAND_OVER_RESET = "hand-over-reset"
    DECIDE_JOINING = "decide-joining"  # accept or refuse somebody's wish to join a city
    SUSPEND = "suspend"  # and undo it
    SEE_PEOPLE = "see-people"  # all of them
    # to cities and cases; the concern is the city
    ADD_CITY = "add-city"
    VERIFY_CITY = "verify-city"  # write down when and how it was made sure that a city is a city
    EDIT_CITY = "edit-city"  # its page
    TAKE_OVER = "take-over"  # make a file's city or case one that the city edits itself
    WRITE_CASE = "write-case"  # see, write and share drafts, ask for publication
    PUBLISH_CASE = "publish-case"  # publish, revise, withdraw, restore without asking
    DECIDE_CASE = "decide-case"  # publish or return what somebody asks to be published
    TAG_CASE = "tag-case"
    DECIDE_PROPOSAL = "decide-proposal"  # of a tag or a translation for the city's case
    PROPOSE = "propose"
    MANAGE_TAGS = "manage-tags"  # merge, rename, forbid
    # to comments
    COMMENT = "comment"  # the concern is the case's city
    SPEAK_FOR_CITY = "speak-for-city"  # the concern is the city spoken for
    EDIT_COMMENT = "edit-comment"  # the concern is Concern.text
    DELETE_COMMENT = "delete-comment"  # likewise
    REPORT = "report"
    HIDE_COMMENT = "hide-comment"  # the concern is the case's city; restoring what it hid itself as well
    REVERSE_HIDING = "reverse-hiding"  # restore what somebody else hid
    RELEASE_COMMENT = "release-comment"  # let a held first comment out; the concern is the writer's city
    MARK_COMMENT = "mark-comment"  # pin as the city's statement, accept as answer; the case's city
    SEE_SPEAKER = "see-speaker"  # the person behind a comment as the city; the concern is that city
    # to the exchange
    MODERATE = "moderate"  # see and decide the queue of reports, reversals, suspensions asked for
    READ_CITY_JOURNAL = "read-city-journal"
    READ_JOURNAL = "read-journal"


@dataclass(frozen=True, slots=True)
class Concern:
    """What an action touches: the whole exchange, a city, a person, its place in a city, a text of its."""

    cities: frozenset[str] = frozenset()  # the city; of a person all cities it belongs to
    person: str | None = None  # id
    platform_role: PlatformRole | None = None  # of the person
    is_public: bool = False  # everybody may see the thing, though it is a person's

    @classmethod
    def exchange(cls) -> Self:
        """Return the whole exchange."""
        return cls()

    @classmethod
    def city(cls, city_id: str) -> Self:
        """Return a city, which everybody sees."""
        return cls(frozenset({city_id}))

    @classmethod
    def account(cls, actor: Actor) -> Self:
        """Return a person with all its memberships, or nobody for a visitor."""
        person = actor.person
        return cls(frozenset(actor.memberships), person.id if person else "", actor.platform_role)

    @classmethod
    def membership(cls, person_id: str, city_id: str) -> Self:
        """Return a person's place in one city."""
        return cls(frozenset({city_id}), person_id)

    @classmethod
    def text(cls, writer_id: str, city_id: str | None = None, *, is_public: bool = True) -> Self:
        """Return what a person wrote, and the city in whose name."""
        return cls(frozenset({city_id}) if city_id else frozenset(), writer_id, is_public=is_public)
