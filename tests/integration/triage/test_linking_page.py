"""The page on which an officer decides whom a report is about: what it says, where its links lead, what it undoes."""

from pathlib import Path
from uuid import UUID

import pytest

from tests.desk_work import report_at_desk
from tests.force import Force, client_for
from tests.pages import PageClient, text_of
from triage.audit.models import AuditLeafRow
from triage.database import CaseSession
from triage.errors import OutOfDateError
from triage.intake.reports import close
from triage.keys.service import desk_id
from triage.linking import service
from triage.linking.errors import SomebodyConfirmedError
from triage.linking.holder.standing import READY
from triage.linking.matching import Strength, Suggestion
from triage.linking.mentions import Mention
from triage.linking.reasons import Reason
from triage.linking.service import Verdict, confirm, confirm_nobody, decisions_of, reject_shown, take_back
from triage.register.importing import import_register
from triage.register.unlocked import unlock_register

MILLBROOK = Path(__file__).parents[3] / "quietword" / "millbrook"
TOLD = "Big Tony took my son Jayden. " + "Big Tony again. " * 40
EVIL = "\u202e<b>Big Tony</b>"


class Guesses:
    """A matcher that suggests what a test tells it."""

    standing = READY

    def __init__(self, *suggestions: Suggestion, mentions: tuple[Mention, ...] = ()) -> None:
        self._suggestions, self._mentions = suggestions, mentions

    def suggest(self, text: str, *, limit: int = 8) -> tuple[Suggestion, ...]:
        return self._suggestions[:limit] if text else ()

    def rank(self, text: str, *, limit: int = 8) -> tuple[Suggestion, ...]:
        return self.suggest(text, limit=limit)

    def mentions(self, text: str) -> tuple[Mention, ...]:
        return self._mentions if text else ()


@pytest.fixture
def millbrook(force: Force) -> Force:
    import_register(force.database, MILLBROOK, by=force.officer("sam"))
    return force


@pytest.fixture
def entries(millbrook: Force) -> dict[str, UUID]:
    """The entries of the register by reference."""
    tom = millbrook.officer("tom")
    with millbrook.database.begin() as session:
        found = unlock_register(session, desk_id(session), by=tom).by_reference
    return {reference.upper(): entry_id for reference, entry_id in found.items()}


def guess(entry_id: UUID, *reasons: Reason, strength: Strength = Strength.FAIR, **more: object) -> Suggestion:
    made = {"group_id": None, "kind": "person", "name": "Anthony Joseph Skellow", "spans": (), **more}
    return Suggestion(entry_id=entry_id, strength=strength, reasons=reasons, **made)  # type: ignore[arg-type]


def reason(said: str, known: str, start: int = 0, *, evidence: str = "nickname", against: bool = False) -> Reason:
    sentence = f"“{said}” fits: {known}"
    return Reason(said, known, evidence, sentence, False, 3, start, start + len(said) if said else 0, against)


def desk(force: Force, what: str = TOLD) -> tuple[PageClient, UUID]:
    report_id = report_at_desk(force, what)
    tom = client_for(force, "tom")
    tom.page(f"/reports/{report_id}/links")
    return tom, report_id


def has(monkeypatch: pytest.MonkeyPatch, *suggestions: Suggestion, mentions: tuple[Mention, ...] = ()) -> None:
    """Let the program suggest these."""
    monkeypatch.setattr(service, "matcher_for", lambda *_, **__: Guesses(*suggestions, mentions=mentions))


def look(tom: PageClient, report_id: UUID) -> None:
    tom.page(f"/reports/{report_id}/links")


def by_class(tom: PageClient, name: str) -> list[str]:
    return [text_of(one) for one in tom.root.iter() if name in one.get("class", "").split()]


def stands(session: CaseSession, force: Force, report_id: UUID) -> list[tuple[Verdict, UUID | None]]:
    decisions = decisions_of(session, report_id, by=force.officer("tom"))
    return [(one.verdict, one.entry_id) for one in decisions if one.stands]


def test_for_and_against_stand_apart_with_the_runner_up_and_no_percentage(
    millbrook: Force, entries: dict[str, UUID], monkeypatch: pytest.MonkeyPatch
) -> None:
    against = Reason("about 20", "born 1969", "age", "“about 20” does not fit: born 1969", False, 0, against=True)
    runner_up = "Next likeliest: Lee Marsh. The street fits him as well; the nickname does not."
    one = guess(
        entries["N-0001"], reason("Big Tony", "Big Tony"), against=(against,), runner_up=runner_up, posterior=0.8731
    )
    has(monkeypatch, one)
    tom, _ = desk(millbrook)
    lists = by_class(tom, "qw-reasons")
    assert ["born 1969" in one for one in lists] == [False, True]
    tom.sees("What speaks against it")
    tom.sees(runner_up)
    tom.sees("fits well, and somebody else may be meant")
    tom.sees("The same. 3 other entries fit as well.")
    tom.does_not_see("0.87")
    tom.does_not_see("87%")
    tom.sees("N-0001. Also known as Big Tony, Tone, The Gaffer. Born 1969-03-14. In Skellow family")


