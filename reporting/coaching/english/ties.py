"""Family, friends, and the house you live in: what says whose relation or whose neighbour the writer is."""

from reporting.coaching.kinds import Kind
from reporting.coaching.rule import Rule, phrase, words

KIN = (
    "mum|mums|mam|mams|mom|mother|mummy|mammy|ma|dad|da|daddy|father|parents?|sons?|daughters?|"
    "dauters?|brothers?|bro|bros|"
    "sisters?|sis|nan|nans|nana|nanna|nanny|gran|grans|granny|grandma|grandmother|grandad|granddad|"
    "grandpa|grandfather|"
    "grandsons?|granddaughters?|grandaughters?|grandkids?|grandchild(?:ren)?|grandparents|uncles?|"
    "aunts?|aunties?|aunty|"
    "cousins?|cuz|nieces?|nephews?|husband|hubby|wife|missus|mrs|misses|partner|boyfriend|bf|"
    "girlfriend|gf|fiancee?|ex|exes|"
    "kids?|lads?|lasse?s?|lassie|child|children|bairns?|weans?|wain|little one|baby|bab|family|"
    "step ?(?:son|dad|mum|daughter|"
    "brother|sister|father|mother|kids)|mates?|matey|friends?|bestie|besties|pals?|mucker|marra|"
    "neighbou?rs?|flatmates?|"
    "housemates?|roommate|landlord|landlady|god(?:son|mother|father|daughter)|twin|old man|old lady|"
    "other half|in-?laws?|"
    "(?:mother|father|sister|brother|son|daughter)s?[ -]in[ -]law|carer|relatives?|relations?|"
    "girls?|boys?|babysitter|childminder|social worker|support worker|youth worker|key worker|probation officer"
)
_OLDER = "mum|mam|mom|nan|nana|nanna|gran|grandma|granny|dad|grandad|granddad|mummy|daddy|grandpa"
_DOES = (
    "says|said|told|tells|saw|seen|heard|hears|reckons|thinks|works|cleans|won't|wont|rang|lent|warned|caught|begged|"
    "went mad|found out|came home|noticed|knew|knows him|knows them|knows her|knows his|used to|"
    "and me|and i|never lets"
)
_SIDE = (
    "lads?|man|men|woman|women|fella|fellas|bloke|blokes|guys?|couple|family|people|neighbou?rs?|lot|"
    "girls?|tenants?|students|him|her|them|those|house|flat|one|kids?|bird|bird|chap|geezer|dealer|"
    "old boy|crew"
)
_GOES_ON = (
    "is|are|has|have|hav|got|was|were|had|keeps?|who|that|with|and|deals?|sells?|smokes?|shouts?|"
    "gets?|got|always|never|started|'s|bangs?|plays?|fights?|argues?|hits?|beats?"
)
_HEARS = (
    "hear|heard|hears|hearing|sounds?|noise|smell|smells|comes?|coming|came|voices|music|shouts?|"
    "shouting|banging|listen|screams?|screaming|counting|bass|arguing|argue|rows|crying|cries|"
    "fighting|talking|talk"
)

