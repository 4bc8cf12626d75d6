"""The onion service's door takes what came by a circuit, each with a flood bucket of its own, and nothing else."""

from collections.abc import Iterable
from typing import Any

import pytest

from web.circuits import REFUSAL, CircuitsOnly
from web.forgetting import Forgetting


class Listener:
    """An application that notes the flood bucket of what reaches it."""

    def __init__(self) -> None:
        self.buckets: list[int] = []

    def __call__(self, environ: dict[str, Any], _start: Any) -> Iterable[bytes]:
        self.buckets.append(environ["quietword.bucket"])
        return [b"taken"]


def asked_from(door: CircuitsOnly, address: str | None) -> tuple[str, bytes]:
    status = ["200"]
    environ: dict[str, Any] = {"REQUEST_METHOD": "GET", "PATH_INFO": "/"}
    if address is not None:
        environ["REMOTE_ADDR"] = address
    answer = b"".join(door(environ, lambda said, _headers: status.append(said) or (lambda _: None)))  # type: ignore[func-returns-value]
    return status[-1], answer


@pytest.mark.parametrize(
    "address", [None, "", "127.0.0.1", "fc00:dead:beef:4dae::1", "2001:db8::1", "::ffff:127.0.0.1", "4dad"]
)
def test_a_request_that_came_by_no_circuit_is_refused(address: str | None) -> None:
    listener = Listener()
    assert asked_from(CircuitsOnly(Forgetting(listener)), address) == ("403 Forbidden", REFUSAL)  # type: ignore[arg-type]
    assert listener.buckets == []


def test_each_circuit_has_a_flood_bucket_of_its_own() -> None:
    listener = Listener()
    door = CircuitsOnly(Forgetting(listener))  # type: ignore[arg-type]
    for circuit in (*range(1, 41), 1):
        assert asked_from(door, f"fc00:dead:beef:4dad::{circuit:x}") == ("200", b"taken")
    assert listener.buckets[0] == listener.buckets[-1]
    # Forty circuits in 4,096 buckets: that as many as twenty of them meet has no chance worth the name.
    assert len(set(listener.buckets)) > 20
