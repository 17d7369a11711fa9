"""A case as its page shows it: every word, number and address ready, so that the templates only print."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from markupsafe import Markup

from knowledgebase.domain.case import Case
from knowledgebase.domain.comment import About
from knowledgebase.domain.evidence import ResultKind
from knowledgebase.services.reading import CasePage
from knowledgebase.text import lists
from knowledgebase.text.vocabulary import vocabulary
from knowledgebase.web import addresses, case_links, comment_links, names
from knowledgebase.web.case_context import (
    EvidenceView,
    People,
    PreconditionView,
    evidence_view,
    people,
    preconditions,
    transfer,
)
from knowledgebase.web.case_cost import CostView, cost_view
from knowledgebase.web.case_head import key_facts, notices, translated_by
from knowledgebase.web.case_results import ResultTable, result_table
from knowledgebase.web.case_state import CitationView, StateView, citation_view, downloads, state_view
from knowledgebase.web.case_writer import administration
from knowledgebase.web.comment_view import TalkView, talk_view
from knowledgebase.web.facts import Fact, Text, city_facts, context_facts
from knowledgebase.web.labels import topic_label
from knowledgebase.web.messages import wording
from knowledgebase.web.source_list import ContactView, SourceView, contact_view, source_views
from knowledgebase.web.stored_text import Contents, contents_of, text_of


@dataclass(frozen=True, slots=True)
class CaseHead:
    """What stands above the text."""

    title: str
    summary: str
    language: str  # of title and summary
    topics: tuple[tuple[str, str, str], ...]  # id, label, address
    notices: tuple[tuple[str, str], ...]  # icon and sentence
    facts: tuple[Fact, ...]
    cover: tuple[str, str, str | None] | None  # address, words for those who do not see it, whose it is


@dataclass(frozen=True, slots=True)
class CaseFindings:
    """Results and evidence."""

    outcomes: ResultTable | None
    outputs: ResultTable | None
    evidence: EvidenceView

    @property
    def has_computed(self) -> bool:
        """Return whether a change was computed here."""
        return any(table and table.has_computed for table in (self.outcomes, self.outputs))


@dataclass(frozen=True, slots=True)
class CaseParts:
    """What stands below the text; the texts in it are in the case's own language."""

    preconditions: tuple[PreconditionView, ...]
    cost: CostView | None
    people: People
    context: tuple[Fact, ...]
    transfer: tuple[Fact, ...]
    sources: tuple[SourceView, ...]
    contact: ContactView | None


@dataclass(frozen=True, slots=True)
class OtherTitle:
    """Title and summary in a language that the page does not lead with."""

    language: str
    language_name: str
    title: str
    summary: str
    by: str | None  # who translated it; None: the author's own words


@dataclass(frozen=True, slots=True)
class CityCard:
    """The case's city, beside the case."""

    name: str
    country: str
    address: str
    administration: str
    facts: tuple[Fact, ...]
    cases: str  # address of the search for all its cases; how many changes without this page


@dataclass(frozen=True, slots=True)
class CaseView:
    """Everything that a case's page shows."""

    id: str
    language: str  # of the text
    head: CaseHead
    findings: CaseFindings
    titles: Mapping[str, str]  # of the page's own parts, by anchor
    contents: tuple[Contents, ...]
    text: Markup
    parts: CaseParts
    license: tuple[str, str]  # name and address
    tags: tuple[Text, ...]
    concepts: tuple[Text, ...]
    others: tuple[OtherTitle, ...]
    city: CityCard
    state: StateView
    history: str
    downloads: tuple[tuple[str, str], ...]
    citation: CitationView
    talk: TalkView
    talk_address: str
    talk_feed: str


def case_view(page: CasePage, language: str, base_url: str) -> CaseView:
    """Return the page of a case in a language of the interface; `base_url` has no slash at its end."""
    record, case = page.record, page.record.case
    findings, parts, titles = _findings(page, language), _parts(page, language), _titles(language)
    others, concepts, tags = tuple(_others(page, language)), _concepts(case, language), _tags(page, language)
    after = _anchors_after(parts, has_others=bool(others), has_subjects=bool(concepts or tags))
    about = About.of_case(case.id)
    return CaseView(
        id=case.id,
        language=case.language,
        head=_head(page, language),
        findings=findings,
        titles=titles,
        contents=contents_of(
            record.rendered.headings,
            [(anchor, titles[anchor]) for anchor in _anchors_before(findings)],
            [(anchor, titles[anchor]) for anchor in after],
        ),
        text=text_of(record.rendered, wording(language).gettext("Table of the text"), language),
        parts=parts,
        license=(lists.label("license", case.license, language), case_links.license_text(case.license)),
        tags=tags,
        concepts=concepts,
        others=others,
        city=_city(page, language),
        state=state_view(record, language),
        history=case_links.history(language, case.id),
        downloads=downloads(case.id, language),
        citation=citation_view(page, language, base_url),
        talk=talk_view(page.talk, language),
        talk_address=comment_links.talk(language, about),
        talk_feed=comment_links.feed(language, about),
    )


