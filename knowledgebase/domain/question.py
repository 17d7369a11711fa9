"""A typed question after analysis: what both engines are asked for, and what is marked in texts."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Word:
    """One typed word."""

    exact: str  # folded, without ZWNJ
    stems: tuple[str, ...]  # distinct candidates, sorted; one per language the script allows
    shown: str  # as typed
    is_pair: bool = False  # two letters of a script without spaces; the next pair shares one of them


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words in quotes: they must stand in this order."""

    words: tuple[str, ...]  # exact tokens, at least one


@dataclass(frozen=True, slots=True)
class Question:
    """The analysed text of a query; all empty means browsing."""

    words: tuple[Word, ...] = ()  # scoring, repeats kept, phrase words included, function words left out
    phrases: tuple[Phrase, ...] = ()  # every one is required
    excluded: tuple[Phrase, ...] = ()  # none may stand in the text
    concepts: tuple[str, ...] = ()  # vocabulary ids, sorted

    @property
    def scores(self) -> bool:
        """Return whether anything can be ranked."""
        return bool(self.words or self.concepts)

    @property
    def minimum(self) -> int:
        """Return how many words a case must hold when no concept matches: a quarter, at least one.

        Overlapping pairs of letters count half: a run of letters has twice as many as it has words.
        """
        halves = 2 * len(self.words) - sum(word.is_pair for word in self.words)
        return max(1, halves // 8)
