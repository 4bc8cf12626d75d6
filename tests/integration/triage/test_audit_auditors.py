"""Timelines, samples, alerts, watched records, the printed checkpoint and signed exports, as an auditor uses them."""

import zipfile
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import select

from envelope.signing import SigningKey
from tests.audit_lines import audit_lines
from tests.desk_work import report_at_desk
from tests.force import Force, client_for
from tests.pages import PageClient, text_of
from triage.audit.acts import Act
from triage.audit.models import AuditLeafRow, HoneyRow
from triage.audit.service import record
from triage.keys.system import SYSTEM_ID
from triage.officers.witness import system_verifying_key
from triage.oversight.exporting import ExportError, check_export
from triage.oversight.sampling import chosen


def done(force: Force, name: str, act: Act, subject: object = None, times: int = 1) -> None:
    officer = force.officer(name)
    with force.database.begin() as session:
        for _ in range(times):
            record(session, act, subject or uuid4(), by=officer)  # type: ignore[arg-type]  # an id


def rows(client: PageClient) -> list[str]:
    return [text_of(row) for row in client.root.findall(".//tbody/tr")]


def test_a_persons_timeline_and_a_cases(force: Force) -> None:
    case = uuid4()
    done(force, "tom", Act.OPENED, case)
    force.clock.forward(days=1)
    done(force, "tom", Act.GRADED, case)
    done(force, "tess", Act.OPENED)
    iris = client_for(force, "iris")
    iris.page(f"/audit/people/{force.officer('tom').id}")
    assert [text_of(one) for one in iris.root.findall(".//main//h2")] == ["2026-11-22", "2026-11-23"]
    iris.sees("Graded: 1")
    assert not any("Tess" in row for row in rows(iris))
    iris.page(f"/audit/about/{case}")
    assert ["Report opened" in rows(iris)[0], "Graded" in rows(iris)[1], len(rows(iris))] == [True, True, 2]
    assert sum(line["act"] == Act.AUDIT_READ for line in audit_lines(force, force.officer("iris").id)) == 2


def test_a_sample_is_drawn_once_reviewed_line_by_line_and_can_be_drawn_again_by_anybody(force: Force) -> None:
    done(force, "tom", Act.OPENED, times=120)
    iris = client_for(force, "iris")
    iris.page("/audit/samples")
    iris.submit(button="Draw a sample")
    [drawn] = [line for line in audit_lines(force) if line["act"] == Act.SAMPLE_DRAWN]
    shown = [text_of(one) for one in iris.root.findall(".//main//h2")]
    assert len(shown) == drawn["count"] == 3
    begin, end = (int(one) for one in str(drawn["reason"]).split("-"))
    with force.database.look() as session:
        people = [row.sequence for row in session.scalars(select(AuditLeafRow)) if row.signer_id != SYSTEM_ID]
    again = chosen(type(uuid4())(str(drawn["subject"])), [one for one in people if begin <= one < end])
    assert [int(one.split(":")[0].removeprefix("Line ")) for one in shown] == list(again)
    iris.submit(outcome="the person was asked about it", button=f"Record what you find of line {again[0]}")
    iris.sees("1 reviewed")
    iris.sees("What you found: the person was asked about it")
    [reviewed] = [line for line in audit_lines(force) if line["act"] == Act.SAMPLE_REVIEWED]
    assert (reviewed["subject"], reviewed["reason"]) == (drawn["subject"], "the person was asked about it")


def days_of(since: date, until: date) -> dict[str, object]:
    """What the two date inputs of a form take."""
    return {
        f"{name}-{part}": getattr(day, part)
        for name, day in (("since", since), ("until", until))
        for part in ("day", "month", "year")
    }


def test_a_sample_of_days_on_which_nobody_did_anything_is_refused(force: Force) -> None:
    iris = client_for(force, "iris")
    done(force, "tom", Act.OPENED)
    nobody, somebody = force.today - timedelta(days=30), force.today
    iris.page("/audit/samples")
    iris.submit(days_of(nobody, nobody), button="Draw a sample")
    assert iris.errors() == ["Nobody did anything between those days."]
    assert not [line for line in audit_lines(force) if line["act"] == Act.SAMPLE_DRAWN]
    iris.submit(days_of(nobody, somebody), button="Draw a sample")
    assert len([line for line in audit_lines(force) if line["act"] == Act.SAMPLE_DRAWN]) == 1


def test_a_sample_that_nobody_drew_is_not_found(force: Force) -> None:
    iris = client_for(force, "iris")
    done(force, "tom", Act.OPENED)
    iris.page("/audit/samples")
    iris.page(f"/audit/samples/{uuid4()}", status=404)


def test_what_was_found_is_taken_of_a_line_and_a_sample_that_are_there(force: Force) -> None:
    iris = client_for(force, "iris")
    done(force, "tom", Act.OPENED)
    iris.page("/audit/samples")
    iris.submit(button="Draw a sample")
    there, token = iris.path.partition("?")[0], iris.value("csrf_token")
    found = {"csrf_token": token, "line": iris.value("line"), "outcome": "in order", "review": "Record"}
    with force.database.look() as session:
        first = session.scalars(select(AuditLeafRow.id).order_by(AuditLeafRow.sequence)).first()
    assert str(first) != found["line"]  # the system wrote it, and nothing of that is in a sample
    wrong = [(there, one) for one in ("no line", str(uuid4()), str(first))]
    for path, line in (*wrong, (f"/audit/samples/{uuid4()}", found["line"])):
        iris.post(path, {**found, "line": line}, status=404)
    assert not [line for line in audit_lines(force) if line["act"] == Act.SAMPLE_REVIEWED]
    iris.post(there, found)
    assert len([line for line in audit_lines(force) if line["act"] == Act.SAMPLE_REVIEWED]) == 1


