"""The forms of a group and of a person."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from triage.register import checks
from triage.register.codes import BANDS, FUNCTIONS, ROLES, SEX_WORDS, THREATS
from triage.register.entries import Group, Membership, Person, Status
from triage.register.errors import FieldError
from triage.register.places import Address, Vehicle
from triage.register.reading import EntryForm, word_choices
from web.fields import (
    CheckboxesField,
    DateField,
    LongTextField,
    RadiosField,
    SelectChoice,
    SelectField,
    SubmitField,
    TextField,
)

ONE_A_LINE = "One on each line."
# Ids of groups by casefolded reference.
Groups = Mapping[str, UUID]


class GroupForm(EntryForm):
    """A group."""

    name = TextField("Name of the group")
    aliases = LongTextField("Other names", description=ONE_A_LINE)
    family_based = RadiosField(
        "Is it a family?",
        choices=[SelectChoice("yes", "Yes, it is built on a family"), SelectChoice("no", "No")],
        validate_choice=False,
    )
    threats = CheckboxesField("What it does", validate_choice=False)
    area = TextField("Area")
    status = RadiosField("Status", validate_choice=False)
    band = SelectField(
        "Band",
        validate_choice=False,
        description="Illustrative: the values of the national matrix are not public.",
    )
    lro = TextField("Lead responsible officer")
    review_on = DateField("Next review")
    businesses = LongTextField("Businesses", description=ONE_A_LINE)
    notes = LongTextField("Notes")
    save = SubmitField("Save group")

    def offer(self, today: date) -> None:
        """Fill in the words in use today."""
        self.threats.choices = [SelectChoice(word, word.capitalize()) for word in THREATS.in_use(today)]
        stands = [Status.NOMINATED, Status.ACTIVE, Status.DORMANT]
        self.status.choices = [SelectChoice(one.value, one.value.capitalize()) for one in stands]
        self.band.choices = word_choices(BANDS.in_use(today), "Not scored")

    def fill(self, group: Group, version: int) -> None:
        """Show a group as it stands."""
        self.process(
            data={
                "version": str(version),
                "reference": group.reference,
                "name": group.name,
                "aliases": "\n".join(group.aliases),
                "family_based": "yes" if group.family_based else "no",
                "threats": list(group.threats),
                "area": group.area,
                "status": group.status.value,
                "band": group.band,
                "lro": group.lro,
                "review_on": group.review_on,
                "businesses": "\n".join(group.businesses),
                "notes": group.notes,
            }
        )

    def to_group(self, today: date) -> Group | None:
        """The group as it was filled in, or None with a sentence at each field that is wrong."""
        threats = tuple(word for word in self.threats.data or () if word in THREATS.in_use(today))
        status = next((one for one in Status if one.value == self.status.data), Status.NOMINATED)
        group = Group(
            reference=self.text(self.reference, most=30),
            name=self.text(self.name, needed="Enter the name of the group"),
            aliases=self.texts(self.aliases),
            family_based=self.family_based.data == "yes",
            threats=threats,
            area=self.text(self.area),
            status=status if status is not Status.ARCHIVED else Status.NOMINATED,
            band=self.band.data if self.band.data in BANDS.in_use(today) else "",
            lro=self.text(self.lro),
            review_on=self.review_on.data,
            businesses=self.texts(self.businesses),
            notes=self.notes_of(self.notes),
        )
        return None if self.errors else group


class PersonForm(EntryForm):
    """A person."""

    surname = TextField("Surname")
    given_names = TextField("Given names")
    nicknames = LongTextField("Nicknames and other names", description=ONE_A_LINE)
    born = TextField("Date of birth", description="As precise as it is known: 1969-03-14, 1969-03, 1969 or about 1969")
    sex = SelectField("Sex", validate_choice=False)
    description = LongTextField("What they look like")
    markers = LongTextField("Warning markers", description=f"What an officer must know at the door. {ONE_A_LINE}")
    memberships = LongTextField(
        "Groups", description="One on each line: reference, role, function. For example: OCG-0001, significant, courier"
    )
    addresses = LongTextField("Addresses", description=f"{ONE_A_LINE} For example: Flat 3, 12 Alder Street, Eastgate")
    vehicles = LongTextField(
        "Vehicles",
        description="One on each line: plate, make, model, colour. For example: MB00 XRT, Volkswagen, Golf, white. "
        "Write ? for what is not known of the plate.",
    )
    phones = LongTextField("Telephone numbers", description=ONE_A_LINE)
    online_names = LongTextField("Online names", description=ONE_A_LINE)
    businesses = LongTextField("Businesses", description=ONE_A_LINE)
    notes = LongTextField("Notes")
    save = SubmitField("Save person")

    def offer(self) -> None:
        """Fill in the choices."""
        self.sex.choices = [SelectChoice("", "Not recorded")]
        self.sex.choices += [SelectChoice(letter, word.capitalize()) for letter, word in SEX_WORDS.items()]

    def fill(self, person: Person, version: int, references: Mapping[UUID, str]) -> None:
        """Show a person as they stand; `references` are those of the groups by id."""
        memberships = [
            ", ".join(part for part in (references.get(one.group_id, ""), one.role, one.function) if part)
            for one in person.memberships
        ]
        self.process(
            data={
                "version": str(version),
                "reference": person.reference,
                "surname": person.surname,
                "given_names": person.given_names,
                "nicknames": "\n".join(person.nicknames),
                "born": person.born,
                "sex": person.sex,
                "description": person.description,
                "markers": "\n".join(person.markers),
                "memberships": "\n".join(memberships),
                "addresses": "\n".join(str(one) for one in person.addresses),
                "vehicles": "\n".join(one.as_line() for one in person.vehicles),
                "phones": "\n".join(checks.written_phone(one) for one in person.phones),
                "online_names": "\n".join(person.online_names),
                "businesses": "\n".join(person.businesses),
                "notes": person.notes,
            }
        )

    def to_person(self, groups: Groups, today: date) -> Person | None:
        """The person as they were filled in; `groups` are ids by casefolded reference. None if something is wrong."""
        person = Person(
            reference=self.text(self.reference, most=30),
            surname=self.text(self.surname),
            given_names=self.text(self.given_names),
            nicknames=self.texts(self.nicknames),
            born=self.read(self.born, lambda: checks.born("born", self.born.data or "", today=today), ""),
            sex=self.sex.data if self.sex.data in SEX_WORDS else "",
            description=self.notes_of(self.description),
            markers=self.texts(self.markers),
            addresses=self.lines(self.addresses, Address.parse),
            vehicles=self.lines(self.vehicles, Vehicle.parse),
            phones=self.lines(self.phones, lambda line: checks.phone("phones", line)),
            online_names=self.texts(self.online_names),
            businesses=self.texts(self.businesses),
            memberships=self.lines(self.memberships, lambda line: membership_of(line, groups, today)),
            notes=self.notes_of(self.notes),
        )
        if not (person.surname or person.given_names or person.nicknames):
            self.wrong(self.surname, "Enter a surname, a given name or a nickname")
        return None if self.errors else person


def membership_of(line: str, groups: Groups, today: date) -> Membership:
    """Read `reference, role, function`; raises FieldError."""
    reference, role, function, *more = [*(part.strip() for part in line.split(",")), "", "", ""]
    if any(more):
        raise FieldError("memberships", "Give a group as reference, role, function")
    if reference.casefold() not in groups:
        raise FieldError("memberships", f"No group has the reference {reference[:40]}")
    if role not in ("", *ROLES.in_use(today)):
        raise FieldError("memberships", f"Enter a role: {', '.join(ROLES.in_use(today))}")
    if function not in ("", *FUNCTIONS.in_use(today)):
        raise FieldError("memberships", f"Enter a function: {', '.join(FUNCTIONS.in_use(today))}")
    return Membership(groups[reference.casefold()], role, function)
