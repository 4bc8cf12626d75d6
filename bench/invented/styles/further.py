"""Further ways of writing of the development split: spoken, slang, logged, old-fashioned, learnt late, posted."""

from bench.invented.styles.style import Bank, Case, Shape, Style, phrases

SPOKEN = Bank(
    phrases("""
    who: yeah so his name's {who} right and {he} {doing} | um it's about {who} erm {he} {doing}
        | basically {who} yeah {he} {doing}
    family: you know the {who} family yeah one of that lot {doing} | it'll be one of the {who} boys {doing}
    nobody: i couldn't tell you what {he} is called but {he} {doing} | no name sorry just some {man} who {doing}
    nicknamed: everyone just says {v} | {he} gets called {v} mostly
    town: um over in {v} | that's {v} by the way | it's {v} where {he} is
    street: {he} is on {v} i think it was | halfway along {v}
    house: it's {v} i believe | yeah {v} that's the one | outside {v} most nights
    postcode: postcode yeah {v} | i looked it up it's {v}
    outward: {v} sort of area | around {v} way
    vehicle: {he}'s got this {v} | drives um a {v} | parks a {v} there
    plate: the registration let me see it's {v} | car reg {v} | the plate's {v}
    plate_start: reg starts with {v} didn't get the rest | the first half of the reg was {v}
    plate_end: reg ending {v} that's all i got | it ended in {v} the number plate
    plate_part: there was {v} on the plate somewhere | i remember {v} from the reg
    phone: {his} mobile number is {v} | i've got a number for {him} {v}
    phone_start: the mobile starts {v} and then i don't know | number beginning {v}
    phone_end: the number ends {v} | last bit of {his} number is {v}
    phone_part: i only know {v} is in {his} number | the mobile's got {v} in it
    phone_gap: {his} number is {v} something something {w} | it's {v} then i can't remember then {w}
    business: {he} has {v} you know that place | it's all out of {v}
    group: {he} runs with {v} | part of {v} i think
    with: {he} is thick as thieves with {v} | there's {v} as well who {he} goes about with
    kin: {he} is {v}'s cousin i think | {his} brother in law is {v}
    second: and then {v} is doing it too | {v} is another one
    age: i'd put {him} at about {v} | {he}'s like {v} ish
    decade: {he}'s {v}s i'd say | maybe in {his} {v}s
    born: {he} was born {v} cause i went to school with {him} | {v} {he} was born
    opening: hi yeah i'd like to report something | can i just say something anonymously
    closing: yeah that's it really | that's everything thanks
    filler: sorry my dog's barking hang on | it's mostly after half ten at night
        | i've lived here twenty two years | there was about six of them yesterday
    apart: my son {kin} won't go past there | {mate} next door told me to ring | i did speak to pc {cop} before
    """),
    doing=(
        "is dealing out of that house",
        "has people coming and going at all hours",
        "sells stuff to the school kids",
        "has loads of knives in the car",
        "lends people money then threatens them",
        "is nicking motorbikes",
        "takes over old people's flats",
    ),
)
SLANG = Bank(
    phrases("""
    who: {who} is shotting bruv, {he} {doing} | man like {who} {doing} | big up {who} who {doing}
        | that yute {who} {doing} | {who} and that, {he} {doing}
    family: bare man from the {who} family {doing} | them {who} lot {doing} | one of them {who} boys {doing}
    nobody: some yute {doing} | dunno {his} government but {he} {doing}
    nicknamed: man call {him} {v} | on road it's {v}
    town: {he} moves in {v} | bops round {v}
    street: {his} yard is on {v} | trap house on {v} | on {v} init
    house: {his} yard is {v} | trap is {v} | pull up at {v}
    postcode: {v} is the postcode | ping is {v}
    outward: {v} sides | reps {v}
    vehicle: {his} whip is a {v} | whippin a {v} | rolls in a {v}
    plate: plate on it is {v} | reg {v} | the whip is {v}
    plate_start: plate starts {v} | reg is {v} something
    plate_end: plate ends {v} | reg finishes {v}
    plate_part: {v} on the plate | seen {v} on the reg
    phone: line is {v} | hit {him} on {v} | trap phone {v}
    phone_start: line starts {v} | burner begins {v}
    phone_end: line ends {v} | burner ends in {v}
    phone_part: burner got {v} in it | {v} is in the line number
    phone_gap: line is {v} summin {w} | burner {v} bla bla {w}
    business: washes p at {v} | {v} is {his} spot
    group: {he} is on {v} ting | rolls with {v}
    with: always bookin it with {v} | him and {v} is tight | {v} is {his} shotter
    kin: {v} is {his} cuz | {his} bro is {v}
    second: {v} trapping aswell | same ting with {v}
    age: bout {v} | like {v} still
    decade: in {his} {v}s still | {v}s ting
    born: {v} baby | born {v} still
    opening: yo | dont say who told u | wagwan feds
    closing: thats all u gettin | pattern it | safe
    filler: ends is hot | 5 man on bikes last nite | slept on it since 2023 | food smells loud
    apart: my lil bro {kin} goes that skl | dont tell {mate} i said | pc {cop} is dead
    """),
    doing=(
        "moving food",
        "got a stick in the yard",
        "trappin all day",
        "sells yutes them bits",
        "got yutes runnin for {him}",
        "hittin licks",
        "juggin p's",
    ),
)
LOGGED = Bank(
    phrases("""
    who: Intelligence suggests {who} {doing} | {who} {doing} | Caller states that {who} {doing}
        | Information received that {who} (believed local) {doing}
    family: Members of the {who} family {doing} | An unidentified male of the {who} family {doing}
    nobody: An unknown {man} {doing} | Unidentified {man} {doing}
    nicknamed: Uses the street name {v} | Alias: {v} | Nominal is also referred to as {v}
    town: Believed to be residing in {v} | Frequents {v} | Active in the {v} area
    street: Resides in {v} | Address believed to be {v}, number not known | Seen at premises on {v}
    house: Resides at {v} | H/A {v} | Home address given as {v}
    postcode: Postcode recorded as {v} | P/C {v}
    outward: Operates in {v} | Postcode district {v}
    vehicle: Has use of a {v} | Seen driving a {v} | Linked vehicle: {v}
    plate: VRM {v} | Vehicle registered {v} | Index number {v}
    plate_start: Partial VRM, commencing {v} | VRM begins {v}
    plate_end: Partial VRM ending {v} | Index ends {v}
    plate_part: Partial VRM containing {v} | Part VRM {v}
    phone: Telephone number {v} | Contact number {v} | Uses mobile {v}
    phone_start: Number commencing {v} | Partial number beginning {v}
    phone_end: Number ending {v} | Handset number ends {v}
    phone_part: Partial number containing {v} | Handset number includes {v}
    phone_gap: Partial number {v}*****{w} | Number {v} (digits missing) {w}
    business: Associated with {v} | Funds believed laundered via {v}
    group: Believed affiliated to {v} | Member of {v}
    with: Known associate of {v} | Seen in company of {v}
    kin: Cousin of {v} | Understood to be related to {v}
    second: {v} is also involved | {v} assists
    age: Aged approximately {v} | Aged {v} years
    decade: In {his} {v}s | Age range {v}s
    born: YOB {v}
    opening: Source is untested. | Single source, not corroborated.
    closing: No further trace. | Handle with care. | Nothing further known.
    filler: Recorded at 1420 hours. | CCTV reviewed, camera 7. | Two visits logged on 3rd March.
    apart: Logged by PC {cop}. | Victim {mate} declines to engage. | Reported by neighbour {mate}.
    """),
    doing=(
        "is supplying class A drugs",
        "is concerned in the supply of heroin",
        "is in possession of a firearm",
        "is cuckooing a vulnerable adult",
        "is handling stolen vehicles",
        "is exploiting young people",
    ),
)
LONG_WINDED = Bank(
    phrases("""
    who: I believe the person responsible is one {who}, who {doing}
        | The gentleman in question is {who} and {he} {doing}
        | I am told that young {who} {doing} | A certain {who} {doing}, I am sorry to say
    family: It concerns the {who} family, one of whom {doing} | One of those {who} children, grown up now, {doing}
    nobody: I never learned {his} name but {he} {doing} | A {man} I do not know {doing}
    nicknamed: I gather {he} is called {v} by {his} friends | The others shout {v} at {him}
    town: This is going on in {v} | {he} is to be found in {v}
    street: {he} has taken a house in {v} | The property is in {v} | It is the end house of {v}
    house: The house in question is {v} | {he} resides at {v} | I refer to {v}
    postcode: The postal code is {v} | Our letters say {v}
    outward: We are in {v}
    vehicle: {he} has been seen in a {v} | A {v} is left outside at all hours
    plate: I noted down the number of the motor car, {v} | Its registration number is {v}
    plate_start: The number of the car began {v} | I made out {v} at the beginning of the number plate
    plate_end: The number of the car ended {v} | The last letters of the registration were {v}
    plate_part: I made out {v} on the number plate | The registration had {v} in it
    phone: A telephone number was pushed through my door, {v} | {he} can be reached on {v}
    phone_start: The telephone number began with {v} | I saw {v} at the start of the telephone number
    phone_end: The telephone number ended with {v} | The last figures of the telephone number were {v}
    phone_part: The telephone number had {v} in it | I recall {v} in the middle of {his} telephone number
    phone_gap: The telephone number was {v}, then some figures I forget, then {w} | {his} telephone is {v} - - {w}
    business: I understand that {he} owns {v} | {he} is to be seen at {v}
    group: {he} belongs to what they call {v} | {he} has fallen in with {v}
    with: {he} keeps company with {v} | {he} and {v} are never apart
    kin: {he} is a cousin of {v} | {v} is an uncle of {his}
    second: A person named {v} is involved also | {v} is no better
    age: I should say {he} is {v} or thereabouts | {he} is perhaps {v} years of age
    decade: {he} would be in {his} {v}s | A {man} in {his} {v}s
    born: {he} was born in {v}, as my own son was | The year of {his} birth would be {v}
    opening: I hesitate to write. | Forgive my troubling you. | I am eighty one and live alone.
    closing: I should be obliged if you would look into it. | I ask that my name be kept out of it.
    filler: The buses no longer run after seven. | My late husband would never have stood for it.
        | I have lived here since 1968. | There used to be 2 policemen on this beat.
    apart: My niece {kin} helped me with this letter | My good friend {mate} is of the same mind
        | Constable {cop} was most kind | Poor {mate} had his windows broken
    """),
    doing=(
        "sells drugs to children",
        "deals in stolen goods",
        "keeps a pistol",
        "lends money at wicked rates",
        "has turned a poor woman's flat into a den",
        "brings in unfortunate girls",
    ),
)
LEARNT = Bank(
    phrases("""
    who: Is man, name {who}, {doing} | {who} is name, {doing} | In my building {who} {doing}
        | Please check {who}, {doing}
    family: Family {who}, one man {doing} | People from family {who} {doing}
    nobody: Is man who {doing} | One guy {doing}, name I don't have
    nicknamed: All say {v} | Nick is {v} | Friends speak {v} to {him}
    town: City {v} | It is in {v} | Location {v}
    street: Street is {v} | On {v} live | Flat in {v}
    house: Adress {v} | Live in {v} | Flat {v}
    postcode: Code {v} | Postal {v}
    outward: District {v} | Zone {v}
    vehicle: Has auto {v} | With car {v} | Machine is {v}
    plate: Registration plate {v} | Auto number {v} | Plates {v}
    plate_start: Plates beginning {v} | Begin of plate {v}
    plate_end: Plates ending {v} | End of plate {v}
    plate_part: On plate was {v} | Plate with {v}
    phone: Phone {v} | Contact {v} | Whatsapp {v}
    phone_start: Phone from {v} begins | Phone begin {v}
    phone_end: Phone ends with {v} | On end of phone {v}
    phone_part: In phone number {v} | Phone with {v}
    phone_gap: Phone {v} ... {w} | Phone {v}-?-{w}
    business: Firm {v} | Boss of {v}
    group: Is from {v} | Group {v}
    with: Together with {v} | Friend {v} also come | Work with {v}
    kin: Cousin name {v} | Brother of wife is {v}
    second: Second man {v} | And {v} too
    age: Has {v} years | Years: {v} | Around {v} years old
    decade: Years {v}s | About {v}s
    born: Year {v} born | Birth {v}
    opening: Good morning. | I write because I am scared. | Please anonymous.
    closing: Thank you for reading. | Please do not call me. | This is all.
    filler: Every day noise. | I pay rent 800. | 4 policeman came in May and nothing. | Children cannot sleep.
    apart: My daughter {kin} sees this. | Neighbour {mate} told me. | I spoke with officer {cop}.
    """),
    doing=(
        "sells narcotics",
        "has weapon",
        "takes documents from workers",
        "makes cigarettes without tax",
        "steals bikes",
        "beats people for money",
        "prostitution in flat",
    ),
)
POSTED = Bank(
    phrases("""
    who: PSA {who} is a dealer, {he} {doing} | {who}!!! {he} {doing} | anyone know {who}?? {he} {doing}
        | shame on {who}, {he} {doing}
    family: the {who} clan strike again, one of em {doing} | bloody {who}s, one of em {doing}
    nobody: whoever this {man} is {he} {doing} | unknown scumbag {doing}
    nicknamed: aka {v} | calls {himself} {v}
    town: {v} peeps beware | local to {v}
    street: watch out if ur on {v} | {v} residents beware | lives {v}
    house: {v} is the address | lives at {v} go figure
    postcode: {v} on maps | ({v})
    outward: {v} area peeps | {v} crew
    vehicle: drives a {v} like a maniac | spotted in a {v}
    plate: reg {v} share share share | plate is {v} | reg: {v}
    plate_start: reg {v}.... | plate starting {v}
    plate_end: reg ....{v} | plate ending {v}
    plate_part: think reg had {v} in it | part of reg {v}
    phone: txts from {v} | number's {v} | blocked {v}
    phone_start: number starts {v} | txts from {v}.......
    phone_end: number ends {v} | txts from .......{v}
    phone_part: number with {v} in | mobile has {v} in the middle
    phone_gap: number {v}....{w} | txts from {v}xxxxx{w}
    business: avoid {v} its {his} | works out of {v}
    group: one of {v} | {v} again
    with: out with {v} as per | {v} drives {him} round
    kin: cousin of {v} surprise surprise | {v} is {his} sister
    second: {v} is just as bad | {v} in on it
    age: {v} yr old | must be {v} tops
    decade: {v}s | late {v}s maybe
    born: {v} born | born in {v} so should know better
    opening: RANT ALERT | sick of this place | sharing again
    closing: share pls | do one | #justice
    filler: bins STILL not done | kids cant even play out | 3am again last night | that chippy was 12.50 for 2
    apart: our {kin} was in bits | cheers to {mate} for the heads up | pcso {cop} useless
    """),
    doing=(
        "is selling to kids",
        "robs old folk",
        "deals out the flat",
        "nicks bikes and flogs em",
        "threatened my mum for cash",
        "has a blade on {him}",
    ),
)

STYLES = (
    Style("spoken", SPOKEN, Shape.RUN_ON, Case.LOWER, slips=0.01, told_aloud=0.4, wild_names=0.15, weight=14),
    Style("slang", SLANG, Shape.RUN_ON, Case.LOWER, slips=0.03, texted=True, wild_names=0.3, weight=12),
    Style("logged", LOGGED, slips=0.01, name_slips=0.12, wild_names=0.2, weight=14),
    Style("logged in lines", LOGGED, Shape.LIST, Case.UPPER, slips=0.02, wild_names=0.2, weight=8),
    Style("long-winded", LONG_WINDED, Shape.LETTER, slips=0.02, wild_names=0.1, fillers=3, weight=12),
    Style("learnt", LEARNT, slips=0.05, name_slips=0.3, wild_names=0.2, weight=12),
    Style("learnt, small letters", LEARNT, Shape.KEYWORDS, Case.LOWER, slips=0.06, wild_names=0.25, weight=8),
    Style("posted", POSTED, Shape.DOTS, Case.SHOUTED, slips=0.04, wild_names=0.25, weight=12),
    Style("posted without stops", POSTED, Shape.RUN_ON, Case.LOWER, slips=0.06, name_slips=0.35, weight=8),
)
