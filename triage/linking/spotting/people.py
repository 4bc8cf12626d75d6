"""Runs of words that may name somebody, looked up in the register, with the part they play in their sentence."""

from dataclasses import replace

from triage.linking.columns.names import NameColumns
from triage.linking.ordinary import COMMON, EVERYDAY, NAME_CUES, TITLES
from triage.linking.spotting.names_said import NameSaid, NameWord
from triage.linking.spotting.roles import Role, is_also, role_of
from triage.linking.spotting.sureness import NO_NAME, PRONOUNS, is_cued, is_shown, sure_of
from triage.linking.spotting.text import Text
from triage.linking.spotting.whole_names import bear, is_pair, parted
from triage.linking.words import EMPTY, ORDINARY, PARTICLES, words_of

MOST = 60
MOST_TIMES = 400
LONGEST = 4
_NO_LETTERS = words_of("a i u r n y x c b")  # words of text messages
_DESCRIBE = words_of("young little big old mad fat tall skinny dirty fast slim bald")
_MODIFIERS = words_of(
    """big little old young long black white ginger dirty mad crazy fat lucky polish scouse turkish irish uncle
    fast mini baby slim tall small bald one two red jock brummie geordie manc paddy welsh scotch posh skinny
    albanian somali wee"""
)


_Called = dict[tuple[str, ...], tuple[tuple[str, float], ...]]  # nicknames of words that were looked up already


def find_people(text: Text, names: NameColumns) -> list[NameSaid]:
    """Names in the order of the text, each as often as it is said; at most MOST different ones."""
    each: list[NameSaid] = []
    found: set[tuple[str, ...]] = set()
    called: _Called = {}
    place = 0
    while place < len(text.words) and len(found) < MOST and len(each) < MOST_TIMES:
        run = _run(text, place, names)
        if run is None:
            place += 1
            continue
        first, last = run
        said = _name(text, first, last, names, called)
        if said is not None:
            if each and _goes_with(text, each[-1], said):
                said = replace(said, role=each[-1].role)
            each.append(said)
            found.add(said.key)
        place = last + 1
    return each


def _goes_with(text: Text, before: NameSaid, said: NameSaid) -> bool:
    """Whether `and` alone joins two whole names: what is said of one is said of both."""
    if said.role is not Role.TOGETHER or before.last != said.first - 2 or text.before(said.first, 1) != ["and"]:
        return False
    return len(before.words) > 1 and len(said.words) > 1


def each_once(each: list[NameSaid]) -> list[NameSaid]:
    """Each name once however often it is said, where it is surest; in the order of the text."""
    found: dict[tuple[str, ...], NameSaid] = {}
    for said in each:
        before = found.get(said.key)
        if before is None or (said.sure, said.role.value) > (before.sure, before.role.value):
            found[said.key] = said
    return _without_repeats(list(found.values()))


def _run(text: Text, first: int, names: NameColumns) -> tuple[int, int] | None:
    """The first and last word of the run that begins at a place."""
    if not _may_begin(text, first, names):
        return None
    last = first
    nickname = f"{text.folded(first)} {text.folded(first + 1)}" in names.nickname and text.joined(first, first + 1)
    if nickname or (is_pair(text, first, names) and first + 1 not in text.taken):
        last = first + 1
    while last + 1 < len(text.words) and last - first + 1 < LONGEST and text.joined(first, last + 1):
        if (
            (text.listed[last + 1] and not _turned_round(text, first, last, names))
            or last + 1 in text.taken
            or not _may_follow(text, last + 1, names)
        ):
            break
        last += 1
    if text.folded(last) in EMPTY and last > first + nickname and text.folded(last) not in names.surname:
        last -= 1
    if first == last and not _likely(text.folded(first), names) and not is_cued(text, first):
        return None
    return first, last


def _likely(word: str, names: NameColumns) -> bool:
    return bool(names.likely(word)) or bool(parted(word, names))


