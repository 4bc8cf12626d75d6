"""`quietword linking` measures how reports are linked on invented data, and looks through earlier ones for the new."""

import json
from pathlib import Path

import click

from triage.commands.opening import Credentials, opened, with_credentials
from triage.officers.rules import Permission

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
CSV = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group(short_help="Measure how reports are linked, and look through earlier ones.")
def linking() -> None:
    """Measure, with the parts that officers work with, on files of invented data; or look through earlier reports.

    What measures keeps nothing. What looks through keeps what it finds sealed with each report.
    """


@linking.command("score-names", short_help="Measure the name comparer on labelled pairs of names.")
@click.option("--pairs", required=True, type=CSV, help="A CSV file with name_a, name_b and is_match (1 or 0).")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def score_names(*, pairs: Path, as_json: bool) -> None:
    """Say how well same names are told from others: the area under the ROC curve, and microseconds a pair."""
    from triage.linking.naming import measuring  # reads the tables of names, which no other command needs

    score = measuring.score_names(measuring.read_pairs(pairs))
    if as_json:
        found = {"pairs": score.pairs, "matches": score.matches, "auc": round(score.auc, 4)}
        click.echo(json.dumps(found | {"microseconds_per_pair": round(score.microseconds, 1)}))
        return
    click.echo(f"Pairs: {score.pairs:,}, of which {score.matches:,} are matches.")
    click.echo(f"Area under the ROC curve: {score.auc:.3f}.")
    click.echo(f"Microseconds a pair: {score.microseconds:.1f}.")


@with_credentials
@linking.command("look-back", short_help="Look for new and changed entries in the earlier reports.")
@click.option("--reports", type=click.IntRange(min=1), help="Stop after about so many; the next run goes on there.")
def look_back(who: Credentials, reports: int | None) -> None:
    """Look in the earlier reports for whoever is new on the register or changed, as far as your keys open them.

    It can be stopped at any time and goes on where it was, on the pages too. What it finds is listed there.
    """
    from triage.linking.learning import held_back  # with the matcher, which no other command needs
    from triage.linking.origins import looking_back, old_reports

    with opened() as here:
        held_back.hold_back(here.database, here.settings)  # what is held back is not counted here either
        officer = who.sign_in(here, Permission.LINK)
        with here.database.begin() as session:
            look = looking_back.start_look(session, by=officer)
        if look is None:
            click.echo("Nothing is new: every report has been looked through for every entry.")
            return
        begun = look.done
        with click.progressbar(length=look.total, label="Looking", show_eta=False) as bar:
            bar.update(begun)

            def enough(stand: looking_back.LookBack) -> bool:
                bar.update(stand.done - bar.pos)
                return reports is not None and stand.done - begun >= reports

            look = looking_back.go_on_looking(here.database, look.id, by=officer, stop=enough)
        with here.database.look() as session:
            entries = looking_back.entries_of(session, look.id)
            found = old_reports.count_found(session, entries, by=officer)
    click.echo(f"Looked through {look.done:,} of {look.total:,} reports for {look.entries:,} entries.")
    click.echo(f"Earlier reports that may mention them: {found:,}.")
    if look.is_running:
        click.echo("There is more: run this again, or go on with it on the pages.")


@with_credentials
@linking.command("learn", short_help="Calibrate suggestions from what officers decided.")
def learn(who: Credentials) -> None:
    """Learn from every decision how far suggestions can be believed, as a supervisor; the pages can put it back.

    Nothing is kept before all of it is worked out: stopped on the way, it has done nothing.
    """
    from triage.linking.learning import keeping  # with the matcher, which no other command needs

    with opened() as here:
        officer = who.sign_in(here, Permission.CALIBRATE)
        with here.database.look() as session:
            gathered = keeping.gather(session, by=officer)
        with here.database.begin() as session:
            version = keeping.learn(session, gathered, by=officer)
    unseen, seen = len(gathered.blind), len(gathered.shown)
    click.echo(f"Learnt from {unseen:,} suggestions decided unseen and {seen:,} decided on the page.")
    click.echo(f"Calibration {version.number} is in force. The page Suggestions shows it, and can put back another.")


@linking.command("evaluate", short_help="Measure the matcher on reports whose subject is known.")
@click.option("--register", required=True, type=FILE, help="Groups and people, a JSON object a line; .gz will do.")
@click.option("--reports", required=True, type=FILE, help="Reports with whom they are about, a JSON object a line.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def evaluate_matcher(*, register: Path, reports: Path, as_json: bool) -> None:
    """Say how often the person and the group meant are found, what is shown, how fairly, and in what time."""
    from triage.linking.evaluate import evaluate  # loads the arithmetic, which no other command needs
    from triage.linking.interchange import InterchangeError

    try:
        found = evaluate(register, reports)
    except InterchangeError as error:
        raise click.ClickException(str(error)) from error
    if as_json:
        click.echo(json.dumps(found))
        return
    for name, value in found.items():
        if not isinstance(value, dict):
            click.echo(f"{name}: {value:,}")
            continue
        click.echo(f"{name}:")
        for key, row in value.items():
            click.echo(f"  {key:<18} {row['group_recall_at_1']:.3f} of {row['ceiling']:.3f} (n = {row['n']:,})")
