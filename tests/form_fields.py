"""What a browser would send of the form of a page, as a test sends it."""

import html
import re

_FIELD = re.compile(
    r'<input id="[^"]*" name="(?P<name>[^"]+)" type="(?P<type>[a-z]+)"[^>]*?value="(?P<value>[^"]*)"'
)
_AREA = re.compile(r'<textarea (?:id="[^"]*" )?name="([^"]+)"[^>]*>\n(.*?)</textarea>', re.S)
_SELECT = re.compile(r'<select id="[^"]*" name="([^"]+)".*?</select>', re.S)
_CHOSEN = re.compile(r'<option value="([^"]*)" selected>')
_HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)">')
_TICK = re.compile(r'name="(hazards\.[^"]+)" type="checkbox" value="yes" checked')
_RADIO = re.compile(r'type="radio" name="([^"]+)" value="([^"]+)" checked')


def fields_of(page: str) -> dict[str, str]:
    """Return what a browser would send of a page's form, untouched."""
    main = page[page.index("<main") :]
    found = {one["name"]: one["value"] for one in _FIELD.finditer(main) if one["type"] == "text"}
    found |= dict(_AREA.findall(main)) | dict(_HIDDEN.findall(main)) | dict(_RADIO.findall(main))
    for select in _SELECT.finditer(main):
        chosen = _CHOSEN.search(select[0])
        first = re.search(r'<option value="([^"]*)"', select[0])
        found[select[1]] = (chosen or first)[1] if chosen or first else ""  # type: ignore[index]
    found |= dict.fromkeys(_TICK.findall(main), "yes")
    return {name: html.unescape(value) for name, value in found.items()}
