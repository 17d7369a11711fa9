"""Letters in the words of their reader, as plain text and as HTML; made by the worker, without a request."""

from collections.abc import Callable
from dataclasses import dataclass

from flask import Flask
from jinja2 import Environment

from knowledgebase.domain.language import INTERFACE, direction
from knowledgebase.domain.letter import LetterKind, Readable, Worded
from knowledgebase.services.unsubscribing import leave_token
from knowledgebase.web import account_links, addresses, fmt
from knowledgebase.web.labels import name_in
from knowledgebase.web.messages import wording
from knowledgebase.web.news_words import news_sentence

SITE = "Knowledge Exchange for Cities"
PIECE = 16  # characters of an address that stay on one line of a narrow screen
Word = Callable[[Readable], Worded]


@dataclass(frozen=True, slots=True)
class Line:
    """One piece of news in a letter."""

    sentence: str
    title: str
    note: str
    address: str


@dataclass(frozen=True, slots=True)
class Page:
    """A letter, every word and address ready."""

    language: str
    direction: str
    subject: str
    heading: str
    site: str
    site_address: str
    opening: tuple[str, ...]
    lines: tuple[Line, ...] = ()
    quoted: str = ""  # what somebody wrote to the reader
    action: tuple[str, str] | None = None  # label and address
    pieces: tuple[str, ...] = ()  # of that address: a line may end between two of them
    closing: tuple[str, ...] = ()
    leave: tuple[str, str] | None = None  # label and address


def worder(app: Flask, base_url: str) -> Word:
    """Return what words letters; their addresses begin with `base_url`, whoever asked for the page."""
    environment, key = app.jinja_env, str(app.secret_key)

    def word(readable: Readable) -> Worded:
        language = readable.language if readable.language in INTERFACE else INTERFACE[0]
        page = _MAKERS[readable.kind](_Desk(readable, language, base_url, key))
        leave = page.leave[1] if page.leave else ""
        return Worded(
            language,
            page.subject,
            _rendered(environment, "letters/letter.txt", page),
            _rendered(environment, "letters/letter.html", page),
            page.site,
            leave,
        )

    return word


def _rendered(environment: Environment, name: str, page: Page) -> str:
    return environment.get_template(name).render(letter=page, language=page.language)


@dataclass(frozen=True, slots=True)
class _Desk:
    """What the writer of a letter has before it."""

    readable: Readable
    language: str
    base_url: str
    key: str

    def say(self, sentence: str, **values: str) -> str:
        """Return a sentence in the reader's language."""
        said = wording(self.language).gettext(sentence)
        return said % values if values else said

    def city(self) -> str:
        """Return the name of the city that the letter is about, isolated; empty when there is none."""
        told = self.readable.told
        city_id = told.get("city", "")
        name = name_in(self.readable.cities.get(city_id, {}), self.language)
        name = name or told.get("city_name", "") or city_id
        return fmt.isolated(name) if name else ""

    def until(self) -> str:
        """Return the last day of the letter's link."""
        expires = self.readable.expires
        return fmt.moment(expires, self.language) if expires else ""

    def page(
        self,
        subject: str,
        *opening: str,
        heading: str = "",
        action: tuple[str, str] | None = None,
        **more: object,
    ) -> Page:
        """Return the letter with what every letter has; without a heading the subject is one."""
        address = action[1] if action else ""
        return Page(
            language=self.language,
            direction=direction(self.language),
            subject=subject,
            heading=heading or subject,
            site=self.say(SITE),
            site_address=self.base_url + addresses.home(self.language),
            opening=opening,
            action=action,
            pieces=tuple(address[at : at + PIECE] for at in range(0, len(address), PIECE)),
            **more,  # type: ignore[arg-type]  # the fields of Page
        )


def _invitation(desk: _Desk) -> Page:
    say, site = desk.say, desk.say(SITE)
    city = desk.city()
    closing = (
        say("The link works once, until %(date)s.", date=desk.until()),
        say("If you do not know what this is about, you need not do anything."),
    )
    action = (
        say("Accept the invitation"),
        desk.base_url + account_links.join(desk.language, desk.readable.token),
    )
    if city:
        subject = say("Invitation to write for %(city)s", city=city)
        opening = say(
            "You are invited to write for %(city)s at the %(site)s, where cities tell each other how they "
            "solved a problem.",
            city=city,
            site=site,
        )
    else:
        subject = say("Invitation to help run the %(site)s", site=site)
        opening = say("You are invited to help run the %(site)s.", site=site)
    return desk.page(subject, opening, action=action, closing=closing)


def _reset(desk: _Desk) -> Page:
    say = desk.say
    return desk.page(
        say("A new password"),
        say("Somebody, probably you, asked for a new password for your account."),
        action=(
            say("Set a new password"),
            desk.base_url + account_links.reset(desk.language, desk.readable.token),
        ),
        closing=(
            say("The link works once, within half an hour."),
            say("If it was not you, you need not do anything: your password stays as it is."),
        ),
    )


def _password_changed(desk: _Desk) -> Page:
    say = desk.say
    return desk.page(
        say("Your password was changed"),
        say("The password of your account was changed, and all earlier log-ins have ended."),
        say("If it was you, there is nothing to do. If not, set a new password and tell your city's admin."),
        action=(say("Ask for a new password"), desk.base_url + account_links.forgotten(desk.language)),
    )


def _joining_refused(desk: _Desk) -> Page:
    say, city = desk.say, desk.city()
    return desk.page(
        say("Your request to join %(city)s", city=city),
        say("Your request to write for %(city)s was not granted.", city=city),
        quoted=desk.readable.told.get("note", ""),
        closing=(say("You may ask again, for example with another letter of your office."),),
    )


def _news(desk: _Desk) -> Page:
    readable, language = desk.readable, desk.language
    lines = tuple(
        Line(
            news_sentence(news, readable.cities, language),
            news.title,
            news.note,
            desk.base_url + addresses.page(language, news.path),
        )
        for news in readable.news
    )
    leave = account_links.news_off(language, leave_token(desk.key, readable.person))
    many = wording(language).ngettext("%(count)s notice for you", "%(count)s notices for you", len(lines))
    heading = many % {"count": fmt.number(len(lines), language)}
    one = lines[0]
    subject = ": ".join(part for part in (one.sentence, one.title) if part) if len(lines) == 1 else heading
    return desk.page(
        subject,
        heading=heading,
        lines=lines,
        closing=(desk.say("Such a letter comes at most once an hour, with everything new."),),
        leave=(desk.say("No more news by mail"), desk.base_url + leave),
    )


_MAKERS: dict[LetterKind, Callable[[_Desk], Page]] = {
    LetterKind.INVITATION: _invitation,
    LetterKind.RESET: _reset,
    LetterKind.PASSWORD_CHANGED: _password_changed,
    LetterKind.JOINING_REFUSED: _joining_refused,
    LetterKind.NEWS: _news,
}
