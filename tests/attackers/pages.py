"""Every page on which something of a worked case would stand, and what of it somebody was shown."""

from tests.attackers.running import Visitor
from tests.whole_case import WholeCase

# Names of officers and teams are for everybody who works here.
EVERYBODYS = {
    "an officer's name",
    "a sign-in name",
    "a team's name",
    "a team's area",
    "Eastgate",
    "Harbour ward",
    "Sam Underhill",
    "Ada Quill",
    "Iris Penn",
    "Tom Arkwright",
    "Tess Marlow",
    "Nell Farrow",
    "Owen Thatch",
}
# What an officer of the desk is shown on these pages: the control of every test that says that somebody sees nothing.
THE_DESK_SEES = {"what", "who", "where", "a surname", "a nickname", "the sanitised text", "an outcome's words"}


def pages_of(case: WholeCase) -> tuple[str, ...]:
    return (
        "/reports?shown=all",
        "/register",
        "/register?kind=group",
        "/search",
        "/together",
        "/referrals",
        "/referrals/sent",
        "/sanitised",
        "/quarantine",
        f"/reports/{case.report_id}",
        f"/reports/{case.report_id}/items/1/grade",
        f"/reports/{case.report_id}/links",
        f"/register/{case.person_id}",
        f"/register/{case.group_id}",
        f"/sanitised/{case.draft_id}",
        f"/referrals/{case.referral_id}",
    )


def shown_to(visitor: Visitor, case: WholeCase) -> set[str]:
    """What of the case these pages show somebody: the names of its canaries."""
    text = "".join(visitor.reads(path).text for path in pages_of(case))
    return {carrier for carrier, word in case.canaries.planted.items() if word in text} - EVERYBODYS
