"""`quietword prove deletion`: makes a force of nobody's, deletes, and tries every key on a copy of every disk."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import click

FOUND = 1


@dataclass(frozen=True)
class Place:
    """Where the force is made, and the folders its databases lie in besides."""

    folder: Path
    environ: dict[str, str]
    besides: tuple[Path, ...]


@click.command("deletion", short_help="Show that what is deleted opens for nobody.")
@click.option("--real-parts", is_flag=True, help="On a PostgreSQL cluster of its own, with the settings that ship.")
def deletion(*, real_parts: bool) -> None:
    """Make a force in a temporary folder, delete some of its reports, and show that nobody opens them.

    At once: every file of the disks is copied, and every sealed row tried with every officer's passphrase and the
    recovery shares. Seven days later: the same with every backup that somebody copied. Exit code 1: something opened.
    """
    from config import TriageSettings
    from quietword.deletion.looks import every_look
    from quietword.deletion.stand import founded

    with made_place(real_parts=real_parts) as place:
        stand = founded(TriageSettings.from_environ(place.environ))
        try:
            looks = every_look(stand, place.folder, besides=place.besides, say=lambda one: click.echo(one, err=True))
        finally:
            stand.database.dispose()
    for look in looks:
        click.echo(f"{'HELD ' if look.held else 'FOUND'} {look.name}: {look.sentence} ({look.measured})")
        for finding in look.findings:
            click.echo(f"      {finding}")
    if not all(look.held for look in looks):
        raise click.exceptions.Exit(FOUND)


@contextmanager
def made_place(*, real_parts: bool) -> Iterator[Place]:
    """A folder and settings for a force of nobody's; everything of it is gone at the end."""
    outside = {name: value for name, value in os.environ.items() if not name.startswith("QUIETWORD_")}
    with ExitStack() as stack:
        if not real_parts:
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="quietword-deletion-")))
            yield Place(folder, outside | {"QUIETWORD_INSTANCE": str(folder / "instance")}, ())
            return
        from quietword.proof.parts import postgres_cluster
        from quietword.proof.second import folder_for_parts, settings_over

        folder = stack.enter_context(folder_for_parts())
        cluster = stack.enter_context(postgres_cluster(folder / "postgres"))
        urls = settings_over(cluster, "redis://127.0.0.1")
        settings = {name: value for name, value in urls.items() if name.endswith("_URL") and "REDIS" not in name}
        yield Place(folder, outside | settings | {"QUIETWORD_INSTANCE": str(folder / "instance")}, (cluster.data,))
