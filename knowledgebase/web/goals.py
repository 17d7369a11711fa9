"""The seventeen Sustainable Development Goals by their short names."""

from knowledgebase.web import fmt
from knowledgebase.web.messages import wording
from knowledgebase.web.problems import later

_GOALS = (
    later("No poverty"),
    later("Zero hunger"),
    later("Good health and well-being"),
    later("Quality education"),
    later("Gender equality"),
    later("Clean water and sanitation"),
    later("Affordable and clean energy"),
    later("Decent work and economic growth"),
    later("Industry, innovation and infrastructure"),
    later("Reduced inequalities"),
    later("Sustainable cities and communities"),
    later("Responsible consumption and production"),
    later("Climate action"),
    later("Life below water"),
    later("Life on land"),
    later("Peace, justice and strong institutions"),
    later("Partnerships for the goals"),
)


def goal(number: int, language: str) -> str:
    """Return a goal (1..17) with its number and name."""
    return f"{fmt.in_digits(number, language)}. {wording(language).gettext(_GOALS[number - 1])}"
