"""Words for single signs: figures, tens, and the alphabet that police and soldiers read letters out in."""

from triage.linking.words import words_of

FIGURES = {
    "zero": "0",
    "oh": "0",
    "nought": "0",
    "nil": "0",
    "one": "1",
    "two": "2",
    "three": "3",
    "four": "4",
    "five": "5",
    "six": "6",
    "seven": "7",
    "eight": "8",
    "nine": "9",
}
TENS = {
    "twenty": "2",
    "thirty": "3",
    "forty": "4",
    "fourty": "4",
    "fifty": "5",
    "sixty": "6",
    "seventy": "7",
    "eighty": "8",
    "ninety": "9",
}
ALPHABET = {
    word: word[0]
    for word in words_of(
        """alpha alfa bravo charlie delta echo foxtrot golf hotel india juliet juliett kilo lima mike november oscar
        papa quebec romeo sierra tango uniform victor whiskey whisky xray x yankee zulu"""
    )
}