def _shown(case: Case, language: str) -> str:
    return language if language in case.translations else case.language


def _head(page: CasePage, language: str) -> CaseHead:
    case = page.record.case
    shown = _shown(case, language)
    cover = None
    if case.cover and page.cover:
        cover = (case_links.cover(case.id, page.cover), case.cover.alt, case.cover.credit)
    return CaseHead(
        case.title_in(language),
        case.summary_in(language),
        shown,
        tuple(
            (topic, topic_label(topic, language), addresses.topic(language, topic)) for topic in case.topics
        ),
        notices(page, shown, language),
        key_facts(case, page.city.city, language),
        cover,
    )


def _findings(page: CasePage, language: str) -> CaseFindings:
    case = page.record.case
    return CaseFindings(
        result_table(case.results, ResultKind.OUTCOME, language),
        result_table(case.results, ResultKind.OUTPUT, language),
        evidence_view(case, page.city.city, language),
    )


def _parts(page: CasePage, language: str) -> CaseParts:
    case = page.record.case
    return CaseParts(
        preconditions(case, language),
        cost_view(case, page.city.city, language),
        people(case, language),
        context_facts(case.context, language) if case.context else (),
        transfer(page, language),
        source_views(case.sources, language),
        contact_view(case.contact),
    )


def _titles(language: str) -> Mapping[str, str]:
    words = wording(language)
    return {
        "results": words.gettext("Results in figures"),
        "evidence": words.gettext("How well this is known"),
        "preconditions": words.gettext("What another city must have"),
        "costs": words.gettext("What it cost"),
        "people": words.gettext("Who took part and for whom"),
        "context": words.gettext("The city at that time"),
        "transfer": words.gettext("More about this case"),
        "sources": words.gettext("Sources"),
        "reuse": words.gettext("Use and citation"),
        "languages": words.gettext("In other languages"),
        "subjects": words.gettext("Subjects and tags"),
        "city": words.gettext("About the city"),
        "comments": words.gettext("Comments"),
    }


def _anchors_before(findings: CaseFindings) -> Iterator[str]:
    if findings.outcomes or findings.outputs:
        yield "results"
    yield "evidence"


def _anchors_after(parts: CaseParts, *, has_others: bool, has_subjects: bool) -> Iterator[str]:
    if parts.preconditions:
        yield "preconditions"
    if parts.cost:
        yield "costs"
    if parts.people.stakeholders or parts.people.facts:
        yield "people"
    if parts.context:
        yield "context"
    if parts.transfer or parts.contact:
        yield "transfer"
    if parts.sources:
        yield "sources"
    yield "reuse"
    if has_others:
        yield "languages"
    if has_subjects:
        yield "subjects"
    yield "city"
    yield "comments"


def _tags(page: CasePage, language: str) -> tuple[Text, ...]:
    written = page.record.case.language
    return tuple(Text(tag.shown, written, addresses.tag(language, tag.folded)) for tag in page.record.tags)


def _concepts(case: Case, language: str) -> tuple[Text, ...]:
    known = vocabulary()
    labels = [known.label(concept, language) for concept in case.concepts if concept in known.concepts]
    return tuple(Text(label, address=case_links.words(language, label)) for label in labels)


def _others(page: CasePage, language: str) -> Iterator[OtherTitle]:
    """Yield title and summary in every language that the page does not lead with, the author's own first."""
    case = page.record.case
    shown = _shown(case, language)
    if shown != case.language:
        name = names.language_name(case.language, language)
        yield OtherTitle(case.language, name, case.title, case.summary, None)
    for other, translation in sorted(case.translations.items()):
        if other != shown:
            by = translated_by(page, other, language)
            name = names.language_name(other, language)
            yield OtherTitle(other, name, translation.title, translation.summary, by)


def _city(page: CasePage, language: str) -> CityCard:
    """Return the city with its own facts; their sources stand on the city's page."""
    city = page.city.city
    return CityCard(
        city.name_in(language),
        names.country(city.country, language),
        addresses.city(language, city.id),
        administration(city, language),
        tuple(Fact(one.label, one.values, (), one.notes) for one in city_facts(city, language)),
        case_links.cases_of_city(language, city.id),
    )