def test_every_mark_leads_to_its_reason_and_forty_of_them_are_one_stop(
    millbrook: Force, entries: dict[str, UUID], monkeypatch: pytest.MonkeyPatch
) -> None:
    places = [at for at in range(len(TOLD)) if TOLD.startswith("Big Tony", at)]
    son = Mention("apart", "the teller’s family", 14, 27)
    marks = tuple(Mention("person", "nickname", at, at + 8) for at in places)
    has(monkeypatch, guess(entries["N-0001"], reason("Big Tony", "Big Tony")), mentions=(*marks, son))
    tom, _ = desk(millbrook)
    links = [one for one in tom.root.iter("a") if one.get("class") == "qw-mark__link"]
    assert len(links) == 41
    assert {one.get("href") for one in links} == {"#why-1-1"}
    assert [one.get("tabindex") for one in links] == [None, *["-1"] * 40]
    tom.sees("Said 41 times.")
    tom.sees("my son Jayden (not a subject: the teller’s family)")
    tom.sees("Not a subject: the teller’s own people, police, a victim")


def test_none_of_these_rejects_what_was_shown_and_keeps_the_search_open(
    millbrook: Force, entries: dict[str, UUID], monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = [entries["N-0001"], entries["N-0003"]]
    has(monkeypatch, *(guess(one, reason("Big Tony", "Tony")) for one in shown))
    tom, report_id = desk(millbrook)
    has(monkeypatch, *(guess(one, reason("Big Tony", "Tony")) for one in [*shown, entries["N-0004"]]))
    tom.submit(button="None of these")
    with millbrook.database.begin() as session:
        assert stands(session, millbrook, report_id) == [(Verdict.REJECTED, one) for one in shown]
    tom.sees("Kylo")  # came in meanwhile, was never shown, and is still open
    tom.sees("Nobody on the register is meant")


def test_nobody_is_an_answer_of_its_own_and_needs_whoever_is_confirmed_taken_back(
    millbrook: Force, entries: dict[str, UUID], monkeypatch: pytest.MonkeyPatch
) -> None:
    has(monkeypatch, guess(entries["N-0001"], reason("Big Tony", "Tony")))
    tom, report_id = desk(millbrook)
    nobody = {"csrf_token": tom.value("csrf_token"), "nobody": "yes", "shown": str(entries["N-0001"])}
    tom.submit(button="Confirm Anthony Joseph Skellow")
    tom.sees("Somebody is confirmed. Take that back first")
    tom.post(f"/reports/{report_id}/links", {**nobody, "csrf_token": tom.value("csrf_token")})
    assert tom.errors() == [
        "Somebody is confirmed for this report. Take that back before you say that nobody is meant."
    ]
    look(tom, report_id)
    tom.submit(button="Take back Anthony Joseph Skellow")
    tom.submit(button="Nobody on the register is meant")
    with millbrook.database.begin() as session:
        assert stands(session, millbrook, report_id) == [
            (Verdict.REJECTED, entries["N-0001"]),
            (Verdict.NOBODY, None),
        ]
    tom.submit(button="Take back that nobody is meant")
    tom.sees("Every decision, also those changed since")
    tom.sees("Nobody on the register: said by Tom Arkwright, 22 Nov 2026 (no longer stands)")


def test_a_group_is_confirmed_without_a_person_and_keeps_the_reasons(
    millbrook: Force, entries: dict[str, UUID], monkeypatch: pytest.MonkeyPatch
) -> None:
    group = entries["OCG-MB-01"]
    has(monkeypatch, guess(entries["N-0001"], reason("Big Tony", "Tony"), group_id=group))
    tom, report_id = desk(millbrook)
    tom.submit(button="Confirm only the group Skellow family")
    with millbrook.database.begin() as session:
        (decision,) = decisions_of(session, report_id, by=millbrook.officer("tom"))
    assert (decision.entry_id, decision.kind, decision.strength) == (group, "group", None)
    assert decision.reasons[0].said == "Big Tony"


def test_a_suggested_group_says_that_nobody_of_it_is_named(
    millbrook: Force, entries: dict[str, UUID], monkeypatch: pytest.MonkeyPatch
) -> None:
    group, strong = entries["OCG-MB-01"], Strength.STRONG
    tony = reason("Big Tony", "Tony")
    has(monkeypatch, guess(group, tony, kind="group", name="Skellow family", group_id=group, strength=strong))
    tom, _ = desk(millbrook)
    tom.sees("Somebody of this group; the words do not settle who.")
    tom.submit(button="Confirm Skellow family")
    tom.sees("confirmed")


def test_a_group_beside_its_one_likely_person_does_not_say_that_nobody_stands_out(
    millbrook: Force, entries: dict[str, UUID], monkeypatch: pytest.MonkeyPatch
) -> None:
    tony = reason("Big Tony", "Tony")
    group = guess(entries["OCG-MB-01"], tony, kind="group", name="Skellow family", group_id=entries["OCG-MB-01"])
    person = guess(entries["N-0001"], tony, group_id=entries["OCG-MB-01"], strength=Strength.STRONG)
    has(monkeypatch, person, group)
    tom, _ = desk(millbrook)
    tom.sees("Confirming it names none of its people.")
    tom.does_not_see("do not settle who")
    tom.does_not_see("Confirm only the group")


def test_taking_back_leaves_it_undecided_with_its_history_and_a_line(
    millbrook: Force, entries: dict[str, UUID]
) -> None:
    tom, tess = millbrook.officer("tom"), millbrook.officer("tess")
    report_id, tony = report_at_desk(millbrook, TOLD), entries["N-0001"]
    with millbrook.database.begin() as session:
        confirm(session, report_id, tony, by=tom)
        before = session.query(AuditLeafRow).count()
        take_back(session, report_id, tony, by=tess)
        assert session.query(AuditLeafRow).count() == before + 1
        assert [one.verdict for one in decisions_of(session, report_id, by=tom)] == ["confirmed", "taken back"]
        assert stands(session, millbrook, report_id) == []
        with pytest.raises(OutOfDateError):
            take_back(session, report_id, tony, by=tom)
        confirm(session, report_id, tony, by=tom)
        with pytest.raises(SomebodyConfirmedError):
            confirm_nobody(session, report_id, by=tom)


def test_a_colleagues_decision_is_not_undone_by_none_of_these(millbrook: Force, entries: dict[str, UUID]) -> None:
    tom, report_id = millbrook.officer("tom"), report_at_desk(millbrook, TOLD)
    tony, young = entries["N-0001"], entries["N-0003"]
    with millbrook.database.begin() as session:
        confirm(session, report_id, tony, by=tom)
        reject_shown(session, report_id, [tony, young, young], by=tom)
        assert stands(session, millbrook, report_id) == [(Verdict.CONFIRMED, tony), (Verdict.REJECTED, young)]


def test_a_search_has_pages_names_nobody_in_its_address_and_asks_for_words(millbrook: Force) -> None:
    tom, _ = desk(millbrook)
    tom.submit({"words": "  "}, button="Search the register")
    assert tom.errors() == ["Enter a name, a street, a plate or a telephone number to search for"]
    tom.submit({"words": "foundry"}, button="Search the register")
    assert "foundry" not in tom.path
    tom.sees("page 1 of 2")
    first = tom.text()
    tom.submit(button="Next page")
    tom.sees("page 2 of 2")
    assert tom.text() != first
    tom.submit(button="Previous page")
    tom.sees("page 1 of 2")


def test_words_of_a_report_are_never_obeyed_nor_turn_what_stands_around_them(
    millbrook: Force, entries: dict[str, UUID], monkeypatch: pytest.MonkeyPatch
) -> None:
    one = guess(entries["N-0001"], reason(EVIL, EVIL), against=(reason(EVIL, EVIL, against=True),), runner_up=EVIL)
    has(monkeypatch, one, mentions=(Mention("apart", EVIL, 30, 34),))
    tom, _ = desk(millbrook, EVIL + " and some more words after it")
    assert not list(tom.root.iter("b"))
    tom.does_not_see("\u202e<")
    tom.sees("[right-to-left override]<b>Big Tony</b>")
    assert all(text_of(one) for one in tom.root.iter("bdi"))


def test_a_closed_report_shows_why_and_offers_no_button(millbrook: Force, entries: dict[str, UUID]) -> None:
    tom, report_id = desk(millbrook, "A white Golf by the arch, the plate ends XRT. They call him Big Tony.")
    tom.submit(button="Confirm Anthony Joseph Skellow")
    with millbrook.database.begin() as session:
        close(session, report_id, reason="Nothing in it", by=millbrook.officer("tom"))
    look(tom, report_id)
    tom.sees("This report is closed")
    tom.sees("What spoke for it")
    assert not [one for one in tom.root.iter("button") if one.get("name") in {"confirm", "reject", "take_back", "none"}]


def test_single_keys_can_be_turned_off(millbrook: Force) -> None:
    tom, _ = desk(millbrook)
    assert tom.root.find(".//body").get("data-shortcuts") == "on"  # type: ignore[union-attr]  # a page has a body
    tom.follow("Turn these keys off")
    assert tom.root.find(".//body").get("data-shortcuts") is None  # type: ignore[union-attr]
