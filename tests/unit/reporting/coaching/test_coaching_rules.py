"""What is marked, what is not, and that no text can make the rules stumble."""

import json
import re
import tracemalloc
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reporting.coaching import english, other
from reporting.coaching.contact import SAID
from reporting.coaching.evaluate import Labelled, measure, read_labelled
from reporting.coaching.kinds import ADVICE, Kind
from reporting.coaching.rule import folded
from reporting.coaching.rules import Reach, coach, coach_answers
from reporting.coaching.sentences import LONGEST, sentences
from reporting.coaching.shown import show
from reporting.languages import LANGUAGES

SETS = Path(__file__).parents[3] / "coaching"
WORDS = st.lists(
    st.sampled_from(
        [
            "i",
            "me",
            "my",
            "our",
            "us",
            "mum",
            "nan",
            "told",
            "only",
            "two",
            "of",
            "us",
            "know",
            "through",
            "the",
            "wall",
            "next",
            "door",
            "at",
            "3.17",
            "am",
            "07700",
            "900123",
            "@x",
            ".",
            "!",
            ",",
            "Mrs",
            "Khan",
            "little",
            "Zoe",
            "do",
            "not",
            "don't",
            "can't",
            "since",
            "we",
            "moved",
            "in",
            "ring",
            "on",
            "my",
            "number",
            "is",
            "US",
            "'so'",
            "walking",
            "the",
            "dog",
        ]
    ),
    max_size=120,
).map(" ".join)


def labelled(name: str) -> tuple[Labelled, ...]:
    return read_labelled((SETS / f"{name}.jsonl").read_text("utf-8").splitlines())


@pytest.mark.parametrize("name", ["sentences", "kept_aside"])
def test_marks_are_right_and_find_what_they_must(name: str) -> None:
    measured = measure(labelled(name))
    assert measured.precision is not None
    assert measured.precision >= 0.85
    assert measured.recall is not None
    assert measured.recall >= 0.85


def test_the_sets_are_large_mixed_and_share_no_sentence() -> None:
    ours, aside = labelled("sentences"), labelled("kept_aside")
    assert len(ours) >= 400
    assert len(aside) >= 120
    for of in (ours, aside):
        assert 0.35 <= sum(one.label for one in of) / len(of) <= 0.65
        assert all(count >= 4 for count in Counter(one.kind for one in of).values())
    assert not {one.text for one in ours} & {one.text for one in aside}
    assert len({one.text for one in ours}) == len(ours)


@pytest.mark.parametrize("kind", list(Kind))
def test_every_kind_is_found_and_has_its_words(kind: Kind) -> None:
    assert any(kind in {mark.kind for mark in coach(one.text).marks} for one in labelled("sentences") if one.label)
    assert ADVICE[kind].why.endswith(".")
    assert ADVICE[kind].gentler[-1] in ".”"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("our kid owes them money", Kind.KINSHIP),
        ("me nan saw it", Kind.KINSHIP),
        ("I hear it through the wall", Kind.HOME),
        ("I work at the same yard", Kind.WORK),
        ("since we moved in it has got worse", Kind.TENURE),
        ("at 3:42am a man ran out", Kind.EXACT_TIME),
        ("ring me on 07700 900145", Kind.CONTACT),
        ("Mrs Khan is too scared to go out", Kind.HARMLESS_NAME),
        ("I already told your officer", Kind.EARLIER),
        ("only me and Kev know", Kind.FEW_KNOW),
        ("he threatened me", Kind.FIRST_PERSON),
    ],
)
def test_each_kind_has_its_plain_example(text: str, kind: Kind) -> None:
    assert kind in {mark.kind for mark in coach(text).marks}


@pytest.mark.parametrize(
    "text",
    [
        "his cousin drives it",
        "my god it stinks",
        "They deal from number 14.",
        "His number is 07700 900123.",
        "I saw a white van.",
    ],
)
def test_what_anybody_could_write_is_not_marked(text: str) -> None:
    assert coach(text).marks == ()


@given(st.one_of(st.text(max_size=500), WORDS), st.sampled_from([language.tag for language in LANGUAGES]))
def test_every_mark_lies_in_one_sentence_and_its_words_in_the_mark(text: str, page: str) -> None:
    places = {(one.start, one.end) for one in sentences(text)}
    coached = coach(text, page)
    assert [(one.start, one.end) for one in coached.marks] == sorted((one.start, one.end) for one in coached.marks)
    for mark in coached.marks:
        assert (mark.start, mark.end) in places
        assert mark.start <= mark.said_start <= mark.said_end <= mark.end
    kinds = Counter((mark.start, mark.kind) for mark in coached.marks)
    assert all(count == 1 for count in kinds.values())


@given(st.one_of(st.text(max_size=500), WORDS))
def test_what_is_shown_is_the_whole_answer(text: str) -> None:
    shown = show(text, coach(text))
    assert "".join("".join(piece.words for piece in shown.pieces).split()) == "".join(text.split())


@given(st.text(max_size=200))
def test_folding_moves_no_letter(text: str) -> None:
    assert len(folded(text)) == len(text)


