"""All that makes an application speak HTTP for the exchange, in one call."""

from flask import Flask
from jinja2 import StrictUndefined

from knowledgebase.web import (
    about,
    account,
    assets,
    case_acts,
    cases,
    city,
    city_edit,
    city_list,
    city_new,
    city_take_over,
    comment_acts,
    comment_feeds,
    comment_forms,
    comments,
    crawling,
    desk,
    draft_acts,
    errors,
    feeds,
    filters,
    flooding,
    forgotten,
    guarding,
    health,
    home,
    joining,
    journal,
    kept,
    language,
    layout,
    log_in,
    masthead,
    members,
    messages,
    moderation,
    networks,
    news,
    one_time,
    people,
    permits,
    personal,
    proposals,
    requests,
    rules,
    search,
    security,
    shared_drafts,
    tag_rules,
    tagging,
    tags,
    topics,
    verified,
    visitor,
    write,
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
    city_new.pages,
    city_edit.pages,
    city_take_over.pages,
    city.pages,
    comments.pages,
    comment_acts.pages,
    comment_feeds.pages,
    moderation.pages,
    about.pages,
    log_in.pages,
    tagging.pages,
    tag_rules.pages,
    proposals.pages,
    journal.pages,
    desk.pages,
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
    write.pages,
    draft_acts.pages,
    shared_drafts.pages,
    case_acts.pages,
    feeds.pages,
    crawling.pages,
    health.pages,
    api.pages,
)


def register(app: Flask, *, base_url: str = "", proxies: int = 0, workers: int = 1) -> None:
    """Give an application its pages, words, limits and headers.

    `base_url` is the site's own address (KB_BASE_URL), `proxies` the number of trusted hops
    (KB_PROXIES), `workers` that of the processes that answer. Nothing here opens a database, an index
    or a connection.
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
    comment_forms.install(app)
    visitor.install(app)
    flooding.install(app, workers=workers, proxies=proxies)
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
