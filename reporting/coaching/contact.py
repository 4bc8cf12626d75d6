"""Phone numbers, addresses and names by which the writer could be reached. Shapes are the same in every language.

Most numbers in a report are a suspect's, and the police need those: a number is marked only where nothing says that it
is theirs.
"""

import re

from reporting.coaching.kinds import Kind
from reporting.coaching.rule import Rule, Rules, phrase, words

_PHONE = re.compile(r"(?<![\w+])(?:(?:\+|00)\d{1,3}|\(?0)(?:[ ().-]{0,2}\d){8,11}(?![\d\w])")
_EMAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{2,63}){1,4}")
_POSTCODE = re.compile(r"(?<!\w)[a-z]{1,2}\d[a-z\d]? ?\d[a-z]{2}(?!\w)")
_THEIRS = re.compile(
    r"\b(?:his|her|hers|their|theirs|he|she|he's|she's|hes|shes|they|them|they're|theyre|him|"
    r"the dealer|dealers?|dealer's|gang|suspects?|boss|burner|punters?|customers?|order|orders|"
    r"deliver\w*|drops? (?:it )?off|turns? up|white|brown|menu|weed|coke|gear|ticket|rocks|crack|"
    r"drugs?|scam\w*|fraud\w*|advert\w*|website|site|sells?|selling|people ring|people call|deals?|"
    r"dealing|line|supplier|"
    r"the (?:number|line|phone|email|page|account|man|lad|bloke|shop|van|escort|girls?)|county|sim|"
    r"phones|account|invoice\w*|refunds?|brothel|massage|escorts?|registered|owner|fake|used (?:by|"
    r"to)|the other|"
    r"dave|man's|lad's|company|business|office|suspect's|ad|posts?)\b"
)
_DIGITS = frozenset("0123456789")
_OUR_WORDS = words("my me mine i im us ours our ive")

SAID = Rules(
    [
        Rule(
            Kind.CONTACT,
            phrase(
                r"(?:(?:ring|call|phone|text|email|e-mail|message|msg|dm|whatsapp|contact|reach|get|find|add|"
                r"follow|pm|inbox|facetime|write to|get hold of|get back to|reply to|come and see|visit|meet|"
                r"knock for|hmu|hit|snap) (?:to )?(?:me|us)(?: up| on| at| back| any| after| before|"
                r" in)?(?! (?:old|paranoid|stupid|cynical|crazy|mad|naive|a liar|names|what you|to (?:hold|carry|"
                r"sell|hide|say|help|drop|pick|come|ask|tell|demand|see)|names|a |"
                r"the |all|every|and (?:said|says|told|asks|ask)))|"
                r"(?:my|our) (?:number|mobile|mob|phone(?: number| no)?|tel|email|e-mail|insta|snap|snapchat|"
                r"facebook|fb|whatsapp|telegram|tiktok|handle|address|postcode|post code|door number|flat number|"
                r"house number|name|contact details|surname|initials|twitter|user ?name|dob|date of birth)(?:'s|"
                r" is| are| being|:| =| on| number)|"
                r"(?:my name's|my names|i am called|i'm called|im called|hmu|hit me up|signed(?:,| by)|"
                r"yours (?:sincerely|faithfully|truly)|(?:kind|best|warm) (?:regards|wishes)))"
            ),
            frozenset(
                ["me", "us", "my", "our", "called", "hmu", "signed", "yours", "regards", "wishes", "hit", "names"]
            ),
        )
    ]
)
_SIGNED = re.compile(
    r"^\W{0,3}(?i:(?:many\s)?thanks(?:\sagain|\sin\sadvance)?|thank\syou|cheers|regards|(?:kind|best|"
    r"warm)\s(?:regards|wishes)|yours(?:\s\w+)?|sincerely|respectfully|ta|signed|love|from|god\sbless|"
    r"take\scare)"
    r"[\s,–—-]+(?i:a\s[\w\s]{2,25},\s)?(?P<name>(?:[A-Z]\.?\s)?[A-Z][a-z'’]+(?:\s[A-Z][a-z'’]*\.?){0,2})\W{0,3}(?:x+\W{0,2})?(?:\(.{3,40}\))?$"
)
_HERE_IS = re.compile(
    r"^\W{0,3}(?:(?:hi|hiya|hello|ello|alright)[,!]?\s)?(?:this\sis|it\sis|its|it's)\s(?!the\b|a\b|"
    r"an\b|all\b|about\b|coming\b|been\b|not\b|just\b|in\b|at\b|on\b|by\b|well\b|now\b|only\b|"
    r"always\b|everyone\b|from\b|over\b|under\b|right\b|near\b|done\b|sold\b|mostly\b|kept\b|hidden\b|"
    r"outside\b|inside\b|down\b|up\b|behind\b|his\b|her\b|their\b)"
    r"(?P<name>[a-z'-]{2,15}(?:\s[a-z'-]{2,15})?)\s(?:here\b|btw\b|speaking\b|from\s(?:the\s|no\s|"
    r"number\s|flat\s)?[\w\s]{1,30}$|from\s(?:the\s|no\s|number\s|flat\s)?[\w\s]{1,30}\.$)"
)
_ASKED_TO = re.compile(
    r"\W{0,3}(?:(?:please|pls|plz|you can|u can|best to|can you|only)\s){0,2}(?:ring|call|phone|text|"
    r"email|write|message)\s"
    r"(?:after|before|between|any\s?time|on\sthe\s(?:landline|mobile)|back|at\swork|at\shome|only)\b"
)
_DOES_WRONG = re.compile(
    r"\b(?:who|that|selling|sells|deals|dealing|comes|came|brings|bought|got|gets|stolen|taken|grown)\b"
)
_VISITING_CARD = re.compile(
    r"^\W{0,3}(?i:mr|mrs|ms|miss|dr)\.?\s(?:[A-Z]\.?\s)?[A-Z][a-z'’]+,\s(?:flat\s)?\d{1,4}\w?,?\s[\w\s,]{3,60}\.?$|"
    r"(?i:\b(?:the\s)?name(?:'s|\sis|:)\s)(?P<own>[A-Z][a-z]+)\W{0,2}$"
)


def contact(written: str, low: str, spoken: str, said: frozenset[str]) -> re.Match[str] | None:
    """The words by which the writer could be reached or named, if there are any.

    `spoken` is `low` without what is quoted.
    """
    for rule in SAID.about(said):
        found = rule.found(spoken)
        if found is not None:
            return found
    ours = not _OUR_WORDS.isdisjoint(said)
    digits = not _DIGITS.isdisjoint(low)
    reached = (_PHONE.search(low) if digits else None) or (_EMAIL.search(low) if "@" in low else None)
    if reached is not None and (ours or not _THEIRS.search(low)):
        return reached
    postcode = _POSTCODE.search(low) if ours and digits else None
    signed = _SIGNED.search(written) or _VISITING_CARD.search(written)
    if postcode is not None or signed is not None:
        return postcode or signed
    after = _ASKED_TO.match(low)
    if after is not None and not _THEIRS.search(low):
        return after
    here = _HERE_IS.search(low)
    return here if here is not None and not _DOES_WRONG.search(low) else None


def bare_contact(low: str) -> re.Match[str] | None:
    """A phone number, an e-mail address or a postcode, in a sentence whose words nothing here understands."""
    return _PHONE.search(low) or (_EMAIL.search(low) if "@" in low else None) or _POSTCODE.search(low)
