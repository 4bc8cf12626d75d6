"""Photos and documents on the form: added, listed, taken out, sent; whatever goes wrong, words and files stay."""

from dataclasses import replace
from io import BytesIO

import pytest
from PIL import Image

from envelope.file import sealed_file_length
from reporting.app import create_app
from reporting.cleaning.cleaner import Cleaner
from reporting.cleaning.inside.frames import Copy, Refusal
from reporting.cleaning.sentences import SENTENCES
from reporting.files import FileDesk
from reporting.program import EXTENSION
from store.dropbox import Appended, Dropbox, Part
from store.errors import StoreUnavailableError
from store.room import Room
from tests import photos
from tests.pages import PageClient
from tests.posted_files import Chosen, at_files, body_of_form, opened, post_files, stored, without_sandbox
from tests.public_form import PublicForm

WORDS = "Men carry boxes at night"
PHOTO = Chosen(photos.jpeg("canary4711"))
PLAIN = Chosen(photos.jpeg(size=(64, 48)))
PAPER = Chosen(photos.pdf("canary4711", pages=2), "letter to Jane Doe.pdf", "application/pdf")


@pytest.fixture(autouse=True)
def with_sandbox(cleaner: Cleaner) -> None:
    """Every test here needs the real one."""


def change(form: PublicForm, **changed: object) -> None:
    held = form.app.extensions[EXTENSION]
    form.app.extensions[EXTENSION] = replace(held, **changed)


def desk(form: PublicForm, cleaner: Cleaner, *, dropbox: Dropbox | None = None, room: Room | None = None) -> FileDesk:
    held = form.app.extensions[EXTENSION]
    roomy = Room(form.engine, most_bytes=10**12, keep_free=0)
    return FileDesk(cleaner, dropbox or held.dropbox, room or roomy, held.today)


def sends(person: PageClient) -> None:
    person.submit(button="Continue")
    assert person.heading() == "Check your answers"
    person.submit(button="Send")
    assert person.heading() == "Sent"


def test_a_reporter_adds_two_files_and_the_force_sees_them(public_form_on_both: PublicForm) -> None:
    person = at_files(public_form_on_both)
    post_files(person, PHOTO, PAPER)
    assert person.errors() == []
    person.sees("Picture 1 3 kB, cleaned")
    person.sees("Document 1")
    person.sees("2 pages")
    sends(person)
    (report,) = public_form_on_both.reports()
    assert report.answers["what"] == WORDS
    picture, paper = report.parts
    assert (picture.media_type, paper.media_type, paper.pages) == ("image/jpeg", "application/pdf", 2)
    with Image.open(BytesIO(opened(public_form_on_both, picture))) as shown:
        assert shown.size == (320, 200)
    assert opened(public_form_on_both, paper).startswith(b"%PDF-1.4")


def test_the_page_never_says_what_a_file_was_called(public_form: PublicForm) -> None:
    person = at_files(public_form)
    post_files(person, replace(PHOTO, name="me_at_14_Mill_Lane.jpg"), Chosen(b"", "my_secret_diary.jpg"), PAPER)
    for name in ("Mill_Lane", "secret_diary", "Jane Doe"):
        person.does_not_see(name)
    person.submit(button="Continue")
    person.sees("Picture 1 3 kB, cleaned")
    person.sees("Document 1")
    person.does_not_see("Mill_Lane")


def test_nothing_that_a_file_carried_is_in_any_byte_that_is_kept(public_form: PublicForm) -> None:
    person = at_files(public_form)
    post_files(person, PHOTO, PAPER, replace(PHOTO, content=photos.heic("canary4711"), content_type="image/heic"))
    sends(person)
    copies = [opened(public_form, part) for part in public_form.reports()[0].parts]
    assert len(copies) == 3
    folder = public_form.settings.instance
    kept = [path.read_bytes() for path in folder.rglob("*") if path.is_file()]
    assert kept
    assert not any(b"canary4711" in one for one in [*copies, *kept])


def test_each_file_can_be_taken_out_again_and_is_then_not_sent(public_form: PublicForm) -> None:
    person = at_files(public_form)
    post_files(person, PHOTO, PAPER, PLAIN)
    person.submit(button="remove-0")
    person.sees("Picture 1")
    person.sees("Document 1")
    assert "Picture 2" not in person.text()
    sends(person)
    assert [part.media_type for part in public_form.reports()[0].parts] == ["application/pdf", "image/jpeg"]
    assert len(stored(public_form)) == 3  # what was taken out opens for nobody, and goes at triage's next sweep


