"""Names of languages and countries in the reader's language: CLDR, with a reviewed table of exceptions."""

from functools import lru_cache

from babel import Locale, UnknownLocaleError

# A label of CLDR gives way where it carries a second name in brackets or dashes, or where the
# United Nations use another one for a member or observer. Reviewed against CLDR as of Babel 2.18.
COUNTRIES = {
    "CC": {"en": "Cocos Islands", "fa": "جزایر کوکوس"},
    "CD": {"en": "Democratic Republic of the Congo", "fa": "جمهوری دموکراتیک کنگو"},
    "CG": {"en": "Congo", "fa": "کنگو"},
    "CV": {"en": "Cabo Verde", "fa": "کیپ\u200cورد"},
    "HK": {"en": "Hong Kong", "fa": "هنگ\u200cکنگ"},
    "MM": {"en": "Myanmar", "fa": "میانمار"},
    "MO": {"en": "Macao", "fa": "ماکائو"},
    "PS": {"en": "State of Palestine", "fa": "فلسطین"},
    "ZA": {"en": "South Africa", "fa": "آفریقای جنوبی"},
    "CF": {"en": "Central African Republic", "fa": "جمهوری آفریقای مرکزی"},
}


@lru_cache(maxsize=8)
def _locale(language: str) -> Locale:
    try:
        return Locale.parse(language)
    except (UnknownLocaleError, ValueError):
        return Locale.parse("en")


@lru_cache(maxsize=2048)
def country(code: str, language: str) -> str:
    """Return the name of a country (ISO 3166-1 alpha-2), or the code itself when nobody knows it."""
    override = COUNTRIES.get(code.upper(), {}).get(language)
    return override or _locale(language).territories.get(code.upper()) or code


@lru_cache(maxsize=2048)
def language_name(tag: str, language: str) -> str:
    """Return the name of a language (BCP 47), or the tag itself when nobody knows it."""
    return _locale(language).languages.get(tag) or tag


def own_name(tag: str) -> str:
    """Return the name of a language in that language, as a language switch shows it."""
    return language_name(tag, tag)
