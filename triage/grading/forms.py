"""What an officer fills in to split a report and to grade an item; each choice carries its definition."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from wtforms.validators import InputRequired, Optional

from triage.grading.codes import Code, Scheme
from triage.grading.rules import (
    NO_MUTUAL_CORROBORATION,
    ONE_IS_IMPOSSIBLE,
    Action,
    Category,
    CorroboratingItem,
    Grade,
    Handling,
    Intelligence,
    Nature,
    Sanction,
    Source,
    UngradableError,
    why_not_corroborating,
)
from triage.grading.service import Item, NamedPerson
from triage.paging import number_in
from web.fields import (
    CountedTextField,
    HiddenField,
    RadiosField,
    SelectChoice,
    SelectField,
    SubmitField,
    TextField,
)
from web.forms import QuietForm

Params = dict[str, Any]  # a template takes strings and booleans by name
PEOPLE_ROWS = 4
NO_CORROBORATION = (
    f"Not possible here: no item of another origin that is graded A is linked to this. {NO_MUTUAL_CORROBORATION}"
)


class ItemsForm(QuietForm):
    """New items, a blank line between two of them."""

    texts = CountedTextField(
        "What are the separate things it says?",
        [InputRequired("Enter the text of at least one item")],
        limit=40_000,
        description="Leave an empty line between two items. Keep the reporter’s words; you write them anew later.",
    )
    save = SubmitField("Add items")

    def to_texts(self) -> list[str]:
        """The items, in their order."""
        paragraphs: list[list[str]] = [[]]
        for line in (self.texts.data or "").split("\n"):
            if line.strip():
                paragraphs[-1].append(line)
            else:
                paragraphs.append([])
        return ["\n".join(lines).strip() for lines in paragraphs if lines]


class ItemForm(QuietForm):
    """The words of one item nobody has graded yet."""

    text = CountedTextField("Words of the item", limit=40_000, description="Empty it to take the item away.")
    save = SubmitField("Save item")


class GradeForm(QuietForm):
    """One grade. Only what belongs to the codes chosen counts; the rest of the page is not part of the grade."""

    source = RadiosField("How far can the source be relied on?", [InputRequired("Choose 1, 2 or 3")])
    source_reason = TextField("Why is the source not reliable?")
    intelligence = RadiosField("How does the source know?", [InputRequired("Choose A, B, C, D or E")])
    direct_basis = TextField("Which words show that?", description="Such as: says they saw it from the bus stop")
    indirect_basis = TextField("Which words show that?", description="Such as: says a friend told them")
    corroborated_by = SelectField("Which item bears it out?", [Optional()], validate_choice=False)
    rationale = CountedTextField("Why do you suspect that it is false?", limit=2_000)
    risk = CountedTextField(
        "Who could be hurt if it is false, and who if it is true?",
        limit=2_000,
        description="This never starts a search for the reporter.",
    )
    handling = RadiosField("How may it be shared?", [InputRequired("Choose P or C")])
    instructions = CountedTextField("What are the conditions on sharing?", limit=2_000)
    action = RadiosField("What may a recipient do?", [Optional()], validate_choice=False)
    usage = TextField("How may it be used overtly?")
    sanction = RadiosField("Who must agree first?", [Optional()], validate_choice=False)
    nature = RadiosField("Is this a fact, a claim or an opinion?", [InputRequired("Choose what it is")])
    why = CountedTextField("Why do you change the grade?", limit=1_000, description="The earlier grade stays visible.")
    over_version = HiddenField()
    save = SubmitField("Save grade")

    person_1, category_1 = TextField(), SelectField(validate_choice=False)
    person_2, category_2 = TextField(), SelectField(validate_choice=False)
    person_3, category_3 = TextField(), SelectField(validate_choice=False)
    person_4, category_4 = TextField(), SelectField(validate_choice=False)

    def offer(
        self,
        codes: Mapping[Scheme, Sequence[Code]],
        candidates: Sequence[CorroboratingItem],
        *,
        report_id: UUID,
        is_anonymous: bool,
    ) -> None:
        """Put the day's codes on the form, and say of each that is impossible here why it is."""
        for field, scheme in (
            (self.source, Scheme.SOURCE),
            (self.intelligence, Scheme.INTELLIGENCE),
            (self.handling, Scheme.HANDLING),
        ):
            field.choices = [_choice(code, f"{code.code} {code.label}") for code in codes[scheme]]
        conditions = codes[Scheme.CONDITION]
        self.action.choices = [_choice(one, f"{one.code} {one.label}") for one in conditions if one.code in set(Action)]
        self.sanction.choices = [
            _choice(one, f"{one.code} {one.label}") for one in conditions if one.code in set(Sanction)
        ]
        self.nature.choices = [_choice(one, one.label) for one in codes[Scheme.NATURE]]
        categories = [SelectChoice(one.code, one.label) for one in codes[Scheme.CATEGORY]]
        for _, category in self.people_rows():
            category.choices = [SelectChoice("", "Choose"), *categories]
        fitting = [
            item
            for item in candidates
            if why_not_corroborating(item, report_id=report_id, is_anonymous=is_anonymous) is None
        ]
        self.corroborated_by.choices = [
            SelectChoice("", "Choose an item"),
            *(SelectChoice(str(item.item_id), f"{item.words[:80]} ({item.why})") for item in fitting),
        ]
        self.impossible: dict[str, str] = {}
        if is_anonymous:
            self.impossible[Source.RELIABLE.value] = ONE_IS_IMPOSSIBLE
        if not fitting:
            self.impossible[Intelligence.CORROBORATED.value] = NO_CORROBORATION

    def people_rows(self) -> list[tuple[TextField, SelectField]]:
        """The pairs of name and category."""
        return [(self[f"person_{row}"], self[f"category_{row}"]) for row in range(1, PEOPLE_ROWS + 1)]

    def fill_from(self, item: Item | None, default: Grade) -> None:
        """Start from the grade there is, or from the default."""
        current = item.current if item else None
        grade = current.grade if current else default
        self.source.data, self.intelligence.data, self.handling.data = grade.source, grade.intelligence, grade.handling
        self.source_reason.data, self.rationale.data, self.risk.data = grade.source_reason, grade.rationale, grade.risk
        self.direct_basis.data = self.indirect_basis.data = grade.basis
        self.corroborated_by.data = str(grade.corroborated_by or "")
        self.instructions.data, self.usage.data = grade.instructions, grade.usage
        self.action.data, self.sanction.data = grade.action, grade.sanction
        self.nature.data = current.nature if current else Nature.CLAIM
        self.over_version.data = str(item.version if item else 0)
        people = [(person.name, one) for person in (current.people if current else ()) for one in person.categories]
        for (name, category), (name_given, category_given) in zip(self.people_rows(), people, strict=False):
            name.data, category.data = name_given, category_given

    def to_grade(self) -> Grade:
        """The grade that was chosen, with the texts that belong to it."""
        intelligence, handling = Intelligence(self.intelligence.data), Handling(self.handling.data)
        source = Source(self.source.data)
        conditional = handling is Handling.WITH_CONDITIONS
        basis = {
            Intelligence.KNOWN_DIRECTLY: self.direct_basis.data,
            Intelligence.KNOWN_INDIRECTLY: self.indirect_basis.data,
        }.get(intelligence)
        doubted = intelligence is Intelligence.SUSPECTED_FALSE
        action = _one_of(Action, self.action.data) if conditional else None
        return Grade(
            source=source,
            intelligence=intelligence,
            handling=handling,
            action=action,
            sanction=_one_of(Sanction, self.sanction.data) if conditional else None,
            instructions=_text(self.instructions.data) if conditional else "",
            usage=_text(self.usage.data) if action is Action.OVERT_USE else "",
            source_reason=_text(self.source_reason.data) if source is Source.NOT_RELIABLE else "",
            basis=_text(basis),
            corroborated_by=_id(self.corroborated_by.data) if intelligence is Intelligence.CORROBORATED else None,
            rationale=_text(self.rationale.data) if doubted else "",
            risk=_text(self.risk.data) if doubted else "",
        )

    def to_nature(self) -> Nature:
        """What kind of statement the item is."""
        return Nature(self.nature.data)

    def to_over_version(self) -> int:
        """The version that stood when the page was drawn; nothing readable counts as none."""
        return number_in(self.over_version.data, otherwise=0)

    def to_people(self) -> tuple[NamedPerson, ...]:
        """The people named; one who stands in two rows is both."""
        found: dict[str, list[Category]] = {}
        for name, category in self.people_rows():
            if _text(name.data):
                chosen = _one_of(Category, category.data) or Category.OTHER
                found.setdefault(_text(name.data), []).append(chosen)
        return tuple(NamedPerson(name, tuple(dict.fromkeys(given))) for name, given in found.items())

    def refuse_grade(self, error: UngradableError) -> None:
        """Show each problem at the part of the page it is about."""
        at = {"basis": self.direct_basis if self.intelligence.data == "A" else self.indirect_basis}
        for problem in error.problems:
            field = at.get(problem.part) or self[problem.part]
            field.errors = [problem.sentence]

    @property
    def names_somebody(self) -> bool:
        """Whether any row of people is filled in."""
        return any(_text(name.data) for name, _ in self.people_rows())

    def radio_items(self, field: RadiosField) -> list[Params]:
        """The options of one question; what is impossible here cannot be chosen, and says why."""
        items: list[Params] = []
        for choice in field.iter_choices():
            value = str(choice.value)
            impossible = self.impossible.get(value) if field in (self.source, self.intelligence) else None
            items.append(
                {
                    "value": value,
                    "text": str(choice.label),
                    "hint": choice.render_kw["hint"],
                    "impossible": impossible,
                    "checked": choice.selected and impossible is None,
                }
            )
        return items


def _choice(code: Code, label: str) -> SelectChoice:
    return SelectChoice(code.code, label, {"hint": code.definition})


def _text(value: str | None) -> str:
    return (value or "").strip()


def _one_of(codes: Any, value: str | None) -> Any:  # any StrEnum, and None where the value is none of its
    return codes(value) if value in set(codes) else None


def _id(value: str | None) -> UUID | None:
    try:
        return UUID(value or "")
    except ValueError:
        return None