def test_a_file_that_was_chosen_and_not_added_is_taken_by_every_other_button(public_form: PublicForm) -> None:
    person = at_files(public_form)
    post_files(person, PLAIN, go="continue")
    assert person.heading() == "Check your answers"
    person.sees("Picture 1 1 kB, cleaned")


def test_no_choice_at_all_is_no_mistake(public_form: PublicForm) -> None:
    person = at_files(public_form)
    post_files(person, Chosen(b"", "", "application/octet-stream"), go="continue")
    assert person.heading() == "Check your answers"
    person.sees("None added")
    assert stored(public_form) == {}


def test_add_with_nothing_chosen_says_what_to_do(public_form: PublicForm) -> None:
    person = at_files(public_form)
    post_files(person, PHOTO)
    post_files(person)
    assert person.errors() == ["Choose photos or documents"]
    person.sees("Picture 1")
    sends(person)


def test_a_report_with_files_is_another_sending_and_sent_twice_it_is_one(public_form: PublicForm) -> None:
    person = at_files(public_form)
    post_files(person, PLAIN, go="continue")
    check = person.value("csrf_token")
    for _ in range(2):
        person.post("/", {"csrf_token": check, "go": "send"})
        assert person.heading() == "Sent"
    assert len(public_form.drops()) == 1


def test_files_stand_on_the_way_after_the_question_about_cars(public_form: PublicForm) -> None:
    person = public_form.person
    person.page("/")
    person.submit(button="Start")
    person.submit(what=WORDS, button="Continue")
    for _ in range(4):
        person.submit(button="Continue")
    assert person.heading() == "Do you have photos or documents?"
    post_files(person, PLAIN, go="continue")
    assert person.heading() == "How do you know?"
    person.submit(button="Back")
    person.sees("Picture 1")
    person.submit(button="Back")
    person.sees("Do you know of any cars")


