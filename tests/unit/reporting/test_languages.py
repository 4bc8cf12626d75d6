"""Which language a sealed report names: the page's, where its words need it to be read, and nothing else."""

import pytest

from envelope.errors import ReceiptError
from envelope.receipt import NUMBERS, ORDINALS, Receipt
from reporting.languages import LANGUAGES, is_english, language_named, language_to_read
from reporting.receipt import slip
from reporting.state import Draft
from reporting.submit import Sending

ENGLISH = [
    "There is a man who sells drugs near the park after school.",
    "Hello sorry for my english. In my work we are 8 persons in one room. Boss have our passport he say is for safe.",
    "I dont know name but i see him two times",
    "",
    "07700 900123",
]
# Without their marks, as people type on a phone: no letter tells them from English.
NOT_ENGLISH = [
    "Widzialem ich wczoraj wieczorem kolo sklepu, on ma to w domu i on to robi",
    "Waxaan arkay nin dhalinyaro ah oo gaari cad wata oo boorsooyin ka soo dejinaya",
    "Am vazut trei barbati care are masini in casa",
    "o homem vende drogas a todos no parque",
    "el hombre no vende drogas a los ninos en la casa de la esquina",
    "Maen nhw yn gwerthu cyffuriau yn y ty drws nesaf",
    "mere ghar ke pas log drugs bech rahe hain",
    "وہ ہر رات پارک میں منشیات بیچتا ہے",
    "the man at the park said: وہ ہر رات",
]


@pytest.mark.parametrize("text", ENGLISH)
def test_english_words_name_no_other_language_whatever_the_page(text: str) -> None:
    assert is_english([text])
    assert language_to_read([text], "ur") == "en"


@pytest.mark.parametrize("text", NOT_ENGLISH)
def test_words_that_need_it_keep_the_language_of_the_page(text: str) -> None:
    assert language_to_read([text], "pl") == "pl"


def test_a_report_of_choices_alone_names_no_language() -> None:
    draft = Draft.begin("ckb").answering({"danger": "yes", "how": "saw"})

    assert Sending.of(draft).language == "en"


def test_a_page_in_another_language_is_another_sending_only_where_the_words_need_it() -> None:
    draft = Draft.begin("ur").answering({"what": "There is a man who sells drugs near the park."})
    urdu = draft.answering({"what": "وہ ہر رات پارک میں منشیات بیچتا ہے"})

    assert Sending.of(draft).digest == Sending.of(draft.speaking("en")).digest
    assert Sending.of(urdu).digest != Sending.of(urdu.speaking("ar")).digest


def test_each_language_says_its_own_name_and_only_english_is_checked() -> None:
    assert len({language.name for language in LANGUAGES}) == len(LANGUAGES)
    assert [language.tag for language in LANGUAGES if language.reviewed] == ["en"]
    assert language_named("xx").tag == "en"


WORDS = Receipt(b"\x01" * 12).words()
SLIPS = [
    "",
    "x" * 401,
    "1 2 3",
    "9999 " * 8,
    "!?",
    " ".join(WORDS[:7]),
    " ".join(reversed(WORDS)),
    "abdoman",
    "qqqqqqqqq",
]


@pytest.mark.parametrize("typed", SLIPS)
def test_a_slip_in_a_receipt_reads_the_same_in_english(typed: str) -> None:
    with pytest.raises(ReceiptError) as error:
        Receipt.parse(typed)
    assert slip(error.value) == str(error.value)


def test_every_small_word_of_a_slip_can_be_translated() -> None:
    for name, words in (("place", ORDINALS), ("count", NUMBERS)):
        for word in words:
            told = slip(ReceiptError("A receipt: %(" + name + ")s", **{name: word}))
            assert hasattr(told.values[name], "pattern")


def test_what_was_typed_is_never_translated() -> None:
    told = slip(ReceiptError("“%(word)s” at %(place)s", word="third", place="third"))
    assert not hasattr(told.values["word"], "pattern")
