"""`quietword keys split`, `cover` and `recover`: the recovery key, made, granted what is new, and used."""

from collections.abc import Sequence
from uuid import UUID

import click

from envelope.shares import FEWEST_TOGETHER, MOST_SHARES, ReadShare, ShareError, read_share
from triage.commands.enrolling import ask_new_officer, show_enrolment
from triage.commands.opening import Credentials, opened, with_credentials
from triage.errors import TriageError
from triage.keys.recovery import USUAL_SPLIT, Split, cover, hold_recovery, split_anew, uncovered
from triage.officers.recovering import enrol_again, give_back, give_box, take_up_recovery, unheld
from triage.officers.rules import Permission, Role
from triage.operations.rules import Operation
from triage.operations.service import carry_out, propose
from web.filters import counted

HAND_OUT = (
    "Each person writes theirs down, or keeps this page of it, where the others do not. Quiet Word keeps none, and "
    "nobody can show them again."
)


class TooFewSharesError(TriageError):
    """The command was stopped before enough shares were there."""

    def __init__(self) -> None:
        super().__init__("There were too few shares, and nothing was changed.")


def show_shares(shares: Sequence[str], split: Split) -> None:
    """The shares, this once: one page for each person."""
    click.echo(
        f"\nThe recovery key, split among {split.shares} people. Any {split.together} of them together bring back "
        f"every report when passphrases are lost; fewer learn nothing from theirs.\n{HAND_OUT}"
    )
    for number, share in enumerate(shares, start=1):
        words = share.split()
        click.echo(f"\n  Share {number} of {split.shares}")
        for start in range(0, len(words), 6):
            click.echo(
                "   " + "  ".join(f"{start + at + 1:2} {word:9}" for at, word in enumerate(words[start : start + 6]))
            )


@with_credentials
@click.command("split", short_help="Make a recovery key, split among several people.")
@click.option(
    "--shares", type=click.IntRange(FEWEST_TOGETHER, MOST_SHARES), default=USUAL_SPLIT.shares, show_default=True
)
@click.option(
    "--together", type=click.IntRange(FEWEST_TOGETHER, MOST_SHARES), default=USUAL_SPLIT.together, show_default=True
)
@click.option("--operation", type=click.UUID, help="What a second person has approved: printed by the first run.")
@click.option("--reason", default="", help="Why, for whoever approves and for the audit log.")
def split(who: Credentials, shares: int, together: int, operation: UUID | None, reason: str) -> None:
    """Make a recovery key where there is none, or a new one, and print its shares once.

    It takes two people, for whoever reads all the shares could open everything: the first run proposes it, another
    person approves it under Operations, and the second run, with both in the room, prints the shares.
    """
    wanted = Split(shares, together)
    if together > shares:
        raise click.UsageError("There must be at least as many shares as people who come together.")
    with opened() as here:
        officer = who.sign_in(here, Permission.GRANT_KEYS)
        with here.database.begin() as session:
            if operation is None:
                asked = {"shares": shares, "together": together}
                proposed = propose(
                    session, Operation.RECOVERY, subject=None, parameters=asked, reason=reason or "a split", by=officer
                )
                click.echo(
                    f"Proposed. When another person has approved it: quietword keys split --operation {proposed}"
                )
                return
            hold_recovery(session)
            approved = carry_out(session, operation, Operation.RECOVERY, by=officer).parameters
            wanted = Split(int(approved["shares"]), int(approved["together"]))
            made = split_anew(session, wanted, by=officer)
            left = uncovered(session)
    show_shares(made, wanted)
    if left:
        names = ", ".join(one.name for one in left)
        click.echo(f"\nThe recovery key does not open these yet: {names}. Who holds one runs `quietword keys cover`.")


@with_credentials
@click.command("cover", short_help="Grant the recovery key what it does not open yet.")
def cover_boxes(who: Credentials) -> None:
    """Grant the recovery key whatever you hold and it does not open yet."""
    with opened() as here:
        officer = who.sign_in(here, Permission.USE_ACCOUNT)
        with here.database.begin() as session:
            granted = cover(session, by=officer)
            left = uncovered(session)
    click.echo(f"Granted: {counted(granted, 'key')}. Left for others: {', '.join(one.name for one in left) or 'none'}.")


@click.command("recover", short_help="Bring back what lost passphrases shut.")
@click.option("--to", "name", metavar="NAME", help="Give it to somebody who works here and can sign in.")
@click.option(
    "--role", type=click.Choice([role.value for role in Role]), default=Role.SUPERVISOR.value, show_default=True
)
@click.option("--box", "box_id", type=click.UUID, help="With --to: this box too, such as what is in quarantine.")
def recover(name: str | None, role: str, box_id: UUID | None) -> None:
    """Bring back what lost passphrases shut: those who hold shares type them, and one person is given their keys.

    Without --to a new person is added, who types a passphrase of their own. Afterwards make a new split: whoever saw
    this screen may have read the shares.
    """
    if box_id is not None and name is None:
        raise click.UsageError("--box says what else the person of --to is given: give both.")
    with opened() as here:
        shares = ask_shares()
        with here.database.begin() as session:
            actor = take_up_recovery(session, here.settings, shares)
            if name is not None:
                give_back(session, here.settings, name, by=actor)
                if box_id is not None:
                    give_box(session, here.settings, name, box_id, by=actor)
                click.echo(f"{name} holds the keys of their role again.")
            else:
                new = ask_new_officer(Role(role))
                made = enrol_again(session, here.settings, new, by=actor)
                show_enrolment(new.name, new.sign_in_name, made)
            lost = unheld(session)
    for one in lost:
        click.echo(f"Nobody at work opens “{one.name}” ({one.box_id}): --to NAME --box {one.box_id} gives it.")
    click.echo("\nNow make a new split, for the shares were typed here: quietword keys split")


def ask_shares() -> tuple[ReadShare, ...]:
    """As many shares as it takes, each typed by its holder and hidden; a mistyped one is asked for again.

    Raises:
        TooFewSharesError: an empty line was typed.
    """
    found: list[ReadShare] = []
    needed = FEWEST_TOGETHER
    while len(found) < needed:
        typed = click.prompt(
            f"Share {len(found) + 1}" + (f" of {needed}" if found else ""),
            hide_input=True,
            default="",
            show_default=False,
            err=True,
        )
        if not typed.strip():
            raise TooFewSharesError
        try:
            share = read_share(typed)
        except ShareError as error:
            click.echo(str(error), err=True)
            continue
        if found and share.set_number != found[0].set_number:
            click.echo("This share is of another set than the first: perhaps from before the last split.", err=True)
        elif share.number in {one.number for one in found}:
            click.echo("This share is here already: it takes another person’s.", err=True)
        else:
            found.append(share)
            needed = share.together
    return tuple(found)
