"""The page of one city."""

from flask import Blueprint, render_template

from knowledgebase.domain.errors import NotFound
from knowledgebase.intake.slug import is_city_id
from knowledgebase.services import reading
from knowledgebase.web import city_desk
from knowledgebase.web.city_view import city_view
from knowledgebase.web.context import the_site
from knowledgebase.web.language import current
from knowledgebase.web.paged import asked_page
from knowledgebase.web.personal import part

pages = Blueprint("city", __name__)
part("city-desk")(city_desk.of_city)


@pages.get("/<interface:language>/cities/<city>")
def show(city: str) -> str:
    """Show a city; `page` leads to its older cases, and a page behind the last one is not there."""
    if not is_city_id(city):
        raise NotFound(city)
    site, number = the_site(), asked_page()
    found = reading.city(site, city, page=number)
    if number > 1 and not found.cases.cards:
        raise NotFound(f"{city}?page={number}")
    view = city_view(found, number, site.now().date(), current())
    return render_template("cities/show.html", page=view, id=city)
