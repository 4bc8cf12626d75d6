"""What tells a teller from a threat: who told me something, who told me to do it, and where to ring the teller back."""

import re

from triage.linking.ordinary import KIN
from triage.linking.spotting.text import Text

_REACH = 12  # words
# To do something, unless it is to tell the police.
_TO_DO = re.compile(
    r"(?:(?:not|never) to\b"
    r"|to\b(?! (?:ring|report|call|phone|contact|write|inform|email|message|tell|speak|talk|get in touch|fill this"
    r"|use this|let you)\b)"
    r"|to (?:ring|call|phone|contact|write|email|message|tell|speak to|talk to) (?:him|her|them|his|nobody|no)\b)"
)
_ORDERED = re.compile(
    r"(?:me|us|my(?: [a-z]+){1,2})(?: all| both)?(?: (?:last|this|every) [a-z]+| yesterday| today| again| up)*"
    r"(?: and| then| that| so)*(?: (?:he|she|they))?(?:"
    rf" {_TO_DO.pattern}"
    # Told what would come of it, or what is owed.
    r"| i (?:owe|owed|had to|have to|must|better|had better|would|will|ll|am dead|was dead)\b| (?:id|ill|im dead)\b"
    r"| (?:would|will|was going to|is going to|gonna|hed|hell|theyd|theyll|shed) (?:[a-z]+ )?"
    r"(?:kill|burn|hurt|stab|shoot|smash|break|cut|batter|beat|bury|come for|get me|get us|do me|petrol|torch)"
    # Phoned and threatened.
    r"| (?:threaten[a-z]*|demand[a-z]*|offer[a-z]*|shout[a-z]*|scream[a-z]*|swore|abus[a-z]*|tried to sell"
    r"|want[a-z]* (?:money|paying)|ask[a-z]* for (?:[a-z]+ ){0,2}(?:money|cash|drugs|payment)))"
)
_BACK = (
    r"(?: (?:a )?(?:ring|call|bell|text|txt|message|msg|buzz|shout|line))?"
    r"(?: (?:back|please|pls|plz|anytime|any|time|direct|directly|later|now|today|tonight|(?:after|before|from)"
    r" [0-9]{1,4}(?:am|pm)?|am|pm|if|you|need|more|confidentially|safely|by phone|by text))*"
)
_PHONE = (
    r"(?:own |new |work |home |personal )?"
    r"(?:mobile|mob|phone|number|no|num|cell|tel|telephone|landline|contact)(?: number| no)?"
)
_WHERE_FROM = re.compile(
    r"(?<= )(?:who )?(?:lives |living |is |works )?(?:from |at |in |just )?(?:"
    r"next door(?: but one| to (?:me|us))?|(?:over|across|down|up|along|round|opposite)(?: from)?(?: the| my| our)?"
    r" (?:road|street|way|corner|lane|close|hall|landing|here|us|me)|opposite|upstairs|downstairs|above|below"
    r"|(?:no|number|flat) [0-9]{1,4}[a-z]?|work|church|school|bingo|"
    r"(?:the|my|our) (?:shop|pub|chippy|school|church|mosque|gym|club|street|road|block|bookies|corner shop|same road)"
    r"|(?:my|our|a|the|his|her) (?:good |old |best )?(?:neighbou?r|mate|friend|pal|landlord|landlady|postman))$"
)
_RING = "ring|call|phone|text|txt|message|contact|reach|whatsapp|telephone"
_MINE = re.compile(
    rf"(?:.* )?(?P<verb>[a-z]+) (?:me|us){_BACK} (?:on|at|via)(?: (?:my|this) {_PHONE})?"
    rf"|(?:.* )?(?P<ring>{_RING}) (?:me|us){_BACK}"
    rf"|(?:(?:.* )?(?:{_RING}|and|so|but|please|its|it|thats|thanks|at|via) )?"
    rf"(?:my|our)(?: (?:{'|'.join(sorted(KIN))}))? {_PHONE}(?: is| was)?"
    r"|(?:.* )?(?:i am|im|we are|i can be reached|i can be contacted)(?: available)? (?:on|at)"
)
_MINE_AFTER = re.compile(rf"(?:is|thats|that is) (?:my|our) {_PHONE}\b")
_OF_OTHERS = re.compile(r"[a-z]+(?:s|ed)|[a-z]{3,}ing|rang|rung|sent|to|from|off|by|with")  # he rings me on
_OTHERS = {"he", "she", "they", "who", "hes", "shes"}


def makes_demands(text: Text, told: int) -> bool:
    """Whether whoever `told me`, or phoned, goes on to order or threaten: then they are meant, and no teller."""
    return bool(_ORDERED.match(" ".join(text.after(told, _REACH))))


def orders(words: list[str]) -> bool:
    """Whether these words go on to tell somebody to do something other than to tell the police."""
    return bool(_TO_DO.match(" ".join(words)))


def where_from(text: Text, told: int) -> int:
    """How many words before `told` only say where its teller is from: `Kyle from next door`, `Sue over the road`."""
    match = _WHERE_FROM.search(" ".join(text.before(told, 8)[::-1]))
    return len(match.group().split()) if match else 0


def is_tellers_number(text: Text, first: int, last: int) -> bool:
    """Whether the words beside a number say that it is the teller's own: `ring me on`, `my number is`."""
    if _MINE_AFTER.match(" ".join(text.after(last, 6))):
        return True
    words = text.before(first, _REACH)[::-1]
    clause = next((at for at in range(len(words) - 1, 0, -1) if text.listed[first - len(words) + at]), 0)
    return any(_is_mine(some) for some in (words, words[clause:]))


def _is_mine(words: list[str]) -> bool:
    match = _MINE.fullmatch(" ".join(words))
    verb = match and (match["verb"] or match["ring"])
    if match is None or not verb:
        return match is not None
    before = match.string[: match.start("verb" if match["verb"] else "ring")].split()[-2:]
    return not (_OF_OTHERS.fullmatch(verb) or _OTHERS.intersection(before))
