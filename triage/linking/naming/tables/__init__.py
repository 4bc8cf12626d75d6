"""What names are short for and how they are spelt, a module a culture; written here from common knowledge.

A line is `full = full: short short`. The full names joined by `=` are one name in several spellings; the short forms
stand for any of them. A word may stand on several lines (Al is Alan, Albert and Alexander).
"""
