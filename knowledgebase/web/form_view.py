"""The form for cases as its page shows it: every field with its words, its text and what is wrong with it."""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from knowledgebase.intake.form_fields import BODY, NOTE, PARTS, FormField, FormPart, Kind, field_of, rows_of
from knowledgebase.text import lists
from knowledgebase.web import fmt, form_words, names
from knowledgebase.web.forms import Form, field_id
from knowledgebase.web.labels import topic_label
from knowledgebase.web.messages import wording

_ROW = re.compile(r"^([a-z_]+)\.\d+\.")
_SHORT = frozenset(
    {"year", "date", "checked", "started", "ended", "share", "currency", "from", "to", "staff"}
)
_ALWAYS_NAMES = ("title", "summary", "status", "language", "tags", "started")

Options = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class FieldView:
    """One field."""

    name: str
    id: str
    kind: str
    label: str
    value: str
    hint: str | None = None
    example: str | None = None
    options: Options = ()
    chosen: frozenset[str] = frozenset()  # of options
    wrong: tuple[str, ...] = ()
    is_required: bool = False
    is_short: bool = False
    lang: str | None = None  # of what is typed

    @property
    def attributes(self) -> dict[str, str]:
        """Return the attributes of its element: its id, what is said about it, whether it is needed."""
        said = [f"{self.id}-hint"] if self.hint else []
        said += [f"{self.id}-wrong"] if self.wrong else []
        found = {"id": self.id}
        if said:
            found["aria-describedby"] = " ".join(said)
        if self.wrong:
            found["aria-invalid"] = "true"
        if self.is_required and self.kind != Kind.TICKS:
            found["required"] = "required"
        return found


@dataclass(frozen=True, slots=True)
class RowView:
    """One row of a part."""

    key: str  # "sources.2"
    number: str  # in the reader's digits
    fields: tuple[FieldView, ...]


@dataclass(frozen=True, slots=True)
class PartView:
    """One part: a map of fields, or rows."""

    key: str
    fields: tuple[FieldView, ...]
    rows: tuple[RowView, ...]
    may_grow: bool


@dataclass(frozen=True, slots=True)
class GroupView:
    """What is added to the form and taken out of it together."""

    key: str
    title: str
    fields: tuple[FieldView, ...]
    parts: tuple[PartView, ...]


@dataclass(frozen=True, slots=True)
class FormView:
    """The whole form."""

    head: Mapping[str, FieldView]  # by name: those that every form has
    topics: tuple[FieldView, ...]
    boxes: tuple[FieldView, ...]  # three, or the whole text in one
    sources: PartView
    contact: PartView
    groups: tuple[GroupView, ...]  # that are open
    more: tuple[tuple[str, str], ...]  # groups to add: key and title
    labels: Mapping[str, str]  # of all fields that are shown
    note: FieldView
    language: str | None  # of the text


def form_view(
    form: Form, language: str, *, opened: Collection[str] = (), grown: str = "", proposed: str = ""
) -> FormView:
    """Return the form with the groups that hold something, or that were `opened`.

    `grown`: the part that gets an empty row more. `proposed`: the summary that is taken where none is typed.
    """
    maker = _Maker(form, language, grown, proposed)
    groups = [group for group in form_words.GROUPS if BODY not in form.values or "section" not in group.key]
    shown = [group for group in groups if group.key in opened or maker.is_filled(group)]
    boxes = (BODY,) if BODY in form.values else tuple(f"section.{key}" for key in form_words.BOXES)
    words = wording(language)
    return FormView(
        head={name: maker.field(name) for name in _ALWAYS_NAMES},
        topics=tuple(maker.field(f"topics.{place}") for place in (1, 2, 3)),
        boxes=tuple(maker.field(name) for name in boxes),
        sources=maker.part(PARTS["sources"]),
        contact=maker.part(PARTS["contact"]),
        groups=tuple(maker.group(group) for group in shown),
        more=tuple((group.key, words.gettext(group.title)) for group in groups if group not in shown),
        labels=maker.labels,
        note=maker.field(NOTE),
        language=form.value("language").strip() or None,
    )


