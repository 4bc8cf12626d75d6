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
GET  /account/authenticator                                   yes     yes     yes     yes      yes
POST /account/authenticator                                   yes     yes     yes     yes      yes
GET  /account/passkeys                                        yes     yes     yes     yes      yes
GET  /account/passkeys/options                                yes     yes     yes     yes      yes
GET  /account/passkeys/prove                                  yes     yes     yes     yes      yes
GET  /account/passkeys/add                                    yes     yes     yes     yes      yes
POST /account/passkeys/add                                    yes     yes     yes     yes      yes
POST /account/sessions/<digest>/end                           key     key     key     key      key
POST /account/news/seen                                       yes     yes     yes     yes      yes
POST /account/sign-out-elsewhere                              yes     yes     yes     yes      yes
POST /sign-out                                                yes     yes     yes     yes      yes
POST /go-on                                                   yes     yes     yes     yes      yes
GET  /account/passkeys/<passkey_id>                           key     key     key     key      key
POST /account/passkeys/<passkey_id>                           key     key     key     key      key
GET  /account/passkeys/<passkey_id>/remove                    key     key     key     key      key
POST /account/passkeys/<passkey_id>/remove                    key     key     key     key      key

# Reports: the desk alone, by the key of the compartment a report is in
GET  /reports                                                 yes     yes     no      no       no
POST /reports/unseal                                          yes     yes     no      no       no
GET  /reports/<report_id>                                     key     key     no      no       no
GET  /reports/<report_id>/why                                 key     key     no      no       no
POST /reports/<report_id>/why                                 key     key     no      no       no
GET  /reports/<report_id>/close                               key     key     no      no       no
POST /reports/<report_id>/close                               key     key     no      no       no
GET  /reports/<report_id>/reopen                              key     key     no      no       no
POST /reports/<report_id>/reopen                              key     key     no      no       no
GET  /reports/<report_id>/move                                no      key     no      no       no
POST /reports/<report_id>/move                                no      key     no      no       no
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
GET  /people/<officer_id>/begin-anew                          no      no      no      no       yes
POST /people/<officer_id>/begin-anew                          no      no      no      no       yes
POST /people/<officer_id>/suspend                             no      no      no      no       yes
POST /people/<officer_id>/restore                             no      no      no      no       yes
POST /people/<officer_id>/leave                               no      no      no      no       yes
POST /people/<officer_id>/confirm                             no      yes     no      no       no
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

# What becomes of records: supervisors decide, auditors read the certificates
GET  /disposal                                                no      yes     no      no       no
GET  /reports/<report_id>/keeping                             no      key     no      no       no
POST /reports/<report_id>/keeping                             no      key     no      no       no
GET  /disposal/entries                                        no      yes     no      no       no
GET  /register/<entry_id>/keeping                             no      key     no      no       no
POST /register/<entry_id>/keeping                             no      key     no      no       no
GET  /disposal/erasures/<operation_id>                        no      key     no      no       no
POST /disposal/erasures/<operation_id>                        no      key     no      no       no
GET  /disposal/periods                                        no      yes     no      no       no
POST /disposal/periods                                        no      yes     no      no       no
GET  /disposal/periods/<operation_id>                         no      key     no      no       no
POST /disposal/periods/<operation_id>                         no      key     no      no       no
GET  /disposal/certificates                                   no      yes     no      yes      no
GET  /disposal/certificates/<disposal_id>                     no      key     no      key      no
GET  /disposal/certificates/<disposal_id>/file                no      key     no      key      no

# Compartments and conflicts: a supervisor makes walls, whoever works at the desk declares, an auditor reads
GET  /compartments                                            no      yes     no      no       no
POST /compartments                                            no      yes     no      no       no
GET  /compartments/<compartment_id>                           no      key     no      no       no
POST /compartments/<compartment_id>/move                      no      key     no      no       no
POST /compartments/<compartment_id>/go-on                     no      key     no      no       no
POST /compartments/<compartment_id>/propose                   no      key     no      no       no
GET  /compartments/release/<operation_id>                     no      key     no      no       no
POST /compartments/release/<operation_id>                     no      key     no      no       no
GET  /conflicts                                               no      yes     no      yes      no
GET  /conflicts/declare                                       yes     yes     no      no       no
POST /conflicts/declare                                       yes     yes     no      no       no
GET  /conflicts/declared                                      yes     yes     no      no       no
GET  /conflicts/record                                        no      yes     no      no       no
POST /conflicts/record                                        no      yes     no      no       no
GET  /conflicts/<conflict_id>/lift                            no      key     no      no       no
POST /conflicts/<conflict_id>/lift                            no      key     no      no       no
POST /conflicts/<conflict_id>/wall                            no      key     no      no       no
GET  /conflicts/lift/<operation_id>                           no      key     no      no       no
POST /conflicts/lift/<operation_id>                           no      key     no      no       no
GET  /keys/grants                                             no      yes     no      yes      yes
POST /keys/grants.csv                                         no      yes     no      yes      yes
POST /keys/grants/<grant_id>/review                           no      yes     no      no       no
POST /keys/boxes/<box_id>/rotate                              no      yes     no      no       no
POST /keys/rotations/<rotation_id>/go-on                      no      yes     no      no       no
POST /people/<officer_id>/vet                                 no      yes     no      no       no
POST /people/<officer_id>/address                             no      yes     no      no       no
POST /people/<officer_id>/address/forget                      no      yes     no      no       no

# What leaves in bulk: two supervisors, sealed to who is to have it
GET  /export                                                  no      yes     no      no       no
POST /export                                                  no      yes     no      no       no
GET  /export/<operation_id>                                   no      key     no      no       no
POST /export/<operation_id>                                   no      key     no      no       no

# The record: auditors alone
GET  /audit                                                   no      no      no      yes      no
POST /audit/export                                            no      no      no      yes      no
GET  /audit/alerts                                            no      no      no      yes      no
GET  /audit/honey                                             no      no      no      yes      no
POST /audit/honey                                             no      no      no      yes      no
POST /audit/honey/<honey_id>/let-go                           no      no      no      key      no
GET  /audit/samples                                           no      no      no      yes      no
POST /audit/samples                                           no      no      no      yes      no
GET  /audit/samples/<seed>                                    no      no      no      key      no
POST /audit/samples/<seed>                                    no      no      no      key      no
GET  /audit/people/<officer_id>                               no      no      no      any      no
GET  /audit/about/<subject_id>                                no      no      no      any      no
GET  /audit/checkpoint                                        no      no      no      yes      no
"""

# Anybody at all, signed in or not.
PUBLIC = frozenset({"GET /health", "GET /sign-in", "POST /sign-in", "GET /sign-in/passkey", "POST /sign-in/passkey"})
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
