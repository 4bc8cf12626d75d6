"""Times that only somebody who was there can know: exact to the minute, or on one day that is named."""

import re

_HOURS = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
_NUMBERS = (
    rf"{_HOURS}|thirteen|fourteen|sixteen|seventeen|eighteen|nineteen|twenty(?:[ -](?:one|two|three|"
    rf"four|five|six|seven|eight|nine))?"
)
_HALF = r"\s?[ap]\.?\s?m\b"
_DAY = r"(?:mon|tues?|wednes|weds?|thurs?|fri|satur|sat|sun)(?:day)?"
_MONTH = (
    "jan|january|feb|february|mar|march|apr|april|may|june?|july?|aug|august|sept?|september|oct|"
    "october|nov|november|dec|december"
)

_CLOCK = re.compile(
    rf"(?<![\d:./£$€#-])(?P<h>[01]?\d|"
    rf"2[0-3])(?P<sep>[:.])(?P<m>[0-5]\d)(?::[0-5]\d)?(?P<half>{_HALF})?(?![\d:%]|[./-]\d)"
    rf"|(?<![\d:./£$€#-])(?P<h12>1[0-2]|0?[1-9])(?P<m12>[0-5]\d)?(?P<half12>{_HALF})"
    r"|(?<![\d:./£$€#-])(?P<h24>0\d|1\d|2[0-3])(?P<m24>[0-5]\d)(?P<hrs>\s?h(?:rs?|ours)?\b)?(?=\s|[,.;]|$)"
    rf"|\b(?P<minutes>five|ten|twenty(?:[ -]five)?|half|quarter|5|10|20|25|(?:{_NUMBERS}|"
    rf"\d{{1,2}})\s(?:minutes?|mins?))\s"
    rf"(?:past|to|after)\s(?:(?:{_HOURS})\b|(?:1[0-2]|[1-9])\b(?!\s?\w*\d))"
    r"(?!\s(?:people|lads|men|kids|cars|grand|years|times|quid|pounds|of|bags|mins|minutes|days|weeks|"
    r"girls|boys|k\b|thousand|"
    r"hundred|a\s|women|young|youths|wraps|others|more|per)|%)"
    rf"|\bat\s(?P<hour>{_HOURS}|1[0-2]|[1-9])(?=\s(?:on|in\sthe|last|this|yesterday|that)\b)"
    rf"|\b(?P<oclock>{_HOURS}|1[0-2]|[1-9])\s?o'?\s?clock"
)
_ONE_DAY = re.compile(
    rf"\b(?:yesterday|last\snight|this\smorning|this\safternoon|this\sevening|tonight|today|(?:last|on|"
    rf"this|the|past)\s{_DAY}(?!s)\b|{_DAY}\s(?:night|morning|evening|afternoon|gone|just)\b|"
    rf"last\s(?:week|weekend)|the\sother\s(?:night|day|morning|evening)|(?:on\s)?the\s(?:night|morning|"
    rf"day|evening)\sof|"
    rf"\d{{1,2}}(?:st|nd|rd|th)?(?:\sof)?\s(?:{_MONTH})\b|(?:{_MONTH})\s\d{{1,2}}(?:st|nd|rd|th)?\b|"
    rf"\d{{1,2}}[/.-]\d{{1,2}}[/.-](?:20)?\d\d|(?:on\s)?the\s\d{{1,2}}(?:st|nd|rd|th)|"
    rf"new\syear'?s\s(?:eve|day)|christmas\s(?:eve|day)|boxing\sday|bonfire\snight|good\sfriday|"
    rf"easter\s(?:sunday|monday))"
    rf"|^(?:on\s)?{_DAY}\b(?!s)"
)
_DATED = re.compile(
    rf"\b(?:\d{{1,2}}(?:st|nd|rd|th)?(?:\sof)?\s(?:{_MONTH})|(?:{_MONTH})\s\d{{1,2}}(?:st|nd|rd|th)?|"
    rf"yesterday|last\snight|this\smorning|last\s{_DAY})\b"
)
_ROUTINE = re.compile(
    r"\b(?:every|most|usually|always|often|sometimes|generally|mostly|regularly|each|daily|nightly|"
    r"weekly|normally|tends?|weekends|weekdays|mornings|evenings|nights|"
    r"afternoons|(?:mon|tues|wednes|thurs|fri|satur|sun)days|shuts?|closes?|closed|opens?|opening|"
    r"starts|finishes|between|bus|train|all\shours|typically|routinely|like\sclockwork|"
    r"any\stime|timetable|kick\s?off|onwards|school)\b"
)
_HEDGED = re.compile(
    r"\b(?:about|around|roughly|approx|approximately|ish|circa|some\s?time|between|or\sso|before|"
    r"after|till|until|from)\b|\dish\b"
)
_EXACTLY = re.compile(
    r"\b(?:exactly|precisely|on\sthe\sdot|bang\son|dead\son|to\sthe\sminute|checked\s(?:the|"
    r"my)\s(?:clock|time|watch|phone))\b"
)
_OF_THE_DAY = re.compile(
    rf"\b(?:at|by|around|about|time|from|until|till|just\safter|just\sbefore|since)\s*$|"
    rf"^{_HALF}"
)
_AFTER_CLOCK = re.compile(
    rf"\s?,?\s?(?:{_HALF}|in\sthe\s(?:morning|afternoon|evening|night|early)|at\snight|last\snight|"
    rf"this\smorning|yesterday|on\s{_DAY}|{_DAY}\b|hrs|hours|a\.?m|p\.?m|gunshot)"
)
_PRICED = re.compile(
    r"\s?(?:each|a\s(?:bag|gram|go|pop|pint|deal|wrap|tablet|pill|packet|box|unit|litre|mile)|grams?|"
    r"g\b|kg|kilos?|oz|quid|pounds?|per\b|m\b|km|miles?|metres?|litres?|l\b|mm|cm|inch)"
)


