"""Work, school, years, earlier talks and secrets: how somebody comes to know, which few others can."""

from reporting.coaching.kinds import Kind
from reporting.coaching.rule import Rule, phrase

_ROLE = (
    "mother|father|mum|dad|parent|resident|tenant|neighbou?r|teacher|nurse|carer|driver|shopkeeper|cleaner|caretaker|postman|"
    "postie|doctor|gp|social worker|support worker|youth worker|volunteer|student|pupil|landlord|landlady|barmaid|barman|"
    "receptionist|employee|colleague|manager|victim|customer|regular|witness|pensioner|local|member|owner|coach|priest|imam|"
    "vicar|councillor|governor|housing officer|warden|concierge|security guard|paramedic|midwife|hairdresser|taxi driver|"
    "bus driver|delivery driver|courier|shop owner|business owner|dog walker|childminder|worker|leader|trustee|user|addict|"
    "widow|woman|wife|survivor|muslim|christian|veteran|friend|relative|"
    "teenager here|girl|homeowner|leaseholder|apprentice|trader|farmer|staff member|member of staff"
)
_FOLK = "lads?|blokes?|man|men|woman|women|girls?|guys?|people|someone|somebody|drivers?|staff|boss|manager|supervisor|foreman|gaffer|bloke|fella|one|mate|colleague|apprentice|new lad|fitter|cleaner|chef"  # noqa: E501

WORK = (
    Rule(
        Kind.WORK,
        phrase(rf"(?:(?:{_FOLK}) (?:(?:here|down|over) )?(?:at|in|from|off) (?:the )?work(?! sign)|^(?:at|in|from|round) (?:my |the )?work,?|"
               r"(?:boss|manager|gaffer|foreman|supervisor|staff|tenants|residents|patients|pupils|students|teachers|lads|warden|landlord) here|"
               r"(?:a|another|old|former|ex) (?:work ?mate|colleague|workmate)|(?:staff ?room|break room|canteen) (?:says|talk|know|knows)|"
               r"(?:at|in) work (?:everyone|everybody|we|today|yesterday|last week))"),
        frozenset("work here workmate colleague staffroom staff break canteen mate".split()),
        phrase(r"(?:men at work|(?:his|her|their) (?:work ?mates?|colleagues?))"),
    ),
    Rule(
        Kind.WORK,
        phrase(r"^(?:just |only just |having |been |having just )*(?:finished|come off|came off|coming off|working|doing|on|off|after) (?:a |the |me |an )?"
               r"(?:nights?|earlies|lates|late shift|night shift|early shift|day shift|shift|work|double)"),
        frozenset("nights night earlies lates shift work double".split()),
    ),
    Rule(
        Kind.WORK,
        phrase(rf"(?:^|(?:speaking|talking|writing|coming) )(?:as|being) (?:an?|the|his|her|their|one of(?: the| his| her| their)?)(?: [\w'-]{{1,14}}){{0,3}}? (?:{_ROLE})s?(?=,|\s| $|\.)"),
        frozenset({"as", "being"}),
        phrase(r"^(?:as|being) [^,]{1,50}?,? (?:he|she|they) "),
    ),
)

TENURE = (
    Rule(
        Kind.TENURE,
        phrase(r"^(?:(?:i|have|has|has been|only|just|only just|we|and|but|so|being|having) )*(?:been|lived|living|worked|rented|renting|known|married|neighbou?rs|mates|friends|moved|resident|tenant|owned) "
               r"(?:here|on this|in this|in these|on the same|in the same|next|opposite|above|below|him|her|them|the family|the lads?|his|their|neighbou?rs|with|for (?:\w+ )?\w+ years|round here|a "
               r"(?:tenant|resident|neighbour|customer|regular|member|driver|nurse|teacher|volunteer)|at this|to this|into this|in to|near)(?! (?:by|as))"),
        frozenset("been lived living worked rented renting known married neighbours neighbors mates friends moved resident tenant owned neighbour".split()),
    ),
    Rule(
        Kind.TENURE,
        phrase(r"(?:born (?:and|n|&) (?:bred|raised)|(?:longest|oldest)(?:[ -](?:standing|serving))? (?:resident|tenant|member|worker|employee)|life ?long (?:resident|friend|tenant|customer|member)|"
               r"(?:since|when|before|until) (?:i|we) (?:moved|started|came|got|took|joined|bought|retired|left)|"
               r"(?:\d+|\w+) ?(?:years?|yrs?|months?) (?:i've|ive|i have|we've|weve|we have) (?:lived|worked|been))"),
        frozenset("born longest oldest lifelong life since when before until years year yrs yr months month".split()),
        phrase(r"(?:he|she|they)(?:'s| is| are|'re| was| were)? born"),
    ),
)

