"""All that makes an application speak HTTP for the exchange, in one call."""

from flask import Flask
from jinja2 import StrictUndefined

from knowledgebase.web import (
    about,
    account,
    assets,
    cases,
    city,
    city_list,
    crawling,
    errors,
    feeds,
    filters,
    forgotten,
    guarding,
    health,
    home,
    joining,
    kept,
    language,
    layout,
    log_in,
    masthead,
    members,
    messages,
    networks,
    news,
    one_time,
    people,
    permits,
    personal,
    requests,
    rules,
    search,
    security,
    tags,
    topics,
    verified,
    visitor,
)
from knowledgebase.web.api import views as api
from knowledgebase.web.cards import FACTS_KEPT

ICONS = 256  # drawings, each also mirrored
BLUEPRINTS = (
    assets.pages,
    home.pages,
    search.pages,
    topics.pages,
    tags.pages,
    networks.pages,
    city_list.pages,
    cases.pages,
    city.pages,
    about.pages,
    log_in.pages,
    one_time.pages,
    account.pages,
    rules.pages,
    members.pages,
    people.pages,
    joining.pages,
    requests.pages,
    forgotten.pages,
    news.pages,
    verified.pages,
    feeds.pages,
    crawling.pages,
    health.pages,
    api.pages,
)


def register(app: Flask, *, base_url: str = "", proxies: int = 0) -> None:
    """Give an application its pages, words, limits and headers.

    `base_url` is the site's own address (KB_BASE_URL), `proxies` the number of trusted hops
    (KB_PROXIES). Nothing here opens a database, an index or a connection.
    """
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.jinja_env.undefined = StrictUndefined
    security.protect(app, base_url=base_url, proxies=proxies)
    kept.install(app)
    language.install(app)
    messages.install(app)
    filters.install(app)
    layout.install(app, base_url)
    personal.install(app)
    masthead.install(app)
    visitor.install(app)
    guarding.install(app)
    errors.install(app)
    for pages in BLUEPRINTS:
        app.register_blueprint(pages)
    permits.check(app)
    with app.app_context():
        app.jinja_env.globals["icons"] = assets.static_url("vendor/icons.svg")
        app.jinja_env.globals["icon"] = kept.once(app, "parts/icon.html", "icon", ICONS)
        for part in ("card_top", "card_rest"):
            app.jinja_env.globals[part] = kept.once(app, "parts/card_facts.html", part, FACTS_KEPT)
