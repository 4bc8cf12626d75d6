"""The part a name plays in its sentence: the one meant, somebody beside them, or another name of theirs."""

from enum import Enum

from triage.linking.ordinary import NAME_CUES, RELATIONS, TOGETHER
from triage.linking.spotting.text import Text
from triage.linking.words import words_of

_HIS = frozenset(["his", "her", "their", "hers", "the"])
_HELPS = words_of("helps does delivers collects drives works runs minds watches is")
_BETWEEN = words_of("called named is name law in")  # his brother in law is called X
_THEIRS = frozenset(["his", "her", "their", "hers"])
_TIED = words_of("married engaged related wed")
_KEEPS_COMPANY = words_of(
    """works working worked goes going went hangs hanging lives living lived knocks knocking rolls rolling runs deals
    sleeps sleeping mates friends partners tight"""
)


class Role(Enum):
    """The part a name plays."""

    SUBJECT = 1.0
    PLAIN = 0.6
    TOGETHER = 0.08
    COMPANY = 0.0  # a family somebody keeps company with, or his cousin: never the subject, whoever else fits


def role_of(text: Text, first: int, last: int) -> Role:
    """The part that the name from word `first` to word `last` plays, by the words beside it."""
    before, after = text.before(first, 3), text.after(last, 4)
    if _is_company(text.before(first, 6)):
        return Role.COMPANY
    if after[:1] in (["is"], ["was"]) and _HIS.intersection(after[1:2]) and RELATIONS.intersection(after[2:4]):
        return Role.COMPANY if _THEIRS.intersection(after[1:2]) else Role.TOGETHER
    if before[:2] == ["lad", "the"]:
        return Role.SUBJECT
    if before and (before[0] in RELATIONS and _HIS.intersection(before[1:])) and not {"my", "our"} & set(before):
        return Role.TOGETHER
    if before and (before[0] in TOGETHER or before[:2] == ["of", "company"]):
        return Role.TOGETHER
    if len(before) > 1 and before[1] in TOGETHER and before[0] in RELATIONS | {"a", "called", "his", "her", "someone"}:
        return Role.TOGETHER
    if after[:2] in (
        ["is", "his"],
        ["is", "her"],
        ["is", "their"],
        ["is", "also"],
        ["does", "the"],
        ["is", "involved"],
    ):
        return Role.TOGETHER if after[:2] != ["is", "involved"] else Role.SUBJECT
    if after[:1] and after[0] in _HELPS - {"is", "runs", "works"} and {"him", "her", "them", "for"} & set(after):
        return Role.TOGETHER
    if after[:3] in (["is", "in", "it"], ["is", "in", "on"], ["is", "in", "with"]):
        return Role.TOGETHER
    if "too" in after[:3] or after[:2] in (["as", "well"], ["in", "on"], ["also", "come"], ["is", "another"]):
        return Role.TOGETHER
    if after[:3] in (["is", "just", "as"], ["is", "no", "better"]):
        return Role.TOGETHER
    return Role.SUBJECT if NAME_CUES.intersection(before[:2]) or {"goes", "by"} <= set(before[:2]) else Role.PLAIN


def _is_company(before: list[str]) -> bool:
    """Whether these words, the nearest first, make the name after them that of a companion of the one meant."""
    while before[:1] and before[0] in _BETWEEN:
        before = before[1:]
    if before[:1] and before[0] in RELATIONS and _THEIRS.intersection(before[1:3]):
        return True
    if before[:1] == ["to"]:
        return bool(_TIED.intersection(before[1:2]))
    if before[:1] and before[0] in {"dating", "married"}:
        return True
    return before[:1] == ["with"] and bool(_KEEPS_COMPANY.intersection(before[1:3]))


def is_also(text: Text, first: int) -> bool:
    """Whether a name is another name of somebody named just before it."""
    before = text.before(first, 3)
    if before[:1] and before[0] in {"aka", "alias", "nicknamed", "nickname", "dubbed"}:
        return True
    if before[:2] in (
        ["as", "known"],
        ["him", "call"],
        ["himself", "calls"],
        ["her", "call"],
        ["by", "goes"],
        ["herself", "calls"],
        ["called", "gets"],
        ["him", "calls"],
        ["her", "calls"],
    ):
        return True
    return before[:2] == ["is", "nickname"] or (before[:1] == ["as"] and "known" in before)