def exact_time(low: str, saw_it: bool) -> re.Match[str] | None:
    """The time in this folded sentence that only a witness knows, if there is one.

    `saw_it`: the writer says that they saw or heard it; then a named date alone is enough.
    """
    for clock in _CLOCK.finditer(low):
        minute = _minute(low, clock)
        if minute is None:
            continue
        routine = _ROUTINE.search(low)
        one_day = _ONE_DAY.search(low)
        if _EXACTLY.search(low):
            return clock
        odd = minute not in (0, 15, 30, 45)
        if odd and not (routine and not one_day):
            return clock
        if one_day and not routine and (odd or not _HEDGED.search(low)):
            return clock
    if saw_it and not _ROUTINE.search(low):
        return _DATED.search(low)
    return None


_DIGITAL = re.compile(r"(?<![\d:./])(?:[01]?\d|2[0-3]):(?!00|15|30|45)[0-5]\d(?![\d:])")


def odd_minute(low: str) -> re.Match[str] | None:
    """A clock that stands at no full, half or quarter hour; the same in every language."""
    return _DIGITAL.search(low)


def _minute(low: str, clock: re.Match[str]) -> int | None:
    """The minutes of this clock, or None when these digits tell no time (a price, a year, a weight)."""
    part = clock.groupdict()
    before, after = low[max(0, clock.start() - 14) : clock.start()], low[clock.end() : clock.end() + 24]
    if part["h"]:
        if _PRICED.match(after) or before.endswith(("v", "version ", "£")):
            return None
        sure = part["sep"] == ":" or part["half"] or _OF_THE_DAY.search(before) or _AFTER_CLOCK.match(after)
        sure = sure or (not before.strip() and not low[: clock.start()].strip())
        return int(part["m"]) if sure else None
    if part["h12"]:
        return int(part["m12"] or 0)
    if part["h24"]:
        year = part["h24"] in ("19", "20")
        told = part["hrs"] or (not year and (_OF_THE_DAY.search(before) or _AFTER_CLOCK.match(after)))
        return int(part["m24"]) if told else None
    if part["minutes"]:
        return _ROUND.get(part["minutes"], 1)
    return 0


_ROUND = {"half": 30, "quarter": 15}
