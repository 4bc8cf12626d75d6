"""Names of this family."""

FORMS = """
jakub = yakub: kuba kubus
wojciech: wojtek
"""
