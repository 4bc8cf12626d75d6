"""Names as people write them: short forms, transliterations, order and slips. Plain words in, numbers out."""

from triage.forgetting import forget_with
from triage.linking.naming import arranging, comparing, folding, forms, likeness, spelling
from triage.linking.naming.comparing import compare_names
from triage.linking.naming.forms import other_forms
from triage.linking.naming.likeness import apart, closeness
from triage.linking.naming.spelling import skeleton

__all__ = ["apart", "closeness", "compare_names", "forget", "other_forms", "skeleton"]


def forget() -> None:
    """Forget every word that was looked at: they are names of the register, and it has been locked."""
    for module in (arranging, comparing, folding, forms, likeness, spelling):
        for kept in vars(module).values():
            if hasattr(kept, "cache_clear"):
                kept.cache_clear()


forget_with(forget)
