"""The register turned round, held as columns of numbers: from a word, plate, number or place to the people it fits."""

from triage.linking.columns.building import Register, build_register
from triage.linking.columns.keys import phone_key, plate_key

__all__ = ["Register", "build_register", "phone_key", "plate_key"]
