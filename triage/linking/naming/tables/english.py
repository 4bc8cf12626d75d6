"""English given names, with the short forms of streets and schools (Daz, Gaz, Shaz)."""

FORMS = """
darren = daren = darran: daz dazza dazzer
gary = garry: gaz gazza gazzer
barry = barrie: baz bazza
"""