def test_leaving_out_a_rule_that_cannot_match_changes_nothing() -> None:
    """`needs` must hold for whatever a pattern matches; read every labelled sentence with all rules and compare."""
    for one in (*labelled("sentences"), *labelled("kept_aside")):
        low = folded(one.text)
        words = frozenset(re.findall(r"\w+", low))
        for rules in (english.RULES, SAID):
            tried = set(rules.about(words))
            for rule in rules.all:
                if rule not in tried:
                    assert rule.found(low) is None, (one.text, rule.kind)


@pytest.mark.parametrize(
    "hostile",
    [
        "i do not " * 2222, "a" * 20_000, "." * 20_000, "1" * 20_000, "a@" * 10_000, "'\"" * 10_000, "Ab " * 6_666,
        "only a people of us " * 1_000, "12:3 " * 4_000, "\n" * 20_000, "told me my our through the " * 740,
        "my " * 6_666, "as a b c d " * 1_800, "the " * 5_000, "(" * 20_000, "0 " * 10_000, "İ" * 20_000, "我" * 20_000,
        "میں " * 5_000,
    ],
)  # fmt: skip
def test_no_rule_reads_more_than_one_short_sentence_at_a_time(hostile: str) -> None:
    """The cost of a text is that of its sentences, each of which is short: there is nothing that could grow faster."""
    tracemalloc.start()
    try:
        coach(hostile)
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert most < 64_000_000
    assert all(one.end - one.start <= LONGEST for one in sentences(hostile))


IN_OTHER_WORDS = {
    "ur": ("میرا بھائی ان کے لیے کام کرتا ہے۔", "اس کا بھائی گاڑی چلاتا ہے۔"),
    "ar": ("أخي يعمل معهم.", "أخوه يقود السيارة."),
    "pl": ("Mój brat sprzedaje narkotyki dla nich.", "Jego kuzyn jeździ białym vanem."),
    "pa": ("ਮੇਰਾ ਭਰਾ ਉਹਨਾਂ ਲਈ ਕੰਮ ਕਰਦਾ ਹੈ।", "ਉਸਦਾ ਭਰਾ ਗੱਡੀ ਚਲਾਉਂਦਾ ਹੈ।"),
    "bn": ("আমার ভাই তাদের জন্য কাজ করে।", "তার ভাই গাড়ি চালায়।"),
    "ro": ("Vecinul meu vinde droguri.", "Vărul lui conduce mașina."),
    "pt": ("O meu irmão trabalha com eles.", "O primo dele conduz a carrinha."),
    "zh": ("我哥哥帮他们卖毒品。", "他表弟开车送货。"),
    "fa": ("برادرم برای آنها کار می‌کند.", "برادر او ماشین را می‌راند."),
    "so": ("Walaalkay ayaa u shaqeeya iyaga.", "Walaalkiis ayaa baabuurka wada."),
    "ckb": ("براکەم کاریان بۆ دەکات.", "برای ئەو ئۆتۆمبێل لێدەخوڕێت."),
    "gu": ("મારો ભાઈ તેમના માટે કામ કરે છે.", "તેનો ભાઈ ગાડી ચલાવે છે."),
    "es": ("Mi hermano les debe dinero.", "Su primo conduce la furgoneta."),
    "cy": ("Mae fy mrawd yn gwerthu cyffuriau.", "Mae ei gefnder yn gyrru'r fan."),
    "uk": ("Мій брат працює на них.", "Його двоюрідний брат водить фургон."),
}


def test_every_language_of_the_form_has_rules() -> None:
    assert {*IN_OTHER_WORDS, "en"} == {language.tag for language in LANGUAGES} == {*other.PACKS, "en"}


@pytest.mark.parametrize("tag", sorted(IN_OTHER_WORDS))
def test_my_brother_is_marked_and_his_cousin_is_not_in_every_language(tag: str) -> None:
    mine, his = IN_OTHER_WORDS[tag]
    for page in ("en", tag):
        assert Kind.KINSHIP in {mark.kind for mark in coach(mine, page).marks}
        assert coach(his, page).marks == ()
        assert coach(mine, page).reach is Reach.SOME or tag in {"so", "cy"}


@pytest.mark.parametrize("text", ["Ο αδελφός μου 07700 900123", "Το ταχυδρομείο x@example.org"])
def test_numbers_and_addresses_are_found_in_a_language_nobody_wrote_rules_for(text: str) -> None:
    coached = coach(text)
    assert [mark.kind for mark in coached.marks] == [Kind.CONTACT]
    assert coached.reach is Reach.SHAPES


def test_each_sentence_is_read_in_its_own_language() -> None:
    text = "Mój brat sprzedaje to dla nich i nie wie co robi. My uncle drives them. He is in charge and he has a gun."
    assert [text[mark.start : mark.end] for mark in coach(text).marks] == [
        "Mój brat sprzedaje to dla nich i nie wie co robi.",
        "My uncle drives them.",
    ]


def test_what_a_question_asks_for_is_not_marked_in_its_answer() -> None:
    coached = coach_answers(
        {"things": "07700 900123", "careful": "Only three people know this.", "what": "07700 900123"}
    )
    assert coached["things"].marks == coached["careful"].marks == ()
    assert coached["what"].marks
    assert coach_answers({"things": "ring me on 07700 900123"})["things"].marks


def test_the_kept_aside_file_is_plain_json_lines() -> None:
    for line in (SETS / "kept_aside.jsonl").read_text("utf-8").splitlines():
        assert set(json.loads(line)) == {"text", "label", "kind"}
