"""The sentence for each kind of news, in a letter and wherever else news are told."""

from collections.abc import Mapping

from knowledgebase.domain.letter import News, NewsKind
from knowledgebase.web import fmt
from knowledgebase.web.labels import name_in
from knowledgebase.web.messages import wording
from knowledgebase.web.problems import later

SOMEBODY = later("Somebody")
A_CITY = later("A city")
_SENTENCES = {
    NewsKind.COMMENT_ANSWERED: later("%(by)s answered your comment"),
    NewsKind.COMMENT_ON_CASE: later("%(by)s commented on a case of your city"),
    NewsKind.QUESTION: later("%(by)s has a question to your city"),
    NewsKind.COMMENT_HELD: later("A first comment by %(by)s waits to be let out"),
    NewsKind.COMMENT_RELEASED: later("Your comment is shown now"),
    NewsKind.COMMENT_REFUSED: later("Your comment is not shown"),
    NewsKind.COMMENT_REPORTED: later("A comment was reported"),
    NewsKind.COMMENT_HIDDEN: later("Your comment was hidden"),
    NewsKind.COMMENT_HIDDEN_BY_CITY: later("%(city)s hid a comment on its own case"),
    NewsKind.COMMENT_RESTORED: later("Your comment is shown again"),
    NewsKind.ANSWER_ACCEPTED: later("Your answer was accepted"),
    NewsKind.DRAFT_ASKED: later("%(by)s asks for a case to be published"),
    NewsKind.DRAFT_RETURNED: later("Your draft was returned"),
    NewsKind.DRAFT_PUBLISHED: later("Your case was published"),
    NewsKind.PROPOSAL_MADE: later("%(by)s proposed something for a case of your city"),
    NewsKind.PROPOSAL_ACCEPTED: later("Your proposal was accepted"),
    NewsKind.PROPOSAL_REFUSED: later("Your proposal was not accepted"),
    NewsKind.JOINING_ASKED: later("%(by)s asks to join %(city)s"),
}
_BY_CITY = {  # said when the city that did it is known
    NewsKind.COMMENT_HIDDEN: later("%(city)s hid your comment"),
    NewsKind.ANSWER_ACCEPTED: later("%(city)s accepted your answer"),
}


def news_sentence(news: News, cities: Mapping[str, Mapping[str, str]], language: str) -> str:
    """Return what happened, without a full stop; `cities` are names by language, by city id."""
    words = wording(language).gettext
    said = _SENTENCES[news.kind]
    if news.city is not None:
        said = _BY_CITY.get(news.kind, said)
    city = name_in(cities.get(news.city or "", {}), language) or news.city or ""
    if news.kind is NewsKind.JOINING_ASKED and not city:
        city = news.title
    return words(said) % {
        "by": fmt.isolated(news.by) if news.by else words(SOMEBODY),
        "city": fmt.isolated(city) if city else words(A_CITY),
    }
