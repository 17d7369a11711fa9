"""How a test hides things: each has words of its own, by which it is found wherever it is shown."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from knowledgebase.domain.comment import About
from knowledgebase.domain.draft import Draft, Typed
from knowledgebase.domain.person import Actor, CityRole
from knowledgebase.services import drafting
from knowledgebase.services.site import Site
from tests.drafting import FIELDS
from tests.matrix import Matrix
from tests.people import actor_of, come_in

NOBODY: frozenset[str] = frozenset()
CHIEF = frozenset({"platform-admin"})
JUDGES = CHIEF | {"moderator"}


@dataclass(frozen=True, slots=True)
class Secret:
    """Words that only some may read: `asked` may stand in an address, `told` never stands there."""

    thing: str
    city: str
    readers: frozenset[str]  # roles
    at: str | None  # where whoever may read it does, None for a thing that is shown nowhere
    author_at: str | None  # where its author does

    @property
    def asked(self) -> str:
        """Return a word to search for."""
        return f"asked{self.thing}{self.city}"

    @property
    def told(self) -> str:
        """Return the word that gives the secret away."""
        return f"told{self.thing}{self.city}"


def secret_words(thing: str, city: str) -> str:
    """Return the text of a secret."""
    return f"asked{thing}{city} told{thing}{city}"


@dataclass(slots=True)
class Hidden:
    """All secrets, the exchange round them, and the names by which things are asked for."""

    matrix: Matrix
    secrets: list[Secret] = field(default_factory=list)
    names: dict[str, list[str]] = field(default_factory=dict)  # what addresses may hold, by argument

    def name(self, argument: str, value: str) -> str:
        """Keep a name that an address may hold, and return it."""
        self.names.setdefault(argument, []).append(value)
        return value


@dataclass(frozen=True, slots=True)
class Maker:
    """Makes the secrets of one city."""

    site: Site
    hidden: Hidden
    city: str
    writer: Actor  # a contributor of the city
    boss: Actor  # its admin
    author: Actor  # of comments and proposals, from a third city

    @property
    def case(self) -> About:
        """Return the case that everybody sees."""
        return About.of_case(f"{self.city}/clean-air")

    def roles(self, *names: str) -> frozenset[str]:
        """Return roles of the test, which are all of Tehran, where this is Tehran."""
        return frozenset(names) if self.city == "tehran" else NOBODY

    @property
    def writers(self) -> frozenset[str]:
        """Return who writes for the city."""
        return CHIEF | self.roles("contributor", "publisher", "voice", "city-admin")

    @property
    def judges(self) -> frozenset[str]:
        """Return who judges what is said about the city."""
        return JUDGES | self.roles("city-admin")

    @property
    def by_author(self) -> frozenset[str]:
        """Return the judges and the author."""
        return self.judges | {f"author-{self.city}"}

    def text(self, thing: str) -> str:
        """Return the words of a secret of this city."""
        return secret_words(thing, self.city)

    def keep(self, thing: str, readers: frozenset[str], at: str | None, own: str | None = None) -> None:
        """Note who may read a secret, and where."""
        self.hidden.secrets.append(Secret(thing, self.city, readers, at, own or at))

    def somebody(self, name: str, city: str = "cairo", role: CityRole = CityRole.MEMBER) -> Actor:
        """Let somebody come in for one thing alone."""
        email = f"{name}-{self.city}@{city}.example"
        return actor_of(self.site, come_in(self.site, email, city, role, name=f"{name} {self.city}"))

    def draft(self, thing: str) -> Draft:
        """Begin a draft with secret words in title, text and contact."""
        fields = {**FIELDS, "title": self.text(thing), "section.challenge": self.text(thing)}
        fields |= {"contact.email": f"told{thing}{self.city}@example.org", "summary": self.text(thing)}
        begun = drafting.start(
            self.site, self.city, Typed(fields), token=f"hidden-{thing}-{self.city}", by=self.writer
        )
        self.hidden.name("draft", begun.id)
        return begun


def names_of(hidden: Hidden) -> Mapping[str, list[str]]:
    """Return what every argument of an address may hold: the things that are hidden, and public ones."""
    pool: dict[str, list[str]] = {name: list(values) for name, values in hidden.names.items()}
    for place in hidden.matrix.places.values():
        for name, value in place.arguments.items():
            if name != "token":  # the one link that does show a draft
                pool.setdefault(name, []).append(str(value))
    pool["slug"] += ["gone"]
    pool["city"] += ["cairo"]
    return pool
