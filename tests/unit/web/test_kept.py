"""Rendered parts are kept within their room."""

from markupsafe import Markup

from knowledgebase.web.kept import Kept


def test_a_part_is_rendered_once() -> None:
    kept = Kept()
    rendered: list[str] = []

    def render() -> str:
        rendered.append("x")
        return "<p>part</p>"

    parts = [kept.part("key", render) for _ in range(3)]

    assert parts == [Markup("<p>part</p>")] * 3
    assert len(rendered) == 1


def test_the_longest_unused_part_goes_first() -> None:
    kept = Kept(most=4_500)
    for key in ("a", "b", "c"):
        kept.part(key, lambda: "x" * 1_000)
    kept.part("a", lambda: "again")

    kept.part("d", lambda: "x" * 1_000)
    kept.part("e", lambda: "x" * 1_000)

    assert kept.part("a", lambda: "made anew") == "x" * 1_000
    assert kept.part("b", lambda: "made anew") == "made anew"
    assert kept.size <= 4_500


def test_a_part_larger_than_a_quarter_of_the_room_is_not_kept() -> None:
    kept = Kept(most=1_000)

    kept.part("large", lambda: "x" * 500)

    assert kept.size == 0


def test_a_part_made_twice_at_once_is_counted_once() -> None:
    kept = Kept()

    def render() -> str:
        kept.part("key", lambda: "inner")
        return "outer"

    kept.part("key", render)
    only = kept.size
    kept.part("key", lambda: "never")

    assert kept.size == only < 2 * only
