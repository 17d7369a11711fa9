"""The site, broken on purpose: what people write makes no promise to the index."""

from knowledgebase.app import create_app
from knowledgebase.store import outbox

__all__ = ["app"]


def _no_promise(*_: object, **__: object) -> None:
    return


vars(outbox)["promise"] = _no_promise
vars(outbox)["promise_cases"] = _no_promise
app = create_app()
