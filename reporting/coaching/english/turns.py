"""Turns of phrase with “I”, “me”, “us”, “my” and “our” that anybody could have used: they tell nothing."""

_OPINION = (
    "think|thinks|thought|fink|believe|believed|reckon|reckoned|rekon|guess|suppose|assume|assumed|presume|imagine|"
    "suspect|suspected|feel|felt|hope|hoped|wish|pray|doubt|wonder|wondered|understand|understood|"
    "gather|mean|swear|bet|"
    "fear|worry|expect|prefer|want|need(?! to (?:walk|pass|go|get|cross|move))|like|"
    "love(?! (?:him|her|them))|hate|care(?! for)|mind(?! (?:his|her|their|the))|agree|"
    "remember(?! (?:him|her|them))|recall|forget|"
    "forgot|notice|noticed|"
    "realise|realised|admit|stress|appreciate|apologise|fancy|dare|deserve|kid|gotta|"
    "have no (?:proof|evidence|idea|doubt)|"
    "have (?:doubts|concerns|suspicions|information|reason to believe)|got no (?:proof|idea)|"
    "be (?:honest|surprised|wrong|"
    "sure|certain|lying|mistaken)|say|add|point out|mention|describe|had enough|warn(?:ed)? you|"
    "swear to god|let (?:it|"
    "this|them) (?:go on|happen|win|carry on)|"
    "get (?:that|why|it)|tell you|ask you|prove|put up with|live like this|live in fear|"
    "take (?:any )?more|go on like this|"
    "allow|tolerate|accept|ignore|blame|stand by|look the other way|write to|look forward|could be wrong|question|"
    "dunno|seem to|trust (?:the police|you|that)|not (?:know|think|want)"
)
_SENSED = (
    "see|saw|seen|sees|spotted|spot|witness|witnessed|smell|smelt|smelled|(?:hear|heard|"
    "herd)(?! (?:them|him|her|it |every|shout|bang|scream|cry|arg|music|rows?|fight|people|cars|"
    "noises?|(?:the|their) (?:baby|kids|music|door|noise|shouting|dog|machine|engine|van|rows?|"
    "fights?|screams?|arguments?)))|read|"
    "clocked|seeing|hearing|find it|"
    "come across|understand|learned|learnt|been hearing|been seeing|been noticing"
)
_SLIGHT = (
    "really|just|also|only|still|often|always|never|sometimes|honestly|genuinely|strongly|personally|firmly|truly|"
    "definitely|first|recently|regularly|actually|even|then|do|did|don't|dont|do not|didn't|didnt|"
    "did not|have|'ve|had|"
    "'d|haven't|havent|keep|kept|all|both|now|for one|do n't|and others|mostly|usually|clearly|"
    "probably|obviously|myself|sort of|"
    "kind of|sincerely|certainly|to be honest|tbh|not|must|must've|would have"
)
_MAY = (
    "can|can't|cant|cannot|could|couldn't|couldnt|would|wouldn't|wouldnt|'d|should|shouldn't|"
    "shouldnt|must|might|may|have to|"
    "need to|want to|wanted to|would like to|'d like to|'ll|will|won't|wont|has to|ought to|used to|dare|don't dare"
)
_STATE = (
    "sure|certain|positive|worried|concerned|scared|afraid|frightened|terrified|sick|fed up|tired|"
    "disgusted|angry|sorry|"
    "convinced|aware|unsure|unaware|wrong|right(?= (?:in|about|to think|that|or))|mistaken|"
    "making this up|telling (?:you|ya)|no fool|not (?:making|looking|after)|writing|reporting|"
    "contacting|emailing|"
    "hoping|guessing|thinking|"
    "assuming|wondering|asking|begging|sharing this|giving you|telling you|sending this|just saying|"
    "only saying|happy to|"
    "glad|grateful|shocked|surprised|horrified|appalled|disappointed|desperate for|not being|"
    "no expert|no angel|not one to|"
    "no snitch|no grass|not a grass|not a snitch|talking about|referring to|lying|joking|"
    "exaggerating|being serious|serious|"
    "100|a hundred|pretty|fairly|quite sure|told(?! by (?:his|her|their|the|a|my|him|them|someone who))|"
    "informed|led to believe|made aware|given to understand|under the impression|getting sick|praying|"
    "gonna say|going to say|not going to lie|gobsmacked|gutted|fuming|livid|at (?:my|our) wits|"
    "past caring|aghast|upset|sad|"
    "sickened|hearing (?:that|about|more|a lot)|seeing (?:more|a lot)|noticing|only (?:telling|"
    "saying|writing|reporting)|desperate|anonymous|suspicious|"
    "entitled|all (?:sick|scared|fed up|tired|worried|afraid|frightened|terrified)"
)
_OUR = (
    "area|areas|estate|estates|town|towns|city|village|community|communities|neighbourhood|"
    "neighborhood|neighbourhoods|"
    "country|borough|streets|society|police|council|councillors?|park|parks|playing fields?|"
    "high street|young people|youth|"
    "youngsters|world|lives|nation|thoughts|prayers|hearts|part of|patch|side of town|manor|ends|hood|taxes|"
    "town centre|city centre|county|region|island|shores|borders|way of life|rights|safety|roads|pavements|"
    "local \\w+|public \\w+|beautiful \\w+|lovely \\w+|poor \\w+|lady|father|price|green spaces|environment|future|"
    "schools|shops|hospitals|coast|countryside|valley|quality of life|opinion|view|"
    "elderly|pensioners|vulnerable|residents|seas?|river|canal|beach"
)
_MY = (
    "god|gosh|goodness|word|days|lord|opinion|view|views|guess|mind|worry|worries|concern|concerns|"
    "point|understanding|"
    "knowledge|heart|blood|eyes|hunch|suspicion|suspicions|information|info|impression|feeling|"
    "feelings|gut|thoughts?|"
    "two (?:cents|pence|penneth)|tuppence|eye|foot|advice|arse|bad|apologies|dear|report is|question|"
    "belief|reason|reasons|"
    "theory|best guess|money is on|money's on|estimate|fear|fears|hope|only (?:worry|concern|hope|fear)|"
    "main (?:worry|concern|fear)|biggest (?:worry|concern|fear)|honest|humble|personal (?:opinion|view)|take on|"
    "goat|head in|bet|worst nightmares?|wildest dreams|nerves|hat|oh my|wits|judgement|words|love|"
    "experience|spelling|typing|grammar|punctuation"
)

