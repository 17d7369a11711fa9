"""Two versions of a text: what differs is marked, nothing is lost, and no text takes for ever."""

import time

from hypothesis import given
from hypothesis import strategies as st

from knowledgebase.domain.query import Piece
from knowledgebase.text.differing import differing


def test_the_words_that_only_one_text_has_are_marked() -> None:
    mine, theirs = differing("The old tram line", "The tram line of 2019")

    assert mine == (Piece("The"), Piece(" old", is_marked=True), Piece(" tram line"))
    assert theirs == (Piece("The tram line"), Piece(" of 2019", is_marked=True))


def test_an_empty_text_differs_in_everything() -> None:
    assert differing("", "شهر ما") == ((), (Piece("شهر ما", is_marked=True),))


def test_equal_texts_have_no_mark() -> None:
    mine, theirs = differing("A\nB", "A\nB")

    assert mine == theirs == (Piece("A\nB"),)


@given(one=st.text(alphabet="ab \n", max_size=60), other=st.text(alphabet="ab \n", max_size=60))
def test_the_pieces_are_the_texts_again(one: str, other: str) -> None:
    mine, theirs = differing(one, other)

    assert "".join(piece.text for piece in mine) == one
    assert "".join(piece.text for piece in theirs) == other


def test_two_whole_bodies_are_compared_soon() -> None:
    one = "\n".join(f"{number % 101} smog in the valley" for number in range(9_000))
    began = time.process_time()

    mine, theirs = differing(one, one.replace("45 ", "45a "))

    assert time.process_time() - began < 3
    assert "".join(piece.text for piece in mine) == one
    assert theirs
