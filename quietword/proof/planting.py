"""Plants the canaries: goes through the public form as people and their browsers do, and as broken ones do.

Everything goes to the address that a reporter would open. A canary counts as sent when its request was answered.
"""

import time
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field

from envelope.receipt import Receipt
from quietword.proof.broken import ask_brokenly, refuse_something_else
from quietword.proof.canaries import Canaries, Kind
from quietword.proof.check import Deployment, ProofError
from quietword.proof.passport import who_asks
from quietword.proof.pictures import document, drawing, photo
from quietword.proof.visitor import AWAY, Page, Visitor, multipart

MOST_PAGES = 40
FORWARD = ("continue", "check", "send")
# Nobody is to drive anywhere because of a canary.
NOTE = "This is a test of this system (quietword prove). It is not a report: close it. "
LONGEST_WAIT = 70


@dataclass
class Planted:
    """What came of the planting besides the canaries: reports that went out, and what could not be tried."""

    sent: int = 0
    not_tried: list[str] = field(default_factory=list)


@dataclass
class Planter:
    """Plants everything in one deployment. `obstruct` puts the store out of reach for a moment, where that may be."""

    deployment: Deployment
    canaries: Canaries
    say: Callable[[str], None]
    obstruct: Callable[[], AbstractContextManager[None]] | None = None
    planted: Planted = field(default_factory=Planted)

    def plant(self) -> Planted:
        """Go through everything once.

        Raises:
            ProofError: the form is closed or cannot be reached, so nothing would be proven.
        """
        try:
            self.say("Sending a report as one browser, with everything a browser can tell.")
            self._a_whole_report()
            self.say("Sending a second one, with what its sender changed their mind about.")
            self._a_changed_report()
            self.say("Asking for news with good and bad receipts.")
            self._receipts()
            self.say("Sending what is broken, over-long, stale or never was a request.")
            ask_brokenly(self._visitor("broken requests"), self.canaries)
            self._store_out_of_reach()
            refuse_something_else(Visitor(self.deployment.reporting, None, {}, self.deployment.tls))
        except AWAY as error:
            bind = self.deployment.reporting
            raise ProofError(
                f"The public form at {bind} stopped answering ({type(error).__name__}): is it still running?"
            ) from error
        return self.planted

    def _visitor(self, turn: str) -> Visitor:
        """A browser with an address and a passport of its own."""
        headers = who_asks(self.canaries, turn)
        bind = self.deployment.reporting
        if not bind.is_loopback or ":" in bind.host:
            self._cannot("The address of the sender's own connection: the form does not listen on 127.0.0.1.")
            return Visitor(bind, None, headers, self.deployment.tls)
        address = self.canaries.plant_address(f"address of the connection ({turn})", own=True, digested=True)
        return Visitor(bind, address, headers, self.deployment.tls)

    def _confirm(self, turn: str) -> None:
        """Everything planted in this turn was in a request that has been answered."""
        self.canaries.sent(*(canary.name for canary in self.canaries if canary.name.endswith(f"({turn})")))

    def _a_whole_report(self) -> None:
        turn = "a whole report"
        visitor = self._visitor(turn)
        query = self.canaries.plant(f"query string ({turn})", Kind.TRAIL, "/?from={}")
        page = visitor.get(query)
        if page.status != 200 or not page.buttons:
            raise ProofError(
                "The public form is closed today, so nothing can be planted. See `quietword reporting check`."
            )
        for _ in range(MOST_PAGES):
            if page.has_button("send"):
                break
            typed = {
                name: self.canaries.plant(
                    f"the field “{name}” ({turn})", Kind.WORDS, self._words(), officers_may_read=True
                )
                for name in page.texts
            }
            page = self._answer(visitor, page, typed, query)
        else:
            raise ProofError("The form did not come to its end: this proof does not know the pages it asks.")
        self._send(visitor, page, turn, path=query)
        self._confirm(turn)
        if not any(name.startswith("photo") for name in (canary.name for canary in self.canaries)):
            self._cannot("Photos and documents inside a report: the form offers no place for files.")

    def _words(self) -> str:
        note = "" if self.deployment.throwaway else NOTE
        # More than once, because a word that stands across two pages of a database would be missed.
        return note + "Gänseblümchen {} & {} +/~ {}"

    def _answer(self, visitor: Visitor, page: Page, typed: Mapping[str, str], path: str) -> Page:
        """Type on one page and go on; a page that takes files is given photos and a document."""
        go = next((go for go in FORWARD if page.has_button(go)), "continue")
        if not page.files:
            answered = visitor.press(page, go, typed, path=path)
        else:
            answered = self._attach(visitor, page, typed, path, go)
        if answered.status >= 400:
            raise ProofError(f"The form refused an ordinary answer (status {answered.status}) on “{page.heading}”.")
        return answered

    def _attach(self, visitor: Visitor, page: Page, typed: Mapping[str, str], path: str, go: str) -> Page:
        turn = "a whole report"
        name = page.files[0]
        canaries = self.canaries
        for made, media, ending, what in (
            (photo(canaries, "photo"), "image/jpeg", "jpg", "photo"),
            (drawing(canaries, "drawing"), "image/png", "png", "drawing"),
            (document(canaries, "document"), "application/pdf", "pdf", "document"),
        ):
            filename = canaries.plant(f"{what}: file name ({turn})", Kind.FILE, "{}." + ending)
            adds = next((value for _, value in page.buttons if "add" in value or "upload" in value), go)
            body, content_type = multipart({**page.hidden, **typed, "go": adds}, {name: (filename, media, made)})
            page = visitor.request("POST", path, body, {"Content-Type": content_type})
            canaries.sent(*(canary.name for canary in canaries if canary.name.startswith(f"{what}:")))
            if adds == go or not page.files:
                return page
            name = page.files[0]
        if not any(value.startswith("remove-") for _, value in page.buttons):
            self._cannot("Photos and documents inside a report: the form refused all that were sent.")
        return visitor.press(page, go, typed, path=path)

    def _send(self, visitor: Visitor, page: Page, turn: str, *, path: str = "/") -> str:
        """Press "Send", waiting where the form asks for it; gives the receipt in digits, and plants it."""
        for _ in range(LONGEST_WAIT):
            answered = visitor.press(page, "send", path=path)
            if not answered.has_button("send"):
                break
            page = answered
            time.sleep(1)
        if not answered.digits:
            raise ProofError(f"A report was not sent: the form answered “{answered.heading}”.")
        self.planted.sent += 1
        receipt = Receipt.parse(answered.digits)
        words = " ".join(receipt.words())
        for name, value in (
            ("receipt in digits", answered.digits),
            ("receipt in digits, without spaces", "".join(answered.digits.split())),
            ("receipt in words", words),
            ("receipt in words, with hyphens", words.replace(" ", "-")),
        ):
            self.canaries.plant_as(f"{name} ({turn})", Kind.RECEIPT, value, promise=9, digested=True)
        return answered.digits

    def _a_changed_report(self) -> None:
        turn = "a changed report"
        visitor = self._visitor(turn)
        page = visitor.press(visitor.get(), "continue")
        unsent = self.canaries.plant(f"words taken out again ({turn})", Kind.WORDS, self._words())
        page = visitor.press(page, "check", {"what": unsent})
        page = visitor.press(page, "change-what")
        extra = {
            "what": self.canaries.plant(
                f"words put in their place ({turn})", Kind.WORDS, self._words(), officers_may_read=True
            ),
            self.canaries.plant(f"name of a field nobody knows ({turn})", Kind.BROKEN): "yes",
            "nobody-knows": self.canaries.plant(f"a field nobody knows ({turn})", Kind.BROKEN),
        }
        page = visitor.press(page, "check", extra)
        lost = {"what": self.canaries.plant(f"words on a page never finished ({turn})", Kind.WORDS)}
        visitor.press(visitor.press(visitor.get(), "continue"), "continue", lost)
        self._send(visitor, page, turn)
        # Sending twice is one report, and a browser that comes again says what it has seen.
        visitor.press(page, "send")
        seen = {"If-None-Match": self.canaries.plant(f"If-None-Match ({turn})", Kind.TRAIL, '"{}"')}
        seen["If-Modified-Since"] = self.canaries.plant(f"If-Modified-Since ({turn})", Kind.TRAIL)
        visitor.get(headers=seen)
        self._confirm(turn)

    def _receipts(self) -> None:
        turn = "a receipt"
        visitor = self._visitor(turn)
        page = visitor.get("/receipt")
        bad = self.canaries.plant(f"a mistyped receipt ({turn})", Kind.RECEIPT, "seven {} eight", promise=9)
        page = visitor.press(page, "look", {"receipt": bad}, path="/receipt")
        known = self.canaries["receipt in digits (a whole report)"].value
        if page.has_button("look"):
            visitor.press(page, "look", {"receipt": known}, path="/receipt")
        unknown = Receipt.generate().digits()
        self.canaries.plant_as(f"a receipt of nobody's ({turn})", Kind.RECEIPT, unknown, promise=9)
        visitor.press(visitor.get("/receipt"), "look", {"receipt": unknown}, path="/receipt")
        self._confirm(turn)

    def _store_out_of_reach(self) -> None:
        """A report is on its way when its store breaks: an exception with the words in hand."""
        if self.obstruct is None:
            self._cannot("A store that breaks in the middle of sending: not done to a form that people use.")
            return
        self.say("Taking the store away in the middle of sending.")
        turn = "a broken store"
        visitor = self._visitor(turn)
        words = self.canaries.plant(f"words in hand ({turn})", Kind.WORDS, self._words(), officers_may_read=True)
        page = visitor.press(visitor.press(visitor.get(), "continue"), "check", {"what": words})
        with self.obstruct():
            failed = visitor.press(page, "send")
        if failed.status < 500:
            raise ProofError(f"The store was taken away, and the form answered {failed.status} all the same.")
        self._send(visitor, failed if failed.has_button("send") else page, turn)
        self._confirm(turn)

    def _cannot(self, sentence: str) -> None:
        if sentence not in self.planted.not_tried:
            self.planted.not_tried.append(sentence)
