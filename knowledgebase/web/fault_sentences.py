"""The sentence of every fault code: what is wrong and what to do; English here, Persian in the catalogue."""

from collections.abc import Mapping

from knowledgebase.web.fault_sentences_people import PEOPLE
from knowledgebase.web.problems import later

_COMMENTS: Mapping[str, str] = {
    "too-many-comments": later(
        "You have said much in a short time. Please send it again in %(minutes)s minutes; what you typed "
        "is kept."
    ),
    "said-already": later("You have said the same within a day. It stands here already."),
    "too-many-links": later(
        "There are %(length)s links, but a new account may set at most %(most)s. Leave some out."
    ),
    "too-many-edits": later("The comment was edited %(most)s times. Write a new one."),
    "same-language": later("This is the language of the first text. Choose that of the second one."),
    "too-fast": later("This came back within %(seconds)s seconds. Please send it again."),
    "filled-by-machine": later(
        "A field that people do not see was filled in. Please send it again without it."
    ),
    "not-a-token": later("The form is not whole. Open the page again and send it from there."),
    "changed-meanwhile": later(
        "The comment was changed since you opened it. What is stored now stands above; save yours if it "
        "shall replace it."
    ),
}
_VALUES: Mapping[str, str] = {
    "required": later("A value is needed here."),
    "no-such-city": later("There is no such city here. Choose one of the list."),
    "unknown-key": later(
        "The format has no key “%(name)s” in this place. Check its spelling, or leave it out."
    ),
    "not-a-map": later("Keys with their values are expected here, each on a line of its own: “title: …”."),
    "not-one-value": later("One value is expected here, no list and no further keys."),
    "not-a-list": later(
        "A list is expected here: values in [ ] with commas between them, or one a line after a hyphen."
    ),
    "too-many": later("There are too many: %(length)s, but at most %(most)s are accepted. Leave some out."),
    "twice": later("“%(value)s” is here twice. Leave one out."),
    "too-long": later("This is too long: %(length)s characters, but at most %(most)s fit. Shorten it."),
    "too-large": later(
        "The text is too large: %(length)s bytes, but at most %(most)s are accepted. Shorten it."
    ),
    "control-character": later(
        "The text holds the control character %(character)s, which nobody sees. Remove it."
    ),
    "invisible-character": later(
        "An invisible character (%(character)s) hides or turns the text here. Remove it."
    ),
    "not-a-number": later(
        "“%(value)s” is not a number. Write digits only, decimals after a point: 1200 or 12.5."
    ),
    "not-a-whole-number": later("“%(value)s” is not a whole number. Write digits only: 1200."),
    "not-a-number-or-range": later("A number is expected here, or a range: {low: 10, high: 20}."),
    "low-above-high": later("The lower end of the range is above the upper one. Exchange them."),
    "out-of-range": later("Only values from %(least)s to %(most)s are accepted here."),
    "not-yes-or-no": later("“%(value)s” is neither yes nor no. Write one of the two."),
    "unknown-value": later("“%(value)s” is not a value of this key. Choose one of these: %(known)s."),
    "unknown-code": later("“%(value)s” is not %(list)s."),
    "not-a-web-address": later(
        "“%(value)s” is not a web address. Write it whole, from https:// or http:// on, without user "
        "name or spaces."
    ),
    "not-an-email-address": later("“%(value)s” is not an e-mail address. Write it like office@city.example."),
    "not-a-language": later(
        "“%(value)s” is not the code of a language. Write the two small letters of ISO 639, or three "
        "where a language has no two: fa, en, ar, ckb."
    ),
    "not-a-slug": later(
        "“%(value)s” cannot end an address. Write letters, digits and single hyphens between words, "
        "at most 60 characters."
    ),
    "not-a-city-id": later(
        "“%(value)s” cannot be the id of a city. Write 2 to 40 characters: a to z, 0 to 9 and single "
        "hyphens, as in cape-town."
    ),
    "not-a-case-or-address": later(
        "“%(value)s” is neither the id of a case, such as tehran/clean-air, nor a web address."
    ),
    "id-or-name": later("Write one of the two: the id of a known network, or the name of another one."),
}
_DATES: Mapping[str, str] = {
    "not-a-date": later(
        "“%(value)s” is not a date. Write a year, a month or a day: 2019, 2019-05 or 2019-05-21."
    ),
    "not-a-year": later("“%(value)s” is not a year. Write four digits."),
    "no-such-day": later("No calendar has this date: %(value)s. Check month and day."),
    "needs-a-day": later("%(value)s is not exact enough. A whole date is needed here: 2024-05-21."),
    "in-the-future": later("%(value)s has not come yet. This date must have passed."),
    "which-calendar": later(
        "The year %(year)s may be Jalali, Hijri or Gregorian. Add “calendar: jalali” or “calendar: "
        "gregorian” to the file."
    ),
    "only-gregorian": later(
        "The year %(year)s looks Jalali or Hijri. Dates in a city's file are Gregorian: write it so."
    ),
    "ends-before-start": later("The end lies before the beginning. Check both dates."),
    "starts-too-late": later("This begins after %(year)s. Correct the date, or set the status to planned."),
}
_CASE: Mapping[str, str] = {
    "own-language": later(
        "The text itself is in this language; a translation is in another one. Leave it out."
    ),
    "own-slug": later("This is the present address of the case. Only former ones belong here."),
    "shares-above-100": later("The shares add up to %(sum)s percent, which is more than 100. Check them."),
    "required-unless-city": later(
        "Where the city has not written the text itself, it must be said when the status was known to "
        "hold. Give the date and its sources."
    ),
    "only-the-city": later("Only the city itself can say this. Leave it out."),
    "no-such-source": later(
        "There is no source number %(number)s; sources in the list: %(count)s. Correct the number, or "
        "add the source."
    ),
    "missing-section": later("The section “%(section)s” is missing. Add it with the heading: ## %(section)s"),
    "empty-section": later("The section “%(section)s” is empty. Write it; one sentence may be enough."),
    "too-complex": later("The text cannot be shown: %(limit)s. Simplify it."),
}
_TAGS: Mapping[str, str] = {
    "tag-forbidden": later("The tag “%(tag)s” is not used in this exchange. Choose another word."),
    "tag-of-file": later(
        "This tag stands in the file that the case is written in, and is changed there, not on the web."
    ),
    "tag-of-form": later("This tag belongs to the text of the case. Change it where the text is edited."),
    "too-many-tags": later("The case has %(most)s tags, and no case has more. Take one away first."),
    "tagged-already": later("The case has the tag “%(tag)s” already."),
    "translated-already": later(
        "The case has title and summary in this language from its own writers. Choose another language."
    ),
    "proposed-already": later("The same was proposed before and waits for the city's answer."),
    "too-many-proposals": later(
        "%(most)s proposals of yours wait for an answer. Propose more when some of them are decided."
    ),
    "merge-circle": later("“%(tag)s” is itself merged into this tag. Undo that rule first."),
}
_FILES: Mapping[str, str] = {
    "misplaced-file": later(
        "This file has no place here. A case lies at <city>/<slug>.md, the city itself at <city>/_city.md."
    ),
    "misnamed-folder": later(
        "“%(name)s” cannot be the id of a city. Name the folder with a to z, 0 to 9 and single hyphens, "
        "as in cape-town."
    ),
    "misnamed-file": later(
        "“%(name)s” cannot be the address of a case. Write letters, digits and single hyphens, then .md."
    ),
    "name-not-utf-8": later("The name “%(name)s” is not written in UTF-8. Rename it."),
    "twin-name": later(
        "Another file of this folder has the same address; capital letters make no "
        "difference. Rename one of the two."
    ),
    "link-leaves-folder": later("This link leads out of the content folder. Put the file itself here."),
    "unreadable-file": later("The file cannot be opened. Check that it is there and may be read."),
    "file-too-large": later("The file is larger than %(most)s bytes. Make it smaller."),
    "other-encoding": later("The file is saved as %(encoding)s. Save it as UTF-8."),
    "not-utf-8": later("The file is not UTF-8: the byte %(byte)s does not belong in it. Save it as UTF-8."),
    "no-front-matter": later(
        "The file must begin with front matter: a line ---, the keys, and a second line --- after them."
    ),
    "front-matter-not-closed": later("The front matter does not end. Put a line --- after the last key."),
    "front-matter-too-large": later(
        "The front matter is larger than %(most)s bytes. Move long texts to the text below it."
    ),
    "several-documents": later("The front matter must be one piece. Remove the line that begins with ---."),
    "too-many-keys": later("The front matter has more than %(most)s keys. Leave some out."),
    "too-deep": later("Keys are nested more than %(most)s levels deep. Simplify this part."),
    "key-not-text": later("A key must be a plain word with a colon after it."),
    "duplicate-key": later(
        "The key “%(name)s” is here a second time, after line %(first)s. Leave one of the two out."
    ),
    "yaml": later(
        "The front matter cannot be read (%(problem)s). Check quotation marks, colons and indents near "
        "this line."
    ),
    "yaml-colon": later(
        "There is a colon too many at column %(column)s. Put the whole value in quotation marks."
    ),
    "yaml-start": later(
        "No value can begin with the sign at column %(column)s. Put the whole value in quotation marks."
    ),
    "yaml-tab": later("There is a tab at column %(column)s. Indent with spaces."),
    "yaml-unclosed": later("A quotation mark or a bracket was opened and never closed. Close it."),
    "alias": later("“*%(name)s” is read as a reference. Put the value in quotation marks, or write it out."),
    "anchor": later(
        "“&%(name)s” is read as a mark. Put the value in quotation marks, or leave the mark out."
    ),
    "tag": later("“%(name)s” is read as a type. Put the value in quotation marks, or leave the type out."),
}
_PICTURES: Mapping[str, str] = {
    "cover-missing": later(
        "There is no picture “%(name)s” beside the file. Put it into the same folder, or correct its name."
    ),
    "not-a-cover-name": later(
        "“%(value)s” cannot be the name of a picture. Write a plain name that ends in .jpg, .png or .webp."
    ),
    "not-a-picture": later(
        "This is not a JPEG, PNG or WebP, whatever its name says. Save the picture as one of these."
    ),
    "more-than-a-picture": later("The file holds something else behind the picture. Save the picture anew."),
    "too-many-pixels": later("The picture has more than %(most)s pixels. Make it smaller."),
    "broken-picture": later("The picture is damaged and cannot be opened. Save it anew."),
}
_FILING: Mapping[str, str] = {
    "former-still-there": later(
        "“%(slug)s” is still a case of this folder. Take it out of “formerly”, or remove that case's file."
    ),
    "city-missing": later("There is no city “%(city)s” yet. Add the file %(city)s/_city.md first."),
    "city-has-cases": later(
        "The file of the city “%(city)s” is gone, but public cases of it are not: %(cases)s. Withdraw "
        "them first, or bring the file back."
    ),
    "held-by-form": later("“%(id)s” is edited on the web, not in files. Remove this file, or rename it."),
    "held-by-folder": later(
        "“%(id)s” comes from the folder %(folder)s. Change it there, or rename this file."
    ),
    "id-used": later(
        "The address “%(id)s” once led to another case and is never given again. Rename this file."
    ),
}
_SETTINGS: Mapping[str, str] = {
    "not-an-address": later(
        "This is not the address of a search engine. Write it like https://search.example:9200."
    ),
    "no-port": later("The address names no port. Add it, as in https://search.example:9200."),
    "plain-engine": later(
        "This engine is on another machine and would be spoken to without encryption. Write https, or "
        "allow it with KB_SEARCH_PLAIN=1."
    ),
}
SENTENCES: Mapping[str, str] = {
    **_VALUES,
    **_COMMENTS,
    **_DATES,
    **_CASE,
    **_TAGS,
    **_FILES,
    **_PICTURES,
    **_FILING,
    **PEOPLE,
    **_SETTINGS,
}
OTHERWISE = later("This is not accepted here (%(code)s).")
# What the placeholders `limit` of "too-complex" and `list` of "unknown-code" say.
LIMITS: Mapping[str, str] = {
    "footnotes": later("it has too many footnotes"),
    "definitions": later("it has too many definitions of links"),
    "headings": later("it has too many headings"),
    "fences": later("it has too many blocks of code"),
    "emphasis": later("it has too many marks of emphasis"),
    "nesting": later("lists or quotations are nested too deeply"),
    "brackets": later("one paragraph has too many brackets"),
    "columns": later("a table has too many columns"),
    "blanks": later("too many spaces follow one another"),
    "output": later("the page would be many times as large as the text"),
    "memory": later("it takes too much memory"),
    "time": later("it takes too long"),
    "died": later("the renderer gave up on it"),
    "pipe": later("the renderer gave up on it"),
}
LISTS: Mapping[str, str] = {
    "country": later("the code of a country (two letters, such as IR)"),
    "currency": later("the code of a currency (three letters, such as EUR; or toman)"),
    "concept": later("a term of the vocabulary"),
    "network": later("the id of a known network (write the name of any other)"),
}
