"""An exchange full of things that not everybody may see, each with words of its own by which it is found."""

from dataclasses import replace

from flask import Flask

from knowledgebase.domain.case import Translation, TranslatorKind
from knowledgebase.domain.comment import About, Comment, Words, Written
from knowledgebase.domain.draft import Letter
from knowledgebase.domain.joining import Proof, Request
from knowledgebase.domain.person import CityRole, PlatformRole, Showing
from knowledgebase.domain.proposal import Draft as Proposed
from knowledgebase.domain.record import Origin, Tag
from knowledgebase.domain.source import Contact
from knowledgebase.services import (
    comment_marks,
    commenting,
    draft_sharing,
    drafting,
    moderating,
    people,
    proposing,
    publishing,
    requesting,
    verifying,
    withdrawing,
)
from tests.comments import answer, as_the_city, by_request, say
from tests.drafting import FIELDS, city_text, publication_of, record_of
from tests.hiding import CHIEF, JUDGES, NOBODY, Hidden, Maker
from tests.make import a_case
from tests.matrix import CITY_RIGHTS, build, caller_of
from tests.people import OPERATOR, a_profile, actor_of, come_in, id_of
from tests.sites import index, site_of
from tests.stores import keep_case

CITIES = ("tehran", "seoul")


def hide_things(app: Flask) -> Hidden:
    """Make the exchange of the matrix, hide one thing of every kind in both cities, and fill the index."""
    hidden, site = Hidden(build(app)), site_of(app)
    callers = dict(hidden.matrix.callers)
    for city in CITIES:
        author = come_in(site, f"author@{city}-friends.example", "cairo", CityRole.MEMBER, name=f"A {city}")
        callers[f"author-{city}"] = caller_of(app, author.token)
        writer = come_in(site, f"writer@{city}.example", city)
        boss = come_in(site, f"chief@{city}.example", city, CityRole.ADMIN)
        actors = [actor_of(site, one) for one in (writer, boss, author)]
        maker = Maker(site, hidden, city, *actors)
        for hide in (_drafts, _published, _comments, _judged, _names, _proposals, _requests):
            hide(maker)
    hidden.matrix = replace(hidden.matrix, callers=callers)
    index(site)
    return hidden


def _drafts(make: Maker) -> None:
    site, by = make.site, make.writer
    plain, unshared, gone, returned = (make.draft(one) for one in ("draft", "unshared", "discarded", "line"))
    for draft in (unshared, gone):
        make.hidden.name("token", draft_sharing.share(site, draft.id, by=by).token)
    draft_sharing.revoke(site, unshared.id, by=by)
    drafting.discard(site, gone.id, by=by)
    publishing.ask(site, returned.id, revision=returned.revision, by=by)
    publishing.give_back(site, returned.id, make.text("returned"), by=make.boss)
    for thing, draft in (
        ("draft", plain),
        ("unshared", unshared),
        ("line", returned),
        ("returned", returned),
    ):
        make.keep(thing, make.writers, f"/en/write/{draft.id}")
    make.keep("discarded", make.writers, None)


def _published(make: Maker) -> None:
    site, city = make.site, make.city
    told = make.draft("letter")
    drafting.save(
        site, told.id, {**FIELDS, "title": f"Published {city}"}, expected=told.revision, by=make.writer
    )
    told = drafting.read(site, told.id, by=make.writer)
    letter = Letter(make.text("letter"))
    public = publishing.publish(site, told.id, publication_of(told, letter=letter), by=make.boss)
    record = record_of(site, public.case_id or "")
    make.hidden.name("slug", record.case.slug)
    typed = city_text(record.case)
    revising = drafting.revise(
        site,
        record.case.id,
        replace(typed, fields={**typed.fields, "title": make.text("revision")}),
        revision=record.revision,
        token=f"revising-{city}-for-tests",
        by=make.writer,
    )
    make.hidden.name("draft", revising.id)
    make.keep("revision", make.writers, f"/en/write/{revising.id}")
    make.keep("letter", make.writers, None)
    gone = a_case(
        f"{city}/taken",
        title=make.text("withdrawn"),
        summary=make.text("withdrawn"),
        body=f"## Challenge\n\n{make.text('withdrawn')}",
        tags=(f"toldwithdrawn{city}",),
        contact=Contact("Office", None, f"toldwithdrawn{city}@example.org"),
    )
    tag = Tag(f"toldwithdrawn{city}", f"toldwithdrawn{city}")
    keep_case(site.store, gone, make.text("withdrawn"), origin=Origin.FORM, folder=None, tags=[tag])
    make.hidden.name("slug", "taken")
    said = say(site, make.somebody("late"), make.text("ongone"), About.of_case(gone.id))
    make.hidden.name("comment", said.id)
    withdrawing.withdraw(site, gone.id, "It was wrong.", by=make.boss)
    make.keep("withdrawn", make.writers, f"/en/write?city={city}")
    make.keep("ongone", NOBODY, None)
    shown = Contact("Office", None, f"toldcontact{city}@example.org")
    keep_case(site.store, a_case(f"{city}/asked", contact=shown), origin=Origin.FORM, folder=None)
    make.hidden.name("slug", "asked")
    make.keep("contact", NOBODY, None)