class _Maker:
    """Makes the views of one form's fields."""

    def __init__(self, form: Form, language: str, grown: str, proposed: str) -> None:
        self.labels: dict[str, str] = {}
        self._form, self._language, self._grown, self._proposed = form, language, grown, proposed
        self._words = wording(language)
        self._text_language = form.value("language").strip() or None

    def is_filled(self, group: form_words.Group) -> bool:
        """Return whether something is typed in a group, or a fault asks for it."""
        names = {*self._form.values, *(fault.key for fault in self._form.faults)}
        return any(
            name in group.names or name.partition(".")[0] in group.parts
            for name in names
            if self._form.value(name).strip() or self._form.wrong(name)
        )

    def group(self, group: form_words.Group) -> GroupView:
        return GroupView(
            group.key,
            self._words.gettext(group.title),
            tuple(self.field(name) for name in group.names),
            tuple(self.part(PARTS[key]) for key in group.parts),
        )

    def part(self, part: FormPart) -> PartView:
        if not part.rows:
            return PartView(part.key, tuple(self._inner(part.key, part)), (), may_grow=False)
        count = max(rows_of(self._form.values, part.key), 1)
        count = min(count + (1 if part.key == self._grown else 0), part.rows)
        rows = tuple(
            RowView(
                f"{part.key}.{place}",
                fmt.in_digits(place, self._language),
                tuple(self._inner(f"{part.key}.{place}", part)),
            )
            for place in range(1, count + 1)
        )
        return PartView(part.key, (), rows, may_grow=count < part.rows)

    def _inner(self, start: str, part: FormPart) -> Iterator[FieldView]:
        yield from (self.field(f"{start}.{one.name}") for one in part.fields)

    def field(self, name: str) -> FieldView:
        one = field_of(name) or FormField(name)
        plain = _ROW.sub(r"\1.", name)
        label, value = self._words.gettext(form_words.LABELS[plain]), self._form.value(name)
        self.labels[name] = label
        box = form_words.BOXES.get(name.removeprefix("section."))
        hint = self._words.gettext(box.questions) if box else self._hint(plain)
        is_typed = one.kind in (Kind.LINE, Kind.AREA, Kind.WORDS, Kind.LINES)
        return FieldView(
            name=name,
            id=field_id(name),
            kind=one.kind.value,
            label=label,
            value=value,
            hint=hint,
            example=self._words.gettext(box.example) if box else None,
            options=_with_typed(options(one, self._language), value) if one.list else (),
            chosen=frozenset(map(str.strip, value.split(","))) if one.list else frozenset(),
            wrong=tuple(self._form.wrong(name)),
            is_required=plain in form_words.REQUIRED,
            is_short=name.rpartition(".")[2] in _SHORT or one.kind in (Kind.AMOUNT, Kind.NUMBERS),
            lang=self._text_language if is_typed else None,
        )

    def _hint(self, plain: str) -> str | None:
        if plain == "summary":
            return self._summary_hint()
        sentence = form_words.HINTS.get(plain)
        return self._words.gettext(sentence) if sentence else None

    def _summary_hint(self) -> str:
        if self._proposed:
            sentence = self._words.gettext("Left empty, these first sentences are taken: “%(sentences)s”")
            return sentence % {"sentences": fmt.isolated(self._proposed)}
        return self._words.gettext(
            "Two or three sentences. Left empty, the first sentences of the text are taken."
        )


@cache
def options(one: FormField, language: str) -> Options:
    """Return what a choice offers: values with their words, in the order of the list."""
    if one.list == "topic":
        return tuple((topic, topic_label(topic, language)) for topic in lists.topics())
    if one.list == "language":
        named = [(tag, names.language_name(tag, language)) for tag in form_words.LANGUAGES]
        return (*named[:5], *sorted(named[5:], key=lambda pair: pair[1]))
    return tuple((value, lists.label(one.list, value, language)) for value in lists.labels(one.list))


def _with_typed(offered: Options, value: str) -> Options:
    """Return the offered values, and one that was typed and is none of them."""
    typed = value.strip()
    is_known = not typed or any(typed == known for known, _ in offered) or "," in typed
    return offered if is_known else (*offered, (typed, typed))
