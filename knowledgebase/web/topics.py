"""The sixteen topics: the list of all, and each with its cases."""

from dataclasses import dataclass

from flask import Blueprint, render_template

from knowledgebase.domain.errors import NotFound
from knowledgebase.domain.topic import Topic
from knowledgebase.services import reading
from knowledgebase.text import lists
from knowledgebase.web import addresses, outlets
from knowledgebase.web.context import the_site
from knowledgebase.web.labels import name_in, topic_label
from knowledgebase.web.language import current
from knowledgebase.web.paged import CaseList, asked_page, case_list, counted_cases

pages = Blueprint("topics", __name__)


@dataclass(frozen=True, slots=True)
class TopicView:
    """A topic with what is said about it."""

    id: str
    label: str
    about: str
    address: str
    count: str  # cases, in words
    is_empty: bool


@dataclass(frozen=True, slots=True)
class TopicPage:
    """Everything that a topic's page shows."""

    topic: TopicView
    cases: CaseList
    action: str  # of the search within the topic
    feed: str


def topic_view(topic: str, cases: int, language: str) -> TopicView:
    """Return a topic with its number of cases."""
    return TopicView(
        topic,
        topic_label(topic, language),
        name_in(lists.topic_texts()[topic].abouts, language),
        addresses.topic(language, topic),
        counted_cases(cases, language),
        is_empty=not cases,
    )


@pages.get("/<interface:language>/topics/")
def index() -> str:
    """Show all topics with their numbers of cases."""
    language, counts = current(), reading.topic_counts(the_site())
    topics = [topic_view(topic, counts.get(topic, 0), language) for topic in Topic]
    return render_template("topics/index.html", topics=topics, feed=outlets.feed(language))


@pages.get("/<interface:language>/topics/<topic>")
def show(topic: str) -> str:
    """Show one topic with a page of its cases, newest first."""
    if topic not in set(Topic):
        raise NotFound(topic)
    language, page = current(), asked_page()
    cases = reading.of_topic(the_site(), topic, page=page)
    shown = TopicPage(
        topic_view(topic, cases.total, language),
        case_list(cases, page, addresses.topic(language, topic), language),
        addresses.search(language),
        outlets.feed(language, topic),
    )
    return render_template("topics/show.html", page=shown)
