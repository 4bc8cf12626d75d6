"""Invented towns with postcodes that no post goes to, and the common words that streets are named after."""

from dataclasses import dataclass
from itertools import accumulate
from random import Random

from bench.invented.names.culture import put_together, words

TOWNS = 150
_TOWN_NAMES = put_together(
    "Harlo Penwi Castel Brindle Marra Tolle Wexco Dunna Aldar Skelda Ferra Ollers Quarra Lethe Munder Ravel Sallow",
    "wick thorpe mouth chester stow ford minster den borough combe ley hurst by vale haven",
)
_STREETS = words(
    "Tanner Kestrel Orchard Mill Station Victoria Albert Church Chapel Park Queen Bridge Canal Foundry Furnace "
    "Gladstone Nelson Wellington Hawthorn Beech Cedar Willow Maple Rowan Sycamore Laburnum Elder Bramble Heather "
    "Lavender Poplar Alder Juniper Linden Larch Walnut Chestnut Holly Ivy Fern Primrose Lilac Clover Meadow Spring "
    "Brook River Lake Quarry Colliery Pit Forge Weaver Spinner Dyer Cooper Baker Mason Potter Saddler Fletcher "
    "Chandler Wheeler Glover Raven Heron Swallow Falcon Plover Curlew Lapwing Wren Thrush Finch Osprey Harrier "
    "Tennyson Byron Keats Milton Chaucer Dickens Hardy Burns Scott Wordsworth Durham Lincoln Norfolk Derby Rutland "
    "Cumberland Dorset Devon Windsor Balmoral Sandown Epsom Ascot Jubilee Coronation Empire Trafalgar Waterloo "
    "Marlborough Clarence Cambridge Granby Portland Cavendish Bolton Grosvenor Belgrave Arundel Lansdowne Melbourne "
    "Salisbury Beaumont Carlton Hamilton Nursery"
)
_ENDINGS = words(
    "Street Street Road Road Road Avenue Close Drive Lane Crescent Grove Terrace Way Gardens Court Place Walk"
)
PUBS = words(
    "Bay_Horse Weavers_Rest Red_Kite Three_Crowns Old_Loom Ploughman Blue_Anchor Fox_and_Barrel Miners_Arms Swan_Inn "
    "Lamb_and_Flag Railway Drovers Black_Bull Golden_Fleece Two_Brewers"
)


@dataclass(frozen=True)
class Town:
    """A town with its streets; `outward` are the first halves of its postcodes."""

    name: str
    outward: tuple[str, ...]
    streets: tuple[str, ...]


def invent_towns(rng: Random) -> tuple[tuple[Town, ...], list[float]]:
    """The towns, and their cumulated sizes: a few cities, many small places."""
    names = list(_TOWN_NAMES[:TOWNS])
    rng.shuffle(names)
    areas = [first + second for first in "QV" for second in "ABCDEFGHJKLMNPRSTUWXY"]
    sizes = [1 / (place + 3) ** 0.8 for place in range(TOWNS)]
    towns = []
    for place, name in enumerate(names):
        area, tens = areas[place % len(areas)], 10 * (place // len(areas))
        many = max(25, round(600 * sizes[place]))
        streets = {f"{rng.choice(_STREETS)} {rng.choice(_ENDINGS)}" for _ in range(many)}
        outward = tuple(f"{area}{tens + turn}" for turn in range(1, 3 + many // 40))
        towns.append(Town(name, outward, tuple(sorted(streets))))
    return tuple(towns), list(accumulate(sizes))


def postcode(town: Town, street: str) -> str:
    """The postcode of a street: one for each, so that neighbours share it."""
    seed = sum(ord(sign) * place for place, sign in enumerate(street, 3))
    letters = "ABDEFGHJLNPQRSTUWXYZ"
    inward = f"{seed % 9 + 1}{letters[seed // 9 % 20]}{letters[seed // 180 % 20]}"
    return f"{town.outward[seed % len(town.outward)]} {inward}"
