"""The commands that triage brings to `quietword`."""

import click

from triage.commands.audit import audit
from triage.commands.backup import backup
from triage.commands.collecting import collect
from triage.commands.disposing import disposal
from triage.commands.founding import init, migrate
from triage.commands.keys import keys
from triage.commands.linking import linking
from triage.commands.people import officers
from triage.commands.register import register
from triage.commands.watching import watch
from triage.counter.command import counter

commands: dict[str, click.Command] = {
    "init": init,
    "migrate": migrate,
    "officers": officers,
    "keys": keys,
    "collect": collect,
    "watch": watch,
    "register": register,
    "audit": audit,
    "backup": backup,
    "counter": counter,
    "disposal": disposal,
    "linking": linking,
}
