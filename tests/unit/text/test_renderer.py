"""The rendering children: hostile text costs a child, never its caller."""

import os
import signal
import struct
import subprocess
import sys
from collections.abc import Iterator

import pytest

from knowledgebase.domain.errors import Invalid
from knowledgebase.domain.record import Rendered
from knowledgebase.text.renderer import Job, Renderer


@pytest.fixture
def renderer() -> Iterator[Renderer]:
    made = Renderer(children=2, seconds=1.0)
    yield made
    made.close()


def pids(renderer: Renderer) -> list[int]:
    return [child.process.pid for child in renderer._children if child.process]


def test_a_child_renders_like_its_parent_would(renderer: Renderer) -> None:
    rendered = renderer.render("## چالش\n\nدود [1]", sources=1)

    assert [heading.part for heading in rendered.headings] == ["challenge"]
    assert "c-source-1" in rendered.html


def test_answers_come_in_the_order_of_the_jobs(renderer: Renderer) -> None:
    jobs = [Job(f"text {number}") for number in range(50)]

    answers = list(renderer.render_many(jobs))

    assert [answer.plain for answer in answers if isinstance(answer, Rendered)] == [job.body for job in jobs]


def test_a_refusal_of_one_text_does_not_touch_the_others(renderer: Renderer) -> None:
    first, second, third = renderer.render_many([Job("a"), Job("[" * 9_000), Job("c")])

    assert isinstance(second, Invalid)
    assert not isinstance(first, Invalid)
    assert not isinstance(third, Invalid)


def test_a_child_that_does_not_answer_is_killed_and_replaced(renderer: Renderer) -> None:
    for _ in renderer._children:
        renderer.render("warm")
    for pid in pids(renderer):
        os.kill(pid, signal.SIGSTOP)

    for _ in renderer._children:
        with pytest.raises(Invalid):
            renderer.render("never answered")

    assert renderer.render("alive").plain == "alive"


def test_a_child_that_hangs_among_many_texts_costs_one(renderer: Renderer) -> None:
    jobs = [Job(f"text {number}") for number in range(40)]
    list(renderer.render_many(jobs))
    os.kill(pids(renderer)[0], signal.SIGSTOP)

    answers = list(renderer.render_many(jobs))

    rendered = [answer.plain for answer in answers if isinstance(answer, Rendered)]
    assert [type(answer) for answer in answers].count(Invalid) == 1
    assert rendered == [job.body for job in jobs if job.body in rendered]
    assert len(rendered) == 39


def test_texts_larger_than_a_pipe_come_through(renderer: Renderer) -> None:
    jobs = [Job("word " * 30_000 + str(number)) for number in range(6)]

    answers = list(renderer.render_many(jobs))

    assert [answer.plain[-1] for answer in answers if isinstance(answer, Rendered)] == list("012345")


def test_a_child_that_died_while_idle_is_replaced_unnoticed(renderer: Renderer) -> None:
    renderer.render("warm")
    renderer.render("warm")
    for child in renderer._children:
        if child.process:
            child.process.kill()
            child.process.wait()

    assert renderer.render("again").plain == "again"


def test_an_abandoned_run_leaves_no_answer_for_the_next_one(renderer: Renderer) -> None:
    run = renderer.render_many([Job("a"), Job("b"), Job("c")])
    next(run)
    run.close()  # type: ignore[attr-defined]

    assert [renderer.render(text).plain for text in "xyz"] == ["x", "y", "z"]


@pytest.mark.parametrize(
    "sent", [b"", b"\0", b"\0\0\0\x20{"], ids=["a whole text", "half a length", "half a text"]
)
def test_a_child_whose_parent_died_before_its_answer_ends_without_a_word(sent: bytes) -> None:
    job = Job("a").message
    child = subprocess.Popen(
        [sys.executable, "-m", "knowledgebase.text.rendering_child"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert child.stdout

    child.stdout.close()
    _, said = child.communicate(sent or struct.pack(">I", len(job)) + job, timeout=30)

    assert (child.returncode, said) == (0, b"")


def test_closing_leaves_no_process() -> None:
    renderer = Renderer(children=1)
    renderer.render("a")
    (pid,) = pids(renderer)

    renderer.close()

    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)
