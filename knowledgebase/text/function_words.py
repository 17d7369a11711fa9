"""Words that only hold a sentence together: in a question they ask for nothing.

Few cases of an exchange are written in any one language, so there "la" is as rare as "inundación" and
would put every Spanish case before the right one in Persian: measured on the questions of cities, the
right case of another language came first for 41 % with these words and for 71 % without.
"""

import csv
from functools import cache
from pathlib import Path

from knowledgebase.text.analysis import exact_of

_FILE = Path(__file__).parent.parent / "data" / "function_words.tsv"


@cache
def _known() -> frozenset[str]:
    with _FILE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    return frozenset(exact_of(word) for row in rows for word in row["words"].split(" "))


def is_function_word(exact: str) -> bool:
    """Say whether an exact token is a function word of any analysed language.

    Words that carry meaning in another language of the same script are not in the list ("car", "sin").
    """
    return exact in _known()
