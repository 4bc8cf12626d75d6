"""Names as people write them: short forms, transliterations, order and slips. Plain words in, numbers out."""

from triage.linking.naming.comparing import compare_names
from triage.linking.naming.forms import other_forms
from triage.linking.naming.likeness import closeness
from triage.linking.naming.spelling import skeleton

__all__ = ["closeness", "compare_names", "other_forms", "skeleton"]
