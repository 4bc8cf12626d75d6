"""A report about the police or this system's users goes to the counter-corruption box, or nowhere by itself."""

from dataclasses import replace

import pytest

from envelope.errors import NotForUsError
from envelope.padding import REPORT_BUCKETS
from envelope.recipient import SEALED_REPORT_LENGTHS
from envelope.signing import SigningKey
from reporting.counter import LATEST_SECONDS, SOONEST_SECONDS, Decoys, decoy
from reporting.program import EXTENSION
from tests.form_apart import Apart, about_the_police
from tests.pages import PageClient
from tests.public_form import PublicForm


def presses_send_all_the_same(person: PageClient) -> str:
    """The button is not on the page; a page of before, or a script, can send it nevertheless."""
    return person.client.post("/", data={"csrf_token": person.value("csrf_token"), "go": "send"}).text


def test_it_is_sealed_to_the_box_and_triages_key_does_not_open_it(apart: Apart) -> None:
    apart.publish()
    person = about_the_police(apart.form)
    person.sees("Your report goes to a separate small team")
    person.submit(button="Send")
    person.sees("Sent")
    person.sees("Your receipt will show no news about this report")
    [report] = apart.form.reports(apart.identity)
    assert report.answers["who"] == "Sergeant Vole"
    with pytest.raises(NotForUsError):
        apart.form.reports()


def test_the_question_says_who_will_read_it_before_it_is_answered(apart: Apart) -> None:
    apart.publish()
    person = apart.form.person
    person.page("/")
    person.submit(button="Start")
    person.submit(what="Boxes at night", button="Continue")
    person.sees("The team that reads other reports cannot open it")
    assert person.heading() == "Who is doing it?"


@pytest.mark.parametrize("answer", ["no", "unknown", ""])
def test_any_other_answer_goes_to_the_team(apart: Apart, answer: str) -> None:
    apart.publish()
    person = apart.form.person
    person.page("/")
    person.submit(button="Start")
    person.submit(what="Boxes at night", button="Continue")
    person.submit(police=answer, button="check")
    person.does_not_see("separate small team")
    person.submit(button="Send")
    assert [report.answers["what"] for report in apart.form.reports()] == ["Boxes at night"]


def test_danger_is_never_in_clear_on_it_and_the_page_says_that_no_alarm_rings(apart: Apart) -> None:
    """The bit in clear would ring a bell at people who cannot open the report, and show them that there is one."""
    apart.publish()
    apart.form.ring_bell()
    person = about_the_police(apart.form, danger="yes")
    person.sees("No alarm rings for the separate team")
    person.does_not_see("an alarm calls someone to read it")
    person.submit(button="Send")
    person.sees("No alarm rings for the separate team")
    [(_, _, danger, _)] = apart.form.drops()
    assert danger is False
    [report] = apart.form.reports(apart.identity)
    assert report.danger is True


def test_without_a_box_nothing_goes_to_the_team_unless_its_sender_says_so(public_form: PublicForm) -> None:
    person = about_the_police(public_form)
    person.sees("This form has no separate team for that just now")
    person.sees("The Independent Office for Police Conduct")
    assert "Nothing was sent." in presses_send_all_the_same(person)
    assert public_form.drops() == []
    person.submit(button="Send it to the ordinary team")
    person.sees("Sent")
    person.does_not_see("separate small team")
    [report] = public_form.reports()
    assert report.answers["police"] == "yes"


def test_a_box_that_goes_while_somebody_writes_closes_the_way(apart: Apart) -> None:
    """The check page promised the separate team, and then its key is gone: nothing is sent, and the page asks."""
    apart.publish()
    person = about_the_police(apart.form)
    apart.take_down()
    person.submit(button="Send")
    person.sees("Nothing was sent.")
    assert apart.form.drops() == []


@pytest.mark.parametrize("wrong", ["another's signature", "the force's signature", "another purpose"])
def test_a_changed_database_cannot_redirect_it(apart: Apart, wrong: str) -> None:
    """A key that the holders did not sign for this purpose is no box: the form asks, and seals to nobody else."""
    match wrong:
        case "another's signature":
            apart.publish(signed_by=SigningKey.generate())
        case "the force's signature":
            apart.publish(signed_by=apart.form.signing_key)
        case _:
            apart.publish(purpose="intake")
    person = about_the_police(apart.form)
    person.sees("This form has no separate team for that just now")
    assert "Nothing was sent." in presses_send_all_the_same(person)
    assert apart.form.drops() == []


def test_the_holders_key_cannot_draw_the_other_reports_to_itself(apart: Apart) -> None:
    """What the box's holders sign is never taken for the force's intake key, though it is newer."""
    apart.publish(purpose="intake")
    person = apart.form.person
    person.page("/")
    person.submit(button="Start")
    person.submit(what="Boxes at night", button="check")
    person.submit(button="Send")
    assert len(apart.form.reports()) == 1


