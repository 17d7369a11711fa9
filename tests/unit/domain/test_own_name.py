"""A city's own name is known in every spelling, and who only bears the city's name is not the city."""

import pytest

from knowledgebase.domain.case import Case
from knowledgebase.domain.city import City
from knowledgebase.domain.evidence import Evaluation, EvaluationKind
from tests.make import a_case, a_city, an_outcome

TEHRAN = a_city(
    name={"en": "Tehran", "fa": "تهران", "ar": "طهران"},
    administration={"en": "Tehran Municipality", "fa": "شهرداری تهران"},
)
BOGOTA = a_city(
    "bogota",
    name={"en": "Bogota", "es": "Bogotá", "fr": "Bogota"},
    administration={"en": "Mayor's Office of Bogota", "es": "Alcaldía Mayor de Bogotá"},
)
MEXICO = a_city("mexico-city", name={"en": "Mexico City", "es": "Ciudad de México", "ja": "メキシコ"})
BEIJING = a_city("beijing", name={"en": "Beijing", "zh": "北京"})

OWN = [
    (TEHRAN, "Tehran"),
    (TEHRAN, "tehran municipality"),
    (TEHRAN, "Municipality of Tehran"),
    (TEHRAN, "The City of Tehran"),
    (TEHRAN, "Tehran City Council"),
    (TEHRAN, "Tehran Municipality, department of traffic"),
    (TEHRAN, "ICT Organization (Municipality of Tehran)"),
    (TEHRAN, "تهران"),
    (TEHRAN, "شهرداری تهران"),
    (TEHRAN, "شهرداري  تهران"),
    (TEHRAN, "شورای اسلامی شهر تهران"),
    (TEHRAN, "معاونت حمل\u200cونقل، شهرداری تهران"),
    (TEHRAN, "بلدية طهران"),
    (BOGOTA, "Alcaldia de Bogota"),
    (BOGOTA, "Mairie de Bogota"),
    (MEXICO, "Government of Mexico City, Municipality of Mexico City"),
    (MEXICO, "Gobierno municipal de la Ciudad de Mexico"),
    (BEIJING, "北京市"),
]
SOMEBODY_ELSE = [
    (TEHRAN, "University of Tehran"),
    (TEHRAN, "Tehran University"),
    (TEHRAN, "دانشگاه تهران"),
    (TEHRAN, "Sharif University, Tehran"),
    (TEHRAN, "دانشگاه شریف، شهر تهران"),
    (TEHRAN, "The Tehran Times"),
    (TEHRAN, "تهران\u200cپرس"),
    (TEHRAN, "Tehrani Council"),
    (TEHRAN, "Municipality of Isfahan"),
    (TEHRAN, "Municipality"),
    (TEHRAN, ""),
    (MEXICO, "Government of Mexico"),
    (MEXICO, "World Bank, Mexico City"),
    (BEIJING, "北京大学"),
]


@pytest.mark.parametrize(("city", "text"), OWN)
def test_the_city_and_its_administration_are_known_by_every_name(city: City, text: str) -> None:
    assert city.is_named_by(text)


@pytest.mark.parametrize(("city", "text"), SOMEBODY_ELSE)
def test_who_only_bears_the_name_of_the_city_is_not_the_city(city: City, text: str) -> None:
    assert not city.is_named_by(text)


def evaluated_by(body: str | None) -> Case:
    evaluation = Evaluation(EvaluationKind.INDEPENDENT, body)
    return a_case(results=(an_outcome(),), evaluation=evaluation)


@pytest.mark.parametrize("body", ["Tehran", "Municipality of Tehran", "شهرداری تهران"])
def test_a_city_that_evaluates_itself_is_not_independent(body: str) -> None:
    evidence = evaluated_by(body).evidence_in(TEHRAN)

    assert (evidence.level, evidence.reasons[-1]) == (3, "own-evaluation")


def test_a_university_of_the_city_may_be_independent() -> None:
    evidence = evaluated_by("University of Tehran").evidence_in(TEHRAN)

    assert (evidence.level, evidence.reasons[-1]) == (4, "evaluated")


def test_an_evaluation_without_a_name_does_not_count() -> None:
    evidence = evaluated_by(None).evidence_in(TEHRAN)

    assert (evidence.level, evidence.reasons[-1]) == (3, "not-evaluated")
