"""Words that say nothing by themselves, and words that announce a plate or a telephone number."""


def words_of(text: str) -> frozenset[str]:
    """The words of a text, as a set."""
    return frozenset(text.split())


# Never evidence alone: a nickname or a name like these counts only inside a longer phrase.
EMPTY = words_of(
    """a about after again all also always am an and any are as at away back be because been before being big bit black
    blue boy boys but by call called came can car cars come comes could day days did do does done door down drive
    each end ends every everyone family few find first flat for friday from front gang get gets girl girls give go
    goes going gone good got green grey group had half has have he her here hers him his home hour house how i if in
    into is it its just keep keeps kid kids know lad lads last late left like little live lives long look lot lots
    man many may me men money monday more most mother father much my name near never new next nice night no not
    nothing now number of off often old on once one only open or other our out outside over own park people person
    place plate red right road round said same saturday saw say school see seen she shop should side since sister
    brother small so some somebody someone son daughter still street sunday take takes talk tell than that the their
    them then there these they thing things think this those thursday time to told too top town tuesday two up us
    use used uncle van very was we wednesday week weeks well went were what when where which while white who why
    wife will with woman women work works would year years yellow yes yesterday you young your"""
)
# Words that are also names, nicknames and cars: without a capital that means something they count for little.
ORDINARY = words_of(
    """ace accountant bear boss cap chef chip cos dad dean doc duke focus ford ginger golf gran granddad grant jack
    king leaf mark max mini mum nan note pip plates polo prince rich rob rose seat skip smart spider spike swift
    tone transit trigger vick will"""
)
# What a group's name ends or begins with, which tells it from no other.
GENERIC = words_of(
    "the and of family families gang group ocg network crew firm lads boys lot line mob brothers cousins"
)
PLATE_WORDS = words_of(
    "plate plates reg regs registration registrations vrm vrn regi numberplate numberplates index rego licence"
)
PHONE_WORDS = words_of(
    """phone mobile mob number numbers call text ring rings tel telephone whatsapp burner line fone phones mobs no num
    nos cell"""
)
EDGE_WORDS = words_of("ends ending end starts starting start begins beginning finishes last first digits")
# The last word of a street's name.
STREET_WORDS = words_of(
    """road street lane avenue close drive court place row way yard square terrace grove gardens crescent hill parade
    walk path gate rise mews view green park fold croft mount bank gardens wharf quay circus vale end side estate
    house buildings passage alley boulevard esplanade causeway approach ride dene garth brow"""
)
# What stands before or inside a surname and is no name by itself.
PARTICLES = words_of(
    "al el ul bin ben bint ibn abu abd van der den de da di dos la le von mac mc o san st ap ferch oglu"
)
