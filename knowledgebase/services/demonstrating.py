"""People and comments that show what the exchange is for while nobody real is there; they go away again."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from knowledgebase.domain.comment import About, CommentKind, Posting, Voice, Words, Written
from knowledgebase.domain.errors import AlreadyThere, NotFound
from knowledgebase.domain.person import Actor, CityRole, Handed, Invitation, PlatformRole, Profile, rights
from knowledgebase.services import commenting, entering, joining
from knowledgebase.services.site import Site
from knowledgebase.services.tokens import new_token
from knowledgebase.store import case_lists, cities, demo_people, people
from knowledgebase.store.alone import Work, alone

WANTED = ("isfahan", "seoul", "medellin")  # the cities of content/ that the demo likes best
CITIES = 3
_OPERATOR = Actor.operator()
# (name, position, office, language of the pages) of the admin and of the contributor of each city in turn
_PEOPLE = (
    (
        ("مریم کاظمی", "مدیر امور بین‌الملل", "دفتر همکاری‌های بین‌شهری", "fa"),
        ("رضا صادقی", "کارشناس محیط زیست", "سازمان مدیریت شهری", "fa"),
    ),
    (
        ("Minji Park", "Head of city relations", "International Affairs", "en"),
        ("Junho Lee", "Engineer", "Climate and Environment", "en"),
    ),
    (
        ("Lucía Restrepo", "Directora de cooperación", "Cooperación internacional", "en"),
        ("Andrés Gómez", "Analista", "Planeación", "en"),
    ),
)
_MODERATOR = ("Amina Diallo", "Moderator", "Exchange office", "en")
_ASKED = "در این تجربه هزینه سالانه چگونه تأمین شد؟ شهر ما با همین پرسش روبه‌رو است."
_ANSWERED = "From the city's own budget in the first year; fees came later. We can share the **contract**."
_THIRD = "En nuestra ciudad probamos algo parecido. ¿Podríamos conversar sobre los *indicadores*?"


@dataclass(frozen=True, slots=True)
class DemoLink:
    """The way into one demo account."""

    email: str
    role: str  # "admin of isfahan", "moderator" ...
    link: Handed


def add_demo(site: Site, *, is_forced: bool = False) -> tuple[DemoLink, ...]:
    """Make people of three cities, a moderator and three comments, and return a link for each account.

    Where they are already, only new links are made. Raises AlreadyThere on a site with real people unless
    `is_forced`, NotFound on one with fewer than three cities with cases.
    """
    with site.store.writing() as db:
        alone(db, Work.PEOPLE)
        there = demo_people.ids(db)
        if not there and not is_forced and demo_people.is_anybody_real_there(db):
            raise AlreadyThere("this site has real people")
        chosen = _cities(tuple(line.id for line in cities.lines(db) if line.cases))
    if not there:
        made = [_city_people(site, city, kit) for city, kit in zip(chosen, _PEOPLE, strict=True)]
        _join(site, Invitation(_address("moderator"), platform_role=PlatformRole.MODERATOR), _MODERATOR)
        _talk(site, chosen, made)
    with site.store.writing() as db:
        demo_people.silence(db)
        there = demo_people.ids(db)
    return tuple(_way_in(site, person_id) for person_id in there)


def remove_demo(site: Site) -> tuple[int, int]:
    """Take the demo people and what they wrote away; return how many people and comments there were."""
    with site.store.writing() as db:
        alone(db, Work.PEOPLE)
        return demo_people.remove(db, at=site.now())


def is_there(site: Site) -> bool:
    """Say whether demo people are there."""
    with site.store.reading() as db:
        return bool(demo_people.ids(db))


def _cities(known: Sequence[str]) -> tuple[str, ...]:
    ordered = [*(city for city in WANTED if city in known), *(city for city in known if city not in WANTED)]
    if len(ordered) < CITIES:
        raise NotFound("three cities with cases; import some first")
    return tuple(ordered[:CITIES])


def _address(name: str) -> str:
    return f"{name}{demo_people.DOMAIN}"


def _city_people(site: Site, city: str, kit: Sequence[tuple[str, str, str, str]]) -> tuple[Actor, Actor]:
    roles = (
        ("admin", rights(CityRole.ADMIN)),
        ("contributor", rights(CityRole.CONTRIBUTOR, may_publish=False)),
    )
    admin, contributor = (
        _join(site, Invitation(_address(f"{name}.{city}"), city, held), who)
        for (name, held), who in zip(roles, kit, strict=True)
    )
    return admin, contributor


def _join(site: Site, invitation: Invitation, who: tuple[str, str, str, str]) -> Actor:
    """Let somebody accept an invitation with a password that nobody knows, and close the session."""
    name, position, office, language = who
    link = joining.invite(site, invitation, by=_OPERATOR)
    profile = Profile(name, position, office, language)
    entered = joining.accept(site, link.token, profile, secrets.token_urlsafe(24), has_accepted=True)
    actor = entering.who(site, entered.token)
    entering.log_out(site, entered.token)
    return actor


def _talk(site: Site, chosen: Sequence[str], made: Sequence[tuple[Actor, Actor]]) -> None:
    """Let the first city ask the second one, the second answer, and the third join in."""
    with site.store.reading() as db:
        card = case_lists.of_city(db, chosen[1], limit=1).cards[0]
    asked = Posting(
        Words(Written("fa", _ASKED)), new_token(), Voice(chosen[0], as_city=True), CommentKind.QUESTION
    )
    question = commenting.post(site, About.of_case(card.id), asked, by=made[0][0])
    answer = Posting(Words(Written("en", _ANSWERED)), new_token(), Voice(chosen[1]))
    commenting.reply(site, question.id, answer, by=made[1][1])
    third = Posting(Words(Written("es", _THIRD)), new_token(), Voice(chosen[2]))
    commenting.post(site, About.of_case(card.id), third, by=made[2][1])


def _way_in(site: Site, person_id: str) -> DemoLink:
    link = joining.reset_link(site, person_id, by=_OPERATOR)
    with site.store.reading() as db:
        actor = people.find(db, person_id)
    if actor is None or actor.person is None:
        raise NotFound(person_id)
    places = [f"{place.role} of {city}" for city, place in actor.memberships.items()]
    return DemoLink(actor.person.email, ", ".join(places) or str(actor.platform_role), link)