_TOLD = "told|rang|phoned|called|reported|emailed|e-mailed|wrote|written|spoke|spoken|contacted|complained|rung|informed|messaged|mentioned|sent|given|gave|raised|made|filled|submitted|tried"  # noqa: E501
_WHOM = "the|a|an|you|your|ya|yous|yous lot|it|this|these|that|101|999|crimestoppers|crime stoppers|housing|council|police|polis|school|social|pcso|pc|someone|somebody|my|our|all"  # noqa: E501

EARLIER = (
    Rule(
        Kind.EARLIER,
        phrase(rf"^(?:(?:i|we|ive|have|already|had|been|just|also|so|and|as|but|again|yes|hi|hello|as you know) ){{0,4}}(?:{_TOLD}) (?:(?:to|on to|about|in to|in|back|with|it|this|him|them|her|all this|up|off) ){{0,3}}?(?:{_WHOM})"
               r"(?=.{0,80}?\b(?:police|polis|you|your|yous|101|999|crimestoppers|stoppers|housing|council|school|officers?|pcso|pc|copper|coppers|social services|before|already|twice|times?|last|again|week|month|months|mp|councillor|landlord|warden|manager|association|nspcc|rspca|report|form|statement|complaint|detective|inspector|station)\b)"),
        frozenset(_TOLD.replace("e-mailed", "mailed").split("|")),
        phrase(r"(?:reported to (?:be|have)|called (?:the|a|an|him|them) (?!police|council|station|copper))"),
    ),
    Rule(
        Kind.EARLIER,
        phrase(r"(?:(?:second|third|2nd|3rd|fourth|4th|fifth|5th|umpteenth|another|last|first|previous|earlier|only|one) (?:time|report|message|form|call|email|complaint|letter|statement)"
               r"[^.]{0,30}? (?:i|i've|ive|iv|we|we've|my|of telling|telling|reporting|writing|sending|filling|filled|contacting|calling|ringing)|"
               r"^(?:this is |its |it is |it's )?(?:my|the|our|a)? ?(?:second|third|2nd|3rd|fourth|4th|fifth) (?:report|message|form|call|email|complaint|letter)|"
               r"further to|follow(?:ing)? up|follow-up|followup|as (?:previously|already) \w+|as (?:reported|mentioned|discussed|stated|said|explained|advised|told) (?:to|before|last|on the|in my|by phone|earlier|already|in the|when)|"
               r"(?:crime|incident|log|case|report|reference|complaint) (?:number|ref|reference|no)(?:\b| is|:)|ref\.? ?(?:no)?[ .:]*\d+|"
               r"(?:been|be|got|get|getting) in touch|already (?:told|reported|said|rang|phoned|called|spoken|spoke|emailed|complained|given|gave|wrote|written|contacted|informed|made a)"
               r"(?=.{0,60}?\b(?:police|you|your|101|999|crimestoppers|housing|council|school|officers?|pcso|copper|this|it|about|statement)\b)|"
               r"your (?:officers?|lot|colleagues?|team|pcso|pc|lady|copper|lad|desk|operator|people)(?: \w+){0,2}? (?:came|told|spoke|said|visited|took|knocked|was told|were told|already|has my|have my|have got my|wrote|rang|called|promised)|"
               r"(?:the|that|an?|one of your|one of the) (?:officers?|pc|pcso|copper|policeman|policewoman|detective|lady|woman|man|bobby|girl|community officer|cop)(?: \w+)? (?:who|that|what|as|on the phone who) (?:came|called|visited|rang|took|answered|knocked|spoke|turned up|attended))"),
        frozenset("second third 2nd 3rd fourth 4th fifth 5th umpteenth another last first previous earlier only one further follow following followup as crime incident log case report reference complaint ref touch already your officer officers pc pcso copper policeman policewoman detective lady woman man bobby girl cop".split()),
        phrase(r"(?:he|she|they|someone|somebody|others|has|gang|lads?|have been|been) already|(?:his|their|her) (?:first|last|second|third|only|previous)"),
    ),
)

