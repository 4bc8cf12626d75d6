"""An auditor reads who did what, and their reading is read too."""

import csv
import zipfile
from io import BytesIO, StringIO

from sqlalchemy import update

from tests.force import Force, client_for
from tests.pages import PageClient, text_of
from triage.audit.acts import Act
from triage.audit.models import AuditHeadRow
from triage.audit.service import record


def done(force: Force, name: str, act: Act, reason: str = "", times: int = 1) -> None:
    for _ in range(times):
        with force.database.begin() as session:
            officer = force.officer(name)
            record(session, act, officer.id, by=officer, reason=reason)


def lines(client: PageClient) -> list[str]:
    """The rows of the log on the page."""
    return [text_of(row) for row in client.root.findall(".//tbody/tr")]


def test_the_auditor_sees_who_did_what_the_newest_first(force: Force) -> None:
    done(force, "tom", Act.OPENED, "first look")
    iris = client_for(force, "iris")
    iris.page("/audit")
    shown = lines(iris)
    opened = next(at for at, line in enumerate(shown) if "Tom Arkwright Report opened" in line)
    assert "first look" in shown[opened]
    assert opened < next(at for at, line in enumerate(shown) if "Force set up" in line)


def test_a_look_at_the_log_is_in_the_log(force: Force) -> None:
    iris = client_for(force, "iris")
    iris.page("/audit")
    iris.page("/audit")
    assert sum("Iris Penn Audit log read" in line for line in lines(iris)) == 2


def test_the_log_is_filtered_by_act_officer_subject_and_date(force: Force) -> None:
    done(force, "tom", Act.OPENED, "first look")
    done(force, "tess", Act.GRADED, "second look")
    tom = force.officer("tom")
    iris = client_for(force, "iris")
    iris.page(f"/audit?officer={tom.id}")
    iris.sees("first look")
    iris.does_not_see("second look")
    iris.page("/audit?act=graded")
    iris.sees("second look")
    iris.does_not_see("first look")
    iris.page(f"/audit?subject={tom.id}")
    iris.sees("first look")
    iris.does_not_see("second look")
    iris.page("/audit?since-day=23&since-month=11&since-year=2026")
    iris.sees("No line is like that.")
    iris.page("/audit?officer=nonsense&act=%00&subject='&since-day=99&since-month=1&since-year=x&before=-1")
    iris.sees("first look")


def test_old_lines_are_on_later_pages(force: Force) -> None:
    done(force, "tom", Act.OPENED, times=60)
    iris = client_for(force, "iris")
    iris.page("/audit")
    assert not any("Force set up" in line for line in lines(iris))
    iris.follow("Older lines")
    assert any("Force set up" in line for line in lines(iris))
    iris.follow("Newest lines")
    assert not any("Force set up" in line for line in lines(iris))
    iris.page("/audit?act=force+set+up")
    assert len(lines(iris)) == 1


def twenty_million_lines(force: Force) -> None:
    """The next line gets a number of eight digits; the lines before it, but for the first few, are not there."""
    size = 19_999_000
    frontier = bytes(32 * size.bit_count())
    with force.database.begin() as session:
        session.execute(update(AuditHeadRow).values(size=size, frontier=frontier))


def test_old_lines_are_on_later_pages_at_twenty_million_lines_too(force: Force) -> None:
    iris = client_for(force, "iris")
    twenty_million_lines(force)
    done(force, "tom", Act.OPENED, times=60)
    iris.page("/audit")
    assert not any("Force set up" in line for line in lines(iris))
    iris.follow("Older lines")
    assert any("Force set up" in line for line in lines(iris))
    iris.page("/audit?before=" + "9" * 18)
    iris.sees("Audit log read")


def test_a_search_goes_on_where_it_stopped_at_twenty_million_lines_too(force: Force) -> None:
    iris = client_for(force, "iris")
    twenty_million_lines(force)
    iris.page("/audit?act=force+set+up")
    stopped_at = []
    for _ in range(3):
        iris.follow("Look through the next ones")
        stopped_at.append(int(iris.path.rpartition("before=")[2]))
    assert stopped_at == sorted(set(stopped_at), reverse=True)
    assert stopped_at[0] > 19_000_000


def test_an_export_is_recorded_and_holds_what_was_filtered(force: Force) -> None:
    done(force, "tom", Act.OPENED, "=cmd|calc")
    iris = client_for(force, "iris")
    iris.page("/audit?act=report+opened")
    form = next(form for form in iris.root.findall(".//form") if form.get("action") == "/audit/export")
    fields = {one.get("name", ""): one.get("value", "") for one in form.findall(".//input")}
    answer = iris.client.post("/audit/export", data=fields, base_url=iris.base_url)
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"] == 'attachment; filename="audit-log.zip"'
    with zipfile.ZipFile(BytesIO(answer.data)) as file:
        rows = list(csv.DictReader(StringIO(file.read("audit-log.csv").decode())))
    assert [row["act"] for row in rows] == ["report opened"]
    assert rows[0]["reason"] == "'=cmd|calc"
    iris.page("/audit")
    assert any("Exported" in line and "audit log: report opened 1 in all" in line for line in lines(iris))


def test_nobody_else_reads_the_log(force: Force) -> None:
    for name in ("sam", "tom", "nell", "ada"):
        client_for(force, name).page("/audit", status=403)


def test_reasons_are_shown_as_text(force: Force) -> None:
    done(force, "tom", Act.OPENED, "<script>alert(1)</script>")
    iris = client_for(force, "iris")
    iris.page("/audit")
    iris.sees("<script>alert(1)</script>")
