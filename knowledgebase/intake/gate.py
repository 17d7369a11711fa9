"""What the gates for cases and cities share: a reading that keeps all faults and all good values."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from types import MappingProxyType
from typing import Any, Generic, TypeVar

from pydantic import ValidationError

from knowledgebase.domain.errors import Fault
from knowledgebase.domain.period import Calendar
from knowledgebase.intake.dates import Setting
from knowledgebase.intake.keys import FileKeys
from knowledgebase.intake.refusal import faults_of

NO_LINES: Mapping[str, int] = MappingProxyType({})

Model = TypeVar("Model", bound=FileKeys)


@dataclass(frozen=True, slots=True)
class Read(Generic[Model]):
    """A raw mapping after its model: the whole when it is faultless, else what of it is good."""

    model: Model | None
    good: Mapping[str, Any]  # accepted values by key; keys left out are not here
    faults: tuple[Fault, ...]

    def knows(self, *names: str) -> bool:
        """Return whether none of these keys is faulty, so that a rule over them can be judged."""
        return not any(name == fault.key.partition(".")[0] for fault in self.faults for name in names)


def read_model(
    model: type[Model], raw: Mapping[str, Any], setting: Setting, lines: Mapping[str, int]
) -> Read[Model]:
    """Return what a model makes of a raw mapping; never raises."""
    try:
        whole = model.model_validate(dict(raw), context=setting)
    except ValidationError as error:
        return Read(None, setting.good, tuple(faults_of(error, lines)))
    return Read(whole, setting.good, ())


def setting_for(raw: Mapping[str, Any], *, today: date | None, concepts: Collection[str] | None) -> Setting:
    """Return what the fields must know of the file: its language, its calendar, how many sources it lists."""
    language, calendar, sources = raw.get("language"), raw.get("calendar"), raw.get("sources")
    declared = str(calendar).strip().lower() if isinstance(calendar, str) else None
    return Setting(
        language=language.strip() if isinstance(language, str) else None,
        calendar=Calendar(declared) if declared in set(Calendar) else None,
        sources=len(sources) if isinstance(sources, list) else 0 if sources in (None, "") else None,
        concepts=concepts,
        today=today or datetime.now(UTC).date(),
    )