KINSHIP = (
    Rule(
        Kind.KINSHIP,
        phrase(
            r"(?:he's|hes|she's|shes|they're|theyre|he is|she is|they are|we are|we're|i'm|im|i am) (?:\w+ )?"
            r"(?:family|related|my blood)(?= to (?:me|us|him|her|them)|\s?$|[,.!;]| (?:and|but|so)\b)"
        ),
        words("family related blood"),
    ),
    Rule(
        Kind.KINSHIP,
        phrase(
            rf"(?:my|me|mi|ma|mah|our|wor|us|oor|these|both my|"
            rf"all my)(?: [\w'-]{{1,14}}){{0,3}}? (?:{KIN})(?:'s|'|s)?"
        ),
        words("my me mi ma mah our wor us oor"),
        after_turns=True,
    ),
    Rule(
        Kind.KINSHIP,
        phrase(r"(?:our|r|ar|are|wor|oor) (?:kid|lass|lad|bairn)"),
        words("kid lass lad bairn"),
    ),
    Rule(
        Kind.KINSHIP,
        phrase(rf"(?:(?:told|tell|ask|asked|with|like) (?:{_OLDER})(?! (?:and|to|is|are|of)\b))"),
        frozenset(_OLDER.split("|")),
    ),
    Rule(
        Kind.KINSHIP,
        phrase(r"(?:her|him) indoors|(?:the|told the) (?:missus|other half)|told the wife"),
        words("indoors missus other wife"),
    ),
    Rule(
        Kind.KINSHIP,
        phrase(
            r"the (?:wife|hubby|kids|bairns|weans|mrs) (?:is scared|was scared|are scared|saw|seen|heard|told|"
            r"says|said|reckons|"
            r"won't|wont|and (?:i|me)|noticed|woke|can't|cant|wants us|knows (?:him|them|her)|is terrified|"
            r"are terrified)"
        ),
        words("wife hubby kids bairns weans mrs"),
    ),
    Rule(
        Kind.KINSHIP,
        phrase(
            rf"(?:^|(?:speaking|talking|writing|coming from) )(?:as|being) (?:his|her|their|an?|"
            rf"the)(?: [\w'-]{{1,14}}){{0,3}}? (?:{KIN})(?=,|\s?$|\.| i\b| we\b)"
        ),
        words("as being"),
    ),
    Rule(
        Kind.KINSHIP,
        phrase(
            rf"(?:^|[,;] |(?:and|but|because|cos|coz|so|when|if|that|even|only|poor|since|after|until|"
            rf"what) )(?:{_OLDER}) (?:{_DOES})"
        ),
        frozenset(_OLDER.split("|")),
    ),
)

