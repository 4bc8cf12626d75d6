"""Every table of triage, so that migrations and tests see the whole of both metadata."""

from triage.audit import models as audit
from triage.base import CaseBase, KeysBase
from triage.bell import models as bell
from triage.compartments import models as compartments
from triage.copies import models as copies
from triage.disposal import models as disposal
from triage.grading import models as grading
from triage.intake import models as intake
from triage.keys import models as keys
from triage.linking import models as linking
from triage.linking.origins import models as origins
from triage.officers import models as officers
from triage.officers.passkeys import models as passkeys
from triage.operations import models as operations
from triage.outcome import models as outcome
from triage.referral import models as referral
from triage.register import models as register
from triage.sanitising import models as sanitising
from triage.search import models as search

STEPS = (
    audit,
    bell,
    compartments,
    copies,
    disposal,
    grading,
    intake,
    keys,
    linking,
    officers,
    operations,
    origins,
    outcome,
    passkeys,
    referral,
    register,
    sanitising,
    search,
)
CASE = CaseBase.metadata
KEYS = KeysBase.metadata
