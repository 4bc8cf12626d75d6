"""Safeguarding leads: who names them, who holds their key, and that it is never lost by a slip."""

import pytest

from tests.force import Force
from tests.quarantine_work import named, opens, shut
from tests.sent_files import attach, picture, report_with
from triage.errors import NoKeyError
from triage.keys.service import BoxName, find_box
from triage.officers.errors import LastHolderError
from triage.officers.people import take_key
from triage.officers.safeguarding import AlreadyALeadError, NotALeadError, leads, name_lead


def test_the_first_lead_is_named_by_a_supervisor_and_every_other_by_a_lead(force_on_both: Force) -> None:
    tom, tess, sam, ada, nell = (force_on_both.officer(name) for name in ("tom", "tess", "sam", "ada", "nell"))
    with force_on_both.database.begin() as session:
        for by in (tom, ada):
            with pytest.raises(NoKeyError):
                name_lead(session, tess.id, by=by)
        assert find_box(session, BoxName.SAFEGUARDING) is None
        with pytest.raises(NotALeadError):
            name_lead(session, nell.id, by=sam)
    named(force_on_both, "tess")
    with force_on_both.database.begin() as session:
        with pytest.raises(NoKeyError):
            name_lead(session, tom.id, by=sam)
        with pytest.raises(AlreadyALeadError):
            name_lead(session, tess.id, by=tess)
        session.rollback()
    named(force_on_both, "tom", by="tess")
    with force_on_both.database.look() as session:
        assert leads(session, by=sam).names == ("Tess Marlow", "Tom Arkwright")


def test_the_last_lead_keeps_the_key_and_a_second_may_lose_it(force: Force) -> None:
    named(force, "tess")
    tess, sam = force.officer("tess"), force.officer("sam")
    with force.database.look() as session:
        box = find_box(session, BoxName.SAFEGUARDING)
    assert box is not None
    with force.database.begin() as session, pytest.raises(LastHolderError):
        take_key(session, tess.id, box.id, by=sam)
    named(force, "tom", by="tess")
    report_id = report_with(force, attach(force, picture()))
    shut(force, report_id)
    with force.database.begin() as session:
        take_key(session, tess.id, box.id, by=sam)
    assert opens(force, report_id) == {"tom"}
