"""`quietword linking` measures how reports are linked to the register, on files of invented data."""

import json
from pathlib import Path

import click

CSV = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group(short_help="Measure how reports are linked to the register.")
def linking() -> None:
    """Measure, with the parts that officers work with, on files of invented data. Nothing is kept."""


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
