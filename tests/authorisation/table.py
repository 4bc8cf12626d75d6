"""Who may do what to what, written by hand from what each role is for (domain.md §1): the tests believe this table.

A cell is what a role gets of a route:

    yes   allowed, for whatever of the kind there is
    key   allowed where they hold the key to what the id names; otherwise as if it were not there
    any   answered for every id alike, because nothing is looked up: it leads to the page that asks
    no    refused, whatever the id names

The columns are the triage officer, the supervisor, the neighbourhood officer, the auditor and the administrator.
"""

from dataclasses import dataclass

from triage.officers.rules import Role

COLUMNS = (Role.TRIAGE_OFFICER, Role.SUPERVISOR, Role.NEIGHBOURHOOD, Role.AUDITOR, Role.ADMINISTRATOR)
CELLS = frozenset({"yes", "key", "any", "no"})

TABLE = """
                                                              triage  superv  neighb  auditor  admin
# One's own account
GET  /                                                        yes     yes     yes     yes      yes
GET  /account                                                 yes     yes     yes     yes      yes
POST /account                                                 yes     yes     yes     yes      yes
GET  /account/enrol                                           yes     yes     yes     yes      yes
POST /account/enrol                                           yes     yes     yes     yes      yes
POST /account/sign-out-elsewhere                              yes     yes     yes     yes      yes
POST /sign-out                                                yes     yes     yes     yes      yes
POST /go-on                                                   yes     yes     yes     yes      yes

# Reports: the desk alone, by the key of the compartment a report is in
GET  /reports                                                 yes     yes     no      no       no
POST /reports/unseal                                          yes     yes     no      no       no
GET  /reports/<report_id>                                     key     key     no      no       no
GET  /reports/<report_id>/close                               key     key     no      no       no
POST /reports/<report_id>/close                               key     key     no      no       no
GET  /reports/<report_id>/reopen                              key     key     no      no       no
POST /reports/<report_id>/reopen                              key     key     no      no       no
GET  /reports/<report_id>/files/<file_id>                     key     key     no      no       no
POST /reports/<report_id>/files/<file_id>                     key     key     no      no       no
GET  /reports/<report_id>/files/<file_id>/shown               any     any     no      no       no
GET  /reports/<report_id>/files/<file_id>/content             any     any     no      no       no
POST /reports/<report_id>/files/<file_id>/suspect             key     key     no      no       no
GET  /reports/<report_id>/items                               key     key     no      no       no
POST /reports/<report_id>/items                               key     key     no      no       no
GET  /reports/<report_id>/items/<number>                      key     key     no      no       no
POST /reports/<report_id>/items/<number>                      key     key     no      no       no
GET  /reports/<report_id>/items/<number>/grade                key     key     no      no       no
POST /reports/<report_id>/items/<number>/grade                key     key     no      no       no
GET  /reports/<report_id>/links                               key     key     no      no       no
POST /reports/<report_id>/links                               key     key     no      no       no
POST /reports/<report_id>/links/ask                           key     key     no      no       no
GET  /reports/<report_id>/origins                             key     key     no      no       no
GET  /reports/<report_id>/origins/<other_id>                  key     key     no      no       no
POST /reports/<report_id>/origins/<other_id>                  key     key     no      no       no
GET  /reports/<report_id>/sanitise                            key     key     no      no       no
POST /reports/<report_id>/sanitise                            key     key     no      no       no
GET  /quarantine                                              yes     yes     no      no       no
POST /quarantine                                              yes     yes     no      no       no
GET  /quarantine/<report_id>/<file_id>                        key     key     no      no       no
POST /quarantine/<report_id>/<file_id>                        key     key     no      no       no
GET  /together                                                yes     yes     no      no       no
GET  /bell                                                    yes     yes     no      no       no
POST /bell                                                    yes     yes     no      no       no

# Searches: each officer's own, sealed to their own box
GET  /search                                                  yes     yes     no      no       no
POST /search                                                  yes     yes     no      no       no
GET  /search/<search_id>                                      key     key     no      no       no
POST /search/<search_id>/delete                               key     key     no      no       no
GET  /search/<search_id>/export                               key     key     no      no       no
POST /search/<search_id>/export                               key     key     no      no       no
GET  /search/<search_id>/keep                                 key     key     no      no       no
POST /search/<search_id>/keep                                 key     key     no      no       no

# The register: the desk alone, by the key of the compartment an entry is in
GET  /register                                                yes     yes     no      no       no
GET  /register/<entry_id>                                     key     key     no      no       no
GET  /register/<entry_id>/archive                             key     key     no      no       no
POST /register/<entry_id>/archive                             key     key     no      no       no
GET  /register/<entry_id>/edit                                key     key     no      no       no
POST /register/<entry_id>/edit                                key     key     no      no       no
GET  /register/<entry_id>/origins                             key     key     no      no       no
GET  /register/<entry_id>/reports                             key     key     no      no       no
POST /register/<entry_id>/restore                             key     key     no      no       no
GET  /register/<entry_id>/ties/<tie_id>/remove                key     key     no      no       no
POST /register/<entry_id>/ties/<tie_id>/remove                key     key     no      no       no
GET  /register/<entry_id>/ties/new                            key     key     no      no       no
POST /register/<entry_id>/ties/new                            key     key     no      no       no
GET  /register/groups/new                                     yes     yes     no      no       no
POST /register/groups/new                                     yes     yes     no      no       no
GET  /register/people/new                                     yes     yes     no      no       no
POST /register/people/new                                     yes     yes     no      no       no
GET  /register/import                                         yes     yes     no      no       no
POST /register/import                                         yes     yes     no      no       no
GET  /register/imports/<import_id>                            key     key     no      no       no
POST /register/imports/<import_id>/continue                   key     key     no      no       no
GET  /register/imports/<import_id>/errors.csv                 key     key     no      no       no
POST /register/imports/<import_id>/stop                       key     key     no      no       no
GET  /register/look-back                                      yes     yes     no      no       no
POST /register/look-back                                      yes     yes     no      no       no
GET  /learning                                                no      yes     no      no       no
POST /learning/learn                                          no      yes     no      no       no
POST /learning/put-back                                       no      yes     no      no       no

# Sanitised texts and referrals: the desk writes and sends, a team opens its own
GET  /sanitised                                               yes     yes     no      no       no
GET  /sanitised/<draft_id>                                    key     key     no      no       no
POST /sanitised/<draft_id>                                    key     key     no      no       no
GET  /sanitised/<draft_id>/refer                              key     key     no      no       no
POST /sanitised/<draft_id>/refer                              key     key     no      no       no
POST /sanitised/<draft_id>/take-back                          key     key     no      no       no
GET  /referrals                                               no      no      yes     no       no
GET  /referrals/sent                                          yes     yes     no      no       no
GET  /referrals/<referral_id>                                 key     key     key     no       no
POST /referrals/<referral_id>/acknowledge                     no      no      key     no       no
GET  /referrals/<referral_id>/outcome                         no      no      key     no       no
POST /referrals/<referral_id>/outcome                         no      no      key     no       no
POST /outcomes/<outcome_id>/report                            key     key     no      no       no

# People and keys: an administrator manages people, a supervisor gives keys, an auditor looks
GET  /people                                                  no      yes     no      yes      yes
GET  /people/<officer_id>                                     no      yes     no      yes      yes
GET  /people/add                                              no      no      no      no       yes
POST /people/add                                              no      no      no      no       yes
POST /people/<officer_id>/suspend                             no      no      no      no       yes
POST /people/<officer_id>/restore                             no      no      no      no       yes
POST /people/<officer_id>/leave                               no      no      no      no       yes
POST /people/<officer_id>/give-role                           no      yes     no      no       no
POST /people/<officer_id>/give-team                           no      yes     no      no       no
POST /people/<officer_id>/keys/<box_id>/take                  no      yes     no      no       no
GET  /people/teams                                            no      yes     no      no       no
POST /people/teams                                            no      yes     no      no       no
GET  /keys                                                    no      yes     no      yes      yes
POST /keys/sign                                               no      yes     no      no       no
GET  /intake/refused                                          no      yes     no      no       no
POST /intake/refused                                          no      yes     no      no       no

# What takes two people: whoever could approve sees it, an administrator too, and neither triage nor a team
GET  /operations                                              no      yes     no      yes      yes
GET  /operations/<operation_id>                               no      key     no      key      key
POST /operations/<operation_id>/approve                       no      key     no      no       no
POST /operations/<operation_id>/refuse                        no      key     no      no       key

# The record: auditors alone
GET  /audit                                                   no      no      no      yes      no
POST /audit/export                                            no      no      no      yes      no
"""

# Anybody at all, signed in or not.
PUBLIC = frozenset({"GET /health", "GET /sign-in", "POST /sign-in"})
# What somebody who has not chosen their own passphrase yet may do; everything else leads there.
BEFORE_ENROLLING = frozenset({"GET /account/enrol", "POST /account/enrol", "POST /sign-out"})


@dataclass(frozen=True)
class Row:
    """One line of the table."""

    method: str
    path: str
    cells: tuple[str, ...]

    @property
    def name(self) -> str:
        return f"{self.method} {self.path}"

    def cell(self, role: Role) -> str:
        return self.cells[COLUMNS.index(role)]


def rows() -> dict[str, Row]:
    """The table by method and path; a line that is not of its form, or stands twice, fails."""
    found: dict[str, Row] = {}
    for line in TABLE.splitlines()[2:]:
        if not line or line.startswith("#"):
            continue
        method, path, *cells = line.split()
        assert len(cells) == len(COLUMNS), line
        assert set(cells) <= CELLS, line
        row = Row(method, path, tuple(cells))
        assert row.name not in found, f"twice: {row.name}"
        found[row.name] = row
    return found
