"""What is kept no longer: reviewed, agreed, and destroyed by its keys, with a certificate."""
