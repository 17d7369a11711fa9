"""The rules of the house and what is kept about people; both are accepted when somebody joins."""

from flask import Blueprint, render_template

pages = Blueprint("rules", __name__)


@pages.get("/<interface:language>/guidelines")
def guidelines() -> str:
    """Show how people write here."""
    return render_template("rules/guidelines.html")


@pages.get("/<interface:language>/privacy")
def privacy() -> str:
    """Show what is kept about people, for how long, and who sees it."""
    return render_template("rules/privacy.html")
