"""A sentence for every action that the journal knows; English here, Persian in the catalogue."""

from collections.abc import Mapping

from knowledgebase.web.problems import later

# %(who)s did it, %(thing)s is the case, city, person or tag that it was done to, %(person)s whom it met,
# %(tag)s, %(into)s, %(language)s, %(role)s are details. A test collects the actions from the code.
_TEXTS: Mapping[str, str] = {
    "published": later("%(who)s published %(thing)s"),
    "revised": later("%(who)s revised %(thing)s"),
    "withdrawn": later("%(who)s withdrew %(thing)s"),
    "restored": later("%(who)s restored %(thing)s"),
    "renamed": later("%(who)s gave %(thing)s another address"),
    "handed-over": later("%(who)s handed %(thing)s over to its city"),
}
_PEOPLE: Mapping[str, str] = {
    "invited": later("%(who)s invited somebody to %(thing)s"),
    "joined": later("%(who)s joined %(thing)s"),
    "left": later("%(who)s left %(thing)s"),
    "membership-changed": later("%(who)s changed the rights of %(person)s in %(thing)s"),
    "membership-ended": later("%(who)s ended the membership of %(person)s in %(thing)s"),
    "profile-changed": later("%(who)s changed its own profile"),
    "password-changed": later("%(who)s changed its password"),
    "reset-handed-over": later("%(who)s made a link for another password for %(thing)s"),
    "suspended": later("%(who)s suspended %(thing)s"),
    "unsuspended": later("%(who)s let %(thing)s in again"),
    "platform-role-changed": later("%(who)s changed the role of %(thing)s in the exchange"),
}
_TAGS: Mapping[str, str] = {
    "tagged": later("%(who)s gave %(thing)s the tag “%(tag)s”"),
    "untagged": later("%(who)s took the tag “%(tag)s” from %(thing)s"),
    "tag-merged": later("%(who)s merged the tag %(thing)s into “%(into)s”"),
    "tag-renamed": later("%(who)s renamed the tag %(thing)s to “%(into)s”"),
    "tag-forbidden": later("%(who)s forbade the tag %(thing)s"),
    "tag-rule-undone": later("%(who)s undid the rule of the tag %(thing)s"),
}
_PROPOSALS: Mapping[str, str] = {
    "proposed": later("%(who)s proposed %(what)s for %(thing)s"),
    "proposal-accepted": later("%(who)s accepted %(what)s for %(thing)s"),
    "proposal-refused": later("%(who)s refused %(what)s for %(thing)s"),
    "proposal-reopened": later("%(who)s undid the decision about %(what)s for %(thing)s"),
    "proposal-withdrawn": later("%(who)s took back the proposal of %(what)s for %(thing)s"),
}
SENTENCES: Mapping[str, str] = {**_TEXTS, **_PEOPLE, **_TAGS, **_PROPOSALS}
OTHERWISE = later("%(who)s did “%(action)s” to %(thing)s")
