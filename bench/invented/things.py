"""Vehicles with plates that cannot be issued, telephone numbers that cannot ring, nicknames and businesses."""

from random import Random

from bench.invented.names.culture import words

MODELS = {
    "Volkswagen": words("Golf Polo Passat Transporter Tiguan"),
    "Ford": words("Fiesta Focus Transit Mondeo Kuga Connect"),
    "Vauxhall": words("Corsa Astra Insignia Vivaro Zafira"),
    "Audi": words("A3 A4 A1 Q5 S3 RS3"),
    "BMW": words("1_Series 3_Series 5_Series X5 M4"),
    "Mercedes": words("A_Class C_Class Sprinter Vito E_Class"),
    "Toyota": words("Yaris Auris Prius Hilux Corolla"),
    "Nissan": words("Qashqai Juke Micra Navara"),
    "Peugeot": words("208 308 Partner Boxer"),
    "Renault": words("Clio Megane Trafic Kangoo"),
    "Seat": words("Leon Ibiza Ateca"),
    "Skoda": words("Octavia Fabia Superb"),
    "Honda": words("Civic Jazz CR-V"),
    "Kia": words("Picanto Sportage Ceed"),
    "Range Rover": words("Sport Evoque Vogue"),
    "Mini": words("Cooper Clubman Countryman"),
    "Hyundai": words("i10 i20 Tucson"),
    "Fiat": words("500 Punto Ducato"),
    "Citroen": words("C1 C3 Berlingo"),
    "Yamaha": words("MT-07 R1 NMAX"),
}
MAKES = tuple(MODELS)
COLOURS = words("black white silver grey blue red black white grey green orange gold purple yellow brown")
SAID_MAKES = {
    "Volkswagen": words("VW vw Volkswagon V-dub"),
    "BMW": words("beamer bimmer Beemer"),
    "Mercedes": words("Merc Benz mercedez"),
    "Vauxhall": words("Vauxhaul vauxall"),
    "Range Rover": words("Rangey Range range-rover"),
    "Peugeot": words("Pugeot Peugot"),
    "Hyundai": words("Hyundi Hundai"),
    "Citroen": words("Citreon Citron"),
}
SAID_COLOURS = {"grey": ("gray",), "silver": ("silvery", "silver"), "black": ("dark", "blk"), "white": ("wht",)}
NICKNAMES = words(
    "Tank Spud Ginge Moose Badger Ferret Pigeon Whippet Ratchet Sparky Bungle Tinker Smiler Biscuit Gravy Peanut "
    "Pepper Turbo Bones Chalky Dusty Fudge Ghost Goose Hammer Hobnob Iceman Jigsaw Kipper Lucky Magpie Mouse Nugget "
    "Otter Panda Pickle Puffin Rambo Rocket Rusty Scooter Shadow Skippy Slim Snowy Specs Spider Squeak Stretch "
    "Stumpy Sugar Teapot Tiger Toffee Trigger Twiggy Viking Weasel Whisper Wolfie Ziggy Buster Bullet Cobra Diesel "
    "Dodger Flash Gadget Limpet Mustard Noodle Patch Popeye Razor Sniper Sooty Treacle Tugboat Wheels Professor Doc "
    "Captain Sheriff Duke Big_Lad One_Eye Tall_Boy Gold_Teeth Little_Legs Fat_Cat Two_Phones Baldy Scarface "
    "Smoothie"
)
NICK_ADDED = words("Big Little Mad Fat Young Old Skinny Ginger Dirty Baldy Lanky")
_BUSINESS_FRONT = words(
    "Crystal Golden Star Royal Diamond Eastgate Westway Prime Elite Express Silver Topline Riverside Crown Anchor "
    "Phoenix Sapphire City Regal Summit Union Lucky Sunrise Palm Olive Comet"
)
_BUSINESS_BACK = words(
    "Car_Wash Tyres Barbers Takeaway Motors Nails Vapes Cabs Recovery Scaffolding Roofing Kebabs Mini_Market Gym "
    "Lettings Removals Pizza Tanning Valeting Skips Paving"
)
OPERATIONS = words(
    "Lantern Thistle Copper Marble Ember Pebble Walrus Harbour Saffron Cobalt Juniper Mistral Anvil Bracken Cinder "
    "Drift Falconry Gantry Hazel Indigo Jasper Keystone Lichen Meridian Nettle Opal Pumice Quill Russet Spindle "
    "Tundra Umber"
)
_RARE, _COMMON = "QZI", "ABCDEFGHJKLMNOPRSTUVWXY"
_LAST = "ABCDEFGHJKLMNOPRSTUVWXYZ"
DRAMA_SHARE = 0.05


def invent_plate(rng: Random) -> str:
    """A plate in the shape of a real one that DVLA never issues: current, prefix, suffix or dateless."""
    draw = rng.random()
    if draw < 0.86:
        tag = [rng.choices(_RARE, (4, 4, 1))[0], rng.choice(_COMMON)]
        rng.shuffle(tag)
        year = rng.randint(4, 25) + (50 if rng.random() < 0.5 else 0)
        return f"{''.join(tag)}{min(year, 75):02d}{_letters(rng, 3)}"
    if draw < 0.93:
        return f"{rng.choice('UZUZOI')}{rng.randint(1, 999)}{_letters(rng, 3)}"
    if draw < 0.97:
        return f"{_letters(rng, 3)}{rng.randint(1, 999)}{rng.choice('UZUZOI')}"
    return f"{_letters(rng, 2)}Q{rng.randint(1, 999)}"


def _letters(rng: Random, number: int) -> str:
    return "".join(rng.choices(_LAST, k=number))


def invent_phone(rng: Random) -> str:
    """Eleven digits: a number for drama, which many then share, or one of the unassigned range 06."""
    return drama_phone(rng) if rng.random() < DRAMA_SHARE else f"06{rng.randrange(10**9):09d}"


def drama_phone(rng: Random) -> str:
    """One of the thousand mobile numbers that Ofcom keeps for drama."""
    return f"07700900{rng.randrange(1000):03d}"


def invent_vehicle(rng: Random) -> dict[str, str]:
    """One vehicle as the interchange format has it."""
    make = rng.choices(MAKES, range(2 * len(MAKES), len(MAKES), -1))[0]
    model = rng.choice(MODELS[make])
    return {"vrm": invent_plate(rng), "make": make, "model": model, "colour": rng.choice(COLOURS)}


def invent_business(rng: Random) -> str:
    return f"{rng.choice(_BUSINESS_FRONT)} {rng.choice(_BUSINESS_BACK)}"
