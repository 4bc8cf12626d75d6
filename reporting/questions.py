"""The questions of the public form, in order and in plain words."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from reporting.wording import N_, Sentence
from web.letters import UNWRITABLE, with_line_feeds


class Kind(StrEnum):
    """How one answer is given."""

    LONG = "long"
    SHORT = "short"
    CHOICE = "choice"


@dataclass(frozen=True)
class Choice:
    """One answer to pick; the value is what the report carries."""

    value: str
    label: str
    hint: str = ""


@dataclass(frozen=True)
class Field:
    """One thing to fill in. `limit` counts characters (code points, a new line is one)."""

    id: str
    label: str
    kind: Kind
    hint: str = ""
    limit: int = 0
    rows: int = 5
    choices: tuple[Choice, ...] = ()
    missing: str = ""

    @property
    def compulsory(self) -> bool:
        return bool(self.missing)

    def problem_with(self, answer: str) -> str | None:
        """The sentence that says what to do about this answer, or None when it can be kept as it is."""
        if self.compulsory and not answer.strip():
            return self.missing
        if self.kind is Kind.CHOICE:
            known = not answer or any(answer == choice.value for choice in self.choices)
            return None if known else N_("Pick one of the answers, or leave this empty")
        over = len(answer) - self.limit
        if over > 0:
            return Sentence(
                N_("Use %(limit)s characters or fewer. This is %(over)s too many. Your words are all still here"),
                limit=self.limit,
                over=over,
            )
        return None

    def spoken(self, answer: str) -> str:
        """The answer as a person reads it: the label of a choice, or their own words."""
        return next((choice.label for choice in self.choices if choice.value == answer), answer)


@dataclass(frozen=True)
class Question:
    """One page of the form. With one field, the heading is that field's label."""

    id: str
    heading: str
    short: str
    fields: tuple[Field, ...]
    hint: str = ""


WHAT = Question(
    "what",
    N_("What have you seen or heard?"),
    N_("What you have seen or heard"),
    (
        Field(
            "what",
            N_("What have you seen or heard?"),
            Kind.LONG,
            hint=N_(
                "Say it in your own words, in any language. Do not give your own name. "
                "Small things help too. You do not need proof."
            ),
            limit=20_000,
            rows=10,
            missing=N_("Enter what you have seen or heard"),
        ),
    ),
)

WHO = Question(
    "who",
    N_("Who is doing it?"),
    N_("Who is doing it"),
    (
        Field(
            "who",
            N_("Who is doing it?"),
            Kind.LONG,
            hint=N_("Names, nicknames, family, or what they look like. Leave this empty if you do not know."),
            limit=4_000,
        ),
        Field(
            "police",
            N_("Does any of them work for the police, or for the people who read these reports?"),
            Kind.CHOICE,
            choices=(
                Choice("yes", N_("Yes")),
                Choice("no", N_("No")),
                Choice("unknown", N_("I do not know")),
            ),
        ),
    ),
)

WHERE = Question(
    "where",
    N_("Where does it happen?"),
    N_("Where it happens"),
    (
        Field(
            "where",
            N_("Where does it happen?"),
            Kind.LONG,
            hint=N_(
                "A street, a park, a shop, a house, or a place people know by another name. "
                "Do not give your own address."
            ),
            limit=2_000,
            rows=3,
        ),
    ),
)

WHEN = Question(
    "when",
    N_("When does it happen?"),
    N_("When it happens"),
    (
        Field(
            "when",
            N_("When did you see it, or when does it happen?"),
            Kind.LONG,
            hint=N_("A rough answer is safer, such as “most Friday nights” or “last month”."),
            limit=1_000,
            rows=3,
        ),
        Field(
            "still",
            N_("Is it still happening?"),
            Kind.CHOICE,
            choices=(Choice("yes", N_("Yes")), Choice("no", N_("No")), Choice("unknown", N_("I do not know"))),
        ),
    ),
)

