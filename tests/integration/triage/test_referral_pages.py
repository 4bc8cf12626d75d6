"""The pages of referring: codes and dates alone for the desk, limits first for the team, and nothing of the origin."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from tests.desk_work import SAFE, SAFE_TEXT, agreed, drafted, referred, report_at_desk, with_the_team
from tests.force import Force, client_for
from tests.pages import PageClient, text_of
from triage.grading.rules import Grade, Intelligence
from triage.grading.service import grade_item

SCRIPT = "<script>alert(1)</script>"
BANNER = "Single anonymous report: no action on this alone"


@pytest.fixture
def draft_id(force: Force) -> UUID:
    return agreed(force, report_at_desk(force), replace(SAFE, do_not=("Do not knock",)))


@pytest.fixture
def tess(force: Force, draft_id: UUID) -> PageClient:
    client = client_for(force, "tess")
    client.page(f"/sanitised/{draft_id}/refer")
    return client


def test_the_desk_sees_what_the_team_will_read_and_adds_no_word(tess: PageClient) -> None:
    for words in (SAFE_TEXT, "Do not knock", BANNER, "do not say that somebody spoke"):
        tess.sees(words)
    assert tess.root.findall(".//textarea") == []
    typed = [one.get("name") for one in tess.root.findall(".//main//input[@type='text']")]
    assert all(str(name).startswith(("embargo_until", "expires_on")) for name in typed)


def test_it_goes_to_the_team(force: Force, tess: PageClient) -> None:
    tess.submit({"team": str(force.team_ids["Eastgate"]), "asks": ["OBSERVE", "REASSURE"]}, button="Refer it")
    tess.sees("It is with Eastgate now.")
    nell = client_for(force, "nell")
    nell.page("/")
    assert nell.heading() == "Referrals to your team"
    nell.sees("Observe on patrol and Reassurance.")


def test_what_is_missing_is_said_and_what_was_chosen_stays(force: Force, tess: PageClient) -> None:
    tess.submit({"asks": [], "expires_on-day": "", "expires_on-month": "", "expires_on-year": ""}, button="Refer it")
    assert tess.errors() == [
        "Choose the team that this goes to",
        "Choose at least one thing to ask of the team",
        "Enter the day by which it is to be answered",
    ]
    chosen = {
        "team": str(force.team_ids["Harbour"]),
        "asks": ["NO_OVERT_ACTION"],
        "expires_on-day": "31",
        "expires_on-month": "2",
        "expires_on-year": "2027",
    }
    tess.submit(chosen, button="Refer it")
    assert tess.errors() == ["Enter a real date, such as 27 3 2026"]
    assert tess.value("team") == str(force.team_ids["Harbour"])
    assert tess.value("expires_on-day") == "31"
    tess.submit({"expires_on-month": "1"}, button="Refer it")
    assert tess.errors() == ["Enter the last day of the embargo, or do not ask for no overt action."]


def test_dates_that_do_not_fit_are_told_at_their_field(force: Force, tess: PageClient) -> None:
    embargo = {"embargo_until-day": "1", "embargo_until-month": "1", "embargo_until-year": "2026"}
    tess.submit({"team": str(force.team_ids["Eastgate"]), "asks": ["OBSERVE"], **embargo}, button="Refer it")
    assert tess.errors() == ["The embargo ends before today. Choose a later date, or leave it empty."]


@pytest.mark.parametrize("team", ["nonsense", str(uuid4())], ids=["no id", "an unknown id"])
def test_a_team_nobody_offered_is_asked_again(tess: PageClient, team: str) -> None:
    tess.submit({"team": team, "asks": ["OBSERVE"]}, button="Refer it")
    assert tess.errors() == ["Choose the team that this goes to."]


def test_a_second_press_says_where_it_is(force: Force, tess: PageClient, draft_id: UUID) -> None:
    referred(force, draft_id)
    tess.submit({"team": str(force.team_ids["Eastgate"]), "asks": ["OBSERVE"]}, button="Refer it")
    assert tess.errors() == ["This text is with Eastgate already. Choose another team."]


def test_a_text_nobody_agreed_to_goes_nowhere(force: Force) -> None:
    draft_id = drafted(force, report_at_desk(force))
    tess = client_for(force, "tess")
    tess.page(f"/sanitised/{draft_id}/refer")
    tess.submit({"team": str(force.team_ids["Eastgate"]), "asks": ["OBSERVE"]}, button="Refer it")
    assert tess.errors() == ["A second officer must agree to this text before it may be referred."]
    nell = client_for(force, "nell")
    nell.page("/referrals")
    nell.sees("Nothing has been referred to your team.")


def test_a_team_reads_the_limits_before_the_words(force: Force) -> None:
    referral_id = with_the_team(force, replace(SAFE, do_not=("Do not knock",)))
    nell = client_for(force, "nell")
    nell.page(f"/referrals/{referral_id}")
    order = ["Do not quote", "Do not knock", BANNER, "Conditions", "Observe on patrol", "Answer by", SAFE_TEXT]
    places = [nell.text().index(words) for words in order]
    assert places == sorted(places)


def test_an_embargo_stands_above_all(force: Force, tess: PageClient) -> None:
    until = force.today + timedelta(days=5)
    dates = {f"embargo_until-{part}": str(getattr(until, part)) for part in ("day", "month", "year")}
    tess.submit({"team": str(force.team_ids["Eastgate"]), "asks": ["NO_OVERT_ACTION"], **dates}, button="Refer it")
    nell = client_for(force, "nell")
    nell.page("/referrals")
    nell.sees("No overt action until after 27 November 2026.")
    nell.follow("QW-")
    text = nell.text()
    assert text.index("no overt action up to and including 27 November 2026") < text.index("Do not quote")
    force.clock.forward(days=6)
    nell = client_for(force, "nell")
    nell.page("/referrals")
    nell.follow("QW-")
    nell.sees("The embargo ended on 27 November 2026.")


@pytest.mark.parametrize("intelligence", [Intelligence.NOT_KNOWN, Intelligence.KNOWN_INDIRECTLY])
def test_the_banner_stands_on_every_2_d_and_on_no_other(force: Force, intelligence: Intelligence) -> None:
    report_id = report_at_desk(force)
    with force.database.begin() as session:
        grade = Grade(intelligence=intelligence, basis="says they were told")
        grade_item(session, report_id, 1, grade, by=force.officer("tom"))
    content = replace(SAFE, grade=replace(SAFE.grade, intelligence=intelligence))
    referral_id = referred(force, agreed(force, report_id, content))
    for name in ("nell", "tess"):
        client = client_for(force, name)
        client.page(f"/referrals/{referral_id}")
        assert (BANNER in client.text()) is (intelligence is Intelligence.NOT_KNOWN)


def test_the_teams_pages_hold_no_byte_of_the_origin(force: Force) -> None:
    report_id = report_at_desk(force, "The little lad carries the bag")
    draft_id = agreed(force, report_id)
    force.clock.forward(days=3)
    referral_id = referred(force, draft_id)
    nell = client_for(force, "nell")
    for path in (f"/referrals/{referral_id}", "/referrals"):
        nell.page(path)
        for hidden in (
            str(report_id),
            report_id.hex,
            str(draft_id),
            "little lad",
            "22 November",
            "22 Nov",
            "2026-11-22",
            "Harbour",
            "Tom Arkwright",
            "/reports",
            "/sanitised",
        ):
            nell.does_not_see(hidden)


def test_the_desk_finds_its_way_back_to_the_report(force: Force) -> None:
    report_id = report_at_desk(force)
    draft_id = agreed(force, report_id)
    referral_id = referred(force, draft_id)
    tom = client_for(force, "tom")
    tom.page(f"/referrals/{referral_id}")
    links = {link.get("href") for link in tom.root.findall(".//a")}
    assert {f"/reports/{report_id}", f"/sanitised/{draft_id}"} <= links
    assert not tom.root.findall(".//button[@name='acknowledge']")


def test_another_teams_referral_and_a_guessed_one_answer_alike(force: Force) -> None:
    referral_id = with_the_team(force)
    owen = client_for(force, "owen")
    answers = []
    for one in (referral_id, uuid4()):
        for path in (f"/referrals/{one}", f"/referrals/{one}/outcome"):
            owen.page(path, status=404)
            answers.append(text_of(owen.root.findall(".//main")[0]))
        token = owen.root.findall(".//input[@name='csrf_token']")[0].get("value")
        owen.post(f"/referrals/{one}/acknowledge", {"csrf_token": token}, status=404)
        outcome = {"csrf_token": token, "code": "OBN", "words": "", "save": "yes"}
        owen.post(f"/referrals/{one}/outcome", outcome, status=404)
        answers.append(text_of(owen.root.findall(".//main")[0]))
    assert len(set(answers)) == 1


def test_the_team_acknowledges_and_the_desk_sees_it(force: Force) -> None:
    referral_id = with_the_team(force, acknowledged=False)
    nell, tom = client_for(force, "nell"), client_for(force, "tom")
    nell.page(f"/referrals/{referral_id}")
    nell.submit(button="I have read it")
    nell.sees("Acknowledged")
    tom.page("/referrals/sent")
    tom.sees("Acknowledged")


def test_the_desks_list_narrows_by_what_its_address_says(force: Force) -> None:
    with_the_team(force)
    referred(force, agreed(force, report_at_desk(force, "Another")), "Harbour")
    tom = client_for(force, "tom")
    tom.page("/referrals/sent")
    tom.sees("2 referrals")
    tom.submit(state="ACKNOWLEDGED", button="Apply filters")
    tom.sees("1 referral")
    tom.does_not_see("Harbour</td>")
    tom.submit(team=str(force.team_ids["Harbour"]), button="Apply filters")
    tom.sees("No referral fits these filters.")
    tom.page("/referrals/sent?state=x&team=y&page=-3")
    tom.sees("2 referrals")


def test_script_in_a_text_is_inert_for_the_team(force: Force) -> None:
    content = replace(SAFE, text=SCRIPT, request=SCRIPT, risk_notes=SCRIPT, do_not=(SCRIPT,))
    referral_id = with_the_team(force, content)
    for name in ("nell", "tess"):
        client = client_for(force, name)
        client.page(f"/referrals/{referral_id}")
        client.sees(SCRIPT)
        client.does_not_see(SCRIPT)
        if name == "tess":
            client.page("/referrals/sent")
        else:
            client.page("/referrals")
        client.does_not_see(SCRIPT)


def test_characters_that_turn_or_hide_text_are_named(force: Force) -> None:
    content = replace(
        SAFE, text="A man \u202e supplies", request="\u202e", risk_notes="\u202e", do_not=("Do \u202e not",)
    )
    referral_id = with_the_team(force, content)
    nell = client_for(force, "nell")
    nell.page(f"/referrals/{referral_id}")
    nell.does_not_see("\u202e")
    assert nell.text().count("[right-to-left override]") == 4


def test_the_desks_pages_are_not_the_teams(force: Force, draft_id: UUID) -> None:
    nell, tom = client_for(force, "nell"), client_for(force, "tom")
    nell.page("/referrals/sent", status=403)
    nell.page(f"/sanitised/{draft_id}/refer", status=403)
    tom.page("/referrals", status=403)
