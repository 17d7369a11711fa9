"""A letter as a message: what readers' programs find in it, and what nobody can put into it."""

import random
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

import pytest

from knowledgebase.domain.letter import Enveloped, Worded
from knowledgebase.services.envelopes import NoAddress, message_of

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
SENDER = "noreply@exchange.example"
PERSIAN = "نظر شما پنهان می\u200cشود"


def an_envelope(to: str = "sara@tehran.example", **changes: Any) -> Enveloped:
    """Return a Persian letter of news."""
    worded = {
        "language": "fa",
        "subject": PERSIAN,
        "text": "\u0645\u062a\u0646\n",
        "html": "<p>\u0645\u062a\u0646</p>",
    }
    worded |= {"sender": "\u062a\u0628\u0627\u062f\u0644 \u062f\u0627\u0646\u0634", "leave": ""}
    return Enveloped("abc123", to, NOON, Worded(**(worded | changes)))


def read(message: bytes) -> EmailMessage:
    """Return the message as the program of its reader sees it."""
    parsed = message_from_bytes(message, policy=default)
    assert isinstance(parsed, EmailMessage)
    return parsed


def test_a_letter_says_who_when_and_that_nobody_typed_it() -> None:
    letter = read(message_of(an_envelope(), sender=SENDER))

    assert (
        letter["From"] == "\u062a\u0628\u0627\u062f\u0644 \u062f\u0627\u0646\u0634 <noreply@exchange.example>"
    )
    assert letter["To"] == "sara@tehran.example"
    assert letter["Date"] == "Sun, 01 Mar 2026 12:00:00 +0000"
    assert letter["Message-ID"] == "<abc123@exchange.example>"
    assert letter["Auto-Submitted"] == "auto-generated"
    assert letter["Content-Language"] == "fa"


def test_a_letter_has_the_same_words_as_text_and_as_html() -> None:
    letter = read(message_of(an_envelope(), sender=SENDER))

    assert [part.get_content_type() for part in letter.iter_parts()] == ["text/plain", "text/html"]
    assert [part.get_content().strip() for part in letter.iter_parts()] == [
        "\u0645\u062a\u0646",
        "<p>\u0645\u062a\u0646</p>",
    ]


def test_a_persian_subject_travels_in_ascii_and_comes_out_whole() -> None:
    message = message_of(an_envelope(), sender=SENDER)

    head = message.partition(b"\r\n\r\n")[0]

    assert head.isascii()
    assert b"\r\nSubject: =?utf-8?" in head
    assert read(message)["Subject"] == PERSIAN


def test_subjects_of_any_length_come_out_whole() -> None:
    chance = random.Random(7)  # noqa: S311 - the same each time
    words = [*PERSIAN.split(), "PM2.5", "Seoul", "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645"]
    for _ in range(200):
        subject = " ".join(chance.choices(words, k=chance.randint(1, 25)))[:200].strip()

        message = message_of(an_envelope(subject=subject), sender=SENDER)

        assert read(message)["Subject"] == subject
        assert max(len(line) for line in message.split(b"\r\n")) <= 998


@pytest.mark.parametrize(
    "hostile",
    [
        "Smog\r\nBcc: all@victim.example",
        "Smog\nBcc: all@victim.example",
        "Smog\rBcc: all@victim.example",
        "Smog\u2028Bcc: all@victim.example",
        "Smog\x0bBcc: all@victim.example",
        "Smog\x85Bcc: all@victim.example",
        "Smog\x00\r\n\r\n<script>",
        "=?utf-8?q?Smog=0d=0aBcc:_all@victim.example?=",
    ],
)
def test_no_subject_or_name_makes_a_header(hostile: str) -> None:
    message = message_of(an_envelope(subject=hostile, sender=hostile), sender=SENDER)

    letter = read(message)

    assert sorted(letter.keys()) == sorted(read(message_of(an_envelope(), sender=SENDER)).keys())
    assert "bcc" not in {name.lower() for name in letter}
    assert len(letter["From"].addresses) == 1
    assert letter["From"].addresses[0].addr_spec == SENDER
    assert letter.get_body(("plain",))


def test_nothing_in_a_header_turns_or_hides_what_follows() -> None:
    letter = read(
        message_of(an_envelope(subject="Smog \u202egnikcah\u202c \u2068x\u2069\u200b"), sender=SENDER)
    )

    assert letter["Subject"] == "Smog gnikcah x"


@pytest.mark.parametrize(
    "to",
    [
        "sara@tehran.example\r\nBcc: all@victim.example",
        "sara@tehran.example, all@victim.example",
        "sara@tehran.example\n",
        "Sara <sara@tehran.example>",
        "@tehran.example",
        "",
    ],
)
def test_a_letter_goes_to_one_address_or_nowhere(to: str) -> None:
    with pytest.raises(NoAddress):
        message_of(an_envelope(to=to), sender=SENDER)


def test_news_can_be_turned_off_by_one_click() -> None:
    address = "https://exchange.example/fa/news/off/abc.def"

    letter = read(message_of(an_envelope(leave=address), sender=SENDER))

    assert letter["List-Unsubscribe"] == f"<{address}>"
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_other_letters_offer_nothing_to_turn_off() -> None:
    letter = read(message_of(an_envelope(), sender=SENDER))

    assert letter["List-Unsubscribe"] is None


def test_an_address_that_would_break_out_of_its_header_is_refused() -> None:
    with pytest.raises(NoAddress):
        message_of(an_envelope(leave="https://x.example/>\r\nBcc: a@b.example"), sender=SENDER)
