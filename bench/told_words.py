"""What simulated tellers say: invented people and places, events and the ways of putting them, what is passed on.

Telephone numbers and plates are made where they are used; nobody here is meant to be anybody.
"""

GIVEN = [
    "Darren", "Imran", "Kayleigh", "Tomasz", "Abdi", "Sharon", "Wesley", "Femi", "Ioana", "Besnik", "Craig", "Nasreen",
    "Declan", "Minh", "Jerome", "Yusuf",
]  # fmt: skip
SURNAMES = [
    "Hollis", "Mirza", "Brackley", "Wojcik", "Warsame", "Pendle", "Adeyemi", "Stanciu", "Hoxha", "Rudge", "Begum",
    "Tiernan", "Pham", "Knox", "Demir",
]  # fmt: skip
NICKNAMES = [
    "Spud", "the Ferret", "Big Daz", "Lanky", "Goldie", "Mad Mick", "the Vicar", "Biscuit", "Tiny", "Ginger Col",
    "Slim", "Papa", "Smiler", "Duke",
]  # fmt: skip
STREETS = [
    "Tanner Row", "Foundry Lane", "Loom Street", "Cresswell Road", "Kiln Close", "Harbour View", "Dyer Terrace",
    "Mill Brow",
]  # fmt: skip
PLACES = [
    "the Weavers Arms", "the old baths", "the car wash", "the bookies", "the playing field", "the underpass",
    "the garages",
]  # fmt: skip
CARS = ["a black Audi", "a silver Transit", "a white Golf", "a blue Corsa", "a grey BMW", "a red Fiesta"]
GOODS = ["weed", "coke", "pills", "spice", "stolen bikes", "knock-off cigarettes", "heroin"]

