"""Where an officer lives: recorded by a supervisor, read by the officer alone, and an alert when they look for it."""

from uuid import UUID

import pytest
from sqlalchemy import delete, update

from tests.audit_lines import audit_lines
from tests.desk_work import report_at_desk
from tests.force import Force, client_for, passphrase_of
from tests.integration.triage.test_officers_enrolling import somebody_new
from triage.audit.acts import Act
from triage.errors import NotFoundError
from triage.keys.host_signed import Forged
from triage.officers.errors import OneselfError, WrongStateError
from triage.officers.models import OwnAddressRow
from triage.officers.own_address import AddressError, own_address_known_since, record_own_address, remove_own_address
from triage.officers.people import leave
from triage.officers.recovery import begin_anew
from triage.register.entries import Person
from triage.register.places import Address
from triage.register.service import add_entry

HOME, ELSEWHERE = "12 Alder Street, Eastgate, MB1 4QQ", "90 Mill Lane, MB2 7RT"


def lives_at(force: Force, name: str, address: str = HOME, *, by: str = "sam") -> None:
    with force.database.begin() as session:
        record_own_address(session, force.officer(name).id, address, by=force.officer(by))


def looked(force: Force) -> list[tuple[object, object]]:
    """Each line that says somebody looked for where they live: of what, and how."""
    found = [line for line in audit_lines(force) if line["act"] == Act.OWN_ADDRESS_LOOKED_FOR]
    return [(line.get("subject"), line["reason"]) for line in found]


def row_of(force: Force, name: str) -> tuple[bytes, bytes] | None:
    with force.database.look() as session:
        row = session.get(OwnAddressRow, force.officer(name).id)
        return None if row is None else (row.sealed, row.host_signature)


def write(force: Force, name: str, **values: object) -> None:
    """As whoever owns the database writes."""
    with force.database.begin() as session:
        session.execute(
            update(OwnAddressRow).where(OwnAddressRow.officer_id == force.officer(name).id).values(**values)
        )


def test_a_search_for_ones_own_address_is_an_alert_without_the_address(force_on_both: Force) -> None:
    force = force_on_both
    lives_at(force, "tom")
    for name in ("tom", "tess"):
        officer = client_for(force, name)
        officer.page("/register?kind=person&words=12+alder+st")
        officer.page("/register?kind=person&words=Alder+Street")
    assert looked(force) == [(None, "searched")]
    iris = client_for(force, "iris")
    iris.page("/audit/alerts")
    iris.sees("Own address")
    iris.does_not_see("Alder")
    assert not any("lder" in str(line) for line in audit_lines(force))


def test_so_are_an_entry_and_a_report_that_say_it(force: Force) -> None:
    lives_at(force, "tom")
    with force.database.begin() as session:
        there, near = (
            add_entry(session, Person("", "Nuttall", "Ned", addresses=(Address.parse(text),)), by=force.officer("tess"))
            for text in ("Flat 3, 12 Alder Street, MB1 4QQ", "14 Alder Street, MB1 4QR")
        )
    says = report_at_desk(force, "They deal from 12 alder street at night.")
    other = report_at_desk(force, "They deal from Alder Street at night.")
    for name in ("tom", "tess"):
        officer = client_for(force, name)
        for path in (f"/register/{there}", f"/register/{near}", f"/reports/{says}", f"/reports/{other}"):
            officer.page(path)
    assert looked(force) == [(str(there), "opened"), (str(says), "named in what was opened")]


def test_a_search_of_everything_counts(force: Force) -> None:
    lives_at(force, "tom")
    tom = client_for(force, "tom")
    tom.page("/search")
    tom.submit(words="MB1 4QQ", button="Search")
    assert looked(force) == [(None, "searched")]


def test_a_supervisor_records_it_and_its_owner_alone_reads_it(force: Force) -> None:
    sam, tom = client_for(force, "sam"), client_for(force, "tom")
    page = f"/people/{force.officer('tom').id}"
    tom.page("/account")
    tom.sees("It is not recorded. A supervisor can do so")
    sam.page(page)
    sam.sees("Home address Not recorded")
    sam.submit(address=" ", button="Record the address")
    assert sam.errors() == ["Enter their home address: a number and a street, or a whole postcode"]
    sam.submit(address="Alder Street", button="Record the address", status=422)
    assert sam.errors() == ["Enter a number and a street, or a whole postcode, such as 12 Alder Street, MB1 4QQ."]
    assert sam.value("address") == "Alder Street"
    sam.submit(address=HOME, button="Record the address")
    sam.sees("The address is recorded. Nobody but they can read it again.")
    sam.does_not_see("Eastgate")
    sam.sees("Recorded on 22 November 2026, and readable to them alone")
    tom.page("/account")
    tom.sees(f"{HOME}, recorded by a supervisor on 22 November 2026")
    sam.page(page)
    sam.submit(address=ELSEWHERE, button="Record the address")
    tom.page("/account")
    tom.sees(ELSEWHERE)
    tom.does_not_see("Alder")
    sam.page(page)
    sam.submit(button="Let the recorded address go")
    sam.sees("The address is let go.")
    tom.page("/account")
    tom.sees("It is not recorded. A supervisor can do so")
    acts = [line["act"] for line in audit_lines(force)]
    assert acts.count(Act.OWN_ADDRESS_RECORDED) == 2
    assert acts.count(Act.OWN_ADDRESS_REMOVED) == 1