def _comments(make: Maker) -> None:
    site = make.site
    hidden = say(site, make.author, make.text("hidden"), make.case)
    comment_marks.hide(site, hidden.id, "Off the subject.", by=make.boss)
    edited = say(site, make.author, make.text("earlier"), make.case)
    after = Words(Written("en", "Something else."))
    commenting.edit(site, edited.id, after, revision=edited.revision, by=make.author)
    late = make.somebody("remover")
    deleted = say(site, late, make.text("deleted"), make.case)
    answer(site, deleted, make.somebody("answerer"), "That is so.")
    comment_marks.report(site, deleted.id, "Not nice.", by=make.writer)
    commenting.delete(site, deleted.id, by=late)
    make.keep("hidden", make.by_author, f"/en/comments/{hidden.id}")
    make.keep("earlier", make.by_author, f"/en/comments/{edited.id}")
    make.keep("deleted", NOBODY, None)
    for comment in (hidden, edited, deleted):
        make.hidden.name("comment", comment.id)


def _held(make: Maker, thing: str) -> Comment:
    """Let a newcomer of the city, who came by request, say something: it waits for the city's admin."""
    newcomer = by_request(make.site, make.somebody(thing, make.city))
    held = say(make.site, newcomer, make.text(thing), make.case)
    make.hidden.name("comment", held.id)
    return held


def _judged(make: Maker) -> None:
    site = make.site
    held, refused = _held(make, "held"), _held(make, "refused")
    waiting = moderating.queue(site, by=make.boss).matters
    number = next(one.number for one in waiting if one.comment and one.comment.id == refused.id)
    moderating.refuse(site, number, make.text("refusal"), by=make.boss)
    public = say(site, make.somebody("reported"), "A quiet word.", make.case)
    comment_marks.report(site, public.id, make.text("report"), by=make.writer)
    judge = actor_of(site, come_in(site, f"judge@{make.city}.example", None, platform=PlatformRole.MODERATOR))
    moderating.ask_for_suspension(site, public.writer, make.text("suspension"), by=judge)
    make.hidden.name("comment", public.id)
    make.keep("held", make.judges, f"/en/comments/{held.id}")
    make.keep("refused", make.judges, f"/en/comments/{refused.id}")
    make.keep("refusal", make.judges, "/en/moderation?decided=yes")
    make.keep("report", make.judges, "/en/moderation")
    make.keep("suspension", JUDGES, "/en/moderation")


def _names(make: Maker) -> None:
    site, city = make.site, make.city
    speaker = make.somebody("toldspeaker", city, CityRole.CONTRIBUTOR)
    people.change_membership(site, id_of(speaker), city, CITY_RIGHTS["voice"], by=OPERATOR)
    speaker = replace(
        speaker, memberships={city: replace(speaker.memberships[city], rights=CITY_RIGHTS["voice"])}
    )
    spoken = say(site, speaker, "As the city we say so.", make.case, voice=as_the_city(speaker))
    make.hidden.name("comment", spoken.id)
    # a name in parts, as lists show it: "toldspeaker tehran" is searched for without the space
    shy = make.somebody("toldshy")
    profile = a_profile(make.text("shy"), shows=Showing.POSITION_AND_OFFICE)
    people.change_profile(site, profile, by=shy)
    quiet = say(site, shy, "I am shy.", make.case)
    make.hidden.name("comment", quiet.id)
    people.change_profile(site, a_profile(make.text("speaker")), by=speaker)
    for one in (speaker, shy):
        make.hidden.name("person", id_of(one))
    make.keep("speaker", make.judges, f"/en/comments/{spoken.id}")
    make.keep("shy", JUDGES, "/en/people")
    verifying.verify(site, city, Proof.CALL_BACK, by=OPERATOR, note=make.text("proof"))
    make.keep("proof", make.judges, f"/en/cities/{city}/journal")


def _proposals(make: Maker) -> None:
    site, city = make.site, make.city
    told = Translation(make.text("proposal"), make.text("proposal"), TranslatorKind.VOLUNTEER)
    refused = proposing.propose(
        site,
        f"{city}/clean-air",
        Proposed(language="de", translation=told),
        token=f"hidden-proposal-{city}",
        by=make.author,
    )
    proposing.refuse(site, refused, by=make.boss, line=make.text("why"))
    deciders = make.by_author | make.roles("publisher")
    make.keep("proposal", deciders, "/en/proposals?state=refused", "/en/proposals/own")
    make.keep("why", deciders, "/en/proposals?state=refused", "/en/proposals/own")


def _requests(make: Maker) -> None:
    site, city = make.site, make.city
    email = f"toldrequest{city}@{city}.example"
    asked = Request(city, make.text("request"), "Engineer", "Water", email, "en", make.text("request"))
    requesting.ask(site, asked)
    waiting = requesting.waiting(site, by=make.boss).requests
    request_id = next(one.id for one in waiting if one.request.email == email)
    make.hidden.name("request_id", request_id)
    make.keep("request", CHIEF | make.roles("city-admin"), f"/en/requests/{request_id}")
