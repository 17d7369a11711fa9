"""What the worker does about letters: words them as the pages would, and sends them as KB_MAIL_URL says."""

from collections.abc import Callable
from functools import partial

from knowledgebase.services import posting, transports
from knowledgebase.services.site import Site
from knowledgebase.web.context import the_application
from knowledgebase.web.letters import worder


def poster(site: Site) -> Callable[[], posting.Posted] | None:
    """Return what sends a round of letters, None where none are sent."""
    application = the_application()
    settings = application.config["SITE_SETTINGS"]
    if not settings.mail_url:
        return None
    send = transports.sender(settings.mail_url, from_address=settings.sender)
    return partial(posting.drain, site, send=send, word=worder(application, settings.base_url))
