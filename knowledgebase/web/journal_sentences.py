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
_COMMENTS: Mapping[str, str] = {
    "commented": later("%(who)s commented on %(thing)s"),
    "comment-edited": later("%(who)s changed a comment on %(thing)s"),
    "comment-deleted": later("%(who)s deleted a comment on %(thing)s"),
    "comment-reported": later("%(who)s reported a comment on %(thing)s"),
    "comment-hidden": later("%(who)s hid a comment on %(thing)s"),
    "comment-restored": later("%(who)s showed a comment on %(thing)s again"),
    "comment-pinned": later("%(who)s made a comment the city's statement on %(thing)s"),
    "comment-unpinned": later("%(who)s took back the city's statement on %(thing)s"),
    "answer-accepted": later("%(who)s accepted an answer on %(thing)s"),
    "answer-unaccepted": later("%(who)s took back the accepted answer on %(thing)s"),
    "comment-released": later("%(who)s let a first comment on %(thing)s out"),
    "comment-refused": later("%(who)s refused a first comment on %(thing)s"),
    "report-dismissed": later("%(who)s let a reported comment on %(thing)s stand"),
    "hiding-upheld": later("%(who)s upheld the hiding of a comment on %(thing)s"),
    "hiding-reversed": later("%(who)s reversed the hiding of a comment on %(thing)s"),
    "decision-undone": later("%(who)s undid a decision of moderators about %(thing)s"),
    "suspension-asked-for": later("%(who)s asked that %(thing)s be suspended"),
    "suspension-dismissed": later("%(who)s dismissed the wish to suspend %(thing)s"),
}
_DRAFTS: Mapping[str, str] = {
    "draft-begun": later("%(who)s began a draft in %(thing)s"),
    "draft-discarded": later("%(who)s discarded a draft in %(thing)s"),
    "draft-shared": later("%(who)s made a link to a draft in %(thing)s"),
    "draft-link-revoked": later("%(who)s revoked the link to a draft in %(thing)s"),
    "publication-asked": later("%(who)s asked that a draft be published in %(thing)s"),
    "publication-taken-back": later("%(who)s took back the wish to publish a draft in %(thing)s"),
    "publication-returned": later("%(who)s returned a draft in %(thing)s to its writer"),
}
_LETTERS: Mapping[str, str] = {
    "asked-to-join": later("%(who)s asked to join %(thing)s"),
    "joining-accepted": later("%(who)s accepted a request to join %(thing)s"),
    "joining-refused": later("%(who)s refused a request to join %(thing)s"),
    "joining-expired": later("A request to join %(thing)s expired (%(who)s)"),
    "city-verified": later("%(who)s wrote down how %(thing)s was verified"),
    "city-unverified": later("%(who)s took back that %(thing)s was verified"),
    "reset-mailed": later("%(who)s asked for another password for %(thing)s by mail"),
    "news-on": later("%(who)s wants news by mail"),
    "news-off": later("%(who)s wants no news by mail any more"),
}
SENTENCES: Mapping[str, str] = {
    **_TEXTS,
    **_PEOPLE,
    **_TAGS,
    **_PROPOSALS,
    **_COMMENTS,
    **_DRAFTS,
    **_LETTERS,
}
OTHERWISE = later("%(who)s did “%(action)s” to %(thing)s")
