"""Everyday words of reports: never taken for a misspelt name, and for a name itself only where something says so.

Written down from what people say when they report crime, and from the commonest words of English.
"""

from triage.linking.words import EMPTY, words_of

COMMON = words_of(
    """able about above abroad abuse accept account across act action active activity actually add address afraid after
    afternoon again against age aged ages ago agree ahead air alarm alcohol all allow almost alone along already
    also although always among amount amounts and angry animal animals another answer anti any anybody anyone
    anything anyway anywhere apart apparently appear appeared area areas argument armed arms around arrest arrested
    arrive arrived arrives ask asked asking asks asleep at attack attacked attic aware away awful baby back bad bag
    bags bait ball balaclava bank bar bars base based bashed basement bathroom battery be beat beaten beating beats
    because become bed bedroom beds been beer before began begging begin behaviour behind being believe bell belongs
    below bench beside best bet bets betting better between beyond big bike bikes bill bills bin bins bit bits blade
    block blocked blood bloke blokes blow blowing board boat body bog bollard bomb bone book bookie bookies books
    boot bore born boss both bother bottle bottles bottom bought bounce bounced box boxes boy boyfriend boys brake
    branch brass bread break breaking breaks bricks bridge briefly bright bring bringing brings broad broke broken
    brother brothers brought build builder builders building built bullied bully bullying bunch burglary burgled
    burn burned burner burning bus business busy but buy buyer buyers buying buys buzz by cab caf cafe call called
    caller callers calling calls came camera cameras can cannabis cannot car cards care careful caretaker cars carry
    carried carries carrying case cases cash cat catch caught cause caution cellar cellars centre certain chain
    chains chair chance change changed changes changing chap chaps charge charged charges chase chased chat cheap
    check checks child children china choice chop christmas church cigarettes city class clean cleaned cleaner
    cleaning clear clearly clever client clients clock close closed clothes club clubs coat cocaine code coke cold
    collar collect collected collecting collects come comes coming common community company complain complained
    complaints concerned connected connection contact contacts control controls cook cooking cooks cop cope copper
    cops copy cord corner corners cost could council couldnt counter country county couple course court cousin
    cousins cover covered covers crack crash crashed credit crew crime crimes criminal criminals cross crossed crowd
    crowds cuckooed cuckooing cup cups current custom customer customers cut cuts cutting cycle dad dads daily
    damage dance danger dangerous dark date dates daughter day days dead deal dealer dealers dealing deals dealt
    dear death debt debts decent deep deliver delivered deliveries delivering delivers delivery den describe
    described details diesel different dig digging dinner direct direction dirty dish district do doctor does dog
    dogs doing done door doors doorstep dope dot double doubt down dozen drag drank draw dress dressed drink
    drinking drinks drive driven driver drivers drives driveway driving drop dropped dropping drops drove drug drugs
    drunk dry due dump dumped dumping during dust duty each ear early earn earned earning ears earth easter easy eat
    eating eats eight eighteen either electric eleven else email empties empty end ended ending ends enemy enforcer
    engine english enough enter entrance envelope especially estate even evening evenings ever every everybody
    everyday everyone everything everywhere evidence exact exactly example except exchange exchanged exchanges
    expensive explain exploited extra eye eyes face faced fact factory fags fair fake fall family families far farm
    fast fat father favour fear fed feed feel feels fell felt fence few fields fifteen fifty fight fighting fights
    figure fill find finds fine fingers finish fire firearm firearms fires firm firms first fish fit fits five fix
    fixed flash flashy flat flats fled floor flowers fly fold follow followed following follows food foot football
    for force forced forces foreign forest forever forged forget form former forty forward found four fourteen free
    frequent fresh friday fridays friend friendly friends fright frightened from front full fully fumes fun funny
    furniture further gaffer gain game games gang gangs garage garages garden gate gated gates gave gear general
    gets getting giant girl girlfriend girls give given gives giving glad glass gloves go goes going gold gone good
    goods got government grab grabbed grand grandma grandson grass great green grew grey ground group groups grow
    growing grown grows guard guess gun guns guy guys gym had hair half hall hand handed handing hands handy hang
    hanging hangs happen happened happening happens happy hard hardly harm has hash hat hate have having he head
    heads hear heard heart heat heating heavy held hell help helped helping helps hence her here heroin hers hid
    hidden hide hides hiding high him himself hire hired his history hit hits hold holding holds hole holes holiday
    home homeless homes honest hood hoodie hope horrible horse hospital hostel hot hotel hour hours house housed
    houses housing how however huge hundred hundreds hung hurt husband ice idea if ill illegal immediately important
    in include including income indoors information injured inside instead intel intimidating into involved involves
    iron is issue it item items its itself jail jewellery job jobs join joined joint joke jump jumped jumper just
    keen keep keeper keeping keeps kept ket keta ketamine key keys kick kicked kid kidnap kidnapped kids kill killed
    kilo kilos kind kinds kitchen knew knife knives knock knocked knocking knocks know knowing known knows lad
    ladies lads lady laid land landed landing landlord lane lanes large largely last late lately later laugh
    laundering launders law lay lazy lead leads leaf learn least leave leaves leaving led left leg legs lend lender
    lending lent less let lets letter level library licence lie lies life lift light lights like liked likely likes
    line lines link linked list listen little live lived lives living load loaded loads loan loans local locals
    located location lock locked lockup loft lone long look looked looking looks loose lorries lorry lose loses lost
    lot lots loud love lovely low luck lunch mad made magic mail main mainly major make makes making male males man
    managed manager many mark market marks mask masks massive match mate mates matter matters may maybe me mean
    means meant meat media meet meeting meetings meets member members memory men mend mental mention mentioned
    message messages met middle might mile miles milk mind mine minute minutes miss missing mob mobile moment monday
    money moneylender month months mood moped mopeds more morning mornings most mostly mother motor motorbike mouth
    move moved moves moving much mug mule mum mums murder must my myself nail nails name named names nasty near
    nearby nearly neck need needed needs neighbour neighbourhood neighbours neither nephew nervous net never new
    news newsagent next nice nickname nicked nicking niece night nightly nights nine no nobody noise noisy none nor
    normal normally north nose not note notes nothing notice noticed now nowhere number numbers nurse nuts oath odd
    of off offence offer offered offering offers office officer officers often oil okay old older on once one ones
    only onto open opened opening openly opens operate operating opposite or order orders ordinary organise
    organised organises other others ought our ours out outside over overheard owe owed owes own owned owner owners
    owns pack package packages packets paid pain pair pan panic paper papers parcel parcels parent parents park
    parked parking parks part parties partner partners parts party pass passed passes passing past patch pay paying
    pays pc peace pension people per perhaps person persons pet petrol phone phoned phones photo pick picked picking
    picks picture piece pieces pig pill pills pin pint pipe pirate pitch place placed places plain plan plant
    planted plants plastic plate plates play played players playing please plenty plot plus pocket point points
    poison poker police pool poor popular position possible possibly post posted pot pound pounds pour power
    practice precious prefer pregnant present press pressure pretend pretty previous price prices print prison
    probably problem problems process product products proof proper property prostitute prostitutes protect
    protection proud prove pub public pubs pull pulled pulls punch punched puppies puppy pure purple purpose push
    pushed pushing put puts putting quad quality quarter queue quick quickly quid quiet quietly quite race racing
    radio raid raided rain raise ran rang range rare rarely rat rate rather reach read ready real realise really
    rear reason reasons receive received recent recently reckon reckons record recover recovered recovery red refuse
    reg regard registered registration regular regularly regulars related relative remember rent rented renting
    rents reply report reported reporting rest restaurant result return returned returns rich rid ride rider riders
    rides riding right ring rings rise risk river road roads rob robbed robber robbing robs rode rolex roll roof
    room rooms rope rough round rounds routine row rubbish rude ruin ruining rule run runner runners running runs
    rush sad safe said sale sales same sand sat saturday save saw say saying says scales scam scams scare scared
    scary school schools score scored scores scooter scrap scream screaming sea search seat second secret security
    see seeing seem seemed seems seen sees seized self sell seller selling sells send sending sends sense sent
    series serious seriously serve served serves seven several sex shall shared sharp shed she shed shift shifting
    shifts ship shirt shit shoes shoot shooting shop shopping shops short shot shots should shoulder shout shouted
    shouting shouts show showed shown shows shut shy sick side sideline sign signs silver similar simple since sing
    singing single sir sister sisters sit site sits sitting six sixteen size skin skip sky slash slashed sleep
    sleeping slept slow slowly small smart smash smashed smell smells smelly smile smoke smoked smokes smoking
    smuggle smuggled smuggler smugglers smuggling snort snow so soap social sold solicitor some somebody somehow
    someone something sometimes somewhere son song sons soon sore sorry sort sorted sorts sound sounds source south
    space spare speak speaks special speed spend spending spends spent spice spoke sport spot spots spread stab
    stabbed stabbing staff stage stairs stand standing stands star stare staring start started starting starts state
    statement states station stay stayed staying stays steal stealing steals step steps still stink stinks stock
    stole stolen stop stopped stopping stops storage store stored stores storing story straight strange stranger
    strangers street streets strong struggle students stuff stupid sub such suddenly suffer suffering suit summer
    sun sunday sundays supplied supplier suppliers supplies supply supplying support suppose sure surname suspect
    suspicious sweet swap swear table take taken takes taking takeaway talk talked talking talks tall tape tattoo
    tattoos tax taxi taxis teach team tell telling tells ten tend tenant tenants term terrible terrified test text
    texts than thank thanks that the theft their them then there these they thick thief thieves thin thing things
    think thinks third thirty this those though thought thousand thousands threat threaten threatened threatening
    threatens threats three threw through throw throwing thrown throws thursday tick ticket tie tied till time times
    tins tip tipped tired to tobacco today together toilet told tomorrow ton tonight too took tool tools top total
    touch tough tow toward towards towed town track trade trading traffic trafficked trafficking train training
    trainers transport trap trapped trash travel travels treat tree trees tried tries trip trouble truck true trust
    truth try trying tuesday turn turned turning turns twelve twenty twice two type tyre tyres ugly unable uncle
    under understand uniform unit units unknown unless until up upon upset upstairs us use used user users uses
    using usual usually van vans various vehicle vehicles very via victim video view village violence violent visit
    visited visiting visitor visitors visits voice vulnerable wait waiting waits wake walk walked walking walks wall
    walls want wanted wants warehouse warm warn warned was wash washed washing waste watch watched watches watching
    water way ways we weapon weapons wear wearing wears wednesday weed week weekend weekends weekly weeks weighing
    weight weird well went were west wet what whatever wheel when whenever where whether which while white who
    whoever whole whom whose why wide wife wild will win wind window windows wine winter wish witch with within
    without witness wrap wraps woke woman women wonder wont wood wooden word words work worked worker workers
    working workplace works world worried worries worry worse worst worth would wound write writing wrong wrote yard
    yeah year years yellow yes yesterday yet yob young younger youngsters your youth youths alot anon anonymous aint
    cant couldnt couldn dint doesnt didnt dont drugz dealin sellin gonna gotta hes hasnt havent isnt ive im innit
    cos coz thats theyre thru shes shouldnt wasnt werent whos wouldnt youre ur plz pls abt bc tho info ref re
    regarding known intelligence subject suspected suspects states stated informant source believed believes female
    males females nominal occupant occupants resident residents nationality described approx approximately
    crackhouse stash stashed stashes stashing spliff bud buds dope crystal meth mdma ecstasy xanax valium spliffs
    trapping shotting shotter shots food shottin plug plugs plugging linkup links bando burners graft grafting tick
    theres thats rung id ill nicks bout abut stais lnding thy tel telephone da dat dis dey sum wiv wid ppl wht wot
    wat fone fones dnt dont wnt cud shud cant cnt hav bin gud lyk jus bcos cuz bcoz tho thru u r n b c y ya yh nah
    yeh pls plz thx ta coming whats hows shes hell shell theyd theyve weve youve youll itll lets heres wheres bloody
    effing express tesco asda aldi lidl sainsburys greggs mcdonalds facebook snapchat instagram insta snap whatsapp
    tiktok telegram english british police greetings sir madam sincerely faithfully yours hello hi dear regards
    writing concern whom tonne em rant shame nite yutes yute bops ends whip line lines justice alert beware residents
    spotted maniac flogs flog flogging scumbag scum dodgy blatant blatantly constantly basically honestly literally
    obviously actually supposedly allegedly apparently reportedly sharing shares retired decent folk lovely awful
    terribly utterly unfortunately hopefully thankfully suddenly recently frequently occasionally rarely seldom
    hesitate forgive trouble troubling troubled obliged grateful gentleman gentlemen certain question regarding
    children child pavement kerb gutter alleyway alley cul sac shrubs bushes hedge fence gates shutters shutter
    balcony landing stairwell lift lobby corridor basement cellar attic loft conservatory shed sheds outbuilding
    garage lockup container warehouse unit depot yard compound paddock stables barn farm field fields woods woodland
    path footpath towpath subway underpass bridge viaduct roundabout junction crossroads layby verge motorway slip
    bus buses tram trams train trains taxi cab minicab scooter ebike pushbike bicycle trailer caravan motorhome
    exhaust engine bonnet boot bumper windscreen tinted alloys number fog dent scratch rust flat puncture
    reading read reads wrote written write letter letters email emails message messages texted texting texts voicemail
    weekend fortnight midnight midday noon dusk dawn sunrise sunset autumn spring summer winter bank holiday
    breathing smell smells stench fumes odour noise noises shouting screaming banging music thumping barking rubbish
    litter needles syringes foil bottles canisters cannisters balloons laughing gas baggies wraps scales cling film
    pharmacy chemist surgery clinic dentist hospital ambulance paramedic paramedics nurse library nursery college
    academy university playground playgroup swings slide skatepark pitch pitches bowling allotment allotments
    launderette laundrette chippy bakery butcher grocer offy offlicence bookmaker bookmakers pawn cashpoint atm
    landlady tenancy rent arrears eviction evicted squatters squatting lodging lodgings hostel shelter refuge
    benefits universal credit pension pensions savings wages cash notes coins wad envelope parcel parcels package
    threatening threaten intimidate intimidated bullied bullying harassed harassing assaulted assault punch punched
    kicked slapped stabbed slashed machete machetes blade blades knife sword crossbow shotgun pistol revolver rifle
    ammo ammunition bullets holster balaclava mask gloves hood hoodie tracksuit trainers jacket puffer coat cap beanie
    beard bearded moustache stubble tattooed tattoos scar scars limp glasses earring piercing dreadlocks ponytail
    stocky skinny slim chubby muscular heavily built height accent foreign eastern european african asian caribbean
    passport passports visa visas documents papers identity licence forged counterfeit fake cigarettes tobacco vapes
    prostitution brothel escort escorts exploited exploitation trafficking trafficked slavery servitude gangmaster"""
)
EVERYDAY = COMMON | EMPTY
# Words that come before the name of somebody the report is about.
NAME_CUES = words_of(
    """called named name names nickname nicknamed mr mrs miss ms aka alias known dubbed lad man bloke guy woman girl
    geezer calls himself herself fella chap boy male female subject suspect nominal"""
)
TITLES = words_of("""mr mrs miss ms mister mista mistah master""")
ALIAS_CUES = words_of("""aka alias nickname nicknamed known dubbed called call calls goes name""")
"""Said before a name that is another name of somebody named already."""
FAMILY_WORDS = words_of(
    """lads brothers family families lot lots boys crew firm mob gang ocg clan cousins sisters network bros girls mafia
    posse squad team fam lads crowd syndicate outfit kin household"""
)
RELATIONS = words_of(
    """cousin cousins brother brothers bro sister sisters mate mates partner girlfriend boyfriend missus wife husband
    uncle aunt auntie nephew niece dad father mum mother son daughter associate associates friend friends boss
    runner driver minder pal gf bf ex fiance fiancee lad right-hand enforcer lieutenant accomplice sidekick other
    half stepson stepdad lodger"""
)
TOGETHER = words_of("""with alongside and plus including works work for under knocks rolls n & via""")
# Who is named only because the teller knows them.
KIN = words_of(
    """daughter daughters son sons kid kids child children mum mother mam dad father nan gran grandma grandad granddad
    husband wife grandson granddaughter niece baby girl boy lad mate mates friend friends pal colleague teacher
    nurse sister brother aunt auntie stepson stepdaughter missus fella hubby little eldest youngest carer social
    doctor gp"""
)
NEIGHBOURLY = words_of(
    """neighbour neighbours neighbor ex partner boyfriend girlfriend cousin uncle nephew landlord flatmate"""
)
POLICE = words_of(
    """pc pcso dc ds di dci sgt sergeant constable inspector officer officers detective copper cop policeman
    policewoman councillor cllr judge solicitor magistrate superintendent wpc"""
)
SEEN = words_of(
    """seen saw told tell tells said says say heard knows reckons thinks witnessed watched noticed scared frightened
    walks worried complained reported used bought buys phoned rang asked lives-opposite confirmed agrees robbed
    attacked beaten stabbed threatened mugged burgled assaulted"""
)
