"""The forms of origins: an officer's word on two reports, what narrows a list, and the press that goes on."""

from triage.linking.matching import Strength
from triage.linking.origins.deciding import Ground, OriginVerdict
from triage.linking.origins.old_reports import By
from triage.linking.origins.together import TogetherOrder
from web.fields import SelectChoice, SelectField, SubmitField
from web.forms import QuietForm


class OriginForm(QuietForm):
    """What an officer says of two reports. Which button was pressed is in the data."""

    ground = SelectField("Why (you can leave this open)", validate_choice=False)
    one = SubmitField("They have one origin")
    two = SubmitField("They have two origins")
    take_back = SubmitField("Take back what was decided")

    @property
    def verdict(self) -> OriginVerdict | None:
        """What was pressed; None where nothing of ours was."""
        if self.one.data:
            return OriginVerdict.ONE
        if self.two.data:
            return OriginVerdict.TWO
        return OriginVerdict.TAKEN_BACK if self.take_back.data else None

    def offer(self) -> None:
        """Fill in the grounds."""
        self.ground.choices = [SelectChoice(one.value, one.value.capitalize() or "Not said") for one in Ground]

    @property
    def why(self) -> Ground:
        """The ground chosen; not said where it is none of ours."""
        return next((one for one in Ground if one.value == self.ground.data), Ground.NOT_SAID)


class LookForm(QuietForm):
    """Begins a look through the earlier reports, or goes on with it."""

    look = SubmitField("Look through the earlier reports")


class OldFilter(QuietForm):
    """What narrows the list of earlier reports; sent by GET."""

    strength = SelectField("How well it is borne out", validate_choice=False)

    def offer(self) -> None:
        """Fill in the choices."""
        self.strength.choices = [
            SelectChoice("", "All"),
            *(SelectChoice(one.value, one.value.capitalize()) for one in Strength),
        ]

    @property
    def wanted(self) -> Strength | None:
        """The strength chosen, None for all."""
        return next((one for one in Strength if one.value == self.strength.data), None)


class TogetherFilter(QuietForm):
    """What narrows the analyst's list; sent by GET."""

    evidence = SelectField("Kind of evidence", validate_choice=False)

    def offer(self, kinds: tuple[str, ...]) -> None:
        """Fill in the kinds there are."""
        self.evidence.choices = [
            SelectChoice("", "All kinds"),
            *(SelectChoice(one, one.capitalize()) for one in kinds),
        ]


def old_order(text: str | None) -> By:
    """The order an address asks for; by strength where it asks for none of ours."""
    return next((one for one in By if one.value == text), By.STRENGTH)


def together_order(text: str | None) -> TogetherOrder:
    """The same for the analyst's list: by rarity otherwise."""
    return next((one for one in TogetherOrder if one.value == text), TogetherOrder.RARITY)
