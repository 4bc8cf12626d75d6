"""A team says what came of a referral, and the desk makes a report of what was seen."""

import pytest

from tests.desk_work import SAFE, with_the_team
from tests.force import Force, client_for
from tests.pages import PageClient
from triage.outcome.rules import MEANINGS, OutcomeCode

SCRIPT = "<script>alert(1)</script>"


@pytest.fixture
def nell(force: Force) -> PageClient:
    referral_id = with_the_team(force)
    client = client_for(force, "nell")
    client.page(f"/referrals/{referral_id}/outcome")
    return client


def test_every_code_can_be_chosen_by_what_it_means(nell: PageClient) -> None:
    assert {radio.get("value") for radio in nell.root.findall(".//input[@type='radio']")} == set(OutcomeCode)
    for meaning in MEANINGS.values():
        nell.sees(meaning)


def test_words_are_asked_for_where_they_are_needed_and_the_choice_stays(nell: PageClient) -> None:
    nell.submit(button="Record it")
    assert nell.errors() == ["Choose what came of it"]
    nell.submit(code="MAL", button="Record it")
    assert nell.errors() == ["Enter why you doubt it. Do not try to find out who sent it."]
    assert nell.value("code") == "MAL"
    nell.submit(words="x" * 5_001, button="Record it")
    assert "1 too many" in nell.errors()[0]
    assert len(nell.value("words").strip()) == 5_001


def test_outcomes_add_up(nell: PageClient) -> None:
    nell.submit(code="OBN", button="Record it")
    nell.sees("Nothing seen")
    nell.follow("Add to what came of it")
    nell.sees("Recorded so far")
    nell.submit(code="REA", words="Spoke with the shops", button="Record it")
    nell.sees("Nothing seen")
    nell.sees("Spoke with the shops")


def test_a_returned_referral_takes_no_more(nell: PageClient) -> None:
    path = nell.path
    nell.submit(code="RTN", words="Not our ward", button="Record it")
    nell.sees("Returned")
    nell.does_not_see("Add to what came of it")
    nell.page(path)
    nell.sees("nothing more can be added")
    assert not nell.root.findall(".//textarea")


def test_what_was_typed_for_a_referral_returned_meanwhile_is_not_lost(force: Force) -> None:
    referral_id = with_the_team(force)
    here, there = client_for(force, "nell"), client_for(force, "nell")
    for client in (here, there):
        client.page(f"/referrals/{referral_id}/outcome")
    there.submit(code="RTN", words="Not our ward", button="Record it")
    here.submit(code="OBS", words="A bag changed hands", button="Record it")
    assert here.errors() == ["This referral is already “returned”."]
    assert here.value("words").strip() == "A bag changed hands"


def test_an_unread_referral_is_acknowledged_first(force: Force) -> None:
    referral_id = with_the_team(force, acknowledged=False)
    nell = client_for(force, "nell")
    nell.page(f"/referrals/{referral_id}/outcome")
    nell.sees("Acknowledge this referral first")


def test_the_desk_starts_a_report_from_what_was_seen(nell: PageClient, force: Force) -> None:
    referral = nell.path.removesuffix("/outcome")
    nell.submit(code="OBS", words="A bag changed hands at the canal gate", button="Record it")
    nell.does_not_see("Start a report")
    tess = client_for(force, "tess")
    tess.page(referral)
    tess.submit(button="Start a report from what was seen")
    tess.sees("A bag changed hands at the canal gate")
    report = tess.path
    tess.follow("a referral of ours")
    assert tess.path == referral
    tess.page("/reports")
    tess.sees("A bag changed hands")
    tess.page(referral)
    tess.follow("Open the report that was started from it")
    assert tess.path == report
    nell.page(referral)
    nell.does_not_see(report.rpartition("/")[2])


def test_only_an_observation_offers_it(nell: PageClient, force: Force) -> None:
    referral = nell.path.removesuffix("/outcome")
    nell.submit(code="REA", button="Record it")
    tess = client_for(force, "tess")
    tess.page(referral)
    tess.does_not_see("Start a report")


def test_script_in_an_outcome_is_inert(nell: PageClient, force: Force) -> None:
    referral = nell.path.removesuffix("/outcome")
    nell.submit(code="OBS", words=SCRIPT, button="Record it")
    tess = client_for(force, "tess")
    tess.page(referral)
    for client in (nell, tess):
        client.sees(SCRIPT)
        client.does_not_see(SCRIPT)
    tess.submit(button="Start a report from what was seen")
    tess.sees(SCRIPT)
    tess.does_not_see(SCRIPT)


def test_the_desk_reads_and_does_not_record(force: Force) -> None:
    referral_id = with_the_team(force, SAFE)
    client_for(force, "tom").page(f"/referrals/{referral_id}/outcome", status=403)
