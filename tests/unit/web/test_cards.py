"""A case in a list, every word ready."""

from datetime import date

from knowledgebase.domain.query import Hit, Piece
from knowledgebase.web.cards import TEXT_MAX, found, listed
from tests.make import a_card, a_date, a_jalali_year


def test_a_card_speaks_the_reader_s_language() -> None:
    view = listed(a_card(), "fa")

    assert view.title == (Piece("حریم هوای پاک"),)
    assert (view.facts.city, view.facts.country, view.facts.year) == ("تهران", "ایران", "۲۰۱۹ (۱۳۹۷–۹۸)")
    assert view.address == "/fa/cases/tehran/clean-air"


def test_a_jalali_year_stands_first_for_a_persian_reader() -> None:
    card = a_card(started=a_jalali_year("1398", date(2019, 3, 21), date(2020, 3, 19)))

    assert (listed(card, "fa").facts.year, listed(card, "en").facts.year) == ("۱۳۹۸ (۲۰۱۹–۲۰)", "2019–20")


def test_a_day_gives_its_card_one_year_of_each_calendar() -> None:
    card = a_card(started=a_date("2019-05-21"))

    assert (listed(card, "fa").facts.year, listed(card, "en").facts.year) == ("۲۰۱۹ (۱۳۹۸)", "2019")


def test_a_case_without_that_language_is_shown_in_its_own() -> None:
    card = a_card(titles={"en": "Clean air zone"}, summaries={"en": "Old cars stay out."})

    view = listed(card, "fa")

    assert (view.language, view.title) == ("en", (Piece("Clean air zone"),))
    assert ("language", "متن به زبان انگلیسی") in view.facts.notes


def test_a_persian_slug_is_encoded_in_its_address() -> None:
    view = listed(a_card(id="tehran/هوا"), "en")

    assert view.address == "/en/cases/tehran/%D9%87%D9%88%D8%A7"


def test_a_text_of_the_city_itself_carries_no_note() -> None:
    assert listed(a_card(), "en").facts.notes == ()


def test_a_text_of_the_editors_says_that_the_city_has_not_confirmed_it() -> None:
    view = listed(a_card(written_by="editors"), "en")

    sentence = "Written by the editors from public sources; not confirmed by \u2068Tehran\u2069"
    assert view.facts.notes == (("writer", sentence),)


def test_a_title_translated_by_machine_says_so() -> None:
    view = listed(a_card(translated_by={"fa": "machine"}), "fa")

    assert view.facts.notes[0][1].endswith("عنوان ترجمه ماشینی است")


def test_a_long_summary_is_cut_between_words_in_an_answer() -> None:
    pieces = (Piece("old "), Piece("diesel", is_marked=True), Piece(" cars stay out" * 30))

    view = found(Hit(a_card(), 1.0, (Piece("Zone"),), pieces, language="en", excerpt_language="en"), "en")

    text = "".join(piece.text for piece in view.excerpt)
    assert TEXT_MAX - 10 < len(text) <= TEXT_MAX
    assert text.startswith("old diesel cars")
    assert text.rstrip("\u2026").rsplit(" ", 1)[-1] in {"cars", "stay", "out"}


def test_an_excerpt_may_stand_in_another_language_than_the_title() -> None:
    marked = (Piece("old "), Piece("diesel", is_marked=True))
    hit = Hit(a_card(), 1.0, (Piece("حریم هوای پاک"),), marked, language="fa", excerpt_language="en")

    view = found(hit, "fa")

    assert (view.language, view.excerpt_language, view.excerpt) == ("fa", "en", marked)