def _turned_round(text: Text, first: int, last: int, names: NameColumns) -> bool:
    """Whether a comma stands between surname and given name: `LARCH, ANTHONY`."""
    if first != last or text.folded(first) not in names.surname or text.folded(first) in EMPTY:
        return False
    return text.between(last).strip() == "," and names.first.count(text.folded(last + 1)) > 0


def _may_begin(text: Text, place: int, names: NameColumns) -> bool:
    word = text.folded(place)
    if place in text.taken or not word.isalpha() or word in NAME_CUES:
        return False
    following = text.folded(place + 1)
    if word in _MODIFIERS and text.joined(place, place + 1) and place + 1 not in text.taken:
        return following not in EVERYDAY or f"{word} {following}" in names.nickname
    if len(word) == 1:  # an initial: the next word is a surname
        telling = not text.reading.tells_case and word not in {"a", "i"}
        capital = text.words[place].capital or telling or is_cued(text, place)
        known = following in names.surname or any(one.word in names.surname for one in names.likely(following)[:3])
        return capital and known and following not in EVERYDAY and text.joined(place, place + 1)
    if _after_pronoun(text, place) and not is_shown(text, place) and not _is_surely(text, place, names):
        return False  # a verb
    if word in EMPTY and word in names.words and text.before(place, 1) in (["called"], ["named"], ["nicknamed"]):
        return len(word) > 2 and (text.words[place].capital or not text.reading.tells_case)
    if word in EMPTY:
        pair = f"{word} {following}"
        return (pair in names.nickname and text.joined(place, place + 1)) or is_pair(text, place, names)
    if word in COMMON or word in ORDINARY:
        return _ordinary_name(text, place, names) or is_pair(text, place, names)
    return _likely(word, names) or is_cued(text, place) or is_shown(text, place)


def _is_surely(text: Text, place: int, names: NameColumns) -> bool:
    """Whether a word after `it` or `who` is a name all the same: no everyday word, and with a surname after it."""
    word, following = text.folded(place), text.folded(place + 1)
    if word in NO_NAME or not text.joined(place, place + 1) or following in NO_NAME:
        return False
    known = names.first.count(word) > 2 or any(one.word in names.first for one in names.likely(word)[:2])
    return known and (
        following in names.surname or any(one.word in names.surname for one in names.likely(following)[:2])
    )


def _may_follow(text: Text, place: int, names: NameColumns) -> bool:
    word = text.folded(place)
    if not word.isalpha() or word in NAME_CUES:
        return False
    if word in PARTICLES:
        return True
    if len(word) == 1:  # Mohammed K; but `mo u know` is none
        ends = not text.joined(place, place + 1) or text.folded(place + 1) in COMMON
        return word not in _NO_LETTERS and ends and names.first.count(text.folded(place - 1)) > 2
    if word in EMPTY:
        if word not in names.surname:
            return False
        if text.reading.tells_case:
            return text.words[place].capital
        return names.first.count(text.folded(place - 1)) > 2 and names.surname.count(word) > 20 and len(word) > 3
    if word in COMMON:
        return word in names.surname and (
            is_shown(text, place) or (names.surname.count(word) >= 20 and not _goes_on(text, place))
        )
    return bool(names.likely(word)) or is_shown(text, place)


def _goes_on(text: Text, place: int) -> bool:
    """Whether an everyday word after a given name goes on with the sentence rather than the name."""
    word = text.folded(place)
    return word.endswith(("s", "ing", "ed")) or text.folded(place + 1) in {
        "a",
        "the",
        "up",
        "to",
        "my",
        "his",
        "her",
        "some",
    }


def _after_pronoun(text: Text, place: int) -> bool:
    """Whether `he` or `who` stands before: `he sells` is no name, `it's Rory` is one."""
    before = text.before(place, 1)
    if before and before[0] in PRONOUNS:
        end = text.words[place - 1].end
        return text.reading.text[end : end + 1] not in {"'", "’"}
    return False


