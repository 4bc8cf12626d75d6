"""Who holds the key to what stands where in the tests' world, written by hand: the wall that no permission opens."""

from triage.officers.rules import Role

# Whoever may do anything at all there, and their role.
AT_WORK = {
    "tom": Role.TRIAGE_OFFICER,
    "tess": Role.TRIAGE_OFFICER,
    "sam": Role.SUPERVISOR,
    "nell": Role.NEIGHBOURHOOD,
    "owen": Role.NEIGHBOURHOOD,
    "iris": Role.AUDITOR,
    "ada": Role.ADMINISTRATOR,
    "alma": Role.TRIAGE_OFFICER,  # awaits her keys: every `key` is as if it were not there
}

HOLDERS = {
    "desk": {"tom", "tess", "sam"},
    "desk, closed": {"tom", "tess", "sam"},
    "desk, archived": {"tom", "tess", "sam"},
    "apart": {"tess"},
    "apart, closed": {"tess"},
    "quarantine": {"tom", "tess", "sam"},  # a report of the desk, one file of which is in quarantine
    "Eastgate": {"nell", "tom", "tess", "sam"},
    "Harbour": {"owen", "tom", "tess", "sam"},
    "Eastgate, new": {"nell", "tom", "tess", "sam"},
    "Tom's own": {"tom"},
    "Tess's own": {"tess"},
    "proposed": {"sam", "iris"},
    "restore proposed": {"sam", "iris", "ada"},
    "walls": {"sam", "iris"},  # a compartment that Sam and Tess hold, a conflict, a grant and a rotation
    "desk, read before": {"tom", "tess", "sam"},  # a reason is asked for at its first opening by anybody
    "desk, agreed": {"tom", "tess", "sam"},
    "erasure approved": {"sam", "iris"},
    "period approved": {"sam", "iris"},
    "export approved": {"sam", "iris"},
    "release approved": {"sam", "iris"},
    "lift approved": {"sam", "iris"},
    "watched": {"iris"},
    "drawn": {"iris"},
    "anybody": {"sam", "iris", "ada"},
    "suspended": {"sam", "iris", "ada"},
    "awaits keys": {"sam", "iris", "ada"},
    "unconfirmed": {"sam", "iris", "ada"},
}

# Who opens a file in quarantine: the supervisors, while nobody is named to lead.
LEADS = {"sam"}
