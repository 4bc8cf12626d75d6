"""Work, school and years: how somebody comes to know, which few others can."""

from reporting.coaching.kinds import Kind
from reporting.coaching.rule import Rule, phrase, words

_ROLE = (
    "mother|father|mum|dad|parent|resident|tenant|neighbou?r|teacher|nurse|carer|driver|shopkeeper|"
    "cleaner|caretaker|postman|"
    "postie|doctor|gp|social worker|support worker|youth worker|volunteer|student|pupil|landlord|"
    "landlady|barmaid|barman|"
    "receptionist|employee|colleague|manager|victim|customer|regular|witness|pensioner|local|member|"
    "owner|coach|priest|imam|"
    "vicar|councillor|governor|housing officer|warden|concierge|security guard|paramedic|midwife|"
    "hairdresser|taxi driver|"
    "bus driver|delivery driver|courier|shop owner|business owner|dog walker|childminder|worker|"
    "leader|trustee|user|addict|"
    "widow|woman|wife|survivor|muslim|christian|veteran|friend|relative|"
    "teenager here|girl|homeowner|leaseholder|apprentice|trader|farmer|staff member|member of staff"
)
_FOLK = (
    "lads?|blokes?|man|men|woman|women|girls?|guys?|people|someone|somebody|drivers?|staff|boss|"
    "manager|supervisor|foreman|gaffer|bloke|fella|one|mate|colleague|apprentice|new lad|fitter|"
    "cleaner|chef"
)

WORK = (
    Rule(
        Kind.WORK,
        phrase(
            r"^(?:a )?(?:concerned |worried |very worried )?(?:mother|father|mum|dad|parent|gran|nan|"
            r"neighbour|resident|tenant|teacher|nurse|carer|worker) (?:here|of one of|of two of|of three of|"
            r"of (?:a|two|three) (?:child|pupil|girl|boy|teenager)|from (?:number|no|flat) \d)"
        ),
        words("mother father mum dad parent gran nan neighbour resident tenant teacher nurse carer worker"),
    ),
    Rule(
        Kind.WORK,
        phrase(
            r"(?:i|we|i've|ive|i used to|we used to) (?:\w+ )?(?:work|worked|teach|taught|deliver|volunteer|"
            r"clean|nurse|manage|"
            r"drive an?|run (?:the|a)|study|cut|fit|coach|care for)|"
            r"(?:my|our) (?:\w+ )?(?:work|job|boss|manager|gaffer|shift|shop|school|college|class|teacher|"
            r"colleagues?|"
            r"customers?|office|round|depot|firm|workmates?|year)|"
            rf"(?:i'm|im|i am|i was) (?:an?|the|his|her|their) (?:[\w-]+ ){{0,2}}?(?:{_ROLE})|"
            r"(?:i'm|im|i am|i was|we were) (?:on (?:shift|nights|earlies|lates|night shift)|in (?:year|his|"
            r"her|the same) |at work)"
        ),
        words("i we ive im my our"),
        after_turns=True,
    ),
    Rule(
        Kind.WORK,
        phrase(
            rf"(?:(?:{_FOLK}) (?:(?:here|down|over) )?(?:at|in|from|off) (?:the )?work(?! sign)|^(?:at|in|from|"
            rf"round) (?:my |the )?work,?|"
            r"(?:boss|manager|gaffer|foreman|supervisor|staff|tenants|residents|patients|pupils|students|"
            r"teachers|lads|warden|landlord) here|"
            r"(?:a|another|old|former|ex) (?:work ?mate|colleague|workmate)|(?:staff ?room|break room|"
            r"canteen) (?:says|talk|know|knows)|"
            r"(?:at|in) work (?:everyone|everybody|we|today|yesterday|last week))"
        ),
        words("work here workmate colleague staffroom staff break canteen mate"),
        phrase(r"(?:men at work|(?:his|her|their) (?:work ?mates?|colleagues?))"),
    ),
    Rule(
        Kind.WORK,
        phrase(
            r"^(?:just |only just |having |been |having just )*(?:finished|come off|came off|coming off|"
            r"working|doing|on|off|after) (?:a |the |me |an )?"
            r"(?:nights?|earlies|lates|late shift|night shift|early shift|day shift|shift|work|double)"
        ),
        words("nights night earlies lates shift work double"),
    ),
    Rule(
        Kind.WORK,
        phrase(
            rf"(?:^|(?:speaking|talking|writing|coming) )(?:as|being) (?:an?|the|his|her|their|one of(?: the|"
            rf" his| her| their)?)(?: [\w'-]{{1,14}}){{0,3}}? (?:{_ROLE})s?(?=,|\s| $|\.)"
        ),
        words("as being"),
        phrase(r"^(?:as|being) [^,]{1,50}?,? (?:he|she|they) "),
    ),
)