BAD = {
    "a program": (Chosen(b"MZ" + bytes(300)), Refusal.MISLABELLED),
    "nothing": (Chosen(b""), Refusal.EMPTY),
    "a GIF": (Chosen(b"GIF89a" + bytes(300), content_type="image/gif"), Refusal.UNKNOWN),
    "half a photo": (Chosen(photos.jpeg()[:900]), Refusal.CUT),
    "a locked document": (Chosen(photos.pdf(password="x"), content_type="application/pdf"), Refusal.LOCKED),
    "900 megapixels": (
        Chosen(photos.png_of_pixels(30_000, 30_000), content_type="image/png"),
        Refusal.TOO_MANY_PIXELS,
    ),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_refused_in_its_own_words_and_everything_else_stays(public_form: PublicForm, name: str) -> None:
    file, refusal = BAD[name]
    person = at_files(public_form)
    post_files(person, PLAIN)
    post_files(person, file)
    assert person.errors() == [SENTENCES[refusal]]
    person.sees("Picture 1")
    assert "Picture 2" not in person.text()
    sends(person)
    (report,) = public_form.reports()
    assert report.answers["what"] == WORDS
    assert len(report.parts) == 1


def test_one_bad_file_among_several_is_named_by_its_place(public_form: PublicForm) -> None:
    person = at_files(public_form)
    post_files(person, PLAIN, BAD["a program"][0], PAPER, BAD["nothing"][0], go="continue")
    assert person.errors() == [
        f"File 2: {SENTENCES[Refusal.MISLABELLED]}",
        f"File 4: {SENTENCES[Refusal.EMPTY]}",
    ]
    assert person.heading() == "Do you have photos or documents?"
    person.sees("Picture 1")
    person.sees("Document 1")


def test_a_sixth_file_is_one_too_many(public_form: PublicForm) -> None:
    person = at_files(public_form)
    post_files(person, *[PLAIN] * 6)
    assert person.errors() == [f"File 6: {SENTENCES[Refusal.TOO_MANY]}"]
    person.sees("Picture 5")
    person.sees("You have added 5 files")
    assert not person.root.findall(".//input[@type='file']")
    sends(person)
    assert len(public_form.reports()[0].parts) == 5


def test_more_than_a_hundred_megabytes_keeps_the_words_and_the_files_that_fitted(public_form: PublicForm) -> None:
    """Every file of a report counts, also those of an earlier post."""
    person = at_files(public_form)
    post_files(person, PLAIN)
    behind = Chosen(photos.jpeg() + bytes(60 << 20))
    post_files(person, behind, behind)
    assert person.errors() == [f"File 2: {SENTENCES[Refusal.TOO_MUCH_IN_ALL]}"]
    post_files(person, Chosen(photos.jpeg() + bytes(101 << 20)))
    assert person.errors() == [SENTENCES[Refusal.TOO_MUCH_IN_ALL]]
    person.sees("Picture 2")
    sends(person)
    (report,) = public_form.reports()
    assert report.answers["what"] == WORDS
    assert len(report.parts) == 2


def test_more_than_anybody_may_send_elsewhere_is_refused_and_the_words_come_back(public_form: PublicForm) -> None:
    """Only the page about files takes more than a page of words may be."""
    person = public_form.person
    person.page("/")
    person.submit(button="Start")
    person.submit(what=WORDS, button="Continue")
    post_files(person, Chosen(bytes(3 << 20)), status=413)
    assert WORDS in person.response.text
    assert stored(public_form) == {}


def test_files_of_a_stale_page_are_not_taken_and_that_is_said(public_form: PublicForm) -> None:
    person = at_files(public_form)
    form = person.root.find(".//input[@name='csrf_token']")
    assert form is not None
    form.set("value", form.get("value", "")[:-8] + "AAAAAAA=")
    post_files(person, PLAIN, status=400)
    person.sees("This page was open for too long")
    assert stored(public_form) == {}


def test_a_file_that_comes_before_the_page_state_is_not_taken(public_form: PublicForm) -> None:
    person = at_files(public_form)
    token = person.value("csrf_token")
    first, *rest = body_of_form(token, [PLAIN], "add").split(b"\r\n--")
    state = (
        b"--" + b'----WebKitFormBoundary7MA4YWxkTrZu0gW\r\nContent-Disposition: form-data; name="csrf_token"\r\n\r\n'
    )
    assert first.startswith(state)
    turned = b"\r\n--".join([b"--" + rest[0], first.removeprefix(b"--"), *rest[1:]])
    response = person.client.post(
        "/", data=turned, content_type="multipart/form-data; boundary=----WebKitFormBoundary7MA4YWxkTrZu0gW"
    )
    assert response.status_code == 400
    assert stored(public_form) == {}


@pytest.mark.parametrize("cut", [100, 1_000, 8_000, 9_000])
def test_a_form_that_is_cut_on_its_way_stores_no_report_and_is_no_fault(public_form: PublicForm, cut: int) -> None:
    person = at_files(public_form)
    body = body_of_form(person.value("csrf_token"), [PHOTO], "add")
    response = person.client.post(
        "/",
        input_stream=BytesIO(body[:-cut]),
        content_length=len(body),
        content_type="multipart/form-data; boundary=----WebKitFormBoundary7MA4YWxkTrZu0gW",
    )
    assert response.status_code == 400
    assert len(stored(public_form)) <= 1


@pytest.mark.parametrize(
    "content_type", ["multipart/form-data", "multipart/form-data; boundary=", "multipart/form-data; boundary=x"]
)
def test_a_form_that_is_none_is_refused(public_form: PublicForm, content_type: str) -> None:
    response = public_form.app.test_client().post("/", data=b"--y\r\nwhatever", content_type=content_type)
    assert response.status_code == 400


def test_a_form_of_a_thousand_parts_is_refused(public_form: PublicForm) -> None:
    person = at_files(public_form)
    post_files(person, *[Chosen(b"", "")] * 1_000, status=413)


def test_when_others_are_adding_files_one_is_asked_to_wait(public_form: PublicForm, cleaner: Cleaner) -> None:
    busy = Cleaner(cleaner._sandbox, at_once=1)
    change(public_form, files=desk(public_form, busy))
    person = at_files(public_form)
    with busy.one_upload():
        post_files(person, PLAIN, PLAIN)
        assert person.errors() == [SENTENCES[Refusal.BUSY]]
    post_files(person, PLAIN)
    person.sees("Picture 1")


def test_without_a_sandbox_no_file_is_offered_or_taken_and_words_still_are(public_form: PublicForm) -> None:
    change(public_form, files=desk(public_form, without_sandbox()))
    person = at_files(public_form)
    person.sees(SENTENCES[Refusal.NO_SANDBOX])
    assert not person.root.findall(".//input[@type='file']")
    post_files(person, PLAIN)
    assert person.errors() == [SENTENCES[Refusal.NO_SANDBOX]]
    assert stored(public_form) == {}
    sends(person)
    assert public_form.reports()[0].answers["what"] == WORDS


@pytest.mark.parametrize("full", [{"most_bytes": 1, "keep_free": 0}, {"most_bytes": 10**12, "keep_free": 10**18}])
def test_a_store_that_is_nearly_full_takes_words_and_no_files(
    public_form: PublicForm, cleaner: Cleaner, full: dict[str, int]
) -> None:
    change(public_form, files=desk(public_form, cleaner, room=Room(public_form.engine, **full)))
    person = at_files(public_form)
    person.sees(SENTENCES[Refusal.NO_ROOM])
    post_files(person, PLAIN)
    assert person.errors() == [SENTENCES[Refusal.NO_ROOM]]
    sends(person)
    assert public_form.reports()[0].parts == ()


def test_the_room_of_a_store_is_known_on_both_databases(public_form_on_both: PublicForm) -> None:
    engine = public_form_on_both.engine
    assert Room(engine, most_bytes=10**12, keep_free=0).for_files()
    assert not Room(engine, most_bytes=1000, keep_free=0).for_files()


class FailingDropbox(Dropbox):
    """Stores some pieces, and then no more."""

    def __init__(self, whole: Dropbox, after: int) -> None:
        self.whole, self.left = whole, after

    def append_part(self, part: Part) -> Appended:
        self.left -= 1
        if self.left < 0:
            raise StoreUnavailableError("away")
        return self.whole.append_part(part)


@pytest.mark.parametrize("after", [0, 1])
def test_a_store_that_fails_in_the_middle_loses_that_file_alone(
    public_form: PublicForm, cleaner: Cleaner, after: int
) -> None:
    held = public_form.app.extensions[EXTENSION]
    change(public_form, files=desk(public_form, cleaner, dropbox=FailingDropbox(held.dropbox, after)))
    person = at_files(public_form)
    post_files(person, PLAIN, PLAIN)
    told = [error.removeprefix("File 1: ").removeprefix("File 2: ") for error in person.errors()]
    assert set(told) == {"This file could not be stored just now. Try again later. You can still send your words."}
    sends(person)
    assert len(public_form.reports()[0].parts) == after


def test_a_moving_picture_says_that_it_stands_still_now(public_form: PublicForm) -> None:
    person = at_files(public_form)
    post_files(person, Chosen(photos.webp(frames=3), content_type="image/webp"))
    person.sees("Only its first picture was kept")


def test_the_page_says_what_is_taken_out_and_what_cannot_be(public_form: PublicForm) -> None:
    person = at_files(public_form)
    for words in ("the place, the time", "faces", "mirror", "each camera leaves", "Do not take risks"):
        person.sees(words)


def test_what_a_file_weighs_in_the_store_is_padded(public_form: PublicForm) -> None:
    person = at_files(public_form)
    post_files(person, Chosen(photos.jpeg(size=(1200, 900))), Chosen(photos.pdf(), "a.pdf", "application/pdf"))
    sends(person)
    pieces = stored(public_form)
    for part in public_form.reports()[0].parts:
        taken = sum(map(len, pieces[part.file_id]))
        assert taken == sealed_file_length(part.length)
        assert taken > part.length


def test_a_form_made_without_a_sandbox_says_so_from_the_first(public_form: PublicForm) -> None:
    app = create_app(public_form.settings, cleaner=without_sandbox())
    assert app.extensions[EXTENSION].files.closed() == SENTENCES[Refusal.NO_SANDBOX]
    for engine in app.extensions["quietword.engines"]:
        engine.dispose()


def test_every_copy_has_a_media_type() -> None:
    from reporting.files import _MEDIA_TYPES

    assert set(_MEDIA_TYPES) == set(Copy)
