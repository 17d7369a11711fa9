"""What to give up when nothing was found: each filter in turn, then all of them."""

from dataclasses import dataclass, replace

from knowledgebase.domain.errors import SearchUnavailable, WrongIndex
from knowledgebase.domain.query import Query
from knowledgebase.search.backend import Ask
from knowledgebase.services.site import Site
from knowledgebase.store import outbox
from knowledgebase.text.question import ask


@dataclass(frozen=True, slots=True)
class Looser:
    """A wider query that finds cases."""

    query: Query
    dropped: tuple[str, ...]  # names of the filters given up
    total: int


def loosen(site: Site, query: Query, *, repaired: str | None = None) -> tuple[Looser, ...]:
    """Return the wider queries that find something, each with one filter less, then with none.

    `repaired` is the question that was answered in place of the typed one.
    Queries without filters have nothing to give up; an engine that is away gives no advice.
    """
    names = [name for name, values in query.filters.items() if values]
    choices: list[tuple[str, ...]] = [(name,) for name in names]
    if len(names) > 1:
        choices.append(tuple(names))
    with site.store.reading() as db:
        hidden = outbox.hidden(db)
    question = ask(repaired or query.text)
    found = []
    for dropped in choices:
        filters = {name: values for name, values in query.filters.items() if name not in dropped}
        try:
            total = site.index.search(Ask(question, filters, hidden.ids, size=1)).total
        except (SearchUnavailable, WrongIndex):
            return ()
        if total:
            found.append(Looser(replace(query, filters=filters, page=1), dropped, total))
    return tuple(found)
