"""The test split's ways of writing, some of a kind that development lacks. Nothing may be tuned on what they give."""

from bench.invented.styles.style import Bank, Case, Shape, Style, phrases

SPEECH = Bank(
    phrases("""
    who: right so basically {who} yeah, {he} {doing} | you need to look into {who} because {he} {doing}
        | concerning a {man}, {who}, who {doing}
        | {who} again!! {he} {doing} | can someone have a word with {who}, {he} {doing} | name of {who}. {he} {doing}
    family: those {who}s are running the estate, the eldest {doing} | a {who} lad {doing}
        | anyone called {who} round here is trouble and this one {doing}
        | the whole {who} clan, it's the nephew who {doing} | one of them {who} brothers {doing}
    nobody: some {man} {doing} | never caught a name, {he} {doing} | couldn't tell you who, but {he} {doing}
        | the {man} opposite {doing}
    nicknamed: goes by {v} | {v} is what the lads shout | {his} nickname's {v} | better known as {v}
    town: {he}'s a {v} {man} | you'll find {him} in {v} | based in {v} | moved to {v} a year back
        | I'm talking about {v} here
    street: you'll find {him} on {v} | round the back of {v} | on the corner of {v}
        | it's {v}, the one with the skip outside | {his} mum's is on {v}
    house: it's {v} you want | try {v} | {he} sleeps at {v} | deliveries go to {v}
    postcode: {v} if you want the code | sat nav says {v} | post code {v}
    outward: {v} way | it's within {v} | the {v} end of town
    vehicle: runs round in a {v} | {his} motor's a {v} | look out for a {v} | got {himself} a {v}
        | does the drops in a {v}
    plate: plate's {v} | wrote it on my hand, {v} | it says {v} on the back | tagged {v} | the car is {v}
    plate_start: got as far as {v} on the plate before {he} pulled off | the front half of the reg was {v}
        | {v} something on the plates
    plate_end: only caught {v} at the end of the plate | {v} were the closing letters on the car
        | something something {v} on the number plate
    plate_part: somewhere in the plate it says {v} | I'm sure {v} was in there, on the reg | half a plate for you: {v}
    phone: it's {v} for the shop line | {his} burner is {v} | WhatsApp is {v} | I've had calls from {v}
    phone_start: {v} is how {his} number kicks off | all I've got of the phone is the opening, {v}
        | the dialling bit is {v} on {his} mobile
    phone_end: {v} are the last few of {his} mobile | something {v} at the end of {his} number
        | final digits on the phone: {v}
        | {his} phone, I only remember it had {v} to finish
    phone_part: {v} comes up in the middle of {his} number | a bit of {his} mobile was {v}
        | I remember {v} from the phone number
    phone_gap: {his} mobile was {v} dash dash {w} | phone number {v} and then a few and {w}
        | {v} dunno dunno {w} is the number
    business: washes it through {v} | you can see {him} in {v} most days | {v} belongs to {him} really
        | {v} is where it gets dropped
    group: belongs to {v} | takes {his} orders from {v} | tied up with {v} | runs with {v}
    with: thick as thieves with {v} | never see {him} without {v} | {v} carries for {him} | does the rounds with {v}
    kin: {v} is family to {him} | uncle is {v} | going out with {v}'s sister
    second: same goes for {v} | {v} is every bit as bad | plus {v} on the other phone
    age: {v}ish | looks {v} | {v} or thereabouts | would be {v} now
    decade: {v} odd | a {man} in {his} {v}s
    born: {v} birth year | a {v} baby
    opening: Before you ask no I won't sign anything. | Dunno who reads these. | Second time of writing.
        | Long story short. | Listen.
    closing: Over to you. | You didn't hear it from me. | Sort it out. | I'm moving anyway. | Cheers.
    filler: the chippy's gone downhill an' all | got soaked waiting for the 86
        | they've dug up the pavement twice since March | rent went up £60
        | {pub} used to be decent | took my blood pressure tablets and went to bed
        | there's a skip lorry blocks the road Tuesdays
        | the blue estate car is only the carer's | started when the library shut in 2019
        | my knee's bad so I'm at the window a lot | ref 4471 from last time
    apart: our {kin} got followed home | me and {mate} were in the garden | DC {cop} said to fill this in
        | Inspector {cop} knows the background
        | my lad {kin} won't go out | {mate} from the residents' group asked me to write
        | poor {mate} had her windows put in | call back on {mine} after 5
    """),
    doing=(
        "is shifting bags of snow",
        "deals spice outside the school",
        "has a shotgun under the stairs",
        "is at the burglaries",
        "runs a county line",
        "puts pills through the letterbox",
        "has taken over a disabled woman's flat",
        "launders for the big boys",
        "pushes crack",
        "collects debts with a bat",
        "cuts cars up in the lock-up",
        "ships tobacco in",
        "has lads of 14 out on bikes",
        "is forcing women to work",
    ),
)
OFFICIAL = Bank(
    phrases("""
    who: A tenant reports that {who} {doing} | Concern has been raised regarding {who}, who allegedly {doing}
        | Our client states {who} {doing}
    family: Concern has been raised regarding the {who} family, one of whom allegedly {doing}
        | A member of the {who} household {doing}
    nobody: An unnamed {man} allegedly {doing} | A tenant reports that an unknown {man} {doing}
    nicknamed: The individual is referred to as {v} | Commonly addressed as {v}
    town: The individual resides in {v} | Locality: {v} | The matter relates to {v}
    street: Residence is understood to be on {v} | The premises are on {v} | Sightings are on {v}
    house: The property is {v} | Residence recorded as {v} | Visits are made to {v}
    postcode: Postal code {v} | The premises fall under {v}
    outward: Postal district {v} | The district is {v}
    vehicle: The vehicle used is a {v} | A {v} attends the premises | Arrives by {v}
    plate: Vehicle registration mark {v} | bearing the mark {v} | Registration recorded by the warden: {v}
    plate_start: The registration mark commences {v} | Only the first characters of the mark were noted, {v}
    plate_end: The registration mark concludes {v} | Only the final characters of the mark were noted, {v}
    plate_part: The mark includes {v} | An incomplete mark was noted: {v}
    phone: Contact number held on file: {v} | The individual telephones from {v}
    phone_start: The contact number commences {v} | An incomplete telephone number was given, commencing {v}
    phone_end: The contact number concludes {v} | An incomplete telephone number was given, final digits {v}
    phone_part: The telephone number includes {v} | The digits {v} form part of the telephone number
    phone_gap: The telephone number was given as {v} (illegible) {w} | Number partly legible: {v} - {w}
    business: Said to be connected with the premises {v} | Employment is given as {v}
    group: Said to be affiliated with {v} | Believed to be a member of {v}
    with: Frequently accompanied by {v} | Known to associate with {v}
    kin: Understood to be a relative of {v} | Said to be a cousin of {v}
    second: {v} is also mentioned in the complaint | The complaint also concerns {v}
    age: Estimated age {v} | Believed to be {v} years of age
    decade: Estimated to be in the {v}s | Age bracket: {v}s
    born: Year of birth given as {v} | Stated to have been born during {v}
    opening: Submitted by a housing provider. | Passed on by a school. | From the tenancy support team.
    closing: Please do not disclose the origin. | No further action has been taken by this office.
        | The file remains open.
    filler: Arrears stand at £312 | A visit was made on 14 March | The lift has been repaired
        | Attendance has fallen to 61 per cent
    apart: The complainant's daughter, {kin}, is distressed | The matter was discussed with PCSO {cop}
        | The tenant at risk is {mate}
    """),
    doing=(
        "supplies controlled drugs",
        "has taken control of a vulnerable tenant's flat",
        "stores stolen goods",
        "is exploiting minors",
        "demands money from residents",
        "conducts an illegal lending business",
        "possesses a firearm",
        "is cultivating cannabis",
    ),
)
SECOND_LANGUAGE = Bank(
    phrases("""
    who: sir i tell you about {who} he {doing} | is a {man} {who}, {doing} | dis {man} {who} e {doing}
        | the mister {who} he {doing} | {who}, he {doing}, true I swear
    family: family {who}, one they {doing} | dem {who} people, one {doing} | house of {who}, the young one {doing}
    nobody: a {man} no name {doing} | is a {man} {doing} | e get one {man} wey {doing}
    nicknamed: calling {v} | dem dey call am {v} | name for friends {v}
    town: stay for {v} | he habit in {v} | is located {v} city
    street: house he at {v} | e dey live for {v} | in the street {v}
    house: the house {v} | door is {v} | his flat {v}
    postcode: code poste {v} | postal {v}
    outward: zone {v} | sector {v}
    vehicle: he make drive the {v} | him motor na {v} | with auto {v}
    plate: matricula {v} | auto have number {v} | plate na {v}
    plate_start: the auto number is begin {v} | plate first is {v} rest I no see
    plate_end: the auto number is with {v} last | plate e end for {v}
    plate_part: auto number inside {v} | small part of plate {v}
    phone: mobile number he {v} | call am for {v} | phone of this man {v}
    phone_start: phone is beginning by {v} | number e start {v}
    phone_end: phone is ending by {v} | number e finish for {v} | the mobile, only last I know, {v}
    phone_part: phone he have {v} in middle | inside mobile number e get {v}
    phone_gap: phone is {v} then no see then {w} | mobile {v} I no remember {w}
    business: he has local {v} | na him get {v} | is work {v} but is not work
    group: is from group {v} | e follow {v}
    with: together all time {v} | e dey waka with {v} | collaborate with {v}
    kin: {v} is from his family | {v} na him cousin
    second: and {v} same same | other one {v}
    age: has {v} years | him old reach {v} | around {v} he have
    decade: {v} and more years | between {v}s
    born: made in {v} | birth {v}
    opening: Hello mister police. | Abeg no talk my name. | I write with translator.
    closing: Respect. | Make una help us. | I wait you. | With many thanks.
    filler: I am cleaner in night | my landlord no repair heating | in my country is same | baby no sleep from noise
        | tram 3 is near
    apart: my brother {kin} see everything | my pikin {kin} dey fear | mister {mate} of shop he know
        | the officer {cop} he write paper
    """),
    doing=(
        "do the drugs selling",
        "sell white thing",
        "take rent from girls",
        "have pistol",
        "bring people in lorry",
        "dey sell igbo",
        "is make plants green in house",
        "make the scam with cards",
        "take pay of workers",
        "hit people for money",
    ),
)
CHAT = Bank(
    {
        **SPEECH.phrases,
        "opening": ("lol ok", "omg", "so", "not being funny but", "#justsaying"),
        "closing": ("smh", "#nottoday", "jus sayin", "deleted this after"),
        "who": ("{who} innit, {doing}", "its {who}, {doing} every day", "every1 knows {who} {doing}"),
        "town": ("{v} ends", "#{v}", "down {v}"),
    },
    SPEECH.doing,
)
LABELS = Bank(
    {
        **OFFICIAL.phrases,
        "who": ("Who: {who}. What: {doing}", "Person: {who}, what goes on: {doing}"),
        "town": ("Where: {v}", "Town or city: {v}"),
        "street": ("Road: {v}", "Which street: {v}"),
        "vehicle": ("Car: {v}", "What do they drive: {v}"),
        "phone_end": ("Phone: ?????{v}", "Phone number (if known): only know {v} at end"),
        "plate_end": ("Plate: ????{v}", "Number plate (if known): ** {v}"),
        "age": ("How old: {v}", "Age (guess): {v}"),
    },
    SPEECH.doing,
)

STYLES = (
    Style("complaint", SPEECH, fillers=3, weight=14),
    Style("voicemail", SPEECH, Shape.RUN_ON, Case.LOWER, slips=0.0, name_slips=0.35, opens=0.6, weight=12),
    Style("shouting", SPEECH, Shape.DOTS, Case.UPPER, slips=0.04, weight=8),
    Style("rant", SPEECH, Shape.DOTS, Case.SHOUTED, slips=0.05, weight=8),
    Style("chat", CHAT, Shape.RUN_ON, Case.LOWER, slips=0.05, texted=True, opens=0.6, weight=12),
    Style("agency memo", OFFICIAL, slips=0.0, name_slips=0.1, street_slips=0.2, weight=10),
    Style("answers", LABELS, Shape.LABELLED, slips=0.01, fillers=1, weight=10),
    Style("email", SPEECH, Shape.LETTER, opens=0.5, closes=0.6, weight=8),
    Style("second language", SECOND_LANGUAGE, slips=0.03, weight=10),
    Style(
        "second language, small",
        SECOND_LANGUAGE,
        Shape.RUN_ON,
        Case.LOWER,
        slips=0.05,
        small_words_dropped=True,
        weight=6,
    ),
)
