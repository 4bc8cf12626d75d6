"""Names of people who are not suspects, told from suspects by what the sentence says of them."""

import re

from reporting.coaching.english.first_names import FIRST_NAMES
from reporting.coaching.rule import words

_NAME = r"[A-Z][a-zà-ÿ'’]+(?:[ -][A-Z][a-zà-ÿ'’]+)?"
_TITLE = (
    r"(?:Mr|Mrs|Ms|Miss|Mister|Dr|Doctor|Nurse|Sister|Father|Fr|Rev|Reverend|Imam|Pastor|Rabbi|Auntie|"
    r"Aunty|Uncle|Sir|Madam|Headmaster)\.?"
)
_TITLED_LOW = re.compile(
    r"\b(?:mr|mrs|miss|ms|mister|rev|reverend|imam|auntie|nurse|sister)\.?\s(?P<name>[a-z][a-z'’]{2,})\b"
)
_SOFT = re.compile(
    rf"(?<!\w)(?:[Pp]oor|[Yy]oung|[Ll]ittle|[Bb]aby|[Oo]ld|[Dd]ear)\s(?:old\s|young\s|"
    rf"little\s)?(?:{_TITLE}\s)?(?P<name>{_NAME})"
)
_TITLED = re.compile(rf"(?<!\w)(?i:{_TITLE})\s(?:[A-Z]\.?\s)?(?P<name>{_NAME})")
_CALLED = re.compile(
    r"(?i:\b(?:girl|boy|child|kid|kids|children|lass|lassie|baby|toddler|teenager|pensioner|"
    r"old\s(?:man|lady|woman|boy|fella|dear)|lady|woman|victim|widow|"
    r"neighbour|resident|witness|pupil|student|tenant|daughter|son|carer|worker|twins?|in\sthere|bairn|wean|lad)\b"
    rf"[^.]{{0,24}}?\b(?:called|named|name\sis|names\sare|known\sas|is)\s)(?:[a-z]+\s)?(?P<name>{_NAME})"
)
_CHILD_OF = re.compile(
    r"(?i:\b(?:his|her|their|the|a|has\sa|\w+[’']s)\s(?:\w+\s)?(?:\w+\s)?(?:daughter|son|girl|boy|"
    r"baby|toddler|kids|children|girlfriend|wife|partner|mum|mother|nan|gran|grandma|stepdaughter|"
    r"stepson|little\sone|twins?|sister|neighbour|ex|tenant|lodger|husband|bairn|missus)"
    rf",?\s)(?P<name>{_NAME})"
)
_VICTIM_OF = re.compile(
    r"\b(?i:robbed|rob|threatened|threatening|threaten|mugged|attacked|attacking|hit|hits|hitting|"
    r"punched|stabbed|bullying|bullied|bullies|grooming|groomed|beat|beats|beating|beat\sup|beaten|"
    r"slapped|followed|burgled|scared|terrorised|"
    r"terrorising|intimidated|intimidating|kicked|kicks|hurt|hurting|harassing|harassed|chased|raped|"
    r"assaulted|blackmailing|blackmailed|exploiting|conned|scammed|evicted|spat\sat|strangled|"
    r"kidnapped|locked|forced|forcing|made|make|makes|making|using|taken\sover|took\sover|"
    r"taking\sover|cuckooing|cuckooed|shot|jumped|battered|ran\sover|pushed|shouting\sat|shouts\sat|"
    r"stole\sfrom|steals\sfrom|stealing\sfrom|steal\sfrom|use|charging|charges|bit)\s"
    rf"(?:up\s|from\s|at\s)?(?:(?:[Oo]ld|[Pp]oor|[Yy]oung|"
    rf"[Ll]ittle)\s)?(?:(?i:{_TITLE})\s)?(?P<name>{_NAME})(?!\s(?:Street|Road|Lane|Park|Avenue|Close|"
    rf"Estate|House|Court|Drive|Arms|Inn))"
)
_TAKEN_FROM = re.compile(
    r"\b(?i:stole|stolen|nicked|robbed|steal|nick|taxed|took|takes|borrowed)\s(?:[\w']+\s){0,5}?(?i:off|from)\s"
    rf"(?:[Oo]ld\s|[Pp]oor\s|[Yy]oung\s|"
    rf"[Ll]ittle\s)?(?:(?i:{_TITLE})\s)?(?P<name>{_NAME})(?!\s(?:Street|Road|Lane|Park|Market))"
)
_WITNESS = re.compile(
    rf"\b(?i:witness(?:es)?(?:\s(?:is|are|was|were|called|named)|:)?|"
    rf"thanks\sto)\s(?P<name>{_NAME})"
)
_ASK = re.compile(
    rf"(?:^|[,;]\s|\b(?i:and|or|please|just|could|should)\s)(?i:ask|speak\sto|talk\sto|contact|see|"
    rf"check\swith|phone|ring|visit|go\sand\ssee)\s(?:old\s|to\s)?(?:(?i:{_TITLE})\s)?(?P<name>{_NAME})"
)
_BE = (
    r"(?:is|was|are|were|be|been|being|gets?|got|getting|so|too|very|looks?|looked|really|absolutely|"
    r"just|seems?|'s|feels?)"
)
_HURT = (
    r"robbed|mugged|attacked|beaten(?: up)?|beat up|burgled|threatened|hit|stabbed|followed|bullied|"
    r"groomed|hurt|punched|"
    r"jumped|assaulted|forced|battered|exploited|abused|used by|made to|slapped|kicked|terrorised|intimidated|chased|"
    r"conned|scammed|blackmailed|cuckooed|evicted|raped|targeted|killed|spat at|tormented|hounded"
)
_HARMED = (
    rf"{_BE} (?:\w+ )?(?:scared|terrified|frightened|afraid|petrified|worried|in tears|upset|elderly|"
    rf"disabled|vulnerable|"
    rf"blind|deaf|autistic|pregnant|lonely|confused|housebound|{_HURT})|crying|cried|(?:lives|live|"
    rf"living) (?:alone|on (?:her|his) own)|"
    r"is (?:an? )?(?:\w+ )?(?:pensioner|witness|victim|widow|child|good (?:man|woman|lad|girl|person))|"
    r"(?:saw|heard|hears|witnessed|seen|found|filmed|noticed) (?:it|the|them|him|her|what|a |all|"
    r"everything|every|his|gun|screams?|shouting|that)|"
    r"(?:can|will|could|would) (?:tell|confirm|back|say|speak|vouch)|told (?:me|us|the (?:police|"
    r"council|school|staff)|you)|complained|"
    r"reported|called the police|rang the police|knows? (?:all|about|what|more|everything)|"
    r"nothing to do with|innocent|not involved|"
    r"can't get out|moved out|has moved|is only|was only|years? old|year[ -]old|yrs old|aged \d|"
    r"goes to (?:\w+ ){0,3}(?:school|nursery|primary|"
    r"college)|is (?:at|in) (?:primary|nursery|school|hospital|care|year \d)|has lost|lost (?:her|his)|"
    r"had (?:her|his|their) (?:\w+ ){0,2}(?:windows?|purse|phone|car|house|shed|bike|bag|nose|arm|jaw|"
    r"door|money|pension|flat|shop|van|head)"
    r"|bruises?|black eye|broken ribs|hasn't been seen|not been seen|in hospital|dementia|"
    r"learning (?:difficult\w+|disabilit\w+)|"
    r"wheelchair|has to pay|have to pay|pays (?:them|him)|paying (?:them|protection)|won't (?:leave|"
    r"go|come out|speak|open|pay)|can't sleep|"
    r"not slept|hasn't slept|has autism|hungry|is (?:1[0-7]|[1-9])\b|who is (?:only )?(?:1[0-7]|"
    r"[1-9])\b|\((?:aged? )?(?:1[0-7]|[1-9])\)|"
    r", (?:about |only |just )?(?:1[0-7]|[1-9])\b|is (?:eight|nine|[67]\d|8\d|9\d)\b|, (?:[67]\d|8\d|"
    r"9\d)\b|refused|said no|stood up to|"
    r"tried to stop|wouldn't pay|lets? them in|never goes out|keeps (?:her|his) (?:head down|"
    r"curtains)|stopped going|has no idea|"
    r"doesn't (?:know|go out)|(?:lovely|decent|kind|sweet) (?:man|woman|lad|girl|old|family|people|"
    r"person|couple)|gets nothing|works hard|passed away|"
    r"every (?:word|night) of it|caretaker|is being (?:used|made|forced)|only (?:four|five|six|seven|"
    r"eight|nine|ten|three|two)\b|"
    r"speaking up|never taken|clinic|goes there every|while they smoke|when they smoke|pension\b|"
    r"get (?:her|him) out|has (?:her|his) (?:bank card|benefits) taken"
)
_HARMED_RE = re.compile(rf"\b(?:{_HARMED})")
_SUSPECT = re.compile(
    r"\b(?:targets|targeting|scares|intimidates|attacks|bullies|preys|exploits|recruits|threatens|"
    r"forces|uses|sells?|selling|sold|deals?|dealing|dealt|dealer|runs|running|supplies|"
    r"supplying|supplier|"
    r"grows|growing|cooks|cooking|launder\w*|traffick\w*|brings? (?:it|them|the)|bringing|collects|"
    r"the boss|in charge|gang|the one who|"
    r"ringleader|for the gang|for them|behind (?:it|all)|his crew|keeps the|keeps? (?:guns?|drugs|"
    r"money)|organis\w+|robs|steals|fences|is armed|carries a|drives for|does the (?:collecting|"
    r"driving)|do the collecting|prescriptions|"
    r"lends money|loan shark|pimps?|beats|hits (?:her|his)|grooms|stash\w*|county line|has a (?:gun|"
    r"knife|machete|firearm)|threatens|stabbed a|shot a)\b"
)
_PERSON = re.compile(rf"(?:^|(?<=[\s(“\"]))(?P<name>{_NAME})")
_NOT_NAMES = words(
    "Lord God Jesus Christ Heaven Hell Allah Staff Locals Traders Patients Pupils Students "
    "Passengers The They There Then This That These Those He She It We You I His Her Hers Their Its "
    "My Our A An "
    "And But Or So If When While Where Who What Why How Because Some Someone Somebody Nobody "
    "Everyone Everybody Every Each Both All Any Most Many Few One Two Three Four Five Six Eight Ten "
    "People Residents Neighbours Kids Children Lads Girls Boys Men Women Police Drugs Cars Young Old "
    "Poor Little Big Please Just Only Now Not No Yes At On In By From To For With Of As After Before "
    "Since Until During Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February "
    "March April May June July August September October November December Last Next Mum Dad Nan Gran "
    "Ask Speak Talk Call Ring Sir Madam Street Road Lane Park Avenue Estate House Court Drive School "
    "Church Tesco Asda Aldi Lidl Snapchat Facebook Instagram Whatsapp Telegram English British "
    "Christmas Easter God Everything Nothing Something Anyone Maybe Also Even Still Once Drivers "
    "Workers Teenagers Tenants Customers Parents Families Elderly Pensioners Shop Another Other "
    "Others Same Like Was Is Are Were Has Have Had Im Ive Id Ill Been Being Saw Heard Got Told Gave "
    "Went Theres Hes Shes Youre Youve Can Could Would Should Will Might Must Do Does Did Dont Stolen "
    "Teenage Cash Loads"
)
_COMMON_LOW = words("big and the who that are was has them they there says said kids")
_LOW_NAME = re.compile(r"(?:and |but |old |poor |even )?(?P<name>[a-z]{2,12})\b")
_CAPITAL = re.compile(r"(?<!\w)[A-Z][a-zà-ÿ]+")


