"""Earlier talks, and what only a few people can know."""

from reporting.coaching.kinds import Kind
from reporting.coaching.rule import Rule, phrase, words

_TOLD = (
    "told|rang|phoned|called|reported|emailed|e-mailed|wrote|written|spoke|spoken|contacted|"
    "complained|rung|informed|messaged|mentioned|sent|given|gave|raised|made|filled|submitted|tried"
)
_WHOM = (
    "one of|the|a|an|you|your|ya|yous|yous lot|it|this|these|that|101|999|crimestoppers|"
    "crime stoppers|housing|council|police|polis|school|social|pcso|pc|someone|somebody|my|our|all"
)

EARLIER = (
    Rule(
        Kind.EARLIER,
        phrase(
            rf"^(?:(?:i|we|ive|have|already|had|been|just|also|so|and|as|but|again|yes|hi|hello|"
            rf"as you know) ){{0,4}}(?:{_TOLD}) (?:(?:to|on to|about|in to|in|back|with|it|this|him|them|her|"
            rf"all this|up|off) ){{0,3}}?(?:{_WHOM})"
            r"(?=.{0,80}?\b(?:police|polis|you|your|yous|101|999|crimestoppers|stoppers|housing|council|"
            r"school|officers?|pcso|pc|copper|coppers|social services|before|already|twice|times?|last|again|"
            r"week|month|months|mp|councillor|landlord|warden|manager|association|nspcc|rspca|report|form|"
            r"statement|complaint|detective|inspector|station)\b)"
        ),
        frozenset(_TOLD.replace("e-mailed", "mailed").split("|")),
        phrase(r"(?:reported to (?:be|have)|called (?:the|a|an|him|them) (?!police|council|station|copper))"),
    ),
    Rule(
        Kind.EARLIER,
        phrase(
            r"(?:(?:second|third|2nd|3rd|fourth|4th|fifth|5th|umpteenth|another|last|first|previous|earlier|"
            r"only|one) (?:time|report|message|form|call|email|complaint|letter|statement)"
            r"[^.]{0,30}? (?:i|i've|ive|iv|we|we've|my|of telling|asking|of asking|telling|reporting|writing|"
            r"sending|filling|"
            r"filled|contacting|calling|ringing)|"
            r"^(?:this is |its |it is |it's )?(?:my|the|our|a)? ?(?:second|third|2nd|3rd|fourth|4th|"
            r"fifth) (?:report|message|form|call|email|complaint|letter)|"
            r"further to|follow(?:ing)? up|follow-up|followup|as (?:previously|already) \w+|as (?:reported|"
            r"mentioned|discussed|stated|said|explained|advised|told) (?:to|before|last|on the|in my|by phone|"
            r"earlier|already|in the|when)|"
            r"(?:crime|incident|log|case|report|reference|complaint) (?:number|ref|reference|no)(?:\b| is|:)|"
            r"ref\.? ?(?:no)?[ .:]*\d+|"
            r"(?:been|be|got|get|getting) in touch|already (?:told|reported|said|rang|phoned|called|spoken|"
            r"spoke|emailed|complained|given|gave|wrote|written|contacted|informed|made a)"
            r"(?=.{0,60}?\b(?:police|you|your|101|999|crimestoppers|housing|council|school|officers?|pcso|"
            r"copper|this|it|about|statement)\b)|"
            r"your (?:officers?|lot|colleagues?|team|pcso|pc|lady|copper|lad|desk|operator|"
            r"people)(?: \w+){0,2}? (?:came|told|spoke|said|visited|took|knocked|was told|were told|already|"
            r"has my|have my|have got my|wrote|rang|called|promised)|"
            r"(?:the|that|an?|one of your|one of the|one of yous) (?:officers?|pc|pcso|copper|policeman|"
            r"policewoman|detective|lady|woman|man|bobby|girl|community officer|cop)(?: \w+)? (?:who|that|"
            r"what|as|on the phone who) (?:came|called|visited|rang|took|answered|knocked|spoke|turned up|"
            r"attended))"
        ),
        words(
            "second third 2nd 3rd fourth 4th fifth 5th umpteenth another last first previous earlier only "
            "one further follow following followup as crime incident log case report reference complaint ref "
            "touch already your officer officers pc pcso copper policeman policewoman detective lady woman "
            "man bobby girl cop"
        ),
        phrase(
            r"(?:he|she|they|someone|somebody|others|has|gang|lads?|have been|been) already|(?:his|their|"
            r"her) (?:first|last|second|third|only|previous)"
        ),
    ),
)

