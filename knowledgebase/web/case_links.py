"""Where the other forms of a case stand, and addresses as people can read them."""

import re
from functools import lru_cache
from urllib.parse import quote, unquote, urlencode

from knowledgebase.web import addresses

_UNREADABLE = re.compile(r"[\s\x00-\x20\x7f-\xa0\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufffd]")
_CREATIVE_COMMONS = re.compile(r"CC-(BY(?:-SA|-NC|-ND)*)-(\d\.\d)")


def markdown(language: str, case_id: str) -> str:
    """Return the address of a case as a file."""
    return f"{addresses.case(language, case_id)}.md"


def json(language: str, case_id: str) -> str:
    """Return the address of a case for programs."""
    return f"{addresses.case(language, case_id)}.json"


def history(language: str, case_id: str) -> str:
    """Return the address of a case's revisions."""
    return f"{addresses.case(language, case_id)}/history"


def cover(case_id: str, digest: str) -> str:
    """Return the address of a case's picture."""
    city_id, _, slug = case_id.partition("/")
    return f"/covers/{quote(city_id, safe='')}/{quote(slug, safe='')}/{quote(digest, safe='')}.webp"


def cases_of_city(language: str, city_id: str) -> str:
    """Return the address of the search for all cases of a city."""
    return addresses.search(language, [("city", city_id)])


def words(language: str, text: str) -> str:
    """Return the address of the search for these words."""
    return f"{addresses.search(language)}?{urlencode({'q': text})}"


@lru_cache(maxsize=4096)
def readable(address: str) -> str:
    """Return an address of the web as it is read: letters instead of percent signs where that is safe."""
    try:
        decoded = unquote(address, errors="strict")
    except UnicodeDecodeError:
        return address
    return address if _UNREADABLE.search(decoded) else decoded


def license_text(spdx: str) -> str:
    """Return where the text of a licence stands."""
    if spdx == "CC0-1.0":
        return "https://creativecommons.org/publicdomain/zero/1.0/"
    found = _CREATIVE_COMMONS.fullmatch(spdx)
    if found:
        return f"https://creativecommons.org/licenses/{found[1].lower()}/{found[2]}/"
    return f"https://spdx.org/licenses/{quote(spdx, safe='')}.html"
