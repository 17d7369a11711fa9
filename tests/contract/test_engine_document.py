"""A stored case as both engines receive it, and that it is found again."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest

from knowledgebase.domain.case import Translation, TranslatorKind
from knowledgebase.domain.record import CaseRecord, State
from knowledgebase.search.backend import END, Ask, Document, SearchBackend
from knowledgebase.search.checks import refusal
from knowledgebase.search.document import Remark, document, tombstone
from knowledgebase.text.question import ask
from knowledgebase.text.vocabulary import vocabulary
from tests.contract.engines import fill, ids
from tests.make import a_case, a_full_case, a_record, a_rendered, some_tags

NAMES = {"en": "Tehran", "fa": "تهران"}


def made(record: CaseRecord, **named: object) -> Document:
    return document(record, **({"city_names": NAMES, "country": "IR"} | named))  # type: ignore[arg-type]


def parts(field: str) -> list[str]:
    """Return the parts of a text field, without the marks at their ends."""
    assert field.endswith(END)
    return [part.strip() for part in field.removesuffix(END).split(END)]


def times(found: Document, words: str) -> int:
    return parts(found.exact).count(words)


def test_a_title_counts_three_times_and_a_summary_twice() -> None:
    found = made(a_record(a_case(title="Quiet Streets", summary="Cars are guests.")))

    assert times(found, "quiet streets") == 3
    assert times(found, "cars are guests") == 2


def test_tags_and_names_of_the_city_count_twice_and_the_body_once() -> None:
    found = made(a_record(rendered=a_rendered("One long story."), tags=some_tags("Night Bus")))

    assert times(found, "night bus") == 2
    assert times(found, "tehran") == 2
    assert times(found, "تهران") == 2
    assert times(found, "one long story") == 1


def test_translations_are_analysed_in_their_own_language() -> None:
    translated = Translation("Rues calmes", "Les voitures roulent doucement.", TranslatorKind.CITY)

    found = made(a_record(a_case(translations={"fr": translated})))

    assert times(found, "rues calmes") == 3
    assert times(found, "les voitures roulent doucement") == 2
    assert "voitur" in found.stem.split(" ")


def test_concepts_named_anywhere_are_held_once_each() -> None:
    record = a_record(
        a_case(title="Smog and smog", concepts=("congestion-charge",)),
        rendered=a_rendered("A bike lane was built."),
        tags=(),
    )

    held = made(record).concepts.split(" ")

    assert held[-1] == END
    assert {"air-pollution", "congestion-charge"} < set(held)
    assert set(vocabulary().count("A bike lane was built.", "en")) <= set(held)
    assert len(set(held)) == len(held)


def test_what_a_case_is_about_is_indexed_in_every_language() -> None:
    found = made(a_record(a_case(title="Against smog", summary="."), rendered=a_rendered("."), tags=()))

    assert times(found, "air pollution") == 2
    assert times(found, "الودگی هوا") == 2


def test_what_only_the_body_mentions_adds_no_labels() -> None:
    found = made(a_record(a_case(title="Plan", summary="."), rendered=a_rendered("Against smog."), tags=()))

    assert "air-pollution" in found.concepts.split(" ")
    assert times(found, "الودگی هوا") == 0


def test_a_concept_that_left_the_vocabulary_does_no_harm() -> None:
    found = made(a_record(a_case(concepts=("not-a-concept",))))

    assert "not-a-concept" not in found.concepts.split(" ")


def test_visible_comments_have_a_field_of_their_own() -> None:
    found = made(a_record(), comments=(Remark("en", "We copied trolleybuses."), Remark("fa", "عالی بود")))

    assert "trolleybus" in found.comments.split(" ")
    assert found.comments.count(END) == 2
    assert "trolleybuses" not in found.exact.split(" ")


def test_every_text_field_ends_with_the_mark_and_is_never_empty() -> None:
    silent = a_record(
        a_case(title="!!!", summary="...", language="en"), rendered=a_rendered("—"), tags=some_tags("?")
    )

    for found in (made(silent, city_names={"en": "??"}), tombstone("a/b", 3)):
        for text in (found.exact, found.stem, found.concepts, found.comments):
            assert text.split(" ")[-1] == END


def test_choices_are_taken_from_the_case() -> None:
    found = made(a_record(a_full_case(), tags=some_tags("LEZ", "Air", "lez")))

    assert found.facets == {
        "topic": ("air", "mobility", "governance"),
        "city": ("tehran",),
        "country": ("IR",),
        "language": ("fa",),
        "status": ("scaled",),
        "year": ("2019",),
        "tag": ("air", "lez"),
        "written_by": ("city",),
    }


def test_a_case_without_a_year_has_none_to_choose() -> None:
    assert made(a_record(a_case(started=None))).facets["year"] == ()


def test_the_key_of_the_newest_is_the_day_in_utc_and_the_id() -> None:
    late = datetime(2025, 3, 1, 1, 30, tzinfo=timezone(timedelta(hours=3, minutes=30)))

    assert made(a_record(first_published=late)).newest == "2025-02-28|tehran/clean-air"


def test_the_revision_is_the_one_of_the_index() -> None:
    assert made(a_record(revision=2, index_revision=9)).revision == 9


def test_a_withdrawn_case_is_a_tombstone_without_its_words() -> None:
    gone = made(
        a_record(state=State.WITHDRAWN, withdrawn_at=datetime(2025, 1, 1, tzinfo=UTC), index_revision=4)
    )

    assert gone == tombstone("tehran/clean-air", 4)
    assert (gone.is_visible, gone.exact, gone.facets) == (False, END, {})


def test_the_digest_tells_contents_apart_and_not_revisions() -> None:
    record = a_record()
    same = replace(record, index_revision=7, updated=record.updated + timedelta(days=1))
    others = [
        replace(record, tags=some_tags("more")),
        replace(record, rendered=a_rendered("Other.")),
        replace(record, first_published=record.first_published + timedelta(days=1)),
        replace(record, state=State.WITHDRAWN),
    ]

    assert made(same).digest == made(record).digest
    assert len({made(other).digest for other in [record, *others]}) == 5
    assert made(record, country="TR").digest != made(record).digest


def test_the_longest_word_is_cut_the_same_for_both_engines(engine: SearchBackend) -> None:
    long_word = "ab" * 400
    fill(engine, [made(a_record(a_case(title=long_word)))])

    assert engine.search(Ask(ask(long_word))).total == 1
    assert max(map(len, made(a_record(a_case(title=long_word))).exact.split(" "))) <= 64


@pytest.mark.parametrize(
    "typed",
    [
        "هوای پاک",
        "هواي پاك",
        "حریم‌هوا",
        "clean air",
        '"clean air zone"',
        "«حریم هوای پاک»",
        "منطقة الهواء",
        "low emission zone",
        "zone à faibles émissions",
        "تهران",
        "lez",
    ],
)
def test_a_persian_case_is_found_in_many_spellings_and_languages(engine: SearchBackend, typed: str) -> None:
    record = a_record(a_full_case())
    other = a_record(a_case("pune/waste", title="Waste pickers", summary="Paid."))
    fill(engine, [made(record), made(other, city_names={"en": "Pune"})])

    assert ids(engine.search(Ask(ask(typed))))[0] == record.case.id


def test_every_made_document_is_one_the_engines_take() -> None:
    for record in (a_record(), a_record(a_full_case()), a_record(state=State.WITHDRAWN)):
        assert refusal(made(record)) == ""
