"""Whatever is put before the gates, they accept it or refuse it with faults that can be worded."""

import time
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from knowledgebase.domain.case import Case
from knowledgebase.domain.city import City
from knowledgebase.domain.errors import Invalid
from knowledgebase.intake.case import accept
from knowledgebase.intake.case_keys import CaseKeys
from knowledgebase.intake.city import accept_city
from knowledgebase.intake.city_keys import CityKeys
from knowledgebase.intake.export import case_file
from knowledgebase.intake.frontmatter import parse
from tests.unit.intake.raw import BODY, CITY, FULL, TODAY, accepted
from tests.unit.intake.raw_cases import AWKWARD

_scalars = st.one_of(
    st.text(max_size=12), st.sampled_from(AWKWARD), st.none(), st.booleans(), st.integers(), st.floats()
)
_names = st.one_of(
    st.sampled_from(["kind", "name", "value", "date", "low", "high", "sources", "en", "fa"]),
    st.text(max_size=5),
)
_anything = st.recursive(
    _scalars,
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(_names, inner, max_size=3)),
    max_leaves=8,
)
patiently = settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))


def outcome(accepting: Callable[[], object]) -> object:
    """Return what a gate made of its input, or the faults it named."""
    try:
        return accepting()
    except Invalid as error:
        return error.faults


def is_wordable(found: object) -> bool:
    """Return whether there are faults and each has a code and plain placeholders."""
    return isinstance(found, tuple) and all(
        fault.code and all(isinstance(value, str | int) for value in fault.values.values()) for fault in found
    )


@patiently
@given(
    changes=st.dictionaries(st.sampled_from(list(CaseKeys.model_fields)), _anything, max_size=4),
    body=st.text(max_size=80),
)
def test_whatever_a_case_holds_it_is_accepted_or_refused_with_faults(
    changes: dict[str, Any], body: str
) -> None:
    raw = {**FULL, **changes}

    found = outcome(lambda: accept(raw, body, city="tabriz", slug="clean-air", today=TODAY))

    assert isinstance(found, Case) or is_wordable(found)


@patiently
@given(changes=st.dictionaries(st.sampled_from(list(CityKeys.model_fields)), _anything, max_size=4))
def test_whatever_a_city_holds_it_is_accepted_or_refused_with_faults(changes: dict[str, Any]) -> None:
    raw = {**CITY, **changes}

    found = outcome(lambda: accept_city(raw, "", city="tabriz", today=TODAY))

    assert isinstance(found, City) or is_wordable(found)


@pytest.mark.parametrize("key", sorted(set(CaseKeys.model_fields)))
def test_a_list_of_ten_thousand_is_refused_at_once(key: str) -> None:
    started = time.process_time()
    with pytest.raises(Invalid):
        accept({**FULL, key: ["x"] * 10_000}, BODY, city="tabriz", slug="clean-air", today=TODAY)

    assert time.process_time() - started < 0.5


def test_a_full_case_is_read_in_a_few_milliseconds() -> None:
    data = case_file(accepted(BODY + "\n\nText [1]." * 1_000, **FULL)).encode()

    started = time.process_time()
    for _ in range(20):
        raw = parse(data)
        accept(raw.mapping, raw.body, city="tabriz", slug="clean-air", lines=raw.lines, today=TODAY)

    assert (
        time.process_time() - started
    ) / 20 < 0.05  # seconds; measured 0.002, the rest is for busy machines
