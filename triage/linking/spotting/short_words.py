"""Words and abbreviations of a few letters, which are seldom letters of a plate."""

from triage.linking.words import words_of

# The short words of English that people use, and what they shorten; those of everyday reports stand in `ordinary`.
SHORT = words_of(
    """ab abs aah ace ado ads aft aged ah aha ail aim ale alf ana and ant ape apt arc ark arm art ash ate auk aunt auld
    awe awl axe aye bab baa bah ban bat bay bee beg ben bib bid bob boo bop bow bra bro brr bub bum bun bye cad cam caw
    chi cob cod cog col con coo cot cow coy cry cub cue cur dab dam dew dim din dip doc doe don dub dud dug duo dye ebb
    eel eft egg ego eke elf elk ell elm emu eon era ere erg err eve ewe ewes eyed fab fad fag fan fax fee feh fen fer
    fez fib fie fig fin fir flu fob foe fop fox fro fry fur gab gag gal gap gee gel gem geo get gig gin git gnu gob god
    goo gum gut gyp hag ham hay hem hen hep hew hex hey hie hip hob hod hoe hog hop hub hue hug huh hum hut icy imp ink
    inn ion ire irk ism ivy jab jam jar jaw jay jet jib jig jog jot joy jug jut keg ken kin kip kit lab lac lad lag lam
    lap lax lea lee leg lei lid lip lit lob log loo lop lox lug lye mac mam map mar mat maw meh mew mic mid mil mix moo
    mop mow mud mum nab nag nan nap nay nee nib nil nip nit nob nod non nun nut oaf oak oar oat odd ode ohm oho oof ooh
    ops opt ore orb oui ova owl pad pal pap par pat paw pea peg pen pep pew pic pie pip pit ply pod poo pop pow pox pro
    pry pun pup pus qua quo rag ram rap raw ray rec rev rib rig rim rip roe rot rub rue rug rum rut rye sag sap saw sax
    set sew shh shy sin sip sis ski sly sob sod soy spa spy sty sue sup tab tad tag tan tap tar tat tea tee thy tic tit
    toe tog tom tot toy tub tug tum tut twin urn usb vat vet vex vim vow wag wan war wax web wed wee wig wit woe wok
    won woo wow yak yam yap yay yen yew yon yum zap zen zip zoo ad ah aw ay bo da de di do dr eh el er et ex fa go ha
    he hm ho hm id il io it jo ka ki la le li lo lu ma mi mm mo mr mrs ms na ne no nu ob od oh oi ok oo op ow ox oz pa
    pi pm po qi re sh si so st ta te ti to uh um un up ur us vs wa we wo xi ya ye yo abc aka am pm asap asb atm bbc bbq
    bf bff bmw bmx bp btw ccj cctv cd ceo cia cid cps cpr csi cv diy dj dna dob dpd dss dwp dvd dvla ebay ecg ed eg eta
    eu faq fbi fc fb fm fyi gbp gcse gf gov gp gps hd hgv hiv hmo hmp hmrc hq hr hsbc ib ic idk ie ig imo irl isa it
    itv jcb jd jr kfc kg km kph lad lbs lgv lmao lol lpg lsd ltd mbe mc mcd mda mdma mms mot mp mpv mri msn mtv nah nca
    nb nft nhs ni nvq obe obs ofc og oj ok omg opp ott pa pc pcn pcso pdf pe ph pj pjs plc pls pm po pov ppe pr ps psv
    pt pta pto pvc qc qr rac raf rbs rip rm rn rnli rip rspca rsvp rta rtc sas sat sbs sc se sgt sim sme sms sos spf
    sq st suv tb tbh thc thx tia tk tm tmw tnt tsb ttfn tv tvs txt ufo uk ukip un ups us usa uv vat vhs vip vpn wc wd
    wfh wkd wmd wtf www xl xmas xxx xx yolo yr yrs ymca yt yts zz zzz nae aye wee wi ma yer tae fae gie och naw cmon
    abt bcz cuz coz cos dnt dont didnt hav havnt gonna wanna gotta innit aint ur urs dat dis dem dey den wen wot wat
    wud wld cud cld shud shld jst jus bin ov av ave ere wiz woz wos luv pls plz thnx ppl rly rlly smth smt tmrw tho
    thru til till tru tryna u ya
    pon mek weh seh inna ting tings gwan mi deh wid cyan nuh dats
    yous youse evry sum summ gud gr8 m8 l8r b4 2nite fone kno no1 any1 sum1 every1 4eva
    ii iii iv vi vii viii ix xi xii el dos tres und der die das ist la le les des est une un ul si cu pe nie tak co jak
    ale czy jest ja ty on ona my wy oni po za do od ze na we hes shes its thats whats lets ive youve weve im youre
    fri sat sun mon tue tues wed thu thur jan feb mar apr may jun jul aug sep sept oct nov dec nw ne sw se ne wsw ssw
    nnw mph mpg cc bhp sr jr esq rev hon cllr insp supt dci di dc dcc ds det pcsos ak ied vr xr rv ev hp gb mb kb tb
    hrs hr mins hed theyd youd wed blk wht gry slvr slv grn ta ti tv pj dl bb ee o2 vo gb usd eur"""
)
