"""Photos and documents: a page of the form, and the reading of what is chosen on it while it arrives."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from flask import current_app, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import ImmutableMultiDict
from werkzeug.exceptions import RequestEntityTooLarge

from envelope.report import MediaType
from reporting.cleaning.inside.frames import Refusal
from reporting.cleaning.sentences import SENTENCES
from reporting.files import MOST_FILES, Upload
from reporting.flow import Go
from reporting.forms import came_back, carry
from reporting.program import program
from reporting.state import FILES, Draft
from reporting.wording import N_
from web.forms import QuietForm
from web.multipart import ArrivingFile, arriving_form, body_of
from web.patience import came, expect_files, goes_unread

CHOOSE = N_("Choose photos or documents")
# More than all files together may be: the rest is read and forgotten, so that an answer can be read at all.
MOST_READ = 256 << 20


@dataclass(frozen=True)
class Listed:
    """One added file as the page shows it: the how-manieth it is, never what it was called."""

    place: int
    number: int
    document: bool
    pages: int
    kilobytes: int
    moved: bool


def arriving() -> tuple[Draft | None, tuple[str, ...]]:
    """The draft of a page that was posted with files, with those that could be taken, and what is wrong with others.

    The fields are in `request.form` afterwards, also when this raises. No draft: the page was stale or forged.
    """
    read = body_of(request, MOST_READ)
    most_fields: int = current_app.config["MAX_CONTENT_LENGTH"]
    form = arriving_form(request, read, most_fields=most_fields)
    uploads = form.files()
    try:
        first = next(uploads, None)
        # The page state stands first in the page, so it is here before the first file.
        _keep(form.fields)
        draft = came_back()
        if goes_unread():
            return draft, (SENTENCES[Refusal.BUSY],) if draft is not None and draft.step == FILES else ()
        if draft is None or draft.step != FILES:
            _read_away(chain([first] if first else [], uploads), most_fields)
            return draft, ()
        expect_files()
        taken = program().files.take(draft, _counted(chain([first] if first else [], uploads)))
        _read_away(uploads, MOST_READ)
        _keep(form.fields)  # the button that was pressed stands behind the files
        chose_nothing = form.fields.get("go") == Go.ADD and taken.draft.files == draft.files
        return taken.draft, taken.problems or ((CHOOSE,) if chose_nothing else ())
    finally:
        _keep(form.fields)


def files_page(draft: Draft, problems: tuple[str, ...] = ()) -> ResponseReturnValue:
    """The page on which files are added and taken out again."""
    carry(draft.at(FILES, changing=draft.changing))
    form = QuietForm(formdata=None)
    for problem in problems:
        form.refuse(problem)
    return render_template(
        "reporting/files.html",
        form=form,
        changing=draft.changing,
        files=listed(draft),
        closed=program().files.closed(),
        full=len(draft.files) >= MOST_FILES,
        most=MOST_FILES,
    )


def listed(draft: Draft) -> tuple[Listed, ...]:
    """The files of a draft, pictures and documents each counted from one."""
    shown: list[Listed] = []
    for place, file in enumerate(draft.files):
        document = file.part.media_type is MediaType.PDF
        number = 1 + sum(1 for other in shown if other.document == document)
        kilobytes = max(1, round(file.part.length / 1000))
        shown.append(Listed(place, number, document, file.part.pages, kilobytes, file.moved))
    return tuple(shown)


def _keep(fields: ImmutableMultiDict[str, str]) -> None:
    """Let everything that asks for the form of this request see these fields, and no file."""
    request.__dict__.update(form=fields, files=ImmutableMultiDict())


def _read_away(files: Iterator[ArrivingFile], most: int) -> None:
    for file in files:
        for piece in file.pieces():
            most -= len(piece)
            if most < 0:
                raise RequestEntityTooLarge


class _Counted:
    """An upload whose bytes are counted for the server's patience while they come."""

    def __init__(self, file: ArrivingFile) -> None:
        self.named, self.content_type, self._file = file.named, file.content_type, file

    def pieces(self) -> Iterator[bytes]:
        for piece in self._file.pieces():
            came(len(piece))
            yield piece


def _counted(files: Iterator[ArrivingFile]) -> Iterator[Upload]:
    return (_Counted(file) for file in files)