# What I think, feel, have merely seen or heard, or cannot say. Each opens with the speaking word.
OF_THE_SPEAKER = (
    (
        r"(?:i|we) (?:can't|cant|cannot|can not|couldn't|won't|wont) (?:stand|bear|take|stomach)(?: (?:it|"
        r"this|that|any more))"
    ),
    rf"(?:i|we)(?:'ve|'d|'m)?(?: (?:{_SLIGHT}|{_MAY})){{0,4}} (?:{_OPINION})(?: (?:to|you to))?",
    rf"(?:i|we)(?:'ve|'d)?(?: (?:{_SLIGHT})){{0,4}} (?:{_SENSED})",
    rf"(?:iv|ive|we've|weve|id)(?: (?:{_SLIGHT})){{0,4}} (?:{_SENSED}|{_OPINION})",
    (
        rf"(?:i|we)(?:'d)? (?:{_MAY})(?: (?:{_SLIGHT})){{0,4}} (?:say|see (?:why|that|how|what|his face|"
        rf"her face|their faces|the plate)|"
        r"have (?:been|got) (?:wrong|mistaken)|name|give you|tell)"
    ),
    (
        r"(?:i|we)(?: (?:also|just|all|both|do)){0,2} know(?! (?:him|her|them|his|hers|their|both|each|"
        r"every|it was|which of|the (?:family|lads?|man|"
        r"woman|boys?|girls?|bloke|guy|owner|couple|person|driver|dealer|mother|mum|dad|brothers?|people)|"
        r"this (?:family|man|lad|woman|boy|"
        r"bloke|guy))\b)"
    ),
    r"(?:i|we) know (?:his|her|their) (?:real )?(?:name|names|nickname)",
    (
        r"(?:i|we)(?: (?:do not|don't|dont|didn't|didnt|did not|never|dunno))(?: (?:really|even|"
        r"actually))? (?:know|knew|recognise)"
    ),
    r"i(?:'ve| have|ve)? (?:known|knew) (?:about|of|that)",
    (
        rf"(?:i'm|im|i am|ime|i was|i've been|ive been|i have been|i feel|we're|we are|were all|we have been|we were)"
        rf"(?: (?:{_SLIGHT}|so|very|not|now|too|absolutely|100%|a bit|really|getting|pretty|fairly|quite|"
        rf"afraid)){{0,4}} (?:{_STATE})"
    ),
    (
        r"(?:i|we)(?:'d| would) (?:like|love|rather|prefer)(?: to)?(?: not)?(?: (?:report|remain|stay|be|"
        r"tell you|know|see|say|let you know|"
        r"make you aware|inform you|share|give|point out|add|complain))?"
    ),
    (
        r"(?:i|we) (?:want|need|wanted)(?: \w+)? to (?:report|remain|stay|be|tell you|know|see|say|"
        r"let you know|inform you|share|add|make)"
    ),
    r"(?:i|we) (?:could|may|might) (?:well )?be (?:wrong|mistaken)",
    (
        r"(?:i|we) (?:have|had|'ve got) (?:no|a|some|little|strong|serious|good|every|many|"
        r"several)? ?(?:idea|doubt|doubts|proof|evidence|concerns?|"
        r"suspicions?|information|reason|feeling|hunch|clue|names?|faith|sympathy|respect)"
    ),
    (
        r"(?:i|we) (?:don't|dont|do not) have (?:any )?(?:proof|evidence|names?|details|the|more|much|"
        r"a name|his|her|their)"
    ),
    (
        r"we (?:all|must|should|shouldn't|deserve|cannot|can't|cant|have to|shouldnt|need|want|are all|"
        r"as a community|the public|the residents)"
        r"(?: (?:know|want|need|see|have to|deserve|hear|live|pay|suffer|be))?"
    ),
    (
        r"i (?:dare say|daresay|kid you not|tell you what|ask you|must admit|have to say|cannot stress|"
        r"can't lie|cant lie|beg you|"
        r"thank you|urge you|promise|promise you|assure you|apologise|digress)"
    ),
    (
        r"(?:i'd|id|i would) (?:say|guess|put|estimate|imagine|think|suggest|bet|never|"
        r"not)(?: have)?(?: (?:thought|believed|guessed|known))?"
    ),
    r"ill (?:say|tell you|be honest|admit|leave it|stop there)",
    r"(?:i|we) (?:only|just) (?:want|ask|hope|pray|need)",
)
# Said around “I” and “we”.
ASIDES = (
    r"what (?:am|are) (?:i|we) (?:supposed|meant) to do",
    r"(?:before|if|until|unless|when) we (?:lose|have a|see another|get)",
    r"(?:so|as far as|far as) i(?:'m| am|m)? (?:can tell|can see|concerned|aware|know|understand|gather|remember)",
    (
        r"(?:like|as|what) i (?:said|say|mean|was saying)(?= \w|,|$)(?! (?:to|before|last|on|in|when|"
        r"already|the|yesterday)\b)"
    ),
    (
        r"i mind(?:ed)? my own(?: business)?|keep(?:s|ing)? (?:myself to myself|ourselves to ourselves)|"
        r"mind(?:ing)? my own business"
    ),
    r"(?:i )?keep myself to myself",
    r"(?:as )?(?:i|we) (?:speak|type|write)(?: this)?",
)
# “i.e.”, papers, and being ill.
NO_PERSON = (
    (
        r"i(?=\.e\b)|i(?=\))|(?:fake|false|stolen|photo|student|shop for) id|id (?=card|cards|badge|"
        r"documents|papers)|id(?= (?:is|was|for|and|to|with|from|number)\b)|(?:no|their|his|her|the|an|"
        r"any|show|check|checks|asks? for|without|of|check for) id|"
        r"(?:is|are|was|be|very|so|really|seriously|been|looks?|looked|fall|fell|taken|mentally|feels?|"
        r"gets?|got|often|too|them|him|her|people|kids|seem|seems) ill"
    ),
)
# Holes in the ground.
MINES = (r"(?:coal|gold|tin|old|land|bitcoin|crypto|disused|the|a|that|this) mine",)
# Me, and now and then us, as everybody says it.
OF_ME = (
    (
        r"(?:trust|believe|forgive|pardon|excuse|correct|quote|spare|remind|bear with|help|search|humour|"
        r"bless|god help) me"
    ),
    r"tell me (?:how|why|what|about it|that|this|who|if|where|when|is)",
    (
        r"(?:(?:it|that|this|what|which|thing that|really|he|she|just) )?(?:worries|bothers|annoys|scares|"
        r"frightens|disgusts|sickens|angers|upsets|concerns|"
        r"saddens|amazes|shocks|surprises|beats|baffles|strikes|puzzles|infuriates|makes|kills|winds|"
        r"breaks|gets to|gets|troubles|alarms|hurts)"
        r" (?:me|us)(?: (?:sick|angry|mad|wonder|think|laugh|cry|so|feel|sad|furious|ill|up|all|most|is|"
        r"that|how)){0,3}"
    ),
    r"(?:drives?|driving|sends) (?:me|us)(?: all)? (?:mad|crazy|insane|up the wall|round the bend|nuts|bonkers)",
    r"(?:gives?|giving) (?:me|us) (?:the|a)(?: right)? (?:creeps|chills|heebie|willies|bad feeling|shivers|headache)",
    (
        r"(?:seems?|looks?|looked|seemed|sounds?|sounded|appears?|obvious|clear|strange|suspicious|odd|"
        r"weird|wrong|fishy|dodgy|news|"
        r"matters?|plain|like it|familiar)(?: like)?(?: \w+)? to me|(?:^|, |and |but )to me (?:it|that|"
        r"this|they|he|she|the)"
    ),
    (
        r"something tells me|people (?:tell|keep telling|have told|told) me|(?:someone|somebody|people|"
        r"everyone|everybody) (?:has |have |had |once )?"
        r"(?:told|tell|tells|says to|mentioned to|said to) me|a little (?:bird|birdie) told me|"
        r"told me about (?:it|this)"
    ),
    (
        r"if you ask me|between (?:you and me|me and you|ourselves)|(?:don't|dont|do not|not) (?:get|take|"
        r"quote) me(?: wrong)?"
    ),
    (
        r"if it (?:was|were) (?:up to )?me|call me (?:old fashioned|old-fashioned|stupid|cynical|crazy|"
        r"mad|paranoid|naive|a)|silly me|poor me|"
        r"(?:leave|keep) me (?:out of|anonymous|anon)|(?:don't|dont|do not|not) (?:name|involve|mention|"
        r"identify) me|so help me|woe is me|"
        r"far be it from me|not for me to (?:say|judge)|nothing to do with me|who am i to judge|not (?:up )?to me|"
        r"let me (?:be|say|know|explain|just|make|put|get this|tell|start|assure)(?: you)?|"
        r"allow me to|thank me|god forgive me|like you and me|dare me|me too|me neither|"
        r"you and i|you or i|you or me"
    ),
)
# Us, likewise.
OF_US = (
    (
        r"let us (?:hope|know|be|all|pray|say|not|just)|(?:help|helps|helping|protect|protects|protecting|"
        r"save|god help|heaven help|lord help) us|"
        r"(?:most|all|many|some|none|each|rest|both|half|lots|more|any) of us(?! (?:who|in|on|at|were|was|"
        r"there|saw|that|knew|from|here|heard))|"
        r"(?:for|to|of|on|affects?|affecting|around|ruining it for|spoiling it for) us all|keep(?:ing|"
        r"s)? us (?:all )?safe|"
        r"give us (?:a break|strength|back our|our)|us (?:lot|all|the public|the taxpayers?|taxpayers?|"
        r"ordinary|normal|decent|honest|locals|residents|law)|"
        r"(?:terrorising|terrorise|terrorising|ruining it for|laughing at|do something for) us|u\.s\.|"
        r"us (?:army|navy|dollars?|style|citizen|import|bulldog|passport)"
    ),
)
# My.
OF_MY = (
    rf"my (?:own |very own )?(?:{_MY})(?! (?:of|over|from|onto) (?:the|his|her|their))",
    (
        r"over my dead body|(?:on|in|of|bet|never in|for the life of|swear on) my life|(?:on|"
        r"swear on) my (?:kids|mums|"
        r"mum's|mother's|mothers|nans|nan's|babies)(?: (?:lives|life|grave))?"
    ),
    (
        r"(?:don't|dont|do not|please|pls|keep|leave|without|not|no|never|want|giving|"
        r"give)(?: \w+){0,3} my (?:name|details|identity)(?! (?:is|was|on))"
    ),
    r"sorry (?:about|for) my (?:spelling|typing|grammar|handwriting|punctuation)",
)
# Our: what thousands share.
OF_OUR = (
    rf"(?:this is |it is |its |it's |in |of |on |to |for )?our (?:own )?(?:{_OUR})",
    (
        r"(?:to|on|round|around|at|for|safe for|protect|poisoning|near|of|keep|keeping|from|killing|"
        r"ruining|corrupting|selling|with|targeting|grooming) our (?:own )?"
        r"(?:kids|children|youngsters|teens|teenagers|youths|sons and daughters)(?! (?:to|who|go|goes|at|in|and) )"
    ),
)