THINGS = Question(
    "things",
    N_("Do you know of any cars, phone numbers or online names?"),
    N_("Cars, phone numbers and online names"),
    (
        Field(
            "things",
            N_("Do you know of any cars, phone numbers or online names?"),
            Kind.LONG,
            hint=N_("Part of a number plate is useful. So is a colour and a make."),
            limit=4_000,
        ),
    ),
)

HOW = Question(
    "how",
    N_("How do you know?"),
    N_("How you know"),
    (
        Field(
            "how",
            N_("How do you know?"),
            Kind.CHOICE,
            hint=N_("This helps us judge what you tell us. Pick the nearest one. It is fine not to say."),
            choices=(
                Choice("saw", N_("I saw it or heard it myself")),
                Choice("told", N_("Somebody told me")),
                Choice("said", N_("People are saying it")),
                Choice("passed-on", N_("Someone asked me to pass this on for them")),
                Choice("rather-not", N_("I would rather not say")),
            ),
        ),
    ),
)

GUESS = Question(
    "guess",
    N_("Could anyone guess that it was you who told us?"),
    N_("Could anyone guess it was you"),
    (
        Field(
            "guess",
            N_("Could anyone guess?"),
            Kind.CHOICE,
            choices=(
                Choice("yes", N_("Yes, they might")),
                Choice("no", N_("No, many people know this")),
                Choice("unknown", N_("I am not sure")),
            ),
        ),
        Field(
            "careful",
            N_("Is there anything we should be careful about?"),
            Kind.LONG,
            hint=N_("For example: “only three people know this”, or “do not come to the door”."),
            limit=2_000,
            rows=3,
        ),
    ),
    hint=N_(
        "Think about who else knows what you have told us. If only a few people know, we must take more care "
        "before anyone acts on it."
    ),
)

DANGER = Question(
    "danger",
    N_("Danger right now"),
    N_("Is anyone in danger right now"),
    (
        Field(
            "danger",
            N_("Is anyone in danger right now?"),
            Kind.CHOICE,
            choices=(
                Choice("yes", N_("Yes, someone is in danger now")),
                Choice("no", N_("No")),
                Choice("unknown", N_("I do not know")),
            ),
        ),
    ),
)

QUESTIONS = (WHAT, WHO, WHERE, WHEN, THINGS, HOW, GUESS, DANGER)
# What is asked of somebody who adds to a report: how they know, and who could guess, they have said before.
QUESTIONS_ADDING = (WHAT, WHO, WHERE, WHEN, THINGS, DANGER)
# The same question, not to be left unanswered: the sentence that says what is missing is the question itself.
WHO_WITH_POLICE = replace(
    WHO, fields=tuple(replace(field, missing=field.label) if field.choices else field for field in WHO.fields)
)
QUESTION_OF_FIELD = {field.id: question for question in QUESTIONS for field in question.fields}
ABOUT_POLICE = {"police": "yes"}
_BY_ID = {question.id: question for question in QUESTIONS}


def question_named(step: str) -> Question | None:
    """The question of this step, or None when the step is not a question."""
    return _BY_ID.get(step)


def every_field() -> Iterator[Field]:
    """All fields, in the order in which they are asked."""
    for question in QUESTIONS:
        yield from question.fields


def cleaned(text: str) -> str:
    """The same words with one kind of line end and without bytes that nobody types (NUL, half characters)."""
    return UNWRITABLE.sub("", with_line_feeds(text))


def answers_given(answers: Mapping[str, str]) -> dict[str, str]:
    """Only the answers that hold something, in the order of the questions."""
    return {field.id: answers[field.id] for field in every_field() if answers.get(field.id, "").strip()}


def words_written(answers: Mapping[str, str]) -> list[str]:
    """The answers in the reporter's own words: those that are no choice from a list."""
    return [answers[field.id] for field in every_field() if field.id in answers and not field.choices]


def about_police(answers: Mapping[str, str]) -> bool:
    """Whether the reporter said that somebody in it works for the police, or reads what this form takes."""
    return ABOUT_POLICE.items() <= answers.items()


def in_danger(answers: Mapping[str, str]) -> bool:
    """Whether the reporter said that someone is in danger now; the one answer that also travels in clear."""
    return answers.get("danger") == "yes"