def harmless_name(written: str, low: str, said: frozenset[str]) -> re.Match[str] | None:
    """The name in this sentence of somebody who seems to have done nothing, if there is one."""
    titled = _TITLED_LOW.search(low)
    named = any(name not in _NOT_NAMES for name in _CAPITAL.findall(written))
    if not named and titled is None and FIRST_NAMES.isdisjoint(said):
        return None
    suspected = _SUSPECT.search(low)
    harmed = _HARMED_RE.search(low)
    if named:
        for pattern in (_ASK, _VICTIM_OF, _TAKEN_FROM, _WITNESS):
            match = _first(pattern, written)
            if match is not None:
                return match
        for pattern in (_CALLED, _CHILD_OF, _SOFT, _TITLED):
            match = _first(pattern, written)
            if match is not None and (harmed or not suspected) and (pattern is not _SOFT or harmed or _soft(match)):
                return match if pattern is not _TITLED or harmed else None
        if harmed and not suspected:
            match = _first(_PERSON, written)
            if match is not None and _near(match, harmed) and _a_name(match):
                return match
    lower = _LOW_NAME.match(low)
    if lower is not None and lower["name"] in FIRST_NAMES and harmed and not suspected and _near(lower, harmed):
        return lower
    if titled is not None and harmed and not suspected and titled["name"] not in _COMMON_LOW:
        return titled
    return None


def _first(pattern: re.Pattern[str], written: str) -> re.Match[str] | None:
    for match in pattern.finditer(written):
        first = re.split(r"[ -]", match["name"])[0]
        if first not in _NOT_NAMES and len(first) > 1:
            return match
    return None


def _a_name(match: re.Match[str]) -> bool:
    """A capital at the start of a sentence says little: there it must be a first name, or two must stand together."""
    first, _, second = match["name"].partition(" ")
    return match.start("name") > 0 or bool(second) or first.lower() in FIRST_NAMES


def _soft(match: re.Match[str]) -> bool:
    return match.group()[:4].lower() in ("poor", "baby", "dear", "youn")


def _near(match: re.Match[str], harmed: re.Match[str]) -> bool:
    """Whether what happened is said of this name: it follows, in the same breath."""
    return 0 <= harmed.start() - match.end() <= 45