def test_what_it_says_is_in_no_copy_of_the_databases(force: Force) -> None:
    lives_at(force, "tom")
    first, _ = row_of(force, "tom") or (b"", b"")
    lives_at(force, "tom", "1 X St, MB1 4QQ")
    second, _ = row_of(force, "tom") or (b"", b"")
    assert len(first) == len(second) > 0
    for path in force.settings.instance.rglob("*.sqlite*"):
        assert b"Alder" not in path.read_bytes()


@pytest.mark.parametrize("values", [{"sealed": b""}, {"sealed": bytes(300)}, {"host_signature": b""}])
def test_a_row_that_somebody_wrote_is_told_and_breaks_no_page(force: Force, values: dict[str, bytes]) -> None:
    lives_at(force, "tom")
    write(force, "tom", **values)
    tom = client_for(force, "tom")
    tom.page("/account")
    tom.sees("cannot be read, or was not recorded by a supervisor")
    tom.page("/register?kind=person&words=12+alder+st")
    assert looked(force) == []
    told = [line for line in audit_lines(force) if line["act"] == Act.FORGERY_REFUSED]
    assert {(line["subject"], line["reason"]) for line in told} == {
        (str(force.officer("tom").id), f"written into the database by hand: {Forged.OWN_ADDRESS}")
    }


def test_the_row_of_a_colleague_put_in_its_place_is_refused(force: Force) -> None:
    lives_at(force, "tom")
    lives_at(force, "tess", ELSEWHERE)
    theirs = row_of(force, "tess")
    assert theirs is not None
    write(force, "tom", sealed=theirs[0], host_signature=theirs[1])
    tom = client_for(force, "tom")
    tom.page("/account")
    tom.sees("cannot be read, or was not recorded by a supervisor")


def test_it_goes_along_when_its_owner_enrols(force: Force) -> None:
    una = somebody_new(force)
    with force.database.begin() as session:
        record_own_address(session, una.id, HOME, by=force.officer("sam"))
    una.enrols()
    una.browser.page("/account")
    una.browser.sees(f"{HOME}, recorded by a supervisor on 22 November 2026")


def test_one_that_somebody_wrote_does_not_keep_its_owner_from_enrolling(force: Force) -> None:
    una = somebody_new(force)
    with force.database.begin() as session:
        record_own_address(session, una.id, HOME, by=force.officer("sam"))
        session.execute(update(OwnAddressRow).values(sealed=bytes(300)))
    una.enrols()
    una.browser.page("/account")
    una.browser.sees("It is not recorded.")


def test_it_goes_with_its_owner_and_with_the_keys_it_was_sealed_to(force: Force) -> None:
    for name in ("tom", "tess"):
        lives_at(force, name)
    tom, tess, ada = (force.officer(name) for name in ("tom", "tess", "ada"))
    with force.database.begin() as session:
        leave(session, tom.id, by=ada)
        begin_anew(
            session, force.settings, tess.id, passphrase=passphrase_of("tess") + " anew", sign_in_name="tess", by=ada
        )
    with force.database.look() as session:
        assert own_address_known_since(session, tom.id) is None
        assert own_address_known_since(session, tess.id) is None


def test_of_whom_it_is_not_recorded(force: Force) -> None:
    sam, tom, ada = (force.officer(name) for name in ("sam", "tom", "ada"))
    with force.database.begin() as session:
        with pytest.raises(OneselfError):
            record_own_address(session, sam.id, HOME, by=sam)
        with pytest.raises(NotFoundError):
            record_own_address(session, UUID(int=5), HOME, by=sam)
        with pytest.raises(NotFoundError):
            remove_own_address(session, tom.id, by=sam)
        with pytest.raises(AddressError):
            record_own_address(session, tom.id, "12 " + "Alder " * 50 + "Street", by=sam)
        leave(session, tom.id, by=ada)
        with pytest.raises(WrongStateError):
            record_own_address(session, tom.id, HOME, by=sam)


def test_without_one_nothing_is_compared(force: Force) -> None:
    lives_at(force, "tom")
    with force.database.begin() as session:
        session.execute(delete(OwnAddressRow))
    client_for(force, "tom").page("/register?kind=person&words=12+alder+st")
    assert looked(force) == []
