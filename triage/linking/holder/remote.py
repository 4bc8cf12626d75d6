"""One sub-index behind the socket as a matcher: asked under a token that only a holder of the key is given."""

from collections.abc import Callable
from dataclasses import dataclass, field
from hashlib import sha256
from typing import TypeVar
from uuid import UUID

from triage.linking.holder import wire
from triage.linking.holder.asking import SECRET_BYTES, Mentions, Open, Rank, Stand, Suggest, Why
from triage.linking.holder.client import AwayError, IndexClient
from triage.linking.holder.doors import RefusedError
from triage.linking.holder.frames import FrameError, Message
from triage.linking.holder.several import Nobody
from triage.linking.holder.standing import AWAY, Standing, State
from triage.linking.matching import Suggestion
from triage.linking.mentions import Mention

T = TypeVar("T")


@dataclass(frozen=True)
class Desk:
    """One compartment as one officer holds it, at the version their unit of work sees. Only the key gives the door."""

    compartment: UUID
    holder: UUID
    door: bytes = field(repr=False)
    version: int

    @property
    def name(self) -> bytes:
        """Under what its token is kept: nobody finds it without the door."""
        return sha256(self.door + self.compartment.bytes + self.holder.bytes).digest()


class Tokens:
    """Asks under the token of a desk, which it gets first where it has none, or where the index began anew."""

    def __init__(self, client: IndexClient) -> None:
        self.client = client
        self._tokens: dict[bytes, bytes] = {}

    def ask(
        self, desk: Desk, kind: type[Stand | Suggest | Rank | Mentions], *, text: str | None = None, **more: int
    ) -> Message:
        """Ask one thing; raises AwayError or RefusedError."""
        content = b"" if text is None else wire.text_out(text)
        if desk.name in self._tokens:
            try:
                return self.client.ask(kind(self._tokens[desk.name], **more), content)
            except RefusedError as refused:
                if refused.why is not Why.NOT_HELD:
                    raise
        return self.client.ask(kind(self.open(desk), **more), content)

    def open(self, desk: Desk) -> bytes:
        """Show the door, and be given the token; raises as `ask`."""
        told = self.client.ask(Open(desk.compartment, desk.holder, desk.door)).control.get("token")
        if not isinstance(told, str) or len(told) != 2 * SECRET_BYTES:
            raise AwayError
        self._tokens[desk.name] = token = bytes.fromhex(told)
        return token

    def forget(self, desk: Desk) -> None:
        self._tokens.pop(desk.name, None)


class Remote:
    """The sub-index of one desk. Where it does not answer, Nobody is suggested and `standing` says why."""

    def __init__(self, tokens: Tokens, desk: Desk, standing: Standing) -> None:
        self._tokens = tokens
        self._desk = desk
        self.standing = standing

    def suggest(self, text: str, *, limit: int = 8) -> tuple[Suggestion, ...]:
        """See `Matcher`."""
        found = self._ask(lambda: wire.suggestions_in(self._content(Suggest, text, limit=limit)))
        return found or ()

    def rank(self, text: str, *, limit: int = 8) -> tuple[Suggestion, ...]:
        """See `Matcher`."""
        found = self._ask(lambda: wire.suggestions_in(self._content(Rank, text, limit=limit)))
        return found or ()

    def mentions(self, text: str) -> tuple[Mention, ...]:
        """See `Matcher`: plates and numbers are marked without an index, too."""
        found = self._ask(lambda: wire.mentions_in(self._content(Mentions, text)))
        return Nobody().mentions(text) if found is None else found

    def _content(self, kind: type[Suggest | Rank | Mentions], text: str, **more: int) -> bytes:
        return self._tokens.ask(self._desk, kind, text=text, **more).content

    def _ask(self, ask: Callable[[], T]) -> T | None:
        """What it answers; None, and another standing, where it does not."""
        try:
            return ask()
        except (AwayError, FrameError):
            self.standing = AWAY
        except RefusedError as refused:
            is_coming = refused.why in (Why.NOT_BUILT, Why.NOT_HELD)
            self.standing = Standing(State.BUILDING, 0.0) if is_coming else AWAY
        return None
