"""The forms of sanitising: a text written anew, and the second officer's answer."""

from collections.abc import Mapping, Sequence

from wtforms.validators import InputRequired

from triage.grading.codes import Code, Scheme
from triage.grading.rules import Action, Grade, Handling, Intelligence, Problem, Sanction, Source
from triage.sanitising.draft import LONGEST_TEXT, Draft, DraftText
from triage.sanitising.rules import Knowers
from web.fields import CountedTextField, HiddenField, LongTextField, RadiosField, SelectChoice, SubmitField, TickField
from web.forms import QuietForm

# The start for a text that may point back; the officer writes over it.
FIRST_INSTRUCTIONS = "Do not share this beyond the team it is sent to."

_KNOWERS_HINTS = {
    Knowers.ONE: "It cannot leave unless a supervisor says why.",
    Knowers.FEW: "It cannot leave unless a supervisor says why.",
}


class DraftForm(QuietForm):
    """Everything of a text that may leave. Its state of origin (`seen`) and the warnings shown travel unseen."""

    text = CountedTextField(
        "Text for the team",
        limit=LONGEST_TEXT,
        description="What is known, as facts. Nothing of how we know it.",
    )
    request = LongTextField("What the team should look for", description="Leave empty if the text says it.")
    risk_notes = LongTextField(
        "Risk", description="What could happen to somebody, or to an officer, and what to do about it."
    )
    do_not = LongTextField(
        "What the team must not do",
        description="One on each line, such as: Do not visit the flats on the first floor.",
    )
    harmless_names = LongTextField(
        "People named in the report who are not suspects",
        description="One on each line. This stays at the desk: it is what the warnings look for.",
    )
    knowers = RadiosField(
        "How many people could have known all this?",
        validate_choice=False,
        choices=[
            SelectChoice(one.value, one.people, {"hint": _KNOWERS_HINTS[one]} if one in _KNOWERS_HINTS else {})
            for one in Knowers
        ],
        description="Count whoever could have seen or heard it, the people it is about and their families too.",
    )
    grade = RadiosField("Grade", [InputRequired("Choose how the text is graded")], choices=[])
    handling = RadiosField("May it be shared?", [InputRequired("Choose whether it may be shared")], choices=[])
    instructions = LongTextField("Conditions", description="Only under C. The team reads this.")
    action = RadiosField(
        "What may the team do with it?", choices=[], validate_choice=False, description="Only under C."
    )
    sanction = RadiosField("Who must agree first?", choices=[], validate_choice=False, description="Only under C.")
    usage = LongTextField("How it may be used overtly", description="Only under A3.")
    warnings_read = TickField("I have read each warning")
    seen = HiddenField()
    warned = HiddenField()
    check = SubmitField("Check")
    save = SubmitField("Save")
    put_forward = SubmitField("Put forward")

    written_over: Draft | None = None

    def offer(
        self,
        codes: Mapping[Scheme, Sequence[Code]],
        grades: Sequence[tuple[Source, Intelligence]],
    ) -> None:
        """Fill in what can be chosen: the grades this text may have, and the codes as they are defined today."""
        sources = {code.code: code.label for code in codes[Scheme.SOURCE]}
        kinds = {code.code: code.label for code in codes[Scheme.INTELLIGENCE]}
        self.grade.choices = [
            SelectChoice(
                f"{source}/{kind}", f"{source}/{kind}  {sources.get(source, '')}, {kinds.get(kind, '').lower()}"
            )
            for source, kind in grades
        ]
        conditions = [_choice(code) for code in codes[Scheme.CONDITION]]
        self.handling.choices = [_choice(code) for code in codes[Scheme.HANDLING]]
        self.action.choices = [one for one in conditions if one.value in set(Action)]
        self.sanction.choices = [one for one in conditions if one.value in set(Sanction)]

    def fill(self, own: Draft | None, *, harmless_names: Sequence[str]) -> None:
        """Start from one's own draft, or from 2/D/C, the safest."""
        if own is None:
            self.grade.data = f"{Source.UNTESTED}/{Intelligence.NOT_KNOWN}"
            self.handling.data = Handling.WITH_CONDITIONS.value
            self.action.data = Action.COVERT_DEVELOPMENT.value
            self.sanction.data = Sanction.CONSULT_ORIGINATOR.value
            self.instructions.data = FIRST_INSTRUCTIONS
            self.harmless_names.data = "\n".join(harmless_names)
            return
        content = own.content
        self.seen.data = own.seen
        self.text.data = content.text
        self.request.data = content.request
        self.risk_notes.data = content.risk_notes
        self.do_not.data = "\n".join(content.do_not)
        self.harmless_names.data = "\n".join(content.harmless_names)
        self.knowers.data = content.knowers.value if content.knowers else None
        self.grade.data = f"{content.grade.source}/{content.grade.intelligence}"
        self.handling.data = content.grade.handling.value
        self.instructions.data = content.grade.instructions
        self.action.data = content.grade.action.value if content.grade.action else None
        self.sanction.data = content.grade.sanction.value if content.grade.sanction else None
        self.usage.data = content.grade.usage

    def to_content(self) -> DraftText:
        """What stands in the form, as far as it can be read.

        Raises:
            SanitisingError: there is no text, or too much.
        """
        return DraftText(
            text=(self.text.data or "").strip(),
            grade=self._to_grade(),
            knowers=Knowers(self.knowers.data) if self.knowers.data in set(Knowers) else None,
            request=(self.request.data or "").strip(),
            risk_notes=(self.risk_notes.data or "").strip(),
            do_not=_lines(self.do_not.data),
            harmless_names=_lines(self.harmless_names.data),
        )

    def show_warnings(self, digest: str) -> None:
        """Remember which warnings the page shows; a tick given to others counts no more."""
        if self.warned.data != digest:
            self.warnings_read.data = False
        self.warned.data = digest

    def out_of_date(self, own: Draft | None) -> None:
        """The next press saves over what was saved meanwhile, which the page now shows."""
        self.written_over = own
        self.seen.data = own.seen if own is not None else ""

    def _to_grade(self) -> Grade:
        source, _, kind = (self.grade.data or "").partition("/")
        handling = Handling(self.handling.data) if self.handling.data in set(Handling) else Handling.WITH_CONDITIONS
        conditional = handling is Handling.WITH_CONDITIONS
        action = Action(self.action.data) if conditional and self.action.data in set(Action) else None
        return Grade(
            source=Source(source) if source in set(Source) else Source.UNTESTED,
            intelligence=Intelligence(kind) if kind in set(Intelligence) else Intelligence.NOT_KNOWN,
            handling=handling,
            action=action,
            sanction=Sanction(self.sanction.data) if conditional and self.sanction.data in set(Sanction) else None,
            instructions=(self.instructions.data or "").strip() if conditional else "",
            usage=(self.usage.data or "").strip() if action is Action.OVERT_USE else "",
        )

    def refuse_grade(self, problems: Sequence[Problem]) -> None:
        """Put each problem of the grade at its field."""
        for problem in problems:
            field = self[problem.part if problem.part in self else "grade"]
            field.errors = [*field.errors, problem.sentence]


class ReviewForm(QuietForm):
    """The second officer agrees, or sends back with a note; a supervisor may override the block on few knowers."""

    note = LongTextField("What should be changed", description="Whoever wrote it reads this. Only to send it back.")
    override_reason = LongTextField(
        "Why it may leave although so few could have known",
        description="For the record. Only a supervisor can decide this.",
    )
    seen = HiddenField()
    agree = SubmitField("Agree: nothing points back")
    send_back = SubmitField("Send back")


class TakeBackForm(QuietForm):
    """Its writer takes a text back before anybody has agreed."""

    take_back = SubmitField("Take it back to change it")


def _choice(code: Code) -> SelectChoice:
    return SelectChoice(code.code, f"{code.code}  {code.label}", {"hint": code.definition})


def _lines(text: str | None) -> tuple[str, ...]:
    return tuple(line.strip() for line in (text or "").splitlines() if line.strip())
