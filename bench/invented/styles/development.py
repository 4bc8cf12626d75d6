"""The development split's ways of writing. None of its phrases is in the test split."""

from bench.invented.styles.style import Bank, Case, Shape, Style, phrases

TALK = Bank(
    phrases("""
    who: there's a {man} called {who} who {doing} | {who} {doing} | it's {who}, {he} {doing}
        | I want to tell you about {who}. {he} {doing}
        | do you know {who}? {he} {doing} | the one you want is {who}, {he} {doing}
    family: it's the {who}s, one of them {doing} | one of the {who} lot {doing}
        | the {who} family, well one of the sons {doing}
        | the {who} brothers are at it, the middle one {doing} | somebody out of the {who}s {doing}
    nobody: there's a {man} who {doing} | a {man} round here {doing} | I don't know the name but {he} {doing}
        | this {man} {doing}
    nicknamed: {v} they call {him} | everybody calls {him} {v} | {he} answers to {v}
    town: {he} lives over in {v} | this is in {v} | {he}'s from {v} | {he} stays in {v} these days
        | it's all happening in {v}
    street: {he} lives on {v} | the house is on {v} | {he}'s just off {v} | top end of {v} is where {he} stops
        | {he}'s got a flat on {v}
    house: {he} lives at {v} | the address is {v} | number {v} is where it's kept | {he} moved into {v}
    postcode: the postcode is {v} | it comes up as {v} on the sat nav | round {v}
    outward: it's the {v} area | somewhere in {v} | postcode begins {v}
    vehicle: {he} drives a {v} | {he}'s always in a {v} | there's a {v} {he} uses | {he} turns up in a {v}
    plate: the reg is {v} | number plate {v} | registration {v} | {he} drives about in {v} | I took the reg down, {v}
    plate_start: the reg starts {v} | plate begins with {v} and I missed the rest
        | I only got the first bit of the reg, {v}
    plate_end: the reg ends {v} | last bit of the plate is {v} | I only saw the end of the number plate, {v}
    plate_part: there's {v} in the reg | part of the plate is {v} | I got {v} off the plate
    phone: {his} number is {v} | you ring {v} to order | {he} uses {v} | text {v} and {he} brings it
    phone_start: {his} number starts {v} | the phone begins {v}, couldn't see the rest
        | first few digits of {his} mobile are {v}
    phone_end: {his} number ends in {v} | last digits of the mobile are {v} | the phone finishes {v}
        | {he} rings off a number that ends {v}
    phone_part: {his} mobile has {v} in the middle | I saw {v} in {his} phone number
        | there was a {v} somewhere in the number
    phone_gap: {his} number is {v} something {w} | mobile {v} then I missed some then {w}
        | the number goes {v} blah blah {w}
    business: it all goes through {v} | {he} runs {v} | {v} is {his} front | the cash is cleaned at {v}
    group: {he} is with {v} | {he} works for {v} | {he}'s one of {v}
    with: {he}'s always with {v} | {he} knocks about with {v} | {v} does the driving for {him} | {he} works with {v}
    kin: {his} cousin is {v} | {he}'s related to {v} | {v} is {his} brother in law
    second: {v} is in it as well | and {v} too, they're partners | I'd look at {v} while you're there
    age: {he}'s about {v} | I'd say {v} years old | {he} must be {v} | aged around {v}
    decade: {he}'s in {his} {v}s | somewhere in {his} {v}s I'd guess
    born: {he} was born in {v} | born {v} I believe
    opening: Hello, I don't want to give my name. | I've rung before about this. | I'm sick of this.
        | This is between us.
        | I don't know if this is any use to you. | I've been told to ring you.
    closing: That's all I know. | Please do something. | I can't be seen talking to you. | Don't come to my door.
        | I'll ring again if I hear more.
    filler: the bins haven't been emptied for weeks either | it was on the news about the 42 bus
        | there's kids about till ten at night
        | there used to be a nice shop there | a white van delivers to the pub but that's nothing to do with it
        | it's been going on since 2021
        | the street lights are out again | I pay £140 a month council tax for this | my shift starts at 6
        | the {pub} is full of it on a Friday | I was waiting for the 18 when I saw it
    apart: my daughter {kin} is scared to walk home | my mate {mate} saw it too | PC {cop} never rang me back
        | I told Sergeant {cop} about it last year
        | my husband {kin} says leave it | my neighbour {mate} told me | they robbed old {mate}'s shed
        | you can ring me on {mine}
    """),
    doing=(
        "is selling coke from the house",
        "sells weed to kids",
        "is knocking out heroin",
        "has got a gun in the loft",
        "keeps stolen bikes",
        "is lending money and breaking legs",
        "has young lads running drugs for {him}",
        "brings the stuff up from London",
        "grows cannabis upstairs",
        "is moving boxes of fags",
        "sells tablets",
        "has girls working in a flat",
        "nicks cars to order",
        "is threatening people for money",
    ),
)
TERSE = Bank(
    phrases("""
    who: {who} {doing} | {who}: {doing} | name {who}, {doing} | subject {who} {doing}
    family: {who} family {doing} | the {who}s {doing} | {who} lot, {doing}
    nobody: male unknown {doing} | name not known, {doing} | person {doing}
    nicknamed: aka {v} | known as {v} | street name {v}
    town: {v} | lives {v} | {v} area
    street: {v} | lives {v} | house on {v}
    house: {v} | add: {v} | lives {v}
    postcode: {v} | pc {v}
    outward: {v} | area {v}
    vehicle: {v} | drives {v} | veh {v}
    plate: {v} | reg {v} | vrm {v}
    plate_start: part reg {v}... | reg begins {v} | index starts {v}
    plate_end: part reg ...{v} | reg ending {v} | last part of index {v}
    plate_part: partial plate {v} | part index {v} | some of reg: {v}
    phone: {v} | tel {v} | mob {v}
    phone_start: mob begins {v} | tel {v}... | phone starts {v}
    phone_end: mob ends {v} | tel ...{v} | phone ending {v} | last digits {v} (phone)
    phone_part: part of mob {v} | tel contains {v} | part phone no {v}
    phone_gap: mob {v}...{w} | tel {v}xxx{w} | phone {v}??{w}
    business: {v} | front is {v} | uses {v}
    group: {v} | part of {v} | linked to {v}
    with: with {v} | associate {v} | seen with {v}
    kin: cousin of {v} | related to {v} | family: {v}
    second: also {v} | {v} involved | 2nd person {v}
    age: {v} yrs | age {v} | approx {v}
    decade: {v}s | age {v}s
    born: b. {v} | yob {v}
    opening: INFO | for the drugs team | anon
    closing: no further details | do not contact | will update
    filler: seen tues 9pm | dogs in yard | cctv on front | busy weekends | 3 visitors an hour | cash only | since 2022
    apart: told by {mate} | PC {cop} aware | victim {mate} | informant's wife {kin} scared
    """),
    doing=(
        "dealing class A",
        "selling cannabis",
        "guns",
        "stolen vehicles",
        "money lending",
        "drug line",
        "cuckooing",
        "running kids",
        "cash counting",
        "cannabis grow",
    ),
)
BROKEN = Bank(
    phrases("""
    who: here is one {man} name {who}, he {doing} | I know {who}, this {man} {doing} | this person {who} he {doing}
        | {who} is bad {man}, {doing}
    family: the {who} family all is bad, one of son {doing} | from {who} family one boy {doing}
        | these {who} people, one {doing}
    nobody: one {man} here {doing} | I not know name, he {doing} | this {man} every day {doing}
    nicknamed: peoples say him {v} | they are calling him {v} | on street name is {v}
    town: he living {v} | he is from {v} side | in {v} he is
    street: he living in {v} | his home on {v} | near to {v} is his house
    house: his house is {v} | he living at {v} | home is {v}
    postcode: post code is {v} | is {v} code
    outward: this is {v} side | near {v}
    vehicle: he have {v} | he is driving {v} | car is {v}
    plate: number of car {v} | car plate is {v} | his number plate {v}
    plate_start: car number is start from {v} | plate first part {v}
    plate_end: car number finish on {v} | plate in end is {v}
    plate_part: in car number is {v} | some of plate {v}
    phone: his telephone {v} | number of him {v} | he use mobile {v}
    phone_start: telephone start with {v} | his number begin on {v}
    phone_end: telephone finish {v} | his number in the end {v} | last numbers of mobile is {v}
    phone_part: in his telephone is {v} | number have {v} inside
    phone_gap: telephone {v} and after I forget and {w} | number {v} something and {w} finish
    business: he have shop {v} | money go to {v} | he is boss in {v}
    group: he is with {v} | he working for {v} | gang is {v}
    with: always he go with {v} | {v} is his friend, together they doing | he working with {v}
    kin: {v} is cousin brother of him | he is family with {v}
    second: also {v} do same thing | {v} is with him same business
    age: he maybe {v} years | age {v} about | he have {v} years
    decade: he is {v} something years | age is in {v}s
    born: he is born {v} | year of birth {v}
    opening: Sorry for my English. | Good day police. | Please nobody must know me.
    closing: Please help us. | I am afraid too much. | God bless. | Thank you please.
    filler: every night cars coming many | I have three children small | I work in factory, finish 10 evening
        | rubbish everywhere in street
        | council not do nothing | bus 7 stop there
    apart: my son {kin} go to school there | my wife {kin} is afraid | my friend {mate} he see this
        | police {cop} he come one time only
    """),
    doing=(
        "sell drugs to young",
        "is selling powder",
        "taking money from shops",
        "have weapon in house",
        "bring girls from other country",
        "make fake documents",
        "is keep passports of workers",
        "smoke and sell weed all day",
        "steal cars and send",
        "give drugs to boys for sell",
    ),
)
HEARSAY = Bank(
    {
        **TALK.phrases,
        "opening": (
            "This is only what I've heard.",
            "My sister's friend told her and she told me.",
            "A lad at work was saying.",
            "It's gossip at the school gate but",
        ),
        "who": (
            "supposedly {who} {doing}",
            "word is {who} {doing}",
            "they reckon {who} {doing}",
            "so I'm told, {who} {doing}",
        ),
        "town": ("somewhere in {v} they said", "{v} I think it was", "over {v} way apparently"),
    },
    TALK.doing,
)

STYLES = (
    Style("call note", TALK, fillers=2, weight=18),
    Style("small letters", TALK, Shape.RUN_ON, Case.LOWER, slips=0.05, name_slips=0.3, weight=14),
    Style("capitals", TALK, case=Case.UPPER, weight=8),
    Style("capital keywords", TERSE, Shape.KEYWORDS, Case.UPPER, fillers=1, weight=6),
    Style("keywords", TERSE, Shape.KEYWORDS, fillers=1, weight=10),
    Style("list", TERSE, Shape.LIST, fillers=1, weight=6),
    Style("text message", TALK, Shape.RUN_ON, Case.LOWER, slips=0.04, texted=True, weight=12),
    Style("letter", TALK, Shape.LETTER, opens=0.6, closes=0.7, fillers=3, weight=8),
    Style("broken English", BROKEN, slips=0.04, small_words_dropped=True, weight=12),
    Style("third hand", HEARSAY, opens=0.9, weight=8),
)
