"""Judged collections: how good the first ten are, with slips, in other spellings, and in both engines."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import mean

from knowledgebase.domain.record import CityLabel
from tests.bench.corpus import Corpus, filled
from tests.bench.figures import say
from tests.bench.judged import PEOPLES, Asked, Collection, Passage, as_record, read_collection
from tests.bench.measures import Ranking, Score, means, overlap
from tests.bench.spellings import ALIKE, SAME, with_slip

NDCG_LEAST = {
    "pquad-test": 0.955,
    "xquad-en": 0.955,
    "xquad-es": 0.95,
    "xquad-de": 0.93,
    "xquad-ru": 0.945,
    "xquad-tr": 0.93,
    "xquad-el": 0.94,
    "xquad-ar": 0.92,
    "xquad-hi": 0.94,
    "xquad-zh": 0.955,
    "xquad-th": 0.88,
}
RECALL_LEAST, RECALL_LEAST_THAI = 0.97, 0.95
NO_HIT_MOST, NO_HIT_MOST_SLIP = 0.002, 0.005
SLIP_LEAST = 0.97  # share of the clean nDCG@10
CLEAN_LOSS_MOST = 0.005  # that the repair of words costs questions without a slip
ALIKE_LEAST = 0.9
PARITY_MOST, PARITY_LEAST = 0.02, 0.7  # difference of nDCG@10, overlap of the first ten
MIXED_LOSS_MOST, MIXED_FIRST_LEAST = 0.03, 0.99
MIXED_STEP = 3  # every third question
LABELS = {name: CityLabel({}, "IR") for name in (*NDCG_LEAST, "ntrex")}


@dataclass(frozen=True, slots=True)
class Measured:
    """The scores of the collections, and nDCG@10 of each language of XQuAD by itself."""

    scores: tuple[Score, ...]
    alone: dict[str, float]


def measure_known(folder: Path, server: str) -> Measured:
    """Return the scores of PQuAD and of XQuAD in ten languages, each in an index of its own."""
    scores: list[Score] = []
    alone: dict[str, float] = {}
    for name in NDCG_LEAST:
        language = "fa" if name == "pquad-test" else name.removeprefix("xquad-")
        collection = read_collection(folder, name, language)
        say(f"asking {len(collection.questions)} questions of {name}")
        with filled([as_record(one) for one in collection.passages], LABELS, server=server) as corpus:
            texts = [one.text for one in collection.questions]
            clean = corpus.rankings(texts)
            scores += _first_ten(collection, clean)
            scores += _slips(collection, corpus)
            if language == "fa":
                scores += _spellings(texts, corpus, clean)
        if server:
            scores += _parity(collection, clean)
        alone[language] = scores_by_name(scores)[f"{name}: nDCG@10"]
    return Measured(tuple(scores), alone)


def scores_by_name(scores: Sequence[Score]) -> dict[str, float]:
    """Return the values by name."""
    return {score.name: score.value for score in scores}


def _first_ten(collection: Collection, rankings: Sequence[Ranking]) -> list[Score]:
    found = means(collection.questions, rankings)
    name = collection.name
    recall_least = RECALL_LEAST_THAI if name == "xquad-th" else RECALL_LEAST
    size = f"{len(collection.questions)} questions to {len(collection.passages)} passages"
    return [
        Score(f"{name}: nDCG@10", found["nDCG@10"], least=NDCG_LEAST[name], note=size),
        Score(f"{name}: R@10", found["R@10"], least=recall_least),
        Score(f"{name}: MRR@10", found["MRR@10"]),
        Score(f"{name}: no hit", found["no hit"], most=NO_HIT_MOST),
    ]


def _slips(collection: Collection, corpus: Corpus) -> list[Score]:
    """Return what a slip in one word costs after repair, and what the repair costs without one."""
    chance = random.Random(collection.name)  # noqa: S311  # the same for every run
    slipped = [(one, with_slip(one.text, chance)) for one in collection.questions]
    pairs = [(one, text) for one, text in slipped if text is not None]
    if len(pairs) < len(slipped) / 2:  # a script without spaces has no words to mistype
        return []
    questions = [one for one, _ in pairs]
    bare = means(questions, corpus.rankings(one.text for one in questions))
    clean = means(questions, corpus.rankings((one.text for one in questions), repair=True))
    wrong = means(questions, corpus.rankings((text for _, text in pairs), repair=True))
    share = wrong["nDCG@10"] / clean["nDCG@10"]
    note = f"{wrong['nDCG@10']:.3f} of {clean['nDCG@10']:.3f}"
    lost = bare["nDCG@10"] - clean["nDCG@10"]
    name = collection.name
    return [
        Score(f"{name}: nDCG@10 with a slip, of the clean", share, least=SLIP_LEAST, note=note),
        Score(f"{name}: no hit with a slip", wrong["no hit"], most=NO_HIT_MOST_SLIP),
        Score(f"{name}: nDCG@10 lost to repair without a slip", lost, most=CLEAN_LOSS_MOST),
    ]


def _spellings(texts: Sequence[str], corpus: Corpus, clean: Sequence[Ranking]) -> list[Score]:
    """Return how alike the answers to other spellings of the same Persian questions are."""
    scores = []
    for name, respell in {**SAME, **ALIKE}.items():
        changed = [
            (again, ranking)
            for text, ranking in zip(texts, clean, strict=True)
            if (again := respell(text)) != text
        ]
        rankings = corpus.rankings(text for text, _ in changed)
        pairs = [(found, ranking) for found, (_, ranking) in zip(rankings, changed, strict=True)]
        note = f"{len(pairs)} questions"
        if name in SAME:
            same = mean(list(found) == list(ranking) for found, ranking in pairs)
            scores.append(Score(f"Persian, {name}: the same ten", same, least=1.0, note=note))
        else:
            shared = mean(overlap(found, ranking) for found, ranking in pairs)
            scores.append(Score(f"Persian, {name}: overlap", shared, least=ALIKE_LEAST, note=note))
    return scores


def _parity(collection: Collection, clean: Sequence[Ranking]) -> list[Score]:
    """Return how the embedded engine's answers differ from these of the server."""
    texts = [one.text for one in collection.questions]
    with filled([as_record(one) for one in collection.passages], LABELS) as corpus:
        other = corpus.rankings(texts)
    quality = [means(collection.questions, rankings)["nDCG@10"] for rankings in (clean, other)]
    shared = mean(overlap(*pair) for pair in zip(clean, other, strict=True))
    same = mean(list(one) == list(two) for one, two in zip(clean, other, strict=True))
    name = collection.name
    return [
        Score(f"{name}: nDCG@10 apart, both engines", abs(quality[0] - quality[1]), most=PARITY_MOST),
        Score(f"{name}: overlap, both engines", shared, least=PARITY_LEAST, note=f"{same:.3f} the same ten"),
    ]


def measure_mixed(folder: Path, server: str, alone: dict[str, float]) -> list[Score]:
    """Return what a language loses when the passages of ten languages stand in one index."""
    whole = {tag: read_collection(folder, f"xquad-{tag}", tag) for tag in PEOPLES}
    passages: list[Passage] = [one for collection in whole.values() for one in collection.passages]
    say(f"asking for one of {len(passages)} passages of {len(PEOPLES)} languages")
    scores = []
    with filled([as_record(one) for one in passages], LABELS, server=server) as corpus:
        for tag, collection in whole.items():
            questions: Sequence[Asked] = collection.questions[::MIXED_STEP]
            rankings = corpus.rankings(one.text for one in questions)
            quality = means(questions, rankings)["nDCG@10"]
            first = mean(ranking[0].startswith(f"{collection.name}/") for ranking in rankings if ranking)
            note = f"{quality:.3f} against {alone[tag]:.3f} alone"
            scores += [
                Score(f"mixed, {tag}: nDCG@10 lost", alone[tag] - quality, most=MIXED_LOSS_MOST, note=note),
                Score(f"mixed, {tag}: first hit in the language", first, least=MIXED_FIRST_LEAST),
            ]
    return scores
