"""The words that speak for reading a report sooner, in English; each is a pattern for whole words, whatever the case.

They lean towards finding too much: a false alarm costs a minute's reading and shows its words, a missed one may cost
more. Officers' own lists, and other languages, are for a later issue.
"""

from enum import StrEnum


class Signal(StrEnum):
    """What a word in a report may point at, the gravest first. The text is what the officer reads."""

    THREAT_TO_LIFE = "threat to life"
    FIREARMS = "firearms"
    HELD = "somebody held or trafficked"
    CHILD = "a child"
    BLADES = "knives, acid or fire"
    VIOLENCE = "violence"
    EXPLOITATION = "exploitation"
    IMMINENT = "about to happen"


_DAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
_THEM = r"(?:him|her|them|us|me|you)"
_THEIR = r"(?:his|her|their|my|our)"

WORDS: dict[Signal, tuple[str, ...]] = {
    Signal.THREAT_TO_LIFE: (
        r"kill(?:s|ed|ing)?",
        r"murder\w*",
        r"(?:going|gonna|gunna|want(?:s|ed)?)\s+(?:to\s+)?(?:die|shoot|stab)",
        r"(?:be|are|is|get|got|[a-z]+['’]s)\s+dead",
        r"dead\s+(?:by|man|if)",
        r"hit\s?m[ae]n",
        r"contract\s+(?:on|out)",
        r"overdos\w*",
        r"suicid\w*",
        r"not\s+breathing",
        r"bleeding",
        r"unconscious",
        r"tortur\w*",
        r"bomb(?:s|ed|ing|ings|ers?)?",
        r"grenades?",
        r"explosives?",
        "💣",
    ),
    Signal.FIREARMS: (
        r"guns?",
        r"gunn*z",
        r"gunm[ae]n",
        r"gun\s?shots?",
        r"firearms?",
        r"shooters?",
        r"shootings?",
        r"shot\s+at",
        r"shoot",
        r"pistols?",
        r"rifles?",
        r"shotguns?",
        r"sawn[\s-]?off",
        r"handguns?",
        r"revolvers?",
        r"glocks?",
        r"ammo",
        r"ammunition",
        r"bullets?",
        "🔫",
    ),
    Signal.HELD: (
        r"locked\s+(?:in|up)",
        rf"lock(?:s|ed)?\s+{_THEM}\s+(?:in|up)",
        r"held\s+(?:against|captive|hostage|prisoner|there)",
        r"hostages?",
        r"kidnap\w*",
        r"(?:cannot|can['’]?t|not\s+allowed\s+to)\s+(?:leave|go\s+out|get\s+out)",
        rf"won['’]?t\s+let\s+{_THEM}\s+(?:leave|go|out)",
        r"traffick\w*",
        r"slave\w*",
        rf"(?:took|takes|has|have|keeps?)\s+{_THEIR}\s+passports?",
        r"passports?\s+(?:taken|kept)",
        r"padlocks?\s+on\s+the\s+outside",
        r"bars?\s+on\s+the\s+(?:inside|windows?)",
    ),
    Signal.CHILD: (
        r"child(?:ren)?",
        r"kids?",
        r"(?:little|young|small|school)[\s-]?(?:girl|boy|lad|lass|one)s?",
        r"(?:school)?(?:boys?|girls?)",
        r"school\s?(?:kids?|children)",
        r"underage",
        r"teenagers?",
        r"groom(?:ed|ing|s|ers?)",
        r"county\s+lines?",
        r"(?:1[0-7]|[5-9])\s?-?\s?(?:years?|yrs?|yo|y/o)(?:[\s-]?olds?)?",
        r"(?:about|only|maybe|aged?)\s+(?:1[0-7]|[5-9])",
        r"bab(?:y|ies)",
        r"toddlers?",
    ),
    Signal.BLADES: (
        r"kni(?:fe|ves|fed)",
        r"machetes?",
        r"stab(?:s|bed|bing|bings)?",
        r"blades?",
        r"acid",
        r"axes?",
        r"swords?",
        r"set\s+(?:\w+\s+){0,2}(?:alight|on\s+fire)",
        r"set\s+fire",
        r"arson\w*",
        r"petrol\s+(?:bomb\w*|through)",
        rf"burn(?:ed|t)?\s+(?:{_THEIR}\s+|the\s+)?(?:houses?|cars?|flats?|out|down)",
        "🔪",
        "🗡",
    ),
    Signal.VIOLENCE: (
        rf"beat(?:s|en|ing)?\s+(?:up|{_THEM})",
        r"beaten",
        r"batter(?:s|ed|ing)",
        r"attack(?:s|ed|ing)?",
        r"threat(?:s|en\w*)?",
        r"rap(?:e|ed|es|ing|ists?)",
        r"assault\w*",
        rf"smash(?:ed|es|ing)?\s+(?:up|in|{_THEIR})",
        r"bruis\w*",
        r"black\s+eye",
        r"scream(?:s|ed|ing)",
        r"punch\w*",
        r"violen\w*",
        r"revenge",
        rf"get(?:ting)?\s+{_THEM}\s+back",
        r"by\s+the\s+(?:back\s+of\s+the\s+)?(?:neck|throat)",
    ),
    Signal.EXPLOITATION: (
        r"cuckoo\w*",
        r"tak(?:en|ing)\s+over\s+(?:\w+\s+)?(?:flat|house|home)",
        rf"(?:put|thrown|kicked|forced)\s+out\s+of\s+{_THEIR}\s+own",
        r"bank\s+card",
        r"vulnerable",
        r"learning\s+disabilit\w*",
        r"exploit\w*",
        rf"forc(?:ed?|es|ing)\s+(?:{_THEM}\s+)?(?:to|into)",
        r"made\s+to\s+(?:work|sell|carry)",
        r"debts?",
        rf"owes?\s+(?:{_THEM}|money)",
        r"brothels?",
        r"prostitut\w*",
        r"pimps?",
        r"terrified",
        r"different\s+men",
    ),
    Signal.IMMINENT: (
        r"ton(?:ight|ite)",
        r"2n(?:ight|ite)",
        r"today",
        r"tomorrow",
        r"tmrw?",
        r"tomoz",
        r"2moro",
        rf"this\s+(?:afternoon|evening|weekend|week|{_DAY})",
        r"right\s+now",
        r"any\s+(?:minute|moment|day)\s+now",
        r"about\s+to",
        rf"(?:on|next)\s+{_DAY}",
        r"next\s+week",
    ),
}
