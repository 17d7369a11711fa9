"""The link of an invitation and its letter, made in the transaction of whoever may invite."""

from knowledgebase.domain.errors import AlreadyThere
from knowledgebase.domain.letter import Letter, LetterKind
from knowledgebase.domain.person import Actor, Handed, Invitation, LinkKind
from knowledgebase.services import mailing
from knowledgebase.services.site import Site
from knowledgebase.services.tokens import INVITATION_LASTS, digest_of, new_token
from knowledgebase.store import links
from knowledgebase.store import people as accounts
from knowledgebase.store.connection import Connection
from knowledgebase.text.twins import folded_email


def offer(
    site: Site,
    db: Connection,
    invitation: Invitation,
    *,
    by: Actor,
    language: str,
    is_by_request: bool = False,
) -> Handed:
    """Make the link of an invitation, and its letter, in the caller's transaction; it has authorized `by`.

    Raises NotFound without such a city, AlreadyThere when the address is a member's already.
    """
    at, token, email = site.now(), new_token(), folded_email(invitation.email)
    known = accounts.find_by_email(db, email)
    if known and invitation.city in known.memberships:
        raise AlreadyThere(invitation.email)
    expires, digest = at + INVITATION_LASTS, digest_of(token)
    links.invite(
        db,
        digest,
        invitation,
        email_folded=email,
        by=by.name,
        at=at,
        expires=expires,
        is_by_request=is_by_request,
    )
    if known and known.person:
        language = known.person.profile.language
    told = {"city": invitation.city, "platform_role": invitation.platform_role}
    letter = Letter(
        LetterKind.INVITATION,
        language,
        email=invitation.email,
        link=digest,
        told={name: str(value) for name, value in told.items() if value},
    )
    mailing.write(site, db, letter)
    return Handed(LinkKind.INVITATION, token, expires)