_KNOW = "know|knows|knew|heard|saw|seen|witnessed|was there|were there|there|present|in the (?:room|car|house|know|shop|flat|van|kitchen|office)|has been told|have been told|aware|could (?:know|have)|would (?:know|have)"  # noqa: E501

FEW_KNOW = (
    Rule(
        Kind.FEW_KNOW,
        phrase(rf"(?:only|just) (?:me|i|us|we|my|her|his|the)?(?: ?(?:and|close|immediate|closest|very|a|other|in|inside))*[^.,]{{0,40}}? ?(?:of us|people|persons|others?|family|friends|few|handful|couple|me|members|relatives)(?! of them)[^.]{{0,25}}? (?:{_KNOW})"),
        frozenset({"only", "just"}),
        phrase(r"(?:of them|only (?:he|she|they) |their (?:friends|people|own)|people they)"),
    ),
    Rule(
        Kind.FEW_KNOW,
        phrase(rf"(?:nobody|no ?one|no-one|none|noone|no other (?:person|people|neighbour)) else[^.,]{{0,20}}? (?:{_KNOW})|no ?one else (?:about|around)|nobody else (?:about|around)|"
               r"(?:not many|few|very few|hardly any|not a lot of)(?: people| folk| others| person)?(?: would| will| could| else)? (?:know|knew|knows|are aware|heard|saw|seen)|hardly (?:anyone|anybody)(?: else)? (?:know|knows|knew)|"
               r"(?:there )?(?:was|were|are|is) (?:only|just)(?: the)? (?:\w+) (?:of us|people|persons) (?:there|in|about|at|who)|only (?:two|three|four|five|\d) (?:of us|people) (?:were|was|know|there|in)|"
               r"in (?:strict )?confidence|sworn to secrecy|told (?:nobody|no ?one|no-one) else|(?:hasn't|hasnt|not|never) told (?:anyone|anybody|a soul)(?: \w+)? ?(?:but|else|except|apart)|keep it (?:secret|between us)|"
               r"(?:will|'ll|would|going to|gonna|bound to|to|might|could|can|he'd|they'd) (?:all |soon |straight away |then |instantly |immediately |easily )*(?:know|guess|work out|figure out|realise|find out|suspect)(?: straight away)? (?:it was|it came|it is|it's|its|who (?:told|it|said|grassed|has|gave|sent|wrote|reported)|where it came)|"
               r"(?:obvious|clear) (?:who|where) (?:told|it|said|grassed)|trace(?:d|able)? (?:it )?back to|point(?:s|ed)? (?:straight )?back to|come(?:s)? back (?:on|to) (?:me|us)"),
        frozenset("else nobody many few hardly lot only just confidence secrecy told secret know guess work figure realise find suspect obvious clear trace traced traceable point points pointed back".split()),
        phrase(r"of them (?:know|were|was)|who (?:he|she|they) (?:is|are|was)"),
    ),
)

