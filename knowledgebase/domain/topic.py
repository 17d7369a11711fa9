"""The sixteen fixed families of challenges; their labels stand in data/topics.tsv."""

from enum import StrEnum


class Topic(StrEnum):
    """One of the families that every case belongs to, in the order in which they are listed."""

    AIR = "air"
    MOBILITY = "mobility"
    WASTE = "waste"
    WATER = "water"
    WASTEWATER = "wastewater"
    ENERGY = "energy"
    RESOURCES = "resources"
    NATURE = "nature"
    RESILIENCE = "resilience"
    DENSITY = "density"
    HOUSING = "housing"
    SOCIAL = "social"
    CULTURE = "culture"
    ECONOMY = "economy"
    GOVERNANCE = "governance"
    DIPLOMACY = "diplomacy"
