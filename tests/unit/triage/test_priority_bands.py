"""Priority on messy text: what is found, what is not, and that every band says its words."""

import pytest

from triage.intake.priority import Band, Priority, Signal, because, prioritise


def of(what: str, **answers: str) -> Priority:
    return prioritise({"what": what, **answers}, danger=False)


@pytest.mark.parametrize(
    ("what", "band", "word"),
    [
        ("HES GOT A GUN IN THE HOUSE", Band.URGENT, "gun"),
        ("guns,drugs,everything", Band.URGENT, "guns"),
        ("he  keeps a sawn off\nunder the bed", Band.URGENT, "sawn off"),
        ("ther gonna kill him", Band.URGENT, "kill"),
        ("he'll be dead by sunday", Band.URGENT, "be dead"),
        ("🔫 under the seat", Band.URGENT, "🔫"),
        ("she can’t leave the house", Band.URGENT, "can’t leave"),
        ("they wont let her out", Band.URGENT, "wont let her out"),
        ("a lad of about 13 made to sell", Band.URGENT, "about 13"),
        ("getting stabbed 2nite", Band.URGENT, "stabbed"),
        ("knife fights by the shops", Band.SOON, "knife"),
        ("they took over... cuckooing the old mans flat", Band.SOON, "cuckooing"),
        ("the drop is tmrw", Band.SOON, "tmrw"),
        ("dealing on the corner every night", Band.ROUTINE, ""),
        ("", Band.ROUTINE, ""),
        ("\x00\u202e\ud83d", Band.ROUTINE, ""),
    ],
)
def test_messy_words_find_their_band_and_give_the_reason(what: str, band: Band, word: str) -> None:
    priority = of(what)
    assert priority.band is band
    assert (word in {reason.words.casefold() for reason in priority.reasons}) is bool(word)


@pytest.mark.parametrize(
    "what",
    [
        "a screenshot of the begun gunge",
        "Gunnersbury Road near the Blade Runner poster shop sells skilled labour",
        "they are skilled and it is raining",
        "the bombastic Mr Acidophilus",
    ],
)
def test_a_word_inside_another_word_is_no_signal(what: str) -> None:
    assert {reason.signal for reason in of(what).reasons} <= {Signal.BLADES}
    assert of(what).band in {Band.ROUTINE, Band.SOON}


def test_danger_now_is_above_whatever_the_words_say() -> None:
    assert prioritise({"what": "help"}, danger=True).band is Band.DANGER_NOW


def test_something_graver_that_is_about_to_happen_is_urgent() -> None:
    assert of("they will smash up his shop").band is Band.SOON
    assert of("they will smash up his shop tonight").band is Band.URGENT


def test_a_child_alone_is_no_emergency_and_a_child_with_harm_is() -> None:
    assert of("kids on bikes by the shop").band is Band.SOON
    assert of("kids on bikes carrying a machete").band is Band.URGENT


def test_every_answer_in_own_words_counts_and_a_choice_does_not() -> None:
    assert of("dealing", things="he has a pistol").band is Band.URGENT
    assert prioritise({"what": "dealing", "how": "gun"}, danger=False).band is Band.ROUTINE


def test_what_to_be_careful_about_speaks_of_the_sender_and_is_left_out() -> None:
    assert of("dealing", careful="they would kill me").band is Band.ROUTINE


def test_each_reason_points_at_its_own_words() -> None:
    text = "He HAS a Gun and\n a knife, tonight."
    for reason in of(text).reasons:
        assert " ".join(text[reason.start : reason.end].split()) == reason.words


def test_the_queue_names_each_word_once_and_the_gravest_first() -> None:
    priority = of("tonight, tonight: a knife, a Gun and a gun")
    assert because(priority.reasons) == ("gun", "knife", "tonight")
    assert len(because(of("gun knife kid tonight murder stab debt").reasons, most=3)) == 3


def test_a_long_text_is_read_in_time_that_grows_with_its_length() -> None:
    # A bound on work rather than on a clock: what is found is no more than the words there are.
    text = "locked " * 4_000 + "my passport " * 2_000
    assert len(of(text).reasons) <= len(text.split())
