"""The other direction: whoever is new on the register is found in earlier reports; and what only several show."""

from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path
from uuid import UUID

import pytest

from tests.audit_lines import audit_lines
from tests.desk_work import unsealed
from tests.force import Force, client_for
from triage.errors import NoKeyError
from triage.intake.models import ReportRow
from triage.intake.reports import close
from triage.linking.errors import IndexNotReadyError
from triage.linking.holder.several import Local
from triage.linking.holder.standing import AWAY, READY
from triage.linking.learning.held_back import ask_to_see, hold_back
from triage.linking.matching import RegisterMatcher, Strength, Suggestion
from triage.linking.mentions import Mention
from triage.linking.origins import looking_back
from triage.linking.origins.findings import Clue, Finding, findings_in, findings_of, keep_findings
from triage.linking.origins.looking_back import (
    LookBack,
    current_look,
    go_on_looking,
    is_looked_for,
    pending,
    start_look,
)
from triage.linking.origins.models import FindingRow
from triage.linking.origins.old_reports import By, OldWanted, old_reports
from triage.linking.origins.together import TogetherWanted, combinations
from triage.linking.reasons import Reason
from triage.linking.service import confirm, confirm_nobody, reject
from triage.register.browsing import show_entry
from triage.register.entries import Person
from triage.register.importing import import_register
from triage.register.places import Address, Vehicle
from triage.register.service import add_entry, archive_entry, change_entry

MILLBROOK = Path(__file__).parents[3] / "quietword" / "millbrook"
VORTIGERN = Person(
    reference="",
    surname="Vortigern",
    given_names="Casimir",
    nicknames=("Kestrel",),
    vehicles=(Vehicle("QX00ZIQ", "Seat", "Leon", "orange"),),
    addresses=(Address(number="7", street="Bobbin Yard", area="Millbrook"),),
)
ABOUT_HIM = "Casimir Vortigern sells pills from 7 Bobbin Yard, they call him Kestrel. Orange Seat Leon."
PLATE = "An orange Leon with the plate QX00 ZIQ waits at the school gates at three."
NOT_HIM = "A shop by the arches sells drink to children."


@pytest.fixture
def millbrook(force: Force) -> Force:
    import_register(force.database, MILLBROOK, by=force.officer("sam"))
    return force


def sent(force: Force, *texts: str) -> list[UUID]:
    """Reports at the desk, in the order given."""
    found = []
    for text in texts:
        force.send(text)
        found += unsealed(force)
    return found


def look(force: Force, *, by: str = "tom", most: int = 10_000) -> LookBack | None:
    """Look until nothing is left, or for so many batches."""
    officer = force.officer(by)
    with force.database.begin() as session:
        started = start_look(session, by=officer)
    if started is None:
        return None
    turn = count(1)
    return go_on_looking(force.database, started.id, by=officer, stop=lambda _stand: next(turn) >= most)


def add(force: Force, person: Person = VORTIGERN) -> UUID:
    with force.database.begin() as session:
        return add_entry(session, person, by=force.officer("tom"))


def listed(force: Force, wanted: OldWanted | None = None) -> list[tuple[UUID, UUID]]:
    with force.database.look() as session:
        found = old_reports(session, wanted or OldWanted(), by=force.officer("tom"))
    return [(row.report_id, row.entry_id) for row in found.rows]


def test_somebody_new_is_found_in_the_reports_that_came_before(millbrook: Force) -> None:
    about, plate, _ = sent(millbrook, ABOUT_HIM, PLATE, NOT_HIM)
    look(millbrook)
    assert listed(millbrook, OldWanted(order=By.NAME)) == []
    him = add(millbrook)
    tom = millbrook.officer("tom")
    with millbrook.database.look() as session:
        assert (pending(session, by=tom).entries, is_looked_for(session, him)) == (1, False)
    done = look(millbrook)
    assert done is not None
    assert (done.done, done.total, done.entries, done.is_running) == (3, 3, 1, False)
    assert {report for report, entry in listed(millbrook, OldWanted(him))} == {about, plate}
    with millbrook.database.look() as session:
        assert not pending(session, by=tom)
        assert is_looked_for(session, him)
        found = old_reports(session, OldWanted(him), by=tom)
        assert "Kestrel" in " ".join(clue.sentence for row in found.rows for clue in row.clues)
        for row in session.query(FindingRow):
            assert b"Kestrel" not in row.sealed
    assert look(millbrook) is None