_KNOW = (
    r"know|knows|knew|heard|saw|seen|witnessed|(?:was|were) (?:\w+ )?there|present|in the (?:room|car|"
    "house|know|shop|flat|van|kitchen|office)|has been told|have been told|aware|could (?:know|have)|"
    "would (?:know|have)"
)

FEW_KNOW = (
    Rule(
        Kind.FEW_KNOW,
        phrase(
            r"only (?:i|we|me|us) (?:know|knew|saw|heard|was|were|could|would|had|have)|(?:nobody|"
            r"no ?one) (?:there|in|about|around)"
            r" (?:but|except|apart from) (?:me|us)|(?:just|only) (?:me|us|the (?:two|three|four|five) of us)\b"
        ),
        words("only just nobody noone no"),
    ),
    Rule(
        Kind.FEW_KNOW,
        phrase(
            rf"(?:only|just) (?:me|i|us|we|my|her|his|the)?(?: ?(?:and|close|immediate|closest|very|a|other|in|"
            rf"inside))*[^.,]{{0,40}}? ?(?:of us|people|persons|others?|family|friends|few|handful|couple|me|"
            rf"members|relatives)(?! of them)[^.]{{0,25}}? (?:{_KNOW})"
        ),
        words("only just"),
        phrase(r"(?:of them|only (?:he|she|they) |their (?:friends|people|own)|people they)"),
    ),
    Rule(
        Kind.FEW_KNOW,
        phrase(
            rf"(?:nobody|no ?one|no-one|none|noone|no other (?:person|people|"
            rf"neighbour)) else[^.,]{{0,20}}? (?:{_KNOW})|(?:no ?one|nobody) else (?:was |is )?(?:about|around|"
            rf"was about)|"
            r"(?:not many|few|very few|hardly any|not a lot of)(?: people| folk| others| person)?(?: would|"
            r" will| could| else)? (?:know|knew|knows|are aware|heard|saw|seen)|hardly (?:anyone|"
            r"anybody)(?: else)? (?:know|knows|knew)|"
            r"(?:there )?(?:was|were|are|is) (?:only|just)(?: the)? (?:\w+) (?:of us|people|persons) (?:there|"
            r"in|about|at|who)|only (?:two|three|four|five|\d) (?:of us|people) (?:were|was|know|there|in)|"
            r"in (?:strict )?confidence|sworn to secrecy|told (?:nobody|no ?one|no-one) else|(?:hasn't|hasnt|"
            r"not|never) told (?:anyone|anybody|a soul)(?: \w+)? ?(?:but|else|except|apart)|keep it (?:secret|"
            r"between us)|"
            r"(?:will|'ll|would|going to|gonna|bound to|to|might|could|can|he'd|they'd) (?:all |soon |"
            r"straight away |then |instantly |immediately |easily |exactly |just )*(?:know|guess|work out|"
            r"figure out|realise|"
            r"find out|suspect)(?: straight away| exactly| right away| at once)? (?:it was|it came|it is|it's|"
            r"its|who (?:told|it|said|"
            r"grassed|has|gave|sent|wrote|reported)|where it came)|"
            r"(?:obvious|clear) (?:who|where) (?:told|it|said|grassed)|trace(?:d|able)? (?:it )?back to|"
            r"point(?:s|ed)? (?:straight )?back to|come(?:s)? back (?:on|to) (?:me|us)"
        ),
        words(
            "else nobody many few hardly lot only just confidence secrecy told secret know guess work figure "
            "realise find suspect obvious clear trace traced traceable point points pointed back"
        ),
        phrase(r"of them (?:know|were|was)|who (?:he|she|they) (?:is|are|was)"),
    ),
)