_THIRD = r"(?!(?:everyone|everybody|people|him off|her off|them off))"
STARTS = (
    Rule(
        Kind.FIRST_PERSON,
        phrase(r"^(?:(?:just|also|and|but|so|then|well|only|even|always|once|have|had|ive|yesterday|today|recently|last week|last night|last year) )?(?:"
               r"bought (?:some|it|off|from|a|drugs|weed|coke|stuff|gear|tablets|pills)|bumped into|ran into|grew up (?:with|on|next|in|near)|went (?:to school|out with|round|in there|to (?:a party|his|her|their))|"
               r"used to (?:work|live|buy|know|date|see|knock|hang|go|drink|score|sell|play|share|babysit|clean|look after|be (?:mates|friends|married|with|in))|lent|owe|owed|gave (?:him|her|them)|helped (?:him|her|them)|"
               r"live(?:d)? (?:next|opposite|above|below|near|on|in|at|across|over|round|two|three|down|here|directly|beside|with|behind|a few)|work(?:ed)? (?:with|at|in|for|on|there|nights|here|alongside|next|behind|as)|"
               r"know (?:him|her|them|the family|his|their)|share a|sit (?:next|behind|near)|go to (?:the same|school|college|his|church|mosque)|play (?:football|pool|darts|cards)|drink (?:in|with)|"
               r"(?:was|were) (?:walking|stood|standing|sat|sitting|waiting|out|coming|going|driving|cycling|parked|passing|in the (?:queue|car|shop|pub|room|back)|at the|on the|having|getting|watching|there|asked to|offered|behind|next to|with (?:him|her|them)|inside|threatened|followed|chased|approached|spat|mugged by)|"
               r"got (?:threatened|offered|asked|chased|followed|approached|a lift|jumped|invited|spat)|asked (?:him|her|them) |refused to|told (?:him|her|them) (?:to|no|i|that)|let (?:him|her|them) |picked (?:him|her|them|it) up|met (?:him|her|them)|spoke to (?:him|her|them)|followed (?:him|her|them)|took a (?:photo|video|picture|pic)|filmed|recorded)"),
        frozenset("bought bumped ran grew went used lent owe owed gave helped live lived work worked know share sit go play drink was were got asked refused told let picked met spoke followed took filmed recorded".split()),
        phrase(r"^(?:(?:was|were) (?:at|on|in) (?:the|a) \w+ (?:that|until|before)|used to be an? |went (?:out )?of business)"),
    ),
    Rule(
        Kind.FIRST_PERSON,
        phrase(r"(?:^|(?:when|while|whilst|saw (?:him|her|them|it)|seen (?:him|her|them|it)|, ) ?)(?:just |was |out )*(?:walking (?:the (?:dog|dogs|kids|pram)|home|back|past|to (?:school|work|the))|taking (?:the|out the) (?:bins?|rubbish|dog|dogs|kids|washing)|"
               r"putting (?:the|out the) (?:bins?|kids|rubbish|washing|baby|dog)|letting the (?:dog|cat)|coming (?:home|back|in) from|driving (?:home|past|to|back|by)|waiting (?:for|at) (?:the|a) (?:bus|taxi|kids|train|lift|shop|stop)|on (?:the )?way (?:home|to work|back|to school)|"
               r"(?:dropping|picking|collecting|taking) (?:the|off the|up the) (?:kids|children|little|grandkids|bairns)|on the school run|having a (?:fag|smoke|cig|brew)|hanging (?:the|out the) washing|doing the (?:pots|dishes|washing|garden|school run)|feeding the (?:baby|cat|dog)|up with the (?:baby|dog|bairn)|out (?:with|walking|jogging|running) (?:the )?(?:dog|dogs|pram)|popped (?:out|to)|nipped (?:out|to)|jogging|out running)"),
        frozenset("walking taking putting letting coming driving waiting way dropping picking collecting school having hanging doing feeding up out popped nipped jogging".split()),
    ),
    Rule(
        Kind.FIRST_PERSON,
        phrase(r"(?:the )?(?:dog|baby|noise|shouting|shouts|screaming|banging|alarm|engine|row|music) woke|(?:was |got |been )(?:woken|woke|awoken|kept awake)|woke(?:n)? (?:up )?(?:to|by|at|with|hearing)|couldn't sleep|can't sleep|cant sleep|kept awake|no sleep"),
        frozenset("woke woken awoken awake sleep".split()),
        phrase(r"(?:he|she|they|kids|children|baby|residents|neighbours) (?:was |were |got |get |can't |cant |couldn't )(?:woken|kept|sleep)"),
    ),
)
