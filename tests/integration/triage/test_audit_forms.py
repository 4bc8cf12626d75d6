"""What an auditor types wrongly is said, and nothing is taken for what they asked for."""

from datetime import timedelta
from uuid import uuid4

from tests.audit_lines import audit_lines
from tests.force import Force, client_for
from tests.integration.triage.test_audit_auditors import done
from tests.pages import PageClient, text_of
from triage.audit.acts import Act


def draws(iris: PageClient, first: object, last: object) -> None:
    """Ask for a sample between two days."""
    asked = {"since": first, "until": last}
    days = {
        f"{name}-{part}": str(getattr(day, part)) for name, day in asked.items() for part in ("day", "month", "year")
    }
    iris.page("/audit/samples")
    iris.submit(days, button="Draw a sample")


def test_a_sample_is_of_the_days_asked_for_and_of_no_other(force: Force) -> None:
    done(force, "tom", Act.OPENED, times=20)
    first = force.today
    force.clock.forward(days=2)
    done(force, "tess", Act.GRADED, times=5)
    iris = client_for(force, "iris")
    draws(iris, force.today, first)
    assert iris.errors() == ["Nobody did anything between those days."]
    draws(iris, first + timedelta(days=1), first + timedelta(days=1))
    assert iris.errors() == ["Nobody did anything between those days."]
    draws(iris, force.today, force.today)
    [drawn] = [line for line in audit_lines(force) if line["act"] == Act.SAMPLE_DRAWN]
    begin, end = (int(one) for one in str(drawn["reason"]).split("-"))
    assert {str(line["at"])[:10] for line in audit_lines(force)[begin:end]} == {force.today.isoformat()}


def test_nothing_is_recorded_of_a_line_before_it_is_said_what_was_found(force: Force) -> None:
    done(force, "tom", Act.OPENED, times=60)
    iris = client_for(force, "iris")
    iris.page("/audit/samples")
    iris.submit(button="Draw a sample")
    first = text_of(iris.root.findall(".//main//h2")[0]).partition(":")[0].removeprefix("Line ")
    iris.submit(button=f"Record what you find of line {first}")
    assert iris.errors() == ["Choose what you find"]
    assert not [line for line in audit_lines(force) if line["act"] == Act.SAMPLE_REVIEWED]


def test_a_filter_that_is_not_understood_is_no_search_of_everything(force: Force) -> None:
    done(force, "tom", Act.OPENED)
    iris = client_for(force, "iris")
    iris.page("/audit?subject=half-an-id&since-day=31&since-month=2&since-year=2026")
    assert len(iris.errors()) == 2
    assert "Export these lines" not in iris.text()


def test_a_record_that_there_is_not_is_not_watched(force: Force) -> None:
    iris = client_for(force, "iris")
    iris.page("/audit/honey")
    iris.submit(subject=str(uuid4()), button="Watch this record")
    assert iris.errors() == ["No report and no entry has this id. Copy it from the address of its page."]
    iris.sees("No record is watched.")


def test_a_team_is_not_made_twice_and_a_vetting_day_stays_where_it_was_typed(force: Force) -> None:
    sam = client_for(force, "sam")
    for _ in range(2):
        sam.page("/people/teams")
        sam.submit(name="Mill Lane", area="Mill Lane ward", button="Add team")
    assert sam.errors() == ["There is a team of this name already. Choose another name."]
    sam.page(f"/people/{force.officer('tom').id}")
    day = {"until-day": "1", "until-month": "2", "until-year": "2020"}
    sam.submit({"level": "NPPV level 3", **day}, button="Record the vetting", status=422)
    assert sam.errors()
    kept = {one.get("name"): one.get("value") for one in sam.root.iter("input")}
    assert {name: kept[name] for name in day} == day
