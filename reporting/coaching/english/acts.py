"""What somebody did or was doing, said without an “I”: “Lent him money”, “walking the dog”."""

from reporting.coaching.kinds import Kind
from reporting.coaching.rule import Rule, phrase, words

STARTS = (
    Rule(
        Kind.FIRST_PERSON,
        phrase(
            r"^(?:(?:just|also|and|but|so|then|well|only|even|always|once|have|had|ive|yesterday|today|"
            r"recently|last week|last night|last year) )?(?:"
            r"bought (?:some|it|off|from|a|drugs|weed|coke|stuff|gear|tablets|pills)|bumped into|ran into|"
            r"grew up (?:with|on|next|in|near)|went (?:to school|out with|round|in there|to (?:a party|his|"
            r"her|their))|"
            r"used to (?:work|live|buy|know|date|see|knock|hang|go|drink|score|sell|play|share|babysit|clean|"
            r"look after|be (?:mates|friends|married|with|in))|lent|owe|owed|gave (?:him|her|them)|"
            r"helped (?:him|her|them)|"
            r"live(?:d)? (?:next|opposite|above|below|near|on|in|at|across|over|round|two|three|down|here|"
            r"directly|beside|with|behind|a few)|work(?:ed)? (?:with|at|in|for|on|there|nights|here|alongside|"
            r"next|behind|as)|"
            r"know (?:him|her|them|the family|his|their)|share a|sit (?:next|behind|near)|go to (?:the same|"
            r"school|college|his|church|mosque)|play (?:football|pool|darts|cards)|drink (?:in|with)|"
            r"(?:was|were) (?:walking|stood|standing|sat|sitting|waiting|out|coming|going|driving|cycling|"
            r"parked|passing|in the (?:queue|car|shop|pub|room|back)|at the|on the|having|getting|watching|"
            r"there|asked to|offered|behind|next to|with (?:him|her|them)|inside|threatened|followed|chased|"
            r"approached|spat|mugged by)|"
            r"got (?:threatened|offered|asked|chased|followed|approached|a lift|jumped|invited|spat)|"
            r"asked (?:him|her|them) |refused to|told (?:him|her|them) (?:to|no|i|that)|let (?:him|her|them) |"
            r"picked (?:him|her|them|it) up|met (?:him|her|them)|spoke to (?:him|her|them)|followed (?:him|"
            r"her|them)|took a (?:photo|video|picture|pic)|filmed|recorded)"
        ),
        words(
            "bought bumped ran grew went used lent owe owed gave helped live lived work worked know share "
            "sit go play drink was were got asked refused told let picked met spoke followed took filmed "
            "recorded"
        ),
        phrase(
            r"^(?:(?:was|were) (?:at|on|in) (?:the|a) \w+ (?:that|until|before)|used to be an? |"
            r"went (?:out )?of business)"
        ),
    ),
    Rule(
        Kind.FIRST_PERSON,
        phrase(
            r"(?:^|(?:when|while|whilst|saw (?:him|her|them|it)|seen (?:him|her|them|it)|, ) ?)(?:just |was |"
            r"out )*(?:walking (?:the (?:dog|dogs|kids|pram)|home|back|past|to (?:school|work|the))|"
            r"taking (?:the|out the) (?:bins?|rubbish|dog|dogs|kids|washing)|"
            r"putting (?:the|out the) (?:bins?|kids|rubbish|washing|baby|dog)|letting the (?:dog|cat)|"
            r"coming (?:home|back|in) from|driving (?:home|past|to|back|by)|waiting (?:for|at) (?:the|"
            r"a) (?:bus|taxi|kids|train|lift|shop|stop)|on (?:the )?way (?:home|to work|back|to school)|"
            r"(?:dropping|picking|collecting|taking) (?:the|off the|up the) (?:kids|children|little|grandkids|"
            r"bairns)|on the school run|having a (?:fag|smoke|cig|brew)|hanging (?:the|out the) washing|"
            r"doing the (?:pots|dishes|washing|garden|school run)|feeding the (?:baby|cat|dog)|"
            r"up with the (?:baby|dog|bairn)|out (?:with|walking|jogging|running) (?:the )?(?:dog|dogs|pram)|"
            r"popped (?:out|to)|nipped (?:out|to)|jogging|out running)"
        ),
        words(
            "walking taking putting letting coming driving waiting way dropping picking collecting school "
            "having hanging doing feeding up out popped nipped jogging"
        ),
    ),
    Rule(
        Kind.FIRST_PERSON,
        phrase(
            r"(?:the )?(?:dog|baby|noise|shouting|shouts|screaming|banging|alarm|engine|row|music) woke|"
            r"(?:was |got |been )(?:woken|woke|awoken|kept awake)|woke(?:n)? (?:up )?(?:to|by|at|with|"
            r"hearing)|couldn't sleep|can't sleep|cant sleep|kept awake|no sleep"
        ),
        words("woke woken awoken awake sleep"),
        phrase(
            r"(?:he|she|they|kids|children|baby|residents|neighbours) (?:was |were |got |get |can't |cant |"
            r"couldn't )(?:woken|kept|sleep)"
        ),
    ),
)
