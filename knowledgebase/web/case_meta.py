"""What a case page says to programs in its head: preview cards, citation managers, search engines."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from knowledgebase.domain.language import INTERFACE
from knowledgebase.services.reading import CasePage
from knowledgebase.web import addresses, case_links, fmt, names
from knowledgebase.web.case_writer import author
from knowledgebase.web.labels import topic_label
from knowledgebase.web.messages import wording

X_DEFAULT = "en"  # edition for readers of any other language


@dataclass(frozen=True, slots=True)
class Meta:
    """The head of a case page; addresses are absolute."""

    canonical: str
    alternates: tuple[tuple[str, str], ...]  # language and address
    open_graph: tuple[tuple[str, str], ...]
    citation: tuple[tuple[str, str], ...]
    json_ld: Mapping[str, Any]


def _locale(language: str) -> str:
    return {"en": "en_GB", "fa": "fa_IR"}.get(language, language)


def meta_of(page: CasePage, language: str, base_url: str) -> Meta:
    """Return the head of a case's page in one language; `base_url` has no slash at its end."""
    case_id = page.record.case.id
    here = {each: base_url + addresses.case(each, case_id) for each in INTERFACE}
    picture = base_url + case_links.cover(case_id, page.cover) if page.cover else None
    return Meta(
        here[language],
        (*here.items(), ("x-default", here[X_DEFAULT])),
        _open_graph(page, language, here[language], picture),
        _citation(page, language, here[language]),
        _json_ld(page, language, here[language], picture, base_url),
    )


def _open_graph(
    page: CasePage, language: str, address: str, picture: str | None
) -> tuple[tuple[str, str], ...]:
    record, case = page.record, page.record.case
    pairs = [
        ("og:type", "article"),
        ("og:site_name", wording(language).gettext("Knowledge Exchange for Cities")),
        ("og:title", case.title_in(language)),
        ("og:description", case.summary_in(language)),
        ("og:url", address),
        ("og:locale", _locale(language)),
        *(("og:locale:alternate", _locale(other)) for other in INTERFACE if other != language),
        ("article:published_time", record.first_published.isoformat()),
        ("article:modified_time", record.updated.isoformat()),
    ]
    if picture and case.cover:
        pairs += [("og:image", picture), ("og:image:alt", case.cover.alt)]
    return tuple(pairs)


def _citation(page: CasePage, language: str, address: str) -> tuple[tuple[str, str], ...]:
    """Return the tags that reference managers read."""
    record, case = page.record, page.record.case
    return (
        ("citation_title", case.title_in(language)),
        ("citation_author", author(case, page.city.city, language)),
        ("citation_publication_date", record.first_published.strftime("%Y/%m/%d")),
        ("citation_technical_report_institution", wording(language).gettext("Knowledge Exchange for Cities")),
        ("citation_language", case.language),
        ("citation_abstract_html_url", address),
        ("citation_public_url", address),
        ("citation_abstract", case.summary_in(language)),
        *(("citation_keywords", topic_label(topic, language)) for topic in case.topics),
    )


def _json_ld(
    page: CasePage, language: str, address: str, picture: str | None, base_url: str
) -> Mapping[str, Any]:
    """Return the case as an article of schema.org with the way to it."""
    record, case = page.record, page.record.case
    article: dict[str, Any] = {
        "@type": "Article",
        "@id": address,
        "headline": case.title_in(language),
        "description": case.summary_in(language),
        "inLanguage": case.language,
        "datePublished": record.first_published.isoformat(),
        "dateModified": record.updated.isoformat(),
        "version": record.revision,
        "author": {"@type": "Organization", "name": author(case, page.city.city, language)},
        "publisher": {
            "@type": "Organization",
            "name": wording(language).gettext("Knowledge Exchange for Cities"),
            "url": base_url + addresses.home(language),
        },
        "license": case_links.license_text(case.license),
        "isAccessibleForFree": True,
        "about": [topic_label(topic, language) for topic in case.topics],
        "keywords": [tag.shown for tag in record.tags],
        "spatialCoverage": _place(page, language, base_url),
        "citation": [_cited(source.title, source.url) for source in case.sources],
        "encoding": {
            "@type": "MediaObject",
            "encodingFormat": "text/markdown",
            "contentUrl": base_url + case_links.markdown(language, case.id),
        },
    }
    if picture:
        article["image"] = picture
    return {"@context": "https://schema.org", "@graph": [article, _crumbs(page, language, address, base_url)]}


def _cited(title: str, address: str | None) -> dict[str, str]:
    cited = {"@type": "CreativeWork", "name": title}
    return {**cited, "url": address} if address else cited


def _place(page: CasePage, language: str, base_url: str) -> dict[str, Any]:
    city = page.city.city
    place: dict[str, Any] = {
        "@type": "City",
        "name": city.name_in(language),
        "url": base_url + addresses.city(language, city.id),
        "containedInPlace": {"@type": "Country", "name": names.country(city.country, language)},
    }
    if city.location:
        place["geo"] = {
            "@type": "GeoCoordinates",
            "latitude": float(city.location.lat),
            "longitude": float(city.location.lon),
        }
    return place


def _crumbs(page: CasePage, language: str, address: str, base_url: str) -> dict[str, Any]:
    city = page.city.city
    steps = (
        (wording(language).gettext("Cities"), base_url + addresses.cities(language)),
        (city.name_in(language), base_url + addresses.city(language, city.id)),
        (page.record.case.title_in(language), address),
    )
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": place, "name": name, "item": step}
            for place, (name, step) in enumerate(steps, 1)
        ],
    }


def printed_address(base_url: str, language: str, case_id: str) -> str:
    """Return the page's address as it is read on paper."""
    return case_links.readable(base_url + addresses.case(language, case_id))


def revision_line(number: int, moment_shown: str, language: str) -> str:
    """Return which state of a text is meant, for citations."""
    sentence = wording(language).gettext("revision %(number)s of %(date)s")
    return sentence % {"number": fmt.in_digits(number, language), "date": moment_shown}