# What happened, and ways in which different people put it.
EVENTS: dict[str, tuple[str, ...]] = {
    "selling": (
        "{who} is selling {goods} out of the house on {street} day and night",
        "You can see people queue at {street} from tea time, it is {who} who serves them {goods}",
        "If anybody wants {goods} round here they go to {who} on {street}",
        "Buyers knock twice at the door in {street} and get handed {goods} by {who}",
        "{goods} dealing at {street}. Main man: {who}",
        "I know for certain {who} supplies {goods}, customers come to {street} on foot and by taxi",
    ),
    "car": (
        "{who} drives {car}, the plate is {plate}",
        "There is {car} parked across the pavement every evening, reg {plate}, it belongs to {who}",
        "Saw {who} loading heavy bags into {car} ({plate})",
        "Look for {car} with the number {plate}, that is what {who} gets about in",
        "Vehicle used by {who}: {car}, {plate}",
        "{car} {plate} collects {who} around eleven most nights with its lights off",
    ),
    "kids": (
        "{who} has lads of thirteen or fourteen carrying things on bikes to {place}",
        "School children are being used as runners, they meet {who} behind {place}",
        "My nephew was offered trainers by {who} near {place} if he would hold a parcel",
        "Youngsters in grey tracksuits hang about {place} and do errands for {who}",
        "It is not right what {who} makes those boys do at {place}",
        "Teenagers run packages between {place} and wherever {who} tells them",
    ),
    "threat": (
        "{who} told the shopkeeper his windows would go through unless he paid every Friday",
        "Everybody pays {who}, the ones that refuse get bricks or worse",
        "An old man on {street} was slapped by {who} for complaining about noise",
        "People are frightened to speak because {who} has a machete under the stairs",
        "{who} carries a knife and waves it at anyone who looks too long",
        "Shops near {place} hand over money weekly to {who}, I have watched it happen",
    ),
    "gun": (
        "There is a handgun wrapped in a towel in the loft at {street}, {who} showed it off at a christening",
        "{who} bragged about owning a shooter while drunk in {place}",
        "Someone heard two bangs by {place} and then {who} running with something in his sleeve",
        "I believe {who} hides a firearm somewhere near {place}",
        "{who} keeps a gun. Do not go there without thinking",
        "A pistol was passed to {who} from a van window outside {place}",
    ),
    "phone": (
        "The number to ring is {phone}, {who} answers himself",
        "{who} texts everyone on Thursdays from {phone} with prices",
        "Ask your experts to check {phone}, it is the line {who} uses for orders",
        "{phone} is written on the toilet wall of {place}, belongs to {who}",
        "I have been getting messages from {phone} offering a deal, my neighbour says that is {who}",
        "Work phone of {who}: {phone}",
    ),
    "cash": (
        "{who} bought two flats with cash and has never had a job",
        "How does somebody on benefits like {who} afford a Rolex and holidays in Dubai",
        "Bundles of notes get counted in the back room at {place}, {who} brings them in a rucksack",
        "{who} launders through {place}, it is always empty yet the till is full",
        "Money from all this goes to {who}, who owns half of {street} by now",
        "The takings are driven to {who} on Sunday mornings in a sports bag",
    ),
    "woman": (
        "A young woman who speaks no English is kept upstairs at {street} and {who} has her passport",
        "Different men visit the girl at {street} every hour, {who} waits outside",
        "I am worried for a foreign lady, {who} shouts at her and she is never let out alone",
        "{who} takes wages off the workers at {place}, they sleep ten to a room",
        "Girls are moved by {who} between addresses, one is {street}",
        "There is a lass crying at night in the back bedroom in {street}, {who} locks the door",
    ),
}  # fmt: skip
OPENINGS = (
    "", "", "", "Hello, I would like to report something.", "I am writing because I cannot stand by any longer.",
    "Please do not say where this came from.", "to whom it may concern", "Right so.", "This has gone on since spring.",
    "Not sure if this is for you but", "I live nearby and have two small ones.", "INFO:",
)  # fmt: skip
CLOSINGS = (
    "", "", "", "Please do something before somebody is killed.", "I will not give my name.", "Thank you for reading.",
    "The council have been told and did nothing.", "They are all scared of that family.", "Be careful.",
    "It gets worse at weekends.", "hope this helps", "I could lose my home over this.",
)  # fmt: skip
# What one teller adds of their own to a sentence, so that two people's words differ as they do in life.
DETAILS = (
    "when the school run is over",
    "with a dog that barks at everyone",
    "since my sister moved out",
    "by the bins",
    "always in a grey hoodie",
    "as soon as the lights go off",
    "and laughs about it",
    "you can set your watch by it",
    "my own bedroom looks straight onto it",
    "a lad with a limp helps",
    "it stinks the whole stairwell out",
    "even on Christmas Eve",
    "they use a baby monitor as a lookout",
    "two of them have walkie talkies",
    "in broad daylight",
    "I counted nine visits on Tuesday",
    "the postman will not go near",
    "wearing surgical gloves",
    "after football",
    "with music turned up to cover it",
    "the landlord knows and shrugs",
    "a woman in a yellow coat keeps watch",
    "it started when the factory closed",
    "they park on the zebra crossing",
    "and no one checks",
    "near the recycling",
    "the cameras there have been painted over",
    "last week an ambulance came",
    "at the back where the fence is down",
    "my hands shake typing this",
    "a cousin from Leeds turns up monthly",
    "his mum covers for him",
)
FRAMES = ("I heard that", "Someone told me", "People are saying", "A friend of mine says", "Apparently", "Word is", "")
# What one says for another when a story is passed on; some of it the program knows to be one word, most of it not.
SAID_FOR = {
    "selling": "flogging", "house": "gaff", "people": "folk", "drives": "has got", "bought": "got", "lads": "boys",
    "children": "kids", "told": "warned", "old man": "pensioner", "frightened": "scared", "money": "cash",
    "girl": "lass", "parked": "left", "evening": "night", "knife": "blade", "handgun": "gun", "running": "legging it",
    "number": "no", "watched": "seen", "near": "by", "behind": "round the back of", "always": "never not",
    "loft": "attic", "nights": "evenings", "parcel": "package", "van": "motor", "wages": "pay", "address": "place",
    "young": "little",
}  # fmt: skip
TEXT_SPEAK = {"you": "u", "are": "r", "to": "2", "for": "4", "please": "pls", "with": "wiv", "and": "n", "that": "dat"}
