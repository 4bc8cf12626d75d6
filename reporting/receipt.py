"""What a receipt's holder is told, so that a receipt nobody knows looks and works like one that is known."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from envelope.errors import EnvelopeError, ReceiptError
from envelope.mailbox import Mailbox, Notice, NoticeState, Receipt, added_message, seal_notice
from reporting.wording import N_, Sentence
from store.dropbox import Burn, Dropbox
from store.noticeboard import Noticeboard

# Every look opens this many notices, the newest real ones first and then a decoy's, so that the work says nothing:
# three of a report, three of an addition, and two to spare.
ALWAYS_OPENED = 8
# Bytes that the news takes on the page, filled up with dots; an officer's long words may take several such blocks.
BLOCK = 4096

_FURTHEST = (NoticeState.RECEIVED, NoticeState.READ, NoticeState.CLOSED)


@dataclass(frozen=True)
class News:
    """One state of a report in plain words; `more` is what an officer wrote, `added` the news of an addition."""

    headline: str
    sentences: tuple[str, ...]
    on: date | None = None
    more: str = field(default="", repr=False)
    added: str = ""


NO_NEWS = News(
    N_("No news yet"),
    (
        N_("Nothing has come back for this receipt."),
        N_("It may still be waiting for someone to read it."),
        N_("News is taken down after some months, and at once when its mailbox is burnt."),
        N_("This page looks the same for a receipt that was never used."),
    ),
)
_SENTENCES = {
    NoticeState.RECEIVED: (
        N_("Received"),
        (
            N_("The team has your report and has unlocked it."),
            N_("A person has not marked it as read yet. Come back in a few days if you want to."),
        ),
    ),
    NoticeState.READ: (
        N_("Read by a person"),
        (
            N_("A person on the team has read your report."),
            N_("We will not say what we do next, as that could point to you."),
        ),
    ),
    NoticeState.CLOSED: (
        N_("Closed"),
        (
            N_("The team has finished with your report. Thank you for telling us."),
            N_("We cannot say what came of it, as that could point to you. It was read, and it counted."),
        ),
    ),
}

_ADDED = {
    NoticeState.RECEIVED: N_("The team has what you added. A person has not marked it as read yet."),
    NoticeState.READ: N_("A person on the team has read what you added."),
    NoticeState.CLOSED: N_("The team has finished with what you added."),
}
_ABOUT_AN_ADDITION = frozenset(added_message(state) for state in NoticeState)
NEWS_OF_AN_ADDITION = N_("What you added")

# The words that stand inside the sentence about a slip in a receipt: "the third word", "you entered seven".
_PLACES = (
    N_("first"),
    N_("second"),
    N_("third"),
    N_("fourth"),
    N_("fifth"),
    N_("sixth"),
    N_("seventh"),
    N_("eighth"),
)
_COUNTS = (
    N_("no"),
    N_("one"),
    N_("two"),
    N_("three"),
    N_("four"),
    N_("five"),
    N_("six"),
    N_("seven"),
    N_("eight"),
    N_("nine"),
    N_("ten"),
)


def slip(error: ReceiptError) -> Sentence:
    """What is wrong with a receipt that was typed, so that it can be said in any language; in English it is the same.

    Which word is wrong, and how many there are, are words that are translated too. What was typed is not.
    """
    small = {*_PLACES, *_COUNTS}
    values = {
        name: Sentence(value) if name in {"place", "count"} and value in small else value
        for name, value in error.values.items()
    }
    return Sentence(error.pattern, **values)


def filling(news: str) -> str:
    """Dots that bring the news, as it stands in the page, to whole blocks of bytes, whatever it says."""
    return "." * (-len(news.encode()) % BLOCK)


class MailboxDesk:
    """Looks into a receipt's mailbox, and burns it. `open_notice` is for tests, which count how often it is called."""

    def __init__(
        self,
        noticeboard: Noticeboard,
        dropbox: Dropbox,
        today: date,
        *,
        open_notice: Callable[[Mailbox, bytes], Notice] = Mailbox.open_notice,
    ) -> None:
        self._open_notice = open_notice
        self._noticeboard = noticeboard
        self._dropbox = dropbox
        self._decoy = Mailbox.from_receipt(Receipt.generate())
        self._decoy_notice = seal_notice(Notice(NoticeState.RECEIVED, "", today), self._decoy.address)

    def look(self, receipt: Receipt, today: date) -> News:
        """The furthest state that an unexpired notice tells of, or NO_NEWS; the same work for every receipt.

        Raises:
            StoreUnavailableError: the noticeboard cannot be read.
        """
        mailbox = Mailbox.from_receipt(receipt)
        published = self._noticeboard.notices(mailbox.address.lookup_id)[-ALWAYS_OPENED:]
        opened = [
            notice for one in published if (notice := self._opened(mailbox, one.sealed)) and one.expires_on >= today
        ]
        for _ in range(ALWAYS_OPENED - len(published)):
            self._opened(self._decoy, self._decoy_notice)
        return _news(opened)

    def burn(self, receipt: Receipt, today: date) -> None:
        """Hide this receipt's notices at once and for good; the same for a receipt nobody ever used.

        Raises:
            StoreError: it was not stored, and asking again is safe.
        """
        mailbox = Mailbox.from_receipt(receipt)
        self._dropbox.burn(Burn(mailbox.burn_preimage, mailbox.lookup_id, today))

    def _opened(self, mailbox: Mailbox, sealed: bytes) -> Notice | None:
        try:
            return self._open_notice(mailbox, sealed)
        except EnvelopeError:
            return None


def _news(opened: Sequence[Notice]) -> News:
    """How far the report has come, and after it the newest that there is to tell of what was added."""
    own = [notice for notice in opened if notice.message not in _ABOUT_AN_ADDITION]
    added = [notice for notice in opened if notice.message in _ABOUT_AN_ADDITION]
    news = _told(max(own, key=_how_far)) if own else NO_NEWS
    if not added:
        return news
    latest = max(added, key=lambda notice: (notice.published_on, _FURTHEST.index(notice.state)))
    if not own:
        return News(NEWS_OF_AN_ADDITION, (), latest.published_on, added=_ADDED[latest.state])
    return replace(news, added=_ADDED[latest.state], on=max(latest.published_on, news.on or latest.published_on))


def _how_far(notice: Notice) -> tuple[int, date]:
    return _FURTHEST.index(notice.state), notice.published_on


def _told(notice: Notice) -> News:
    headline, sentences = _SENTENCES[notice.state]
    # A message may be the name of a text that stands here already.
    more = "" if notice.message in {state.value for state in NoticeState} else notice.message
    return News(headline, sentences, notice.published_on, more)
