"""The words of the form for cases: what each field asks for, with a hint and an example where they help."""

from collections.abc import Mapping
from dataclasses import dataclass

from knowledgebase.web.problems import later

LABELS: Mapping[str, str] = {  # by the field's name without the numbers of rows
    "title": later("Title"),
    "summary": later("Summary"),
    "language": later("Language of the text"),
    "topics.1": later("Topic"),
    "topics.2": later("Second topic"),
    "topics.3": later("Third topic"),
    "status": later("Where it stands"),
    "tags": later("Tags"),
    "started": later("Started"),
    "ended": later("Ended"),
    "months_to_implement": later("Months from start to use"),
    "confirmed": later("Last day on which the city confirmed that it still holds"),
    "calendar": later("Calendar of the years 1300 to 1499"),
    "scale": later("How large an area it covers"),
    "participation": later("How far residents took part"),
    "partners": later("Partner cities"),
    "offers": later("What the city gives to others"),
    "adapted_from": later("Model that was followed"),
    "led_by.name": later("Who ran it, if not the city's administration"),
    "led_by.kind": later("Kind of body"),
    "contact.office": later("Office"),
    "contact.url": later("Page of the office"),
    "contact.email": later("E-mail address of the office"),
    "sources.title": later("Title of the source"),
    "sources.publisher": later("Publisher"),
    "sources.year": later("Year"),
    "sources.url": later("Web address"),
    "sources.checked": later("Last looked at"),
    "results.indicator": later("What is counted"),
    "results.what": later("Outcome or output"),
    "results.unit": later("Unit"),
    "results.better": later("Better is"),
    "results.before.value": later("Before"),
    "results.before.date": later("Date of that"),
    "results.after.value": later("After"),
    "results.after.date": later("Date of the value after"),
    "results.change.value": later("Change, where only that is known"),
    "results.change.unit": later("The change is counted in"),
    "results.change.from": later("Changed from (date)"),
    "results.change.to": later("Changed to (date)"),
    "results.compared_with": later("Compared with"),
    "results.caused": later("Is the case the cause?"),
    "results.target.value": later("Target"),
    "results.target.date": later("Date of the target"),
    "results.method": later("How it is known"),
    "results.sources": later("Numbers of sources"),
    "cost.capital.amount": later("Spent once: amount"),
    "cost.capital.currency": later("Currency"),
    "cost.capital.year": later("Prices of the year"),
    "cost.capital.kind": later("How the amount is known"),
    "cost.capital.sources": later("Numbers of sources"),
    "cost.yearly.amount": later("Spent every year: amount"),
    "cost.yearly.currency": later("Currency"),
    "cost.yearly.year": later("Prices of the year"),
    "cost.yearly.kind": later("How the amount is known"),
    "cost.yearly.sources": later("Numbers of sources"),
    "cost.staff": later("Full-time posts"),
    "funding.source": later("Who paid"),
    "funding.share": later("Share in percent"),
    "evaluation.kind": later("Who evaluated"),
    "evaluation.by": later("Name of the body"),
    "evaluation.year": later("Year"),
    "evaluation.url": later("Web address"),
    "evaluation.sources": later("Numbers of sources"),
    "beneficiaries.groups": later("Groups of people"),
    "beneficiaries.people": later("How many people"),
    "preconditions.kind": later("Kind"),
    "preconditions.text": later("What another city must have"),
    "preconditions.essential": later("It does not work without"),
    "stakeholders.name": later("Name of the body"),
    "stakeholders.kind": later("Kind of body"),
    "stakeholders.role": later("What it did"),
    "translations.language": later("Language"),
    "translations.title": later("Title in that language"),
    "translations.summary": later("Summary in that language"),
    "translations.by": later("Who translated"),
    "section.challenge": later("The challenge"),
    "section.solution": later("What was done"),
    "section.results": later("What came of it, and what was learnt"),
    "section.brief": later("In brief"),
    "section.context": later("The city and its situation"),
    "section.objectives": later("Objectives"),
    "section.blocks": later("Building blocks"),
    "section.steps": later("Steps and timeline"),
    "section.people": later("People and participation"),
    "section.cost": later("Cost and funding, told"),
    "section.limits": later("What did not work"),
    "section.legal": later("Legal and organisational basis"),
    "section.transfer": later("How another city can adapt it"),
    "section.today": later("Where it stands today, told"),
    "section.sources": later("About the sources"),
    "section.more": later("Further text with headings of your own"),
    "body": later("The whole text"),
    "note": later("What has changed"),
}
HINTS: Mapping[str, str] = {
    "title": later("What was done and what came of it, at most 120 characters."),
    "tags": later("Free words with commas between them, at most ten."),
    "started": later(
        "A year, a month or a day: 2019, 2019-05 or 2019-05-21. In a Persian text 1398 is Jalali."
    ),
    "sources.url": later("From https:// on."),
    "contact.email": later("It is never shown."),
    "contact.office": later("An office, not a person."),
    "partners": later("One a line."),
    "confirmed": later("A whole date: 2024-05-21."),
    "adapted_from": later("The id of a case, such as tehran/clean-air, or a web address."),
    "results.before.value": later("A number, or a range: 10–20."),
    "results.sources": later("As in the list of sources: 1, 2."),
    "cost.capital.amount": later("Digits only, or a range: 10–20."),
    "cost.capital.currency": later("EUR, IRR, toman …"),
    "body": later("Markdown with the headings of the format."),
    "section.more": later("Markdown; begin with a heading: ## …"),
    "note": later("If you like: one line for the history of the case."),
}