def _ordinary_name(text: Text, place: int, names: NameColumns) -> bool:
    """Whether an everyday word may be a name here: something says so, or a capital inside a sentence."""
    word = text.folded(place)
    if word not in names.words:
        return False
    if is_shown(text, place) and not text.listed[place]:
        return True
    following = text.folded(place + 1)
    if names.first.count(word) >= 3 and following in names.surname and text.joined(place, place + 1):
        return following not in EVERYDAY
    cue = text.before(place, 1)
    return bool(cue) and (
        cue[0] in {"called", "named", "nicknamed", "aka", "mr", "mrs"}
        or (cue[:1] == ["by"] and text.before(place, 2)[1:] == ["goes"])
    )


def _name(text: Text, first: int, last: int, names: NameColumns, called: _Called) -> NameSaid | None:
    words = []
    for place in range(first, last + 1):
        folded = text.folded(place)
        whole = parted(folded, names)
        if whole is not None:
            words += [NameWord(one, names.likely(one)[:1]) for one in whole]
            continue
        likely = names.likely(folded)
        if folded in COMMON or folded in EMPTY:
            likely = tuple(one for one in likely if one.closeness == 1.0)
        words.append(NameWord(folded, likely))
    if len(words) > 1 and words[0].folded in _DESCRIBE and not _is_known(words, names):
        words, first = words[1:], first + 1  # young Adel is nobody called Young
    if not any(word.likely for word in words) and not (is_cued(text, first) or last > first):
        return None
    key = tuple([word.folded for word in words])
    if key not in called:
        called[key] = _nicknames(words, names)
    before = text.before(first, 3)
    return NameSaid(
        words=tuple(words),
        nicknames=called[key],
        role=role_of(text, first, last),
        title=bool(TITLES.intersection(before[:1])) or _is_one_of(before, words, names),
        also=is_also(text, first),
        sure=sure_of(text, first, words, names),
        first=first,
        last=last,
    )


def _is_known(words: list[NameWord], names: NameColumns) -> bool:
    """Whether the first two words are a nickname or a whole name of the register as they stand."""
    one, other = words[0].folded, words[1].folded
    return f"{one} {other}" in names.nickname or bear(one, other, names) or other not in names.words


def _is_one_of(before: list[str], words: list[NameWord], names: NameColumns) -> bool:
    """Whether somebody is `a Larch`: what nobody says of a given name."""
    word = words[0].folded
    return before[:1] == ["a"] and len(words) == 1 and word in names.surname and word not in names.first


def _nicknames(words: list[NameWord], names: NameColumns) -> tuple[tuple[str, float], ...]:
    """Whole nicknames that any stretch of these words is, with their closeness."""
    found: dict[str, float] = {}
    for first in range(len(words)):
        ways: list[tuple[str, float]] = [("", 1.0)]
        for word in words[first : first + 3]:
            options = [
                (word.folded, 1.0),
                *((one.word, one.closeness) for one in word.likely[:4] if one.word != word.folded),
            ]
            ways = [
                (f"{start} {option}".strip(), closeness * near)
                for start, closeness in ways[:16]
                for option, near in options
            ]
            for phrase, closeness in ways:
                if closeness > 0.6 and phrase in names.nickname:
                    found[phrase] = max(found.get(phrase, 0.0), closeness)
    return tuple(sorted(found.items(), key=lambda one: (-one[1], one[0]))[:12])


def _without_repeats(found: list[NameSaid]) -> list[NameSaid]:
    """Without names whose words all stand in a longer one: `Toby` after `Toby Larch`."""
    told = [(len(one.words), frozenset(one.key)) for one in found]
    return [
        one
        for one, (count, words) in zip(found, told, strict=True)
        if not any(more > count and words <= others for more, others in told)
    ]
