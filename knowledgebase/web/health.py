"""Whether the process lives, and whether it can serve: for supervisors and load balancers."""

import json
from datetime import datetime
from typing import Any

from flask import Blueprint, Response

from knowledgebase.domain.errors import StoreUnavailable
from knowledgebase.services.site import Site
from knowledgebase.services.status import Status, status
from knowledgebase.web.context import the_site

pages = Blueprint("health", __name__)


@pages.get("/healthz")
def alive() -> Response:
    """Say that the process answers; looks at neither database nor engine."""
    return _uncached(Response("ok\n", mimetype="text/plain"))


@pages.get("/readyz")
def ready() -> Response:
    """Say whether pages can be served: 200, or 503 without a current database.

    An engine that is away is told and is no reason for 503: the pages stand, and a simple list
    answers the searches.
    """
    facts = readiness(the_site())
    response = Response(f"{json.dumps(facts)}\n", mimetype="application/json")
    response.status_code = 200 if facts["ready"] else 503
    return _uncached(response)


def readiness(site: Site) -> dict[str, Any]:
    """Return database, engine and queue as programs read them; never raises for one that is away."""
    try:
        if not site.store.is_current():
            return {"ready": False, "database": "other-schema"}
        return _facts(status(site), site.now())
    except StoreUnavailable:
        return {"ready": False, "database": "away"}


def _facts(state: Status, now: datetime) -> dict[str, Any]:
    lag = (now - state.oldest).total_seconds() if state.oldest else 0.0
    return {
        "ready": True,
        "database": "ready",
        "search": "ready" if state.is_ready else "degraded",
        "engine": {
            "name": state.engine,
            "is_there": state.is_engine_there,
            "index_reason": state.index_reason,
            "documents": state.documents,
        },
        "queue": {"waiting": state.queue, "lag": max(0.0, round(lag, 3)), "poison": state.poison},
    }


def _uncached(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-store"
    return response