def test_alerts_name_the_rule_the_person_and_why(force: Force) -> None:
    done(force, "tom", Act.OPENED, times=41)
    iris = client_for(force, "iris")
    iris.page("/audit/alerts")
    [alert] = rows(iris)
    assert alert.startswith("Many records in an hour Tom Arkwright 41 different records within an hour")
    iris.page("/audit/alerts?days=1&an_hour=100")
    assert rows(iris) == ["Nothing went beyond these limits."]
    iris.page("/audit/alerts?days=x&an_hour=-1&from_hour=99&to_hour=")
    assert len(rows(iris)) == 1


def test_whoever_opens_a_watched_record_is_named_and_could_not_tell(force: Force) -> None:
    path = f"/reports/{report_at_desk(force)}"
    tom = client_for(force, "tom")
    tom.page(path)
    before = tom.response.text
    iris = client_for(force, "iris")
    iris.page("/audit/honey")
    iris.submit(subject="not an id", button="Watch this record")
    assert iris.errors()
    iris.submit(subject=path.rpartition("/")[2], button="Watch this record")
    iris.page("/audit/alerts")
    [opened] = rows(iris)
    assert opened.startswith("Honey record Tom Arkwright")
    again = client_for(force, "tom")
    again.page(path)
    assert len(again.response.text) == len(before)
    with force.database.look() as session:
        [row] = session.scalars(select(HoneyRow)).all()
        assert path.rpartition("/")[2].encode() not in bytes(row.sealed)
    for name in ("sam", "tom", "ada"):
        client_for(force, name).page("/audit/honey", status=403)
    iris.page("/audit/honey")
    iris.submit(button=f"Let go of {path.rpartition('/')[2]}")
    assert rows(iris) == ["No record is watched."]


def test_a_search_for_ones_own_name_is_an_alert_without_the_name(force: Force) -> None:
    tom = client_for(force, "tom")
    tom.page("/register?kind=person&words=Arkwright")
    iris = client_for(force, "iris")
    iris.page("/audit/alerts")
    assert any(row.startswith("Own name Tom Arkwright") for row in rows(iris))
    assert not any("rkwright" in str(line.get("reason", "")) for line in audit_lines(force))


def test_whoever_opens_a_report_that_names_them_is_an_alert(force: Force) -> None:
    named = report_at_desk(force, "They say that Tom Arkwright tells them when a search is coming.")
    other = report_at_desk(force, "They say that Tom knows, and so does an Arkwright.")
    for name in ("tom", "tess"):
        officer = client_for(force, name)
        officer.page(f"/reports/{named}")
        officer.page(f"/reports/{other}")
    lines = [line for line in audit_lines(force) if line["act"] == Act.OWN_NAME_LOOKED_FOR]
    assert [(line["subject"], line["reason"]) for line in lines] == [(str(named), "named in what was opened")]
    iris = client_for(force, "iris")
    iris.page("/audit/alerts")
    assert [row.startswith("Own name Tom Arkwright") for row in rows(iris) if row.startswith("Own name")] == [True]


def test_a_checkpoint_can_be_printed(force: Force) -> None:
    iris = client_for(force, "iris")
    iris.page("/audit/checkpoint")
    iris.sees(system_verifying_key(force.settings).encode())
    assert iris.root.findall(".//main//img[@alt='A QR code of the text below']")
    client_for(force, "tom").page("/audit/checkpoint", status=403)


@pytest.fixture
def export(force: Force, tmp_path: Path) -> Path:
    """What an auditor took away, as it came."""
    done(force, "tom", Act.OPENED, times=5)
    iris = client_for(force, "iris")
    iris.page("/audit?act=report+opened")
    form = next(form for form in iris.root.findall(".//form") if form.get("action") == "/audit/export")
    fields = {one.get("name", ""): one.get("value", "") for one in form.findall(".//input")}
    path = tmp_path / "export.zip"
    path.write_bytes(iris.client.post("/audit/export", data=fields, base_url=iris.base_url).data)
    return path


def test_an_export_is_checked_with_the_systems_key_alone(force: Force, export: Path) -> None:
    found = check_export(export, system_verifying_key(force.settings))
    assert (found.lines, found.signed_by) == (5, force.officer("iris").id)
    with pytest.raises(ExportError):
        check_export(export, SigningKey.generate().verifying_key)


@pytest.mark.parametrize("name", ["audit-log.csv", "proofs.json", "statement.txt", "statement.sig"])
def test_an_export_with_any_part_changed_is_refused(force: Force, export: Path, name: str) -> None:
    with zipfile.ZipFile(export) as file:
        parts = {one: file.read(one) for one in file.namelist()}
    at = len(parts[name]) // 2
    parts[name] = parts[name][:at] + bytes([parts[name][at] ^ 1]) + parts[name][at + 1 :]
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        for one, data in parts.items():
            file.writestr(one, data)
    export.write_bytes(out.getvalue())
    with pytest.raises(ExportError):
        check_export(export, system_verifying_key(force.settings))


def test_what_is_no_export_is_refused_in_a_sentence(force: Force, tmp_path: Path) -> None:
    path = tmp_path / "x.zip"
    path.write_bytes(b"not a zip")
    with pytest.raises(ExportError, match="not an export"):
        check_export(path, system_verifying_key(force.settings))
