"""A form that another site's page sends is refused, and an auditor reads whose session it came with."""

import logging

import pytest
from sqlalchemy import select

from tests.audit_lines import audit_lines
from tests.force import Force, client_for
from tests.pages import PageClient
from triage.audit.acts import Act
from triage.audit.models import AuditHeadRow

FOREIGN = {"Sec-Fetch-Site": "cross-site"}


def refusals(force: Force) -> list[str]:
    mine = audit_lines(force, force.officer("tom").id)
    return [str(line.get("reason")) for line in mine if line["act"] == Act.ACCESS_REFUSED]


def test_a_post_from_another_site_leaves_a_line_of_whose_session_it_came_with(
    force: Force, caplog: pytest.LogCaptureFixture
) -> None:
    tom = client_for(force, "tom")
    with caplog.at_level(logging.WARNING):
        answer = tom.client.post("/sign-out", headers=FOREIGN, base_url=tom.base_url)
    assert answer.status_code == 400
    assert refusals(force) == ["sent by another site: POST officers.sign_out"]
    assert [record.getMessage() for record in caplog.records] == ["foreign_post_refused"]
    tom.page("/")


def test_it_does_not_keep_a_session_alive(force: Force) -> None:
    tom = client_for(force, "tom")
    for _ in range(force.settings.idle_minutes):
        force.clock.forward(minutes=1)
        tom.client.post("/sign-out", headers=FOREIGN, base_url=tom.base_url)
    answer = tom.client.get("/", base_url=tom.base_url)
    assert answer.status_code == 303
    assert "/sign-in" in answer.headers["Location"]


def test_one_that_nobody_is_signed_in_behind_leaves_an_event_and_no_line(
    force: Force, caplog: pytest.LogCaptureFixture
) -> None:
    stranger = PageClient(force.shared_app())
    with force.database.look() as session:
        before = session.scalars(select(AuditHeadRow.size)).one()
    with caplog.at_level(logging.WARNING):
        assert stranger.client.post("/sign-in", headers=FOREIGN, base_url=stranger.base_url).status_code == 400
    with force.database.look() as session:
        assert session.scalars(select(AuditHeadRow.size)).one() == before
    assert [record.getMessage() for record in caplog.records] == ["foreign_post_refused"]
