"""What a list shows of a case is made when it is saved: titles, level of evidence, best known result."""

from knowledgebase.domain.evidence import Evaluation, EvaluationKind, Method, Reading
from knowledgebase.domain.record import CardResult
from knowledgebase.store import case_lists
from knowledgebase.store.cards import card_of
from knowledgebase.store.engine import Store
from tests.make import NOON, a_case, a_city, a_full_case, a_quantity, an_outcome, an_output
from tests.stores import keep_case, keep_city


def test_the_card_shows_every_language_and_the_best_known_outcome(store: Store) -> None:
    keep_city(store, a_city(name={"en": "Tehran", "fa": "تهران"}))
    case = a_full_case("tehran/zone")
    keep_case(store, case)

    with store.reading() as db:
        card = case_lists.cards(db, [case.id])[case.id]

    assert card.titles == {
        "fa": case.title,
        "en": "Clean air zone",
        "ar": "منطقة الهواء النقي",
    }
    assert card.summaries["en"] == "Old diesel cars stay out."
    assert card.translated_by == {"en": "editors", "ar": "machine"}
    assert (card.city, card.city_names, card.country) == ("tehran", {"en": "Tehran", "fa": "تهران"}, "IR")
    assert (card.year, card.status, card.topics) == (2019, "scaled", ("air", "mobility", "governance"))
    assert (card.evidence, card.written_by) == (4, "city")
    assert (card.first_published, card.updated) == (NOON, NOON)
    assert card.result == CardResult(
        indicator="PM2.5",
        unit="µg/m3",
        before="38.5",
        after="30\u201331.5",
        change="-20",
        change_unit="percent",
        better="lower",
    )


def test_a_card_does_not_count_what_the_city_says_of_itself(store: Store) -> None:
    keep_city(store, a_city(administration={"en": "Bureau of Works"}))
    evaluation = Evaluation(EvaluationKind.INDEPENDENT, "Municipality of Tehran")
    keep_case(store, a_case(results=(an_outcome(),), evaluation=evaluation))

    with store.reading() as db:
        card = case_lists.cards(db, ["tehran/clean-air"])["tehran/clean-air"]

    assert card.evidence == 3


def test_the_headline_is_the_outcome_with_the_best_evidence() -> None:
    results = (
        an_output(),
        an_outcome(indicator="stated", method=Method.CLAIMED, sources=()),
        an_outcome(indicator="measured", before=None),
        an_outcome(indicator="also measured"),
    )
    case = a_case(results=results, evaluation=Evaluation(EvaluationKind.NONE))

    card = card_of(case, a_city(), first_published=NOON, updated=NOON)

    assert card.result is not None
    assert (card.result.indicator, card.result.before) == ("measured", None)


def test_a_card_keeps_the_date_as_it_was_written() -> None:
    case = a_full_case()

    card = card_of(case, a_city(), first_published=NOON, updated=NOON)

    assert (card.started, card.year) == (case.started, 2019)


def test_outputs_alone_make_no_headline() -> None:
    case = a_case(results=(an_output(after=None),))

    card = card_of(case, a_city(), first_published=NOON, updated=NOON)

    assert card.result is None


def test_large_and_small_numbers_are_written_out() -> None:
    case = a_case(results=(an_outcome(before=Reading(a_quantity("1E+3")), change=None),))

    card = card_of(case, a_city(), first_published=NOON, updated=NOON)

    assert card.result is not None
    assert (card.result.before, card.result.change) == ("1000", None)
