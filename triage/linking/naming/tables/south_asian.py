"""Names of this family."""

FORMS = """
mohammed = muhammad = mohammad = muhammed = mohamed = mohamad = muhamad = mohamud = mahomed = mohd: mo moh md
"""
