"""The code tables: 3x5x2 as it is used here, the older 5x5x5 for imported records, and DPA 2018 s.38.

`valid_from` is the day from which this system applies a definition, not the day on which the College of Policing
published it. When the guidance changes, a later migration ends these rows and adds the new ones beside them.
"""

from datetime import date

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

NOW = (date(2020, 1, 1), None)
THEN = (date(2000, 1, 1), date(2019, 12, 31))

CODES = {
    ("3x5x2 source", NOW): (
        ("1", "Reliable", "The source has been tested and has been found reliable."),
        (
            "2",
            "Untested",
            "How far the source can be relied on is not known. Anonymous reports are here.",
        ),
        ("3", "Not reliable", "There is reason to doubt the source. The reason is recorded."),
    ),
    ("3x5x2 intelligence", NOW): (
        ("A", "Known directly", "The source saw or heard it themselves."),
        (
            "B",
            "Known indirectly but corroborated",
            "The source was told it; separate information graded A bears it out.",
        ),
        ("C", "Known indirectly", "The source was told it by somebody else."),
        (
            "D",
            "Not known",
            "How the source knows cannot be assessed. Most anonymous reports are here.",
        ),
        (
            "E",
            "Suspected to be false",
            "There is reason to think it untrue. The reason and the risk are recorded.",
        ),
    ),
    ("3x5x2 handling", NOW): (
        ("P", "Lawful sharing permitted", "It may be shared where the law allows and a policing purpose asks for it."),
        ("C", "Lawful sharing permitted with conditions", "It may be shared only as the instructions and codes say."),
    ),
    ("3x5x2 condition", NOW): (
        ("A1", "Covert development", "It may be built on, without anybody outside learning of it."),
        ("A2", "Covert use", "It may be acted on, in ways that do not show that it is known."),
        ("A3", "Overt use", "It may be acted on openly, as the usage text says."),
        ("S1", "Delegated authority", "The recipient may decide within the conditions."),
        ("S2", "Consult originator", "The recipient asks the force that graded it before any use."),
    ),
    ("nature", NOW): (
        ("fact", "Fact", "It is known to be so, whoever says it."),
        ("claim", "Source's claim", "The sender says so."),
        ("opinion", "Officer's opinion", "A person working on the report thinks so."),
    ),
    ("person category", NOW): (
        ("suspect", "Suspected", "There are grounds to suspect that they have committed or will commit an offence."),
        ("convicted", "Convicted", "They have been convicted of an offence."),
        ("victim", "Victim", "They are, or may be, a victim."),
        ("witness", "Witness", "They are a witness or know about offences."),
        ("other", "Other", "They are named, and none of these is known of them."),
    ),
    ("5x5x5 source", THEN): (
        ("A", "Always reliable", "Historic records only."),
        ("B", "Mostly reliable", "Historic records only."),
        ("C", "Sometimes reliable", "Historic records only."),
        ("D", "Unreliable", "Historic records only."),
        ("E", "Untested", "Historic records only."),
    ),
    ("5x5x5 information", THEN): (
        ("1", "Known to be true without reservation", "Historic records only."),
        ("2", "Known personally to the source", "Historic records only."),
        ("3", "Not known personally to the source but corroborated", "Historic records only."),
        ("4", "Cannot be judged", "Historic records only."),
        ("5", "Suspected to be false", "Historic records only."),
    ),
}


def upgrade() -> None:
    codes = sa.table(
        "codes",
        sa.column("scheme", sa.String),
        sa.column("code", sa.String),
        sa.column("valid_from", sa.Date),
        sa.column("valid_to", sa.Date),
        sa.column("position", sa.Integer),
        sa.column("label", sa.String),
        sa.column("definition", sa.String),
    )
    op.bulk_insert(
        codes,
        [
            {
                "scheme": scheme,
                "code": code,
                "valid_from": valid_from,
                "valid_to": valid_to,
                "position": position,
                "label": label,
                "definition": definition,
            }
            for (scheme, (valid_from, valid_to)), rows in CODES.items()
            for position, (code, label, definition) in enumerate(rows, start=1)
        ],
    )


def downgrade() -> None:
    op.execute(sa.text("DELETE FROM codes"))
