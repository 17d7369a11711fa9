"""Languages: those of the interface, those of texts, and their direction of writing."""

INTERFACE = ("fa", "en")  # complete languages of the interface, the first users' first
ANALYSED = ("fa", "ar", "en", "fr", "es")  # languages with an analysis of their own

_RIGHT_TO_LEFT = frozenset({"ar", "ckb", "dv", "fa", "he", "ku-arab", "ps", "sd", "ug", "ur", "yi"})


def direction(language: str) -> str:
    """Return "rtl" or "ltr" for a BCP 47 tag; unknown languages are written left to right."""
    return "rtl" if language in _RIGHT_TO_LEFT else "ltr"
