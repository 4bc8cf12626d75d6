"""The questions of the public form as officers read them: order, labels and the words of each choice."""

from collections.abc import Mapping
from dataclasses import dataclass

LABELS: dict[str, str] = {
    "what": "What they have seen or heard",
    "who": "Who is doing it",
    "police": "Does any of them work for the police, or read these reports",
    "where": "Where it happens",
    "when": "When it happens",
    "still": "Is it still happening",
    "things": "Cars, phone numbers and online names",
    "how": "How they know",
    "guess": "Could anyone guess who told us",
    "careful": "What to be careful about",
    "danger": "Is anyone in danger now",
}

CHOICES: dict[str, dict[str, str]] = {
    # Where there is a counter-corruption box, a “yes” reaches this team only when it was chosen.
    "police": {"yes": "Yes, and they chose to send it to this team", "no": "No", "unknown": "They do not know"},
    "still": {"yes": "Yes", "no": "No", "unknown": "They do not know"},
    "how": {
        "saw": "They saw it or heard it themselves",
        "told": "Somebody told them",
        "said": "People are saying it",
        "passed-on": "They pass it on for someone else, who asked them to",
        "rather-not": "They would rather not say",
    },
    "guess": {"yes": "Yes, someone might", "no": "No, many people know this", "unknown": "They are not sure"},
    "danger": {"yes": "Yes, someone is in danger now", "no": "No", "unknown": "They do not know"},
}

# The languages the public form is meant for first; any other is shown by its tag.
LANGUAGES = {
    "ar": "Arabic",
    "bn": "Bengali",
    "ckb": "Kurdish (Sorani)",
    "cy": "Welsh",
    "en": "English",
    "es": "Spanish",
    "fa": "Persian",
    "gu": "Gujarati",
    "ku": "Kurdish",
    "pa": "Panjabi",
    "pl": "Polish",
    "pt": "Portuguese",
    "ro": "Romanian",
    "so": "Somali",
    "uk": "Ukrainian",
    "ur": "Urdu",
    "zh": "Chinese",
}

# Whose words are the reporter's own; the others are picked from a list.
IN_THEIR_WORDS = tuple(question for question in LABELS if question not in CHOICES)


@dataclass(frozen=True)
class Answer:
    """One answer as it stands on the case file; `own_words` is text a person typed."""

    question: str
    label: str
    text: str
    own_words: bool


def answers_in_order(answers: Mapping[str, str]) -> tuple[Answer, ...]:
    """Every answer given, in the order of the form; what a newer form asks comes last under its own name."""
    known = [question for question in LABELS if answers.get(question, "").strip()]
    others = sorted(question for question in answers if question not in LABELS and answers[question].strip())
    return tuple(_answer(question, answers[question]) for question in (*known, *others))


def _answer(question: str, text: str) -> Answer:
    spoken = CHOICES.get(question, {}).get(text)
    label = LABELS.get(question, f"Answer to “{question}”")
    return Answer(question, label, spoken if spoken is not None else text, own_words=spoken is None)


def language_name(tag: str) -> str:
    """A language in English, by its tag (BCP 47); the tag itself where we have no name for it."""
    return LANGUAGES.get(tag.partition("-")[0], tag)


def first_words(answers: Mapping[str, str], length: int = 90) -> str:
    """The beginning of what was seen or heard, on one line, cut at a word."""
    text = " ".join(answers.get("what", "").split())
    if len(text) <= length:
        return text
    cut = text[: length + 1].rpartition(" ")[0] or text[:length]
    return f"{cut}…"
