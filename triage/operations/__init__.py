"""What takes two people: proposed by one, approved by another, carried out once, within a day."""