def test_sent_twice_it_is_one_and_sent_to_other_readers_it_is_another(apart: Apart) -> None:
    """The receipt's id also says for whom: what only the separate team has is never taken for sent to the team."""
    apart.publish()
    person = about_the_police(apart.form)
    page = person.value("csrf_token")
    for _ in range(2):
        person.client.post("/", data={"csrf_token": page, "go": "send"})
    assert len(apart.form.drops()) == 1
    apart.take_down()
    person.client.post("/", data={"csrf_token": page, "go": "send-to-team"})
    assert len(apart.form.drops()) == 2


def decoys_of(apart: Apart) -> Decoys:
    """The running form's decoys, every send followed by one."""
    held = apart.form.app.extensions[EXTENSION]
    sure = Decoys(wanted=lambda: True, seconds=lambda: apart.form.seconds, chance=1.0)
    apart.form.app.extensions[EXTENSION] = replace(held, decoys=sure)
    return sure


def test_a_decoy_comes_later_and_alone_of_the_same_size_and_opens_for_nobody(apart: Apart) -> None:
    apart.publish()
    decoys = decoys_of(apart)
    about_the_police(apart.form).submit(button="Send")
    [real] = apart.form.drops()
    apart.form.seconds += SOONEST_SECONDS - 1
    assert decoys.due() == ()
    apart.form.seconds += LATEST_SECONDS
    assert decoys.due() == (REPORT_BUCKETS[SEALED_REPORT_LENGTHS.index(len(real[1]))],)
    assert decoys.due() == ()


def test_whatever_request_comes_next_stores_the_decoy_that_is_due(apart: Apart) -> None:
    """On the shipped path: the form's own decoys, certain for once, and a stranger who only looks at a page."""
    apart.publish()
    held = apart.form.app.extensions[EXTENSION]
    held.decoys._chance = 1.0
    about_the_police(apart.form).submit(button="Send")
    apart.form.person.page("/privacy")
    assert len(apart.form.drops()) == 1
    apart.form.seconds += LATEST_SECONDS + 1
    apart.form.person.page("/privacy")
    rows = apart.form.drops()
    assert len(rows) == 2
    assert {(len(sealed), danger, on) for _, sealed, danger, on in rows} == {(len(rows[0][1]), False, apart.form.today)}


def test_sent_again_it_brings_no_second_decoy(apart: Apart) -> None:
    apart.publish()
    decoys = decoys_of(apart)
    person = about_the_police(apart.form)
    page = person.value("csrf_token")
    for _ in range(5):
        person.client.post("/", data={"csrf_token": page, "go": "send"})
    apart.form.seconds += LATEST_SECONDS + 1
    assert len(decoys.due()) == 1


def test_without_a_box_no_decoys_are_made(public_form: PublicForm) -> None:
    held = public_form.app.extensions[EXTENSION]
    held.decoys._chance = 1.0
    for number in range(3):
        person = public_form.person
        person.page("/")
        person.submit(button="Start")
        person.submit(what=f"Boxes {number}", button="check")
        person.submit(button="Send")
    public_form.seconds += LATEST_SECONDS + 1
    assert held.decoys.due() == ()


def test_about_one_send_in_ten_is_followed_by_a_decoy_of_its_size() -> None:
    """20,000 sends: the share is within eight standard deviations of a tenth, for each size alike."""
    now = [0.0]
    decoys = Decoys(wanted=lambda: True, seconds=lambda: now[0])
    found = []
    for length in SEALED_REPORT_LENGTHS:
        for _ in range(5_000):
            decoys.after_a_send(length)
        now[0] += LATEST_SECONDS + 1
        found.append(decoys.due())
    for bucket, due in zip(REPORT_BUCKETS, found, strict=True):
        assert set(due) == {bucket}
        assert abs(len(due) - 500) < 8 * 21.2


def test_the_bytes_of_a_decoy_are_like_those_of_a_report(apart: Apart) -> None:
    """The same lines of the same lengths, and behind them bytes in which every value comes about as often."""
    apart.publish()
    for _ in range(30):
        about_the_police(apart.form).submit(button="Send")
    real = [sealed for _, sealed, _, _ in apart.form.drops()]
    made = [decoy(REPORT_BUCKETS[0])[1] for _ in range(30)]
    shapes = {shape_of(one) for one in real + made}
    assert len(shapes) == 1
    for kind in (real, made):
        assert chi_square(b"".join(payload_of(one) for one in kind)) < 480  # 255 degrees: once in a hundred million


def shape_of(envelope: bytes) -> tuple[tuple[int, ...], bytes, int]:
    """The lengths of the header's lines, its fixed words, and the length of what follows."""
    head = envelope[: len(envelope) - len(payload_of(envelope))]
    lines = head.split(b"\n")
    words = b" ".join([lines[0], *lines[1].split(b" ")[:2], lines[-2][:3]])
    return tuple(len(line) for line in lines), words, len(payload_of(envelope))


def payload_of(envelope: bytes) -> bytes:
    end = envelope.index(b"\n", envelope.index(b"\n--- ") + 1)
    return envelope[end + 1 :]


def chi_square(data: bytes) -> float:
    expected = len(data) / 256
    return sum((data.count(value) - expected) ** 2 / expected for value in range(256))
