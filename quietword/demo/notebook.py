"""What the demo writes down so that anybody can try it: passphrases and second factors of people who do not exist."""

import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from importlib.resources import files
from pathlib import Path
from typing import Any

import pyotp

from triage.officers.passphrases import suggest_passphrase

FILE = "demo.json"
WARNING = "FOR THE DEMONSTRATION ONLY: these people are invented. Never keep passphrases of real officers in a file."


class DemoError(Exception):
    """The demonstration cannot do that; the message says what to do."""


@dataclass(frozen=True)
class SignIn:
    """How to sign in as one of the demo's officers."""

    sign_in: str
    name: str
    role: str
    does: str
    team: str = ""
    passphrase: str = field(default="", repr=False)
    totp_secret: str = field(default="", repr=False)

    def code(self) -> str:
        """The second factor of this half minute; each works once."""
        return pyotp.TOTP(self.totp_secret).now()


@dataclass(frozen=True)
class Notebook:
    """Everything written down about the demo force in one folder."""

    sign_ins: tuple[SignIn, ...]
    counter_passphrase: str = field(default="", repr=False)
    shares: tuple[str, ...] = field(default=(), repr=False)

    def sign_in_of(self, name: str) -> SignIn:
        """Find a person by sign-in name or full name.

        Raises:
            DemoError: there is nobody of that name.
        """
        wanted = name.casefold()
        for person in self.sign_ins:
            if wanted in {person.sign_in.casefold(), person.name.casefold()}:
                return person
        names = ", ".join(person.sign_in for person in self.sign_ins)
        raise DemoError(f"There is no “{name}” in this demo. Say one of: {names}.")

    def first_with(self, role: str) -> SignIn:
        return next(person for person in self.sign_ins if person.role == role)

    def write(self, instance: Path) -> None:
        """Keep the notebook in the instance's folder, readable by its owner alone."""
        text = json.dumps(
            {
                "warning": WARNING,
                "sign_ins": [asdict(person) for person in self.sign_ins],
                "counter_passphrase": self.counter_passphrase,
                "recovery_shares": self.shares,
            },
            indent=1,
            ensure_ascii=False,
        )
        descriptor = os.open(instance / FILE, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(text + "\n")


def read_notebook(instance: Path) -> Notebook | None:
    """The notebook of the demo in this folder, or None when there is none.

    Raises:
        DemoError: there is a file of that name that is not a notebook.
    """
    try:
        written = json.loads((instance / FILE).read_text("utf-8"))
        people = tuple(SignIn(**person) for person in written["sign_ins"])
        return Notebook(people, written.get("counter_passphrase", ""), tuple(written.get("recovery_shares", ())))
    except FileNotFoundError:
        return None
    except (ValueError, KeyError, TypeError) as error:
        raise DemoError(f"{instance / FILE} cannot be read. Delete the folder {instance} and run again.") from error


def millbrook(name: str) -> Any:  # Any: what JSON holds, in the shape that millbrook/README.md tells
    """One of the files of the invented town."""
    return json.loads(files("quietword").joinpath("millbrook", name).read_text("utf-8"))


def invent_passphrases(force: Mapping[str, Any]) -> tuple[SignIn, ...]:
    """The demo's people, each with a random passphrase, different in every folder."""
    return tuple(
        SignIn(
            sign_in=person["sign_in"],
            name=person["name"],
            role=person["role"],
            does=person["does"],
            team=person.get("team", ""),
            passphrase=suggest_passphrase(person["sign_in"]),
        )
        for person in force["officers"]
    )
