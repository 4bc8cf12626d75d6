"""What the streets, groups, businesses and vehicles of a register begin with, so that most words are looked up once."""

from dataclasses import dataclass

from triage.linking.columns.building import Register

LETTERS = 3  # of a business: it may be written as one word or as several, so that its first word tells too little


@dataclass(frozen=True)
class Beginnings:
    """The first words of what a register holds; a word that is none of them begins nothing that it knows."""

    streets: frozenset[str]
    groups: frozenset[str]
    vehicles: frozenset[str]  # makes and models
    businesses: frozenset[str]  # their first letters, LETTERS and fewer

    @classmethod
    def of(cls, register: Register) -> "Beginnings":
        """Those of a register, in time linear in its streets, groups, makes, models and businesses."""
        vehicles = register.vehicles
        return cls(
            streets=frozenset([key.partition(" ")[0] for key in register.places.streets]),
            groups=frozenset([key.partition(" ")[0] for key in register.called.whole]),
            vehicles=frozenset([key.partition(" ")[0] for key in (*vehicles.makes, *vehicles.models)]),
            businesses=frozenset(
                [joined[:count] for joined in register.phrases.joined for count in range(1, LETTERS + 1)]
            ),
        )

    def business_at(self, word: str) -> bool:
        """Whether a business may begin with a word."""
        return word[:LETTERS] in self.businesses