def test_a_changed_entry_is_looked_for_again_and_what_fits_no_more_goes(millbrook: Force) -> None:
    him = add(millbrook, replace(VORTIGERN, vehicles=()))
    (plate,) = sent(millbrook, PLATE)
    look(millbrook)
    assert listed(millbrook, OldWanted(him)) == []
    tom = millbrook.officer("tom")
    for vehicles, expected in ((VORTIGERN.vehicles, [(plate, him)]), ((), [])):
        with millbrook.database.begin() as session:
            shown = show_entry(session, him, by=tom)
            assert isinstance(shown.entry, Person)
            change_entry(session, him, replace(shown.entry, vehicles=vehicles), version=shown.version, by=tom)
        look(millbrook)
        assert listed(millbrook, OldWanted(him)) == expected


def test_a_look_is_left_and_gone_on_with_by_somebody_else(millbrook: Force, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(looking_back, "BATCH", 2)
    ids = sent(millbrook, ABOUT_HIM, NOT_HIM, PLATE, f"{NOT_HIM} Every day.", f"{PLATE} Again.")
    him = add(millbrook)
    first = look(millbrook, most=1)
    assert first is not None
    assert (first.done, first.total, first.is_running) == (2, 5, True)
    last = look(millbrook, by="tess")
    assert last is not None
    assert (last.id, last.is_running, last.done) == (first.id, False, 5)
    assert {report for report, _ in listed(millbrook, OldWanted(him))} == {ids[0], ids[2], ids[4]}


def test_what_somebody_else_did_meanwhile_is_not_done_twice(millbrook: Force, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(looking_back, "BATCH", 2)
    sent(millbrook, ABOUT_HIM, NOT_HIM, PLATE)
    tom = millbrook.officer("tom")
    with millbrook.database.begin() as session:
        started = start_look(session, by=tom)
    assert started is not None
    with millbrook.database.look() as session:
        batch = looking_back._look_through(session, started.id, by=tom)
    for _ in range(2):
        with millbrook.database.begin() as session:
            assert looking_back._keep(session, batch, by=tom).done == 2


def test_decided_reports_are_asked_about_no_more_and_nobody_is_asked_again(millbrook: Force) -> None:
    tom = millbrook.officer("tom")
    about, plate, nobody = sent(millbrook, ABOUT_HIM, PLATE, f"{PLATE} Ask around.")
    with millbrook.database.begin() as session:
        confirm_nobody(session, nobody, by=tom)
    him = add(millbrook)
    look(millbrook)
    with millbrook.database.begin() as session:
        confirm(session, about, him, by=tom)
        reject(session, plate, him, by=tom)
    with millbrook.database.look() as session:
        (row,) = old_reports(session, OldWanted(him), by=tom).rows
    assert (row.report_id, row.nobody_was_meant) == (nobody, True)


def test_a_report_held_back_is_not_listed_before_somebody_has_decided(
    millbrook: Force, two_weak: tuple[UUID, UUID, UUID]
) -> None:
    him = two_weak[0]
    (about,) = sent(millbrook, ABOUT_HIM)
    look(millbrook)
    hold_back(millbrook.database, replace(millbrook.settings, held_back_percent=100))
    assert listed(millbrook) == []
    assert together(millbrook) == []
    tom = millbrook.officer("tom")
    with millbrook.database.begin() as session:
        ask_to_see(session, about, by=tom)
    assert listed(millbrook) == [(about, him)]


def test_an_archived_entry_and_a_report_that_came_later_are_not_listed(millbrook: Force) -> None:
    him = add(millbrook)
    millbrook.clock.forward(days=1)
    sent(millbrook, PLATE)
    look(millbrook)
    assert listed(millbrook, OldWanted(him)) == []
    tom = millbrook.officer("tom")
    with millbrook.database.begin() as session:
        archive_entry(session, him, version=1, reason="Died", by=tom)
    with millbrook.database.look() as session:
        assert pending(session, by=tom).entries == 0


@pytest.mark.parametrize("name", ["nell", "ada", "iris"])
def test_nobody_looks_without_the_key(millbrook: Force, name: str) -> None:
    sent(millbrook, ABOUT_HIM)
    outsider = millbrook.officer(name)
    with pytest.raises(NoKeyError), millbrook.database.begin() as session:
        start_look(session, by=outsider)
    with millbrook.database.begin() as session:
        started = start_look(session, by=millbrook.officer("tom"))
    assert started is not None
    with pytest.raises(NoKeyError):
        go_on_looking(millbrook.database, started.id, by=outsider, stop=lambda _stand: True)
    with millbrook.database.look() as session:
        running = current_look(session)
        assert running is not None
        assert running.done == 0
        assert old_reports(session, OldWanted(), by=outsider).total == 0


def test_the_page_looks_says_how_far_it_is_and_lists_what_was_found(millbrook: Force) -> None:
    sent(millbrook, ABOUT_HIM, PLATE, NOT_HIM)
    him = add(millbrook)
    tom = client_for(millbrook, "tom")
    tom.page(f"/register/{him}")
    tom.follow("Look for this person in the earlier reports")
    assert tom.heading() == "0 earlier reports may mention this entry"
    tom.submit(button="Look through the earlier reports")
    tom.sees("Every report has been looked through.")
    tom.sees("2 earlier reports")
    tom.page(f"/register/{him}")
    tom.sees("2 earlier reports mention this person")
    tom.follow("2 earlier reports mention this person")
    tom.sees("“Kestrel” is a known nickname")
    tom.page(f"/register/look-back?entry={him}&strength=weak")
    tom.page("/register/look-back?order=name&page=9&keys=off&entry=nonsense")
    tom.sees("Casimir Vortigern")
    looked = [
        (line["reason"], line.get("count"))
        for line in audit_lines(millbrook)
        if line["act"] == "earlier reports looked through for the register"
    ]
    assert looked == [("begun", looked[0][1]), ("running", 3), ("finished", 0)]


def clues_of(force: Force, report_id: UUID) -> str:
    with force.database.look() as session:
        return repr(findings_of(session, [report_id], by=force.officer("tom"))[report_id])


@pytest.mark.parametrize("how", ["edit", "archive"])
def test_what_an_entry_was_goes_from_beside_the_reports_when_it_changes(millbrook: Force, how: str) -> None:
    about, other = sent(millbrook, ABOUT_HIM, "Big Tony sells pills from the white Golf, plate XRT.")
    him = add(millbrook)
    look(millbrook)
    assert "Kestrel" in clues_of(millbrook, about)
    beside = clues_of(millbrook, other)
    tom = client_for(millbrook, "tom")
    tom.page(f"/register/{him}/{how}")
    tom.submit(reason="") if how == "archive" else tom.page(f"/register/{him}")
    assert "Kestrel" in clues_of(millbrook, about), "nothing has changed yet"
    tom.page(f"/register/{him}/{how}")
    tom.submit(reason="Died") if how == "archive" else tom.submit(nicknames="Merlin")
    assert str(him) not in clues_of(millbrook, about)
    assert "Kestrel" not in clues_of(millbrook, about)
    assert clues_of(millbrook, other) == beside
    look(millbrook)
    assert (str(him) in clues_of(millbrook, about)) is (how == "edit")
    assert "Kestrel" not in clues_of(millbrook, about)


def test_nothing_is_taken_for_looked_through_while_the_index_does_not_answer(
    millbrook: Force, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent(millbrook, ABOUT_HIM)
    him = add(millbrook)
    away = Local(RegisterMatcher(()), AWAY)
    monkeypatch.setattr(looking_back, "matcher_for", lambda _session, **_by: away)
    with pytest.raises(IndexNotReadyError):
        look(millbrook)
    tom = client_for(millbrook, "tom")
    tom.page("/register/look-back")
    tom.submit(button="Go on looking")
    assert "The earlier reports cannot be looked through just now" in tom.errors()[0]
    monkeypatch.undo()
    look(millbrook)
    assert len(listed(millbrook, OldWanted(him))) == 1


@dataclass(frozen=True)
class Nearly:
    """A matcher that shows nobody, and knows who comes nearest."""

    nearest: tuple[Suggestion, ...]

    def suggest(self, text: str, *, limit: int = 8) -> tuple[Suggestion, ...]:
        return self.nearest[:0] if text else self.nearest[:limit]

    def mentions(self, text: str) -> tuple[Mention, ...]:
        return () if text else (Mention("person", text, 0, 0),)

    def rank(self, text: str, *, limit: int = 8) -> tuple[Suggestion, ...]:
        return self.nearest[:limit] if text else ()


def nearest(number: int, evidence: str, others: int) -> Suggestion:
    why = Reason("it", "it", evidence, "“it” fits", near=False, others=others)
    return Suggestion(UUID(int=number), None, "person", "Somebody", Strength.WEAK, (why,), ())


def test_whoever_comes_near_by_something_rare_is_a_lead_and_is_never_listed_alone(millbrook: Force) -> None:
    matcher = Nearly((nearest(1, "nickname", 3), nearest(2, "area", 3), nearest(3, "nickname", 5_000)))
    for found in (findings_in("it", matcher, limit=8), findings_in("it", Local(matcher, READY), limit=8)):
        assert [(one.entry_id.int, one.lead, one.strength) for one in found] == [(1, True, Strength.WEAK)]
    him = add(millbrook)
    (report_id,) = sent(millbrook, NOT_HIM)
    with millbrook.database.begin() as session:
        lead = Finding(him, Strength.WEAK, (), lead=True)
        keep_findings(session, session.get_one(ReportRow, report_id), (lead,), by=millbrook.officer("tom"))
    assert listed(millbrook, OldWanted(him)) == []


def found_weakly(force: Force, report_id: UUID, entry_id: UUID, *clues: tuple[str, str, int]) -> None:
    """As the matcher leaves it where it is not sure."""
    tom = force.officer("tom")
    with force.database.begin() as session:
        row = session.get_one(ReportRow, report_id)
        kept = tuple(Clue(kind, value, value, f"“{value}” fits", others) for kind, value, others in clues)
        keep_findings(session, row, (Finding(entry_id, Strength.WEAK, kept),), by=tom)


@pytest.fixture
def two_weak(millbrook: Force) -> tuple[UUID, UUID, UUID]:
    """Two reports of two origins, each fitting one person by something else."""
    him = add(millbrook)
    one, two = sent(millbrook, PLATE, "Somebody they call after a bird deals behind the baths.")
    found_weakly(millbrook, one, him, ("vehicle", "orange Leon", 3))
    found_weakly(millbrook, two, him, ("nickname", "Kestrel", 2))
    return him, one, two


def together(force: Force, wanted: TogetherWanted | None = None) -> list[UUID]:
    with force.database.look() as session:
        found = combinations(session, wanted or TogetherWanted(), by=force.officer("tom"))
    return [row.entry_id for row in found.rows]


def test_two_weak_things_of_two_origins_are_shown_together(millbrook: Force, two_weak: tuple[UUID, UUID, UUID]) -> None:
    him, one, two = two_weak
    with millbrook.database.look() as session:
        (row,) = combinations(session, TogetherWanted(), by=millbrook.officer("tom")).rows
    assert (row.entry_id, row.evidence, row.reports, row.singles_out) == (him, ("nickname", "vehicle"), 2, True)
    assert {part.reports for part in row.parts} == {(one,), (two,)}
    assert together(millbrook, TogetherWanted(evidence="nickname")) == [him]
    assert together(millbrook, TogetherWanted(evidence="address")) == []


def test_one_kind_of_evidence_or_one_origin_or_a_closed_report_is_no_combination(
    millbrook: Force, two_weak: tuple[UUID, UUID, UUID]
) -> None:
    him, _, two = two_weak
    tom = millbrook.officer("tom")
    found_weakly(millbrook, two, him, ("vehicle", "orange car", 9))
    assert together(millbrook) == []
    (copy,) = sent(millbrook, f"{PLATE} Please hurry.")
    found_weakly(millbrook, two, UUID(int=0))
    found_weakly(millbrook, copy, him, ("nickname", "Kestrel", 2))
    assert together(millbrook) == []
    found_weakly(millbrook, copy, UUID(int=0))
    found_weakly(millbrook, two, him, ("nickname", "Kestrel", 2))
    assert together(millbrook) == [him]
    with millbrook.database.begin() as session:
        close(session, two, reason="Nothing in it", by=tom)
    assert together(millbrook) == []


def test_whoever_one_report_names_well_or_is_confirmed_needs_no_combination(
    millbrook: Force, two_weak: tuple[UUID, UUID, UUID]
) -> None:
    him, one, _ = two_weak
    tom = millbrook.officer("tom")
    (third,) = sent(millbrook, NOT_HIM)
    with millbrook.database.begin() as session:
        row = session.get_one(ReportRow, third)
        keep_findings(session, row, (Finding(him, Strength.FAIR, ()),), by=tom)
    assert together(millbrook) == []
    with millbrook.database.begin() as session:
        reject(session, third, him, by=tom)
    assert together(millbrook) == [him]
    with millbrook.database.begin() as session:
        reject(session, one, him, by=tom)
        assert findings_of(session, [one], by=tom)[one][0].entry_id == him
    assert together(millbrook) == []


def test_the_analysts_page_says_what_each_origin_adds_and_warns_of_chance(
    millbrook: Force, two_weak: tuple[UUID, UUID, UUID]
) -> None:
    tom = client_for(millbrook, "tom")
    tom.page("/register")
    tom.follow("What only several reports show")
    tom.sees("such things also meet by chance")
    tom.sees("2 reports, 2 origins")
    tom.sees("“Kestrel” fits")
    tom.sees("2 others fit as well.")
    tom.sees("All of it together fits hardly anybody else on the register.")
    for order in ("rarity", "newest", "reports", "name", "nonsense"):
        tom.page(f"/together?order={order}&page=4&evidence=nickname")
        tom.sees("Casimir Vortigern")
    assert any(line.get("reason") == "what only several reports show" for line in audit_lines(millbrook))