@dataclass(frozen=True, slots=True)
class BoxWords:
    """What guides a writer through one of the boxes."""

    questions: str
    example: str


BOXES: Mapping[str, BoxWords] = {
    "challenge": BoxWords(
        later("What was wrong, for whom, and since when? How large was it, and how do you know?"),
        later(
            "More than a third of the water that left the works never reached a meter [1]. Repairs followed "
            "complaints: the loudest street came first, not the one that lost most."
        ),
    ),
    "solution": BoxWords(
        later("What did the city do, in which order, and with whom? What did it decide against?"),
        later(
            "The network was split into 42 districts, each with one meter at its entrance. The ten that lost "
            "most at night were searched and repaired first, every month."
        ),
    ),
    "results": BoxWords(
        later("What changed, from when to when? What did not work? What would you do otherwise today?"),
        later(
            "Losses fell from 38 percent in 2017 to 25 percent in 2022 [1]. In eight districts old valves "
            "leaked and a year of readings was worthless: test the valves first."
        ),
    ),
}


@dataclass(frozen=True, slots=True)
class Group:
    """Some fields that are added to the form together."""

    key: str
    title: str
    parts: tuple[str, ...] = ()  # of intake/form_fields
    names: tuple[str, ...] = ()  # single fields


SECTIONS = ("limits", "context", "steps", "transfer", "cost", "people", "objectives", "legal", "today")
GROUPS: tuple[Group, ...] = (
    Group("results", later("Results in figures"), parts=("results",)),
    Group("cost", later("Cost and funding"), parts=("cost", "funding")),
    Group("translations", later("Title and summary in other languages"), parts=("translations",)),
    Group("evaluation", later("Evaluation"), parts=("evaluation",)),
    Group("beneficiaries", later("For whom it was done"), parts=("beneficiaries",)),
    Group("preconditions", later("What another city must have"), parts=("preconditions",)),
    Group("stakeholders", later("Who took part"), parts=("stakeholders",)),
    Group(
        "partners",
        later("Partners and offers"),
        parts=("led_by",),
        names=("partners", "offers", "adapted_from"),
    ),
    Group(
        "reach",
        later("Time and reach"),
        names=("ended", "months_to_implement", "scale", "participation", "confirmed", "calendar"),
    ),
    *(Group(f"section.{key}", LABELS[f"section.{key}"], names=(f"section.{key}",)) for key in SECTIONS),
    *(
        Group(f"section.{key}", LABELS[f"section.{key}"], names=(f"section.{key}",))
        for key in ("brief", "blocks", "sources", "more")
    ),
)
ALWAYS = ("contact", "sources")  # parts that every form shows
REQUIRED = frozenset(
    {"title", "language", "topics.1", "status", *(f"section.{key}" for key in BOXES), "body"}
)
_OFFERED = """
fa en ar fr es tr az ku ckb hy ka ur ps tg uz kk ru uk zh ja ko id ms hi bn ta vi th pt it de nl pl el he sw
"""
LANGUAGES = tuple(_OFFERED.split())  # for a text; any other one that is typed stays
