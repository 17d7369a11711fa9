"""A knowledge exchange where cities publish, find and adopt each other's solutions."""

__version__ = "0.1.0"
