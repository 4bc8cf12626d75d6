"""One word of a name against another: short forms, other alphabets, slips, and names that only look alike."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from triage.linking.naming import apart, closeness, forget, likeness, other_forms, skeleton
from triage.linking.naming.tables import FAMILY, GIVEN, read_lines

LETTERS = st.text(max_size=30)


@pytest.mark.parametrize(
    "names",
    """
    daz darren / gaz gary / gaz gareth / baz barry / shaz sharon / peggy margaret / bill william / mo mohammed
    siobhan shivaun / padraig patrick / dai dafydd / wojtek wojciech / kuba jakub / gosia malgorzata / sasha aleksandr
    zhenya evgeny / nelu ionut / gigi gheorghe / besi besnik / cengo cengiz / memo mehmet / abdi abdirahman
    xasan hassan / cabdi abdi / faadumo fatima / tunde babatunde / chidi chidiebere / kojo kwadwo / sukhi sukhwinder
    paco francisco / pepe jose / vytas vytautas / rebwaar rebwar / md mohammed / liz elizabeth
    """.replace("\n", "/").split("/"),
)
def test_a_short_form_or_another_dress_is_as_good_as_the_name(names: str) -> None:
    if names.strip():
        said, known = names.split()
        assert closeness(said, known) >= 0.95
        assert known in other_forms(said)
        assert said in other_forms(known)


@pytest.mark.parametrize(
    "names",
    """
    qureshi koreshi / kowalski kovalsky / shcherbakov sherbakov / simsek shimshek / dhaliwal daliwal / khattab kattab
    bouteflika butaflika / zielinska zhielinska / abderrahmane abdurrahman / elkhatib khatib / ghannouchi gannushi
    krasniqi krasnichi / celik chelik / jablonski yablonski / petrova petrov / kazlauskiene kazlauskas / mhmd mohammed
    """.replace("\n", "/").split("/"),
)
def test_the_rules_of_transliteration_bring_spellings_together(names: str) -> None:
    if names.strip():
        assert closeness(*names.split()) >= 0.8


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("postlethwaite", "postlethwiate"),
        ("hepplewhite", "heplewhite"),
        ("fairbrother", "fairbrothet"),
        ("wolstenholme", "wolstenholm"),
    ],
)
def test_one_slip_of_the_pen_is_forgiven_and_is_no_identity(one: str, other: str) -> None:
    assert 0.78 <= closeness(one, other) < 0.95


@pytest.mark.parametrize(
    "names",
    """
    hassan hussein / khalid khalil / jamal jamil / ali alia / maria mario / jason mason / imran kamran / asif arif
    gurpreet harpreet / rajesh rakesh / marek marcin / daniel daniela / ahmed hamed / kwame kwaku / he ho / li lee
    smith patel / tran nguyen / darren warren
    """.replace("\n", "/").split("/"),
)
def test_names_that_only_look_alike_are_nothing_to_each_other(names: str) -> None:
    if names.strip():
        assert closeness(*names.split()) == 0.0


@pytest.mark.parametrize(
    "names",
    """
    mohammed muhammad mohamad mahomed / qureshi koreshi kureishi / abdurrahman abdulrahman abdirahman / yusuf yousef
    jusuf / rashid rasheed rachid / kowalski kovalsky / sharif cherif / geoffrey goeffrey / dhillon dillon / khan xan
    """.replace("\n", " ").split("/"),
)
def test_spellings_of_one_name_share_a_skeleton(names: str) -> None:
    assert len({skeleton(name) for name in names.split()}) == 1


def test_a_skeleton_is_of_one_word_however_its_parts_are_written() -> None:
    assert skeleton("Abdul Rahman") == skeleton("abdurrahman") == skeleton("ABD-EL-RAHMAN")


@pytest.mark.parametrize(
    ("written", "latin"),
    [
        ("محمد", "mohammed"),
        ("يوسف", "yusuf"),
        ("پرویز", "parvez"),
        ("ওয়াজেদ", "wazed"),
        ("وليد", "waleed"),
        ("Щербаков", "shcherbakov"),
        ("Łukasz", "lukasz"),
        ("Çağlar", "caglar"),
        ("Ionuț", "ionut"),
        ("İbrahim", "ibrahim"),
        ("Đức", "duc"),
        ("ਗੁਰਪ੍ਰੀਤ", "gurpreet"),
        ("अमित", "amit"),
        ("রফিকুল", "rafiqul"),
        ("Αλέξανδρος", "alexandros"),
    ],
)
def test_other_scripts_are_read(written: str, latin: str) -> None:
    assert closeness(written, latin) >= 0.8


def test_two_known_names_are_known_to_be_two() -> None:
    assert apart("Jamal", "Jamil")
    assert not apart("Jamal", "Gamal")
    assert not apart("Jamal", "Jamall")  # no name: a slip


@given(LETTERS, LETTERS)
def test_closeness_is_symmetric_and_between_nothing_and_the_same(one: str, other: str) -> None:
    found = closeness(one, other)
    assert found == closeness(other, one)
    assert found == 0.0 or 0.7 <= found <= 1.0


WORDS = sorted(
    {word for line in read_lines(GIVEN + FAMILY) for word in line.replace("=", " ").replace(":", " ").split()}
)


@given(st.sampled_from(WORDS), st.sampled_from(WORDS))
def test_closeness_of_listed_names_is_symmetric_too(one: str, other: str) -> None:
    assert closeness(one, other) == closeness(other, one)
    assert closeness(one, one.upper()) == 1.0


def test_no_word_is_too_long_to_be_looked_at() -> None:
    long = "a" * 20_000
    assert closeness(long, "b" * 20_000) == 0.0
    assert len(skeleton(long)) < 100


def test_words_that_were_looked_at_can_be_forgotten() -> None:
    closeness("darren", "daren")
    assert likeness.likeness.cache_info().currsize > 0
    forget()
    assert likeness.likeness.cache_info().currsize == 0


def test_the_tables_hold_words_and_nothing_else() -> None:
    for line in read_lines(GIVEN + FAMILY):
        full, _, short = line.partition(":")
        assert all(len(word.split()) == 1 for word in full.split("=")), line
        assert all(
            word.strip("'").replace("'", "").isalpha() for word in (*full.replace("=", " ").split(), *short.split())
        ), line
