"""Groups by what they are called, and businesses and online names by whose they are."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from triage.linking.columns.postings import Postings
from triage.linking.columns.slips import Slips
from triage.linking.reading import bare_key, key_of
from triage.linking.words import EMPTY, GENERIC, words_of
from triage.register.bodies import StoredGroup, StoredPerson
from triage.register.entries import Group, Person

# What a public house or club is called besides its name: the Red Lion, Red Lion Inn and Red Lion pub are one.
HOUSES = words_of("pub pubs inn arms tavern club bar")


def house_of(words: list[str]) -> str:
    """The name of a public house, club or bar without what it is called besides; empty where nothing is left."""
    return "".join(word for word in words if word not in HOUSES and word != "the")


@dataclass
class GroupColumns:
    """Postings of groups by whole name, by the telling words of it, and by the surname of most of its people."""

    whole: Postings = field(default_factory=Postings)
    core: Postings = field(default_factory=Postings)
    business: Postings = field(default_factory=Postings)  # of the group itself
    area: Postings = field(default_factory=Postings)

    def add(self, number: int, group: Group | StoredGroup) -> None:
        """Note one group."""
        for name in (group.name, *group.aliases):
            words = key_of(name).split()
            telling = [word for word in words if word not in GENERIC]
            if not telling:
                continue
            self.whole.note(" ".join(word for word in words if word != "the"), number)
            self.core.note(" ".join(telling), number)
            last = telling[-1]
            if "the" in words and last.endswith("s") and len(last) > 3:
                self.core.note(" ".join((*telling[:-1], last[:-1])), number)  # the Larches are the Larch family, too
                if last.endswith("es") and len(last) > 4:
                    self.core.note(" ".join((*telling[:-1], last[:-2])), number)
        for business in group.businesses:
            if key := key_of(business):
                self.business.note(key, number)
        if key := key_of(group.area):
            self.area.note(key, number)

    def finish(self) -> None:
        """Pack the postings and prepare the look-up of misspelt names."""
        for postings in (self.whole, self.core, self.business, self.area):
            postings.finish()
        self.near_core = Slips(sorted({key.replace(" ", "") for key in self.core}))
        self.joined = {key.replace(" ", ""): key for key in self.core}


@dataclass
class PhraseColumns:
    """People by their businesses and by their online names."""

    business: Postings = field(default_factory=Postings)
    online: Postings = field(default_factory=Postings)

    def add(self, begin: int, people: Sequence[Person | StoredPerson]) -> None:
        """Note the businesses and online names of people, who are numbered from `begin`."""
        for number, one in enumerate(people, begin):
            for business in one.businesses:
                if key := key_of(business):
                    self.business.note(key, number)
            for online in one.online_names:
                if key := bare_key(online):
                    self.online.note(key, number)

    def finish(self, of_groups: Postings) -> None:
        """Pack the postings; businesses of groups are looked up with those of people."""
        self.business.finish()
        self.online.finish()
        keys = sorted({*self.business.keys(), *of_groups.keys()})
        self.near = Slips(key.replace(" ", "") for key in keys)
        self.joined = {key.replace(" ", ""): key for key in keys}
        self.of_house = {core: key for key in keys if (core := house_of(key.split()))}
        self.first_words = frozenset(word for key in keys for word in key.split()[:1] if word not in EMPTY)
        self.last_words = frozenset(key.split()[-1] for key in keys if " " in key)
