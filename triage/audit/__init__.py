"""Every act leaves a line that auditors alone can read and nobody can change unseen."""
