"""The description of the JSON interface (OpenAPI 3.1), made from its views and types."""

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from pydantic import BaseModel
from spectree import Response, SpecTree
from spectree.plugins.flask_plugin import FlaskPlugin

from knowledgebase import __version__
from knowledgebase.web.api.models import Problem, Withdrawn

_TITLE = "Knowledge Exchange for Cities"
_ABOUT = (
    "Cases that cities wrote about challenges they solved, and the cities themselves. Everything is public "
    "and is read with GET. Names of places express no opinion on the status of any country or territory. "
    "Texts may be used under the licence that each case names, by default CC BY 4.0."
)
_FIRST_ERROR = 400
_SAID = {
    400: "There are fewer pages than that.",
    404: "There is no such thing.",
    410: "The case was withdrawn.",
    503: "The exchange is away.",
}
_KINDS: dict[int, type[BaseModel]] = {410: Withdrawn}
_MOVED = "HTTP_301"
_LED = {
    "description": "The case has another address now.",
    "headers": {
        "Location": {
            "description": "Its present address.",
            "schema": {"type": "string", "format": "uri-reference"},
        }
    },
}


class _Unpublished(FlaskPlugin):
    """The plug-in without its own pages, which load from elsewhere."""

    def register_route(self, app: Any) -> None:
        """Add no route; the description is sent by a view of ours."""


_tree = SpecTree(
    backend=_Unpublished,
    mode="strict",
    annotations=False,
    title=_TITLE,
    version=__version__,
    naming_strategy=lambda model: model.__name__,
    nested_naming_strategy=lambda _, name: name,
)

View = Callable[..., Any]


def described(
    answer: type[BaseModel],
    *,
    query: type[BaseModel] | None = None,
    problems: tuple[int, ...] = (503,),
    is_movable: bool = False,
) -> Callable[[View], View]:
    """Return the decorator that tells the description what a view takes and answers; it checks nothing.

    What is movable answers 301 at its former addresses.
    """
    models: dict[str, Any] = {f"HTTP_{code}": (_KINDS.get(code, Problem), _SAID[code]) for code in problems}
    decorate: Callable[[View], View] = _tree.validate(
        query=query,
        resp=Response(*([_MOVED] if is_movable else []), HTTP_200=(answer, "The answer."), **models),
        skip_validation=True,
    )
    return decorate


@lru_cache(maxsize=1)
def description() -> dict[str, Any]:
    """Return the description; needs a running application, and is the same in each."""
    told: dict[str, Any] = _tree.spec
    told["info"]["description"] = _ABOUT
    told["info"]["license"] = {"name": "CC BY 4.0", "url": "https://creativecommons.org/licenses/by/4.0/"}
    for path in told["paths"].values():
        for operation in path.values():
            responses = operation["responses"]
            responses.pop("422", None)  # nothing that is asked is refused
            for status, response in responses.items():
                if f"HTTP_{status}" == _MOVED:
                    response.update(_LED)
                elif int(status) >= _FIRST_ERROR:
                    schema = response["content"].pop("application/json")
                    response["content"]["application/problem+json"] = schema
    return told
