"""Words that everybody uses, which show no common origin, and what people shorten when they write in haste."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# As they stand before their endings are taken off. What announces hearsay and what opens or ends a letter is here too:
# strangers use the same.
PLAIN = _words(
    """a about above after again all also always am an and another any anybody anyone anything apparently are arent
    as ask at away back be because been before behind being believe below between both but by can cant come
    comes could couldnt dear did didnt do does doesnt doing done dont down each else end even every everybody
    everyone everything few for friend from fwd get gets getting give go goes going gone gonna got had has have
    havent having he hear heard hello her here hers hi him himself his hope how i id if ill im in info into is
    isnt it its itself ive just keep keeps know known knows let like lot lots make makes many mate may maybe me
    might more most much must my myself name near never no nobody none nor not nothing now of off often on once
    one only or other others our out over own passed people person please police put rather re really report
    right round rumour said saw say saying says see seen she should since so some somebody someone something
    still such sure take takes tell telling tells than thank thanks that thats the their them themselves then
    there theres these they theyre thing things think this those though through to told too under until up us
    use used uses using very want wants was wasnt way we well went were what when where which while who whom
    whose why will with without wont word would writing wrote yes yet you your yours"""
)
SHORTENED = {
    "u": "you",
    "ur": "your",
    "r": "are",
    "y": "why",
    "b": "be",
    "n": "and",
    "2": "to",
    "4": "for",
    "pls": "please",
    "plz": "please",
    "thx": "thanks",
    "ppl": "people",
    "sum1": "someone",
    "wiv": "with",
    "dat": "that",
    "da": "the",
    "dis": "this",
    "coz": "because",
    "cos": "because",
    "cuz": "because",
    "bcos": "because",
    "gr8": "great",
    "2nite": "tonight",
    "tonite": "tonight",
    "nite": "night",
    "wkend": "weekend",
    "msg": "message",
    "tmrw": "tomorrow",
    "rd": "road",
    "st": "street",
    "ave": "avenue",
    "fb": "facebook",
    "reg": "plate",
}
