"""Ask for another password by mail: everybody gets the same answer, after the same time."""

from knowledgebase.domain.letter import Letter, LetterKind
from knowledgebase.services import limiting, mailing
from knowledgebase.services.site import Site
from knowledgebase.services.tokens import digest_of
from knowledgebase.text.twins import folded_email


def ask_for_reset(site: Site, email: str, *, address: str = "") -> None:
    """Queue a letter with a one-time link for whoever has this address; nobody looks whether it is anybody's.

    The worker does when it sends, and forgets what is nobody's. Does nothing where no letters are sent:
    then a page says so instead (`mailing.is_on`).
    Raises TooManyTries when account, network address or all together have had their share.
    """
    account = folded_email(email)
    limiting.admit_asking(site, account=account, address=address)
    letter = Letter(LetterKind.RESET, email=account, once=f"reset:{digest_of(account)}")
    with site.store.writing() as db:
        mailing.write(site, db, letter)
