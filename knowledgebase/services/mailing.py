"""Letters are written in the transaction of what they tell; posting.py sends them."""

from datetime import timedelta

from knowledgebase.domain.letter import Letter, LetterKind
from knowledgebase.services.site import Site
from knowledgebase.services.tokens import new_id
from knowledgebase.store import letters
from knowledgebase.store.connection import Connection

TRIED = timedelta(days=5)  # how long a letter is tried
TRIED_WHILE_AWAITED = timedelta(hours=2)  # likewise, when somebody waits for it in front of the screen


def is_on(site: Site) -> bool:
    """Say whether this exchange sends letters; pages promise none where it does not."""
    return site.sends_letters


def write(site: Site, db: Connection, letter: Letter) -> None:
    """Queue a letter in the transaction of what it tells; does nothing where no letters are sent.

    What the letter needs to know goes into `told`; a secret never does: one-time links are made
    when the letter is sent.
    """
    if site.sends_letters:
        at = site.now()
        expires = at + (TRIED_WHILE_AWAITED if letter.kind is LetterKind.RESET else TRIED)
        letters.write(db, new_id(), letter, at=at, expires=expires)
