"""Words for single signs: figures, and the alphabet that police and soldiers read letters out in."""

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
ALPHABET = {
    word: word[0]
    for word in words_of(
        """alpha alfa bravo charlie delta echo foxtrot golf hotel india juliet juliett kilo lima mike november oscar
        papa quebec romeo sierra tango uniform victor whiskey whisky xray x yankee zulu"""
    )
}
