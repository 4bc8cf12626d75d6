"""A report from the public form to a team's outcome and back, through the pages alone, on both databases."""

from pathlib import Path

from tests.force import Force
from tests.journeys.people import Town, bring_register, in_days
from tests.pages import PageClient, text_of
from triage.audit.acts import Act
from triage.officers.witness import verify_audit_log
from triage.register.importing import import_register

WORDS = (
    "Big Tony parks his white Golf, plate ends XRT, by the garages on Mill Lane at 9.40 every night. "
    "My cousin saw him hand a carrier bag to a lad on a bike."
)
ITEMS = (
    "Big Tony parks his white Golf, plate ends XRT, by the garages on Mill Lane.",
    "He hands a carrier bag to a lad on a bike.",
)
SAFE = "A man believed to be Anthony Garrick supplies drugs to young riders in the Eastgate area in the evenings."
DO_NOT = "Do not go to the garages themselves."
SEEN = "Two officers saw Anthony Garrick pass a bag to a rider outside the Eastgate shops."


def test_a_report_goes_the_whole_way_and_comes_back(force_on_both: Force, tmp_path: Path) -> None:
    force = force_on_both
    with Town(force) as town:
        imported = import_register(force.database, bring_register(tmp_path / "register"), by=force.officer("sam"))
        assert (imported.added, imported.refused) == (3, 0)

        # Somebody tells.
        reporter = town.reporter()
        reporter.sends(WORDS, who="Big Tony, they say", how="told", guess="unknown", danger="no")
        assert reporter.asks_for_news() == "No news yet"
        town.collector_comes()

        # The desk takes it in, and a day later its sender can see that.
        tom = town.officer("tom")
        tom.opens_new_reports()
        tom.page.sees("1 new report opened")
        assert reporter.asks_for_news() == "No news yet"
        town.collector_comes()
        assert reporter.asks_for_news() == "Received"

        # It is read, cut into what it says, graded, and tied to whom it is about.
        report = tom.reads("hand a carrier bag")
        tom.page.does_not_see(reporter.receipt.split()[0] + " ")
        tom.splits(report, *ITEMS)
        tom.grades(report, 1, "D", action="A1", sanction="S2")
        tom.grades(report, 2, "C", indirect_basis="Says a cousin saw it", action="A1", sanction="S2")
        tom.page.page(report)
        tom.page.sees("Single anonymous report: no action on this alone.")
        tom.page.sees("2/C/")
        tom.links(report, "Anthony Garrick")
        tom.page.page(report)
        tom.page.sees("Decided by Tom Arkwright")

        # A text is written anew; whoever wrote it cannot agree to it.
        draft = tom.drafts(report, SAFE, DO_NOT)
        tom.page.page(draft)
        tom.page.sees("You wrote this text, so another officer must agree to it.")
        tom.page.post(draft, {"csrf_token": token_of(tom.page), "agree": "Agree: nothing points back"})
        assert tom.page.errors() == ["You wrote this text, so another officer must agree to it."]
        tess = town.officer("tess")
        tess.agrees(draft)

        # It goes to Eastgate, who see what they must not do before they see what it says.
        embargo = in_days(force, 7)
        referral = tess.refers(draft, "Eastgate", embargo_until=embargo, asks=("OBSERVE", "NO_OVERT_ACTION"))
        nell = town.officer("nell")
        nell.page.page("/referrals")
        nell.page.page(referral)
        shown = nell.page.text()
        assert shown.index("Embargo: no overt action") < shown.index(DO_NOT) < shown.index(SAFE)
        assert "Single anonymous report: no action on this alone" in shown
        for hidden in ("Big Tony", "XRT", "cousin", "9.40", report):
            nell.page.does_not_see(hidden)
        nell.page.submit(button="I have read it")
        nell.records(referral, "OBS", SEEN)

        # Nobody else's business: another team, an administrator.
        owen, ada = town.officer("owen"), town.officer("ada")
        owen.page.page("/referrals")
        owen.page.does_not_see(referral)
        another_teams, none_of_the_role = (referral, f"{referral}/outcome"), (report, draft)
        for stranger, paths, status in (
            (owen, another_teams, 404),
            (owen, none_of_the_role, 403),
            (ada, (report, referral), 403),
        ):
            for path in paths:
                stranger.page.page(path, status=status)
                stranger.page.does_not_see("Garrick")

        # What was seen is a report of its own, by officers, and can be graded as such.
        tess.page.page(referral)
        tess.page.sees(SEEN)
        tess.page.submit(button="Start a report from what was seen")
        observed = tess.page.path
        assert observed != report
        tess.page.sees(SEEN)
        tess.grades(observed, 1, "A", source="1", direct_basis="Seen by two officers", handling="P")
        tess.page.page(observed)
        tess.page.sees("1/A/P")

        # The desk is done, and its sender learns that and no more.
        town.collector_comes()
        assert reporter.asks_for_news() == "Read by a person"
        tess.closes(report, "Referred and answered.")
        town.collector_comes()
        assert reporter.asks_for_news() == "Closed"
        for hidden in ("Garrick", "Eastgate", "OBS"):
            reporter.does_not_see(hidden)

        # And every one of these acts has left its line, in a log that holds.
        iris = town.officer("iris")
        told = everything_in_the_log(iris.page)
        for act in (
            Act.SIGNED_IN,
            Act.COLLECTED,
            Act.UNSEALED,
            Act.OPENED,
            Act.ITEM_WRITTEN,
            Act.GRADED,
            Act.LINK_SUGGESTED,
            Act.LINK_CONFIRMED,
            Act.REGISTER_IMPORTED,
            Act.DRAFTED,
            Act.SUBMITTED,
            Act.APPROVED,
            Act.REFERRED,
            Act.REFERRAL_OPENED,
            Act.ACKNOWLEDGED,
            Act.OUTCOME_RECORDED,
            Act.REPORT_WRITTEN,
            Act.CLOSED,
            Act.NOTICE_PUBLISHED,
            Act.AUDIT_READ,
        ):
            assert act.value.capitalize() in told, f"No line says {act.value!r}"
        for never in ("Garrick", "Big Tony", "carrier bag"):
            assert never not in told
        with force.database.look() as session:
            verified = verify_audit_log(session, force.settings)
        assert verified.holds, verified.problems


def token_of(page: PageClient) -> str:
    return page.value("csrf_token")


def everything_in_the_log(page: PageClient) -> str:
    """All pages of the audit log, as one text."""
    page.page("/audit")
    told = [page.text()]
    while any("Older lines" in text_of(link) for link in page.root.iter("a")):
        page.follow("Older lines")
        told.append(page.text())
    return "\n".join(told)
