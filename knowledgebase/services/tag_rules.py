"""Rules for tags: merge, rename, forbid, take back; every case with the tag follows, and so does the index.

A rule changes what a tag counts as, never what was written: files stay, an import brings nothing back.
"""

from knowledgebase.domain.action import Action, Concern
from knowledgebase.domain.errors import Fault, Invalid, NotFound
from knowledgebase.domain.person import Actor
from knowledgebase.domain.record import Tag
from knowledgebase.domain.tagging import TagRule, counted
from knowledgebase.services.authorizing import authorize, present
from knowledgebase.services.site import Site
from knowledgebase.store import case_additions, journal, tag_rules, tags
from knowledgebase.store.alone import Work, alone, beside
from knowledgebase.store.connection import Connection

STEP = 200  # cases that follow in one transaction
RULES_PAGE = 50


def merge(site: Site, folded: str, into: Tag, *, by: Actor, reason: str | None = None) -> str:
    """Let a tag count as another one and return that one's folded form; its old address leads there.

    Another spelling of the same tag only renames it. Raises Invalid where the other tag is forbidden or
    is itself merged into this one.
    """
    at = site.now()
    with site.store.writing() as db:
        by = _admin(db, by)
        rules = tag_rules.along(db, {into.folded})
        is_same = into.folded == folded
        if not is_same and folded in _way(into.folded, rules):
            raise Invalid([Fault("merge-circle", "into", values={"tag": into.shown})])
        if counted(into, rules) is None:
            raise Invalid([Fault("tag-forbidden", "into", values={"tag": into.shown})])
        known = None if is_same else tags.find(db, into.folded)
        target = None if is_same else into.folded
        rule = TagRule(folded, target, known.shown if known else into.shown, at=at, by=by.name, reason=reason)
        tag_rules.put(db, rule)
        detail = {"into": rule.shown, "reason": reason}
        action = "tag-renamed" if is_same else "tag-merged"
        journal.write(db, at=at, by=by.name, action=action, thing=f"tag:{folded}", detail=detail)
    follow(site)
    return into.folded


def forbid(site: Site, folded: str, *, by: Actor, reason: str | None = None) -> None:
    """Let a tag vanish from all cases and lists; nobody can add it."""
    at = site.now()
    with site.store.writing() as db:
        by = _admin(db, by)
        tag_rules.put(db, TagRule(folded, is_forbidden=True, at=at, by=by.name, reason=reason))
        detail = {"reason": reason}
        journal.write(db, at=at, by=by.name, action="tag-forbidden", thing=f"tag:{folded}", detail=detail)
    follow(site)


def take_back(site: Site, folded: str, *, by: Actor) -> None:
    """Undo the rule of a tag: it counts as itself again. Without a rule nothing changes."""
    at = site.now()
    with site.store.writing() as db:
        by = _admin(db, by)
        if folded in tag_rules.along(db, {folded}):
            tag_rules.remove(db, folded)
            journal.write(db, at=at, by=by.name, action="tag-rule-undone", thing=f"tag:{folded}")
    follow(site)


def rules(site: Site, *, by: Actor, page: int = 1) -> tuple[tuple[TagRule, ...], bool]:
    """Return one page of the rules, the last made first, and whether there are more."""
    authorize(by, Action.MANAGE_TAGS, Concern.exchange())
    with site.store.reading() as db:
        found = tag_rules.newest(db, limit=RULES_PAGE + 1, offset=(page - 1) * RULES_PAGE)
    return found[:RULES_PAGE], len(found) > RULES_PAGE


def led_to(site: Site, folded: str) -> str:
    """Return the folded tag that an old one is merged into. Raises NotFound where there is none."""
    with site.store.reading() as db:
        told = counted(Tag(folded, folded), tag_rules.along(db, {folded}))
    if told is None or told.folded == folded:
        raise NotFound(folded)
    return told.folded


def follow(site: Site) -> int:
    """Let every case follow the rules changed lately, some at a time; return how many steps that took.

    The worker does the same, so that a process that dies in between leaves nothing undone.
    """
    steps = 0
    while True:
        with site.store.reading() as db:
            if not tag_rules.restating(db):
                return steps
        with site.store.writing() as db:
            beside(db, Work.TAGS)  # no rule changes while cases follow
            for step in tag_rules.restating(db)[:1]:
                last = case_additions.restate(db, step.folded, step.after, STEP, at=site.now())
                tag_rules.advance(db, step, last)
        steps += 1


def _admin(db: Connection, by: Actor) -> Actor:
    """Return who may make rules, alone with them until the transaction ends."""
    by = present(db, by)
    authorize(by, Action.MANAGE_TAGS, Concern.exchange())
    alone(db, Work.TAGS)
    return by


def _way(folded: str, known: dict[str, TagRule]) -> set[str]:
    """Return a tag and all that it is merged into."""
    passed = {folded}
    while (rule := known.get(folded)) and rule.merged_into and rule.merged_into not in passed:
        folded = rule.merged_into
        passed.add(folded)
    return passed
