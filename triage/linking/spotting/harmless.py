"""What a report says itself is not meant: `but that is the builders`, `nothing to do with it`, `it is not X`."""

import re
from bisect import bisect_right
from itertools import accumulate

from triage.linking.ordinary import EVERYDAY
from triage.linking.spotting.text import Text
from triage.linking.words import words_of

MOST_BEFORE = 12  # words before it that it speaks of
_MOST_DENIED = 4  # words of a name
_CLAUSES = words_of("so and but also then because cos plus n")  # where a clause may begin without a comma
_TELLER = words_of("i ive im we weve")
_CLAIMS = words_of("say says said saying claim claims claimed pretend pretends swear swears denies")
_POINTING = words_of("it its that thats this these those")
_BEING = words_of("is are was were be been has have had got just only really probably")
_BEFORE_NOT = _POINTING | words_of("he hes she shes they theyre is are was were")
_NOT = words_of("not isnt wasnt arent werent aint")
_ONLY = words_of("only just alone simply again")
_GOES_ON = _CLAUSES | _POINTING | words_of("he hes she shes they theyre who i we rather or in at on with from")
_HARMLESS = (
    "builders?|landlords?|landlady|postm[ae]n|postie|postwoman|milkm[ae]n|binm[ae]n|workm[ae]n|tradesm[ae]n|handym[ae]n|"
    "gasm[ae]n|repairm[ae]n|roofers?|scaffolders?|scaffolding|decorators?|painters?|plumbers?|electricians?|joiners?|"
    "carpenters?|plasterers?|glaziers?|tilers?|fitters?|gardeners?|cleaners?|carers?|caretakers?|nurses?|doctors?|"
    "midwife|midwives|vicar|priest|imam|council|contractors?|engineers?|surveyors?|inspectors?|removals?|couriers?|"
    "deliver(?:y|ies)|postal|teachers?|cabbie|taxis?|bailiffs?|school|church|ambulance|paramedics?|scouts|"
    "neighbours?|neighbors?|tenants?|lodgers?|students|volunteers?|charity|undertakers?|vets?|"
    r"(?:gas|water|bin|electric|electricity|sky|broadband|amazon|tesco|asda|window|delivery|removal|meter|telly|tv|"
    r"washing|boiler) (?:m[ae]n|people|board|company|drivers?|guys?|lads|vans?|readers?|cleaners?)|"
    "social (?:workers?|services)|estate agents?|letting agents?|housing (?:officers?|association)|"
    "delivery|shopping|openreach|bt|dpd|evri|hermes|yodel|ups|fedex|amazon|tesco|asda|sainsburys|ocado"
)
_BUILDERS = re.compile(
    r"\bbut (?:that|thats|this|those|these|they|theyre|it|its|he|hes|she|shes)(?: (?:is|are|was|were))?"
    r"(?: (?:just|only|probably|really|always))?(?: (?:is|are))? (?:the|my|our|a|an|some|just|only) "
    rf"(?:[a-z]+ )?(?:{_HARMLESS})\b(?! (?:who|that|which|selling|dealing|of)\b)"
)
_NOTHING = re.compile(r"\bnothing to do with\b(?! (?:me|us|my|our)\b)(?: (?:it|this|that|them|any of it)\b)?")
_NOT_THEM = re.compile(
    r"\b(?:(?:is|are|was|its|it|thats|that|theyre|they) not|isnt|wasnt|arent) (?:him|them|her)\b(?! [a-z])"
)
_BUT_HE = re.compile(
    r"(?:[a-z0-9]+ ){0,4}but (?:he|hes|she|shes|they|theyre|it|its|is|are|does|do|still|also|sells|deals)\b"
)
_NOT_INVOLVED = re.compile(r"\b(?:not|isnt|wasnt|arent|werent|never) (?:been |got )?involved\b")


