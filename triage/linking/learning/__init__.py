"""What officers decided teaches how far suggestions can be believed: begun by a supervisor, kept, and put back."""