TENURE = (
    Rule(
        Kind.TENURE,
        phrase(
            r"^(?:over |nearly |about |after |for )?[\w-]+ (?:years?|yrs?|months?) (?:on|in|at|living|next|"
            r"here|of living|as a) (?:this|these|the same|next|here|on|in|near|neighbou?r|tenant|resident)"
        ),
        words("years year yrs yr months month"),
    ),
    Rule(
        Kind.TENURE,
        phrase(
            r"(?:i've|ive|i have|we've|weve|we have|i|im|i'm|i am) (?:\w+ )?(?:known|knew) (?:him|her|them|"
            r"the|his|this)|"
            r"(?:lived|been|worked|rented) (?:here|there|on|in|at|next door)[^.]{0,30}? (?:years?|yrs?|"
            r"months?|weeks|life|since \w+)|"
            r"all my life|my whole life|(?:i|we) (?:\w+ )?moved (?:in|here)"
        ),
        words("i ive we weve im lived been worked rented my"),
        phrase(
            r"(?:he|she|they|he's|she's|they've|has|who have|family have|gang have|it's|its|"
            r"it has) (?:\w+ )?(?:lived|been|worked|rented)"
        ),
    ),
    Rule(
        Kind.TENURE,
        phrase(
            r"^(?:(?:i|have|has|has been|only|just|only just|we|and|but|so|being|having) )*(?:been|lived|"
            r"living|worked|rented|renting|known|married|neighbou?rs|mates|friends|moved|resident|tenant|"
            r"owned) "
            r"(?:here|on this|in this|in these|on the same|in the same|next|opposite|above|below|him|her|them|"
            r"the family|the lads?|his|their|neighbou?rs|with|for (?:\w+ )?\w+ years|round here|a "
            r"(?:tenant|resident|neighbour|customer|regular|member|driver|nurse|teacher|volunteer)|at this|"
            r"to this|into this|in to|near)(?! (?:by|as))"
        ),
        frozenset(
            [
                "been",
                "lived",
                "living",
                "worked",
                "rented",
                "renting",
                "known",
                "married",
                "neighbours",
                "neighbors",
                "mates",
                "friends",
                "moved",
                "resident",
                "tenant",
                "owned",
                "neighbour",
            ]
        ),
    ),
    Rule(
        Kind.TENURE,
        phrase(
            r"(?:born (?:and|n|&) (?:bred|raised)|(?:longest|oldest)(?:[ -](?:standing|serving))? (?:resident|"
            r"tenant|member|worker|employee)|life ?long (?:resident|friend|tenant|customer|member)|"
            r"(?:since|before|until) (?:i|we) (?:moved|started|came|got|took|joined|bought|retired|left)"
            r"(?! (?:home|back|in from|off|up|out)\b)|"
            r"when (?:i|we) (?:moved|first came|came here|joined|bought|retired)|"
            r"(?:\d+|\w+) ?(?:years?|yrs?|months?) (?:i've|ive|i have|we've|weve|we have) (?:lived|worked|been))"
        ),
        frozenset(
            [
                "born",
                "longest",
                "oldest",
                "lifelong",
                "life",
                "since",
                "when",
                "before",
                "until",
                "years",
                "year",
                "yrs",
                "yr",
                "months",
                "month",
            ]
        ),
        phrase(r"(?:he|she|they)(?:'s| is| are|'re| was| were)? born"),
    ),
)