HOME = (
    Rule(
        Kind.HOME,
        phrase(
            r"from (?:the |an |a |upstairs |kitchen |front |back |bedroom |bathroom |landing |living |"
            r"sitting |room |spare |"
            r"top )+(?:windows?|balcony|garden|bedroom|landing|kitchen|doorstep),? (?:you|we|i|u|one) (?:can|"
            r"could|get)|"
            r"from (?:up |down |over )?here,? (?:you|we|i|u) can|(?:see|hear|heard|saw|"
            r"watch)[^.]{0,30} from (?:up |down )?here|"
            r"^(?:(?:on|in|at) the )?same (?:landing|block|stairwell|floor|street|road|hostel|building|class|"
            r"school|year|team|"
            r"gym|church|mosque|yard|office|shift|bus|hallway|corridor|close)|doors? facing theirs|facing their door"
        ),
        words("from same facing"),
        phrase(r"(?:he|she|they|lookouts?) (?:can |could )?(?:watch|watches|see|sees|keep|keeps)"),
    ),
    Rule(
        Kind.HOME,
        phrase(
            r"(?:i|we|i've|ive|we've) (?:\w+ ){0,2}?(?:live|lived|rent|moved in|share a)|"
            r"(?:my|our|me(?= (?:house|flat|window|garden|drive))) (?:\w+ ){0,2}?(?:house|flat|window|windows|"
            r"bedroom|garden|gardens|door|drive|street|road|block|"
            r"landing|stairwell|balcony|ceiling|floor|kitchen|fence|hallway|building|loft|yard|gate|close|row|"
            r"wall|walls)|"
            r"(?:next to|opposite|behind|above|below|outside|near|from|across from|beside|under|over) (?:me|"
            r"us|mine|ours)"
        ),
        words("i we ive me us my our mine ours"),
        after_turns=True,
    ),
    Rule(
        Kind.HOME,
        phrase(r"(?:next ?door|next-door)(?! to (?!me\b|us\b|mine\b|ours\b|my\b|our\b|where))(?!'s? to)"),
        words("next nextdoor"),
        phrase(
            r"(?:(?:shop|unit|building|garage|pub|cafe|takeaway|school|church|place|salon|office|warehouse|"
            r"yard|car ?park|lock ?up|club|"
            r"bar|gym|barbers?|land|plot|field|factory|bookies|hotel) next door|(?:his|her|their|its|\w+'s|"
            r"the \w+s|whose) next[ -]door)"
        ),
    ),
    Rule(
        Kind.HOME,
        phrase(
            rf"(?:{_SIDE})(?: (?:from|who lives?|living|that lives?|in the flat|in flat \w+|directly|"
            rf"just))* (?:upstairs|downstairs|above|below|underneath|opposite|"
            rf"(?:over|across|down) the (?:road|street|way|landing|hall|hallway|corridor))"
            rf"(?=\s?$|[,.!?;:]|'s| (?:{_GOES_ON})\b| from (?:me|us|mine|ours)\b)"
        ),
        words("upstairs downstairs above below underneath opposite over across down"),
        phrase(r"(?:shop|pub|church|from the|unit|garage|bar|club|office|bookies|takeaway|restaurant|park)"),
    ),
    Rule(
        Kind.HOME,
        phrase(
            r"^(?:him |her |them )?(?:upstairs|downstairs|opposite|over the road|across the road|"
            r"across the landing) (?:are|is|have|has|keep|keeps|had|got)"
        ),
        words("upstairs downstairs opposite road landing"),
    ),
    Rule(
        Kind.HOME,
        phrase(
            rf"(?:{_HEARS})[^.]{{0,60}}? (?:through|thru|thro|threw|via) (?:the |these |both |paper |thin |"
            rf"adjoining |party )*(?:walls?|ceiling|floor|floors|floorboards|pipes|loft)|"
            rf"(?:through|thru|thro) (?:the |these |paper |thin |adjoining |party )*(?:walls?|ceiling|floor|"
            rf"floorboards|loft)[^.]{{0,60}}? (?:{_HEARS})|"
            r"(?:party|adjoining|joining|shared|dividing) wall|walls? (?:is|are|r) (?:so |very |really |dead |"
            r"that |like |paper )*(?:thin|paper)|(?:wafer|paper)[ -]thin"
        ),
        words("through thru thro threw via party adjoining joining shared dividing wall walls wafer paper"),
    ),
    Rule(
        Kind.HOME,
        phrase(
            r"(?:see|saw|seen|watch|watched|watching|hear|heard|view|visible|spot|spotted|filmed|looking|look|"
            r"looked|clocked|noticed|witnessed)(?: [\w']{1,14}){0,6}? "
            r"(?:from|out of|out|through|behind|thru) (?:the |an |a |upstairs |kitchen |front |back |bedroom |"
            r"bathroom |landing |living |sitting |net |room |spare |top )+"
            r"(?:windows?|balcony|garden|bedroom|landing|curtains?|blinds|nets|peep ?hole|spy ?hole|kitchen|"
            r"doorstep|veranda|bathroom|room|flat)"
        ),
        words(
            "windows window balcony garden bedroom landing curtain curtains blinds nets peephole spyhole "
            "peep spy kitchen doorstep veranda bathroom room flat"
        ),
        phrase(
            r"(?:he|she|they|who|lookouts?|kids|lads|dealers?|men|gang|people) (?:\w+ )?(?:watch|watches|"
            r"watched|watching|look|looks|looking|keep|keeps|see|sees|can see)"
        ),
    ),
    Rule(
        Kind.HOME,
        phrase(
            r"^(?:the )?(?:back |front |spare |kids )?(?:bedroom|kitchen|balcony|bathroom|living room|"
            r"landing)(?: window)? (?:overlooks?|looks?|faces?|backs?)"
        ),
        words("overlook overlooks look looks face faces back backs"),
    ),
    Rule(
        Kind.HOME,
        phrase(
            r"^(?:(?:have|ive|got|have got|caught|all|recorded|filmed|captured) )+(?:it |him |them |her |"
            r"this |footage |video |clips? |a video |photos? |pics |pictures |everything |all |of it |of him |"
            r"of them )*(?:on|off|from|of) "
            r"(?:the |a )?(?:ring|door ?bell|dash ?cam|cctv|camera|phone|it|him|them|video|film)|"
            r"(?:can|could|will|happy to|able to) (?:send|show|share|give|provide|supply|"
            r"hand over)(?: you)?(?: \w+){0,3} (?:footage|video|videos|photos|pics|pictures|recordings?|cctv|"
            r"clips?)"
        ),
        words(
            "ring doorbell bell cam dashcam cctv camera phone it him them video film footage videos photos "
            "pics pictures recording recordings clip clips"
        ),
    ),
)
