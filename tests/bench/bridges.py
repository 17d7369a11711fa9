"""From a question in one language to a document in another that carries a summary in the first."""

from pathlib import Path

from tests.bench.corpus import filled
from tests.bench.figures import say
from tests.bench.judged import (
    NEWS,
    Collection,
    as_record,
    headlines,
    read_collection,
    read_news,
    with_summaries,
)
from tests.bench.known import LABELS
from tests.bench.measures import Score, means

# ways with nDCG@10 as measured with Lucene before there was a product: floor, one sentence, two
WAYS = {
    ("fa", "en"): "0.213 by shared words, 0.794 by one sentence",
    ("en", "fa"): "0.309 by shared words, 0.782 by one sentence",
    ("en", "ar"): "0.753 by one sentence",
    ("fa", "es"): "0.790 by one sentence",
}
LEAST = {("fa", "en"): 0.75, ("en", "fa"): 0.75}  # by one sentence
XQUAD_LEAST = 0.75  # en to ar, by two sentences
SENTENCES = (0, 1, 2)
ALONE = {
    "en": 0.895,
    "fa": 0.919,
    "ar": 0.874,
    "fr": 0.884,
    "es": 0.908,
    "pt": 0.915,
    "de": 0.888,
    "zh": 0.915,
    "ru": 0.887,
    "tr": 0.892,
}  # headline to its own document, words and stems in another engine


def measure_bridges(folder: Path, server: str) -> list[Score]:
    """Return nDCG@10 of headlines and questions across languages, by sentences of summary."""
    say("asking headlines across languages")
    news = {language: read_news(folder, language) for language in NEWS}
    scores = []
    for language, one in news.items():
        note = f"seen elsewhere: {ALONE[language]:.3f}"
        scores.append(_score(headlines(one, one, 0), server, "alone", note=note))
    for (asked, found), seen in WAYS.items():
        for sentences in SENTENCES:
            collection = headlines(news[asked], news[found], sentences)
            least = LEAST.get((asked, found)) if sentences == 1 else None
            note = f"seen elsewhere: {seen}" if sentences == 1 else ""
            scores.append(_score(collection, server, _told(sentences), least=least, note=note))
    english, arabic = (read_collection(folder, f"xquad-{tag}", tag) for tag in ("en", "ar"))
    for sentences in SENTENCES[1:]:
        collection = with_summaries(arabic, english, "en", sentences)
        least = XQUAD_LEAST if sentences == 2 else None
        scores.append(_score(collection, server, _told(sentences), least=least))
    return scores


def _told(sentences: int) -> str:
    return f"{sentences} sentences" if sentences != 1 else "1 sentence"


def _score(
    collection: Collection, server: str, how: str, *, least: float | None = None, note: str = ""
) -> Score:
    with filled([as_record(one) for one in collection.passages], LABELS, server=server) as corpus:
        rankings = corpus.rankings(one.text for one in collection.questions)
    value = means(collection.questions, rankings)["nDCG@10"]
    return Score(f"{collection.name}, {how}: nDCG@10", value, least=least, note=note)