def find_decoys(text: Text) -> frozenset[int]:
    """Words that their own clause says mean nothing: `a blue van, but that is the builders`."""
    found: set[int] = set()
    starts = [0, *accumulate(len(word) + 1 for word in text.folds)]
    flat = " ".join(text.folds)
    for pattern in (_BUILDERS, _NOTHING, _NOT_THEM, _NOT_INVOLVED):
        for match in pattern.finditer(flat):
            place, last = (bisect_right(starts, at) - 1 for at in (match.start(), match.end() - 1))
            if not text.joined(place, last) or _is_crossed(text, place, last):
                continue
            first = _clause_begin(text, place)
            words = text.folds[first:place]
            if pattern is not _BUILDERS and (
                _TELLER.intersection(words[-3:])
                or _CLAIMS.intersection(words)
                or _BUT_HE.match(" ".join(text.after(last, 7)))
            ):
                continue  # I have nothing to do with him; he says he is not involved
            if pattern is _NOTHING and words and _POINTING.union(_BEING).issuperset(words):
                named = _run_end(text, last + 1, 3)
                if named == last and text.folded(first - 1) == "but" and text.joined(first - 1, first):
                    first = _clause_begin(text, first - 1)  # a van comes, but that is nothing to do with it
                last = named  # it is nothing to do with X
            found.update(range(first, last + 1))
    return frozenset(found)


def find_denied(text: Text) -> list[tuple[int, int]]:
    """First and last words of names that the report says it is not: `it is not X, it is Y`; takes them."""
    found = []
    for place, word in enumerate(text.folds):
        if word not in _NOT or not _may_deny(text, place):
            continue
        start = place + 2 if text.folded(place + 1) in {"the", "a"} else place + 1
        last = _run_end(text, start, _MOST_DENIED)
        following = text.after(last, 1) if last >= start else []
        if last < start or text.folded(start) in _ONLY or text.folded(last) in _ONLY or _is_owner(text, start, last):
            continue
        if not following or not _POINTING.union({"but", "rather", *_BEFORE_NOT}).intersection(following):
            while last >= start and text.folded(last) in EVERYDAY:
                last -= 1
            if EVERYDAY.intersection(text.folds[start : last + 1]):
                continue
        if last >= start and not EVERYDAY.issuperset(text.folds[start : last + 1]) and text.is_free(start, last):
            text.take(start, last)
            found.append((start, last))
    return found


def _may_deny(text: Text, place: int) -> bool:
    """Whether `not` stands where it denies whom it names: `it is not X`, `Y, not X`; `is it not X?` asks."""
    before = text.before(place, 2)
    if not before or text.listed[place] or before[0] not in EVERYDAY:
        return text.folded(place) == "not" or bool(before)
    return before[0] in _BEFORE_NOT and before != ["it", "is"]


def _clause_begin(text: Text, place: int) -> int:
    """The first word of the clause that a word stands in, at most MOST_BEFORE before it."""
    first = place
    while first > 0 and place - first < MOST_BEFORE and text.joined(first - 1, first) and not _begins(text, first):
        if text.folded(first - 1) in _CLAUSES:
            break
        first -= 1
    return first


def _begins(text: Text, place: int) -> bool:
    """Whether a clause begins at a word: after a comma, or with `there is`, `a`, `his`."""
    if text.listed[place]:
        return True
    return text.folded(place) == "there" and text.folded(place + 1) in {"is", "are", "was", "were", "a"}


def _is_crossed(text: Text, first: int, last: int) -> bool:
    """Whether a comma stands inside, other than before `but`."""
    return any(text.listed[first + 1 : last + 1])


def _run_end(text: Text, start: int, most: int) -> int:
    """The last word of at most `most` that go on without a comma or a new clause; `start` - 1 where there is none."""
    last = start - 1
    while (
        last + 1 - start < most
        and text.joined(start, last + 1)
        and text.folded(last + 1) not in _GOES_ON
        and not (last >= start and text.listed[last + 1])
    ):
        last += 1
    return last


def _is_owner(text: Text, first: int, last: int) -> bool:
    """Whether one of these owns what comes: `not X's first time` says nothing of who it is."""
    written = text.reading.text
    return any(written[word.end : word.end + 1] in set("'’‘ʼ`´") for word in text.words[first : last + 1])
