"""Polish, Romanian, Portuguese, Somali, Spanish and Welsh. Letters are read without their marks too."""

from reporting.coaching.other.pack import pack

POLISH = pack(
    kinship=(
        r"(?:m[oó]j|moja|moje|mojego|mojej|mojemu|moim|moj[aą]|moi|moich|nasz|nasza|nasze|naszego|naszej|"
        r"naszym|nasz[aą])(?: \w+)? (?:brat\w*|siostr\w+|"
        r"mam\w{1,3}|matk\w+|ojc\w+|ojciec|tat\w{1,3}|syn\w{0,4}|c[oó]rk\w+|m[aą][zż]|m[eę][zż]\w+|"
        r"[zż]on\w{1,3}|babci\w*|dziad\w+|kuzyn\w*|wuj\w*|ciot\w+|"
        r"szwagier|szwagr\w*|s[aą]siad\w*|koleg\w+|kole[zż]ank\w+|dzieci\w*|dzieck\w+|ch[lł]opak\w*|"
        r"dziewczyn\w+|wsp[oó][lł]lokator\w*|te[sś]ciow\w+)"
    ),
    home=(
        r"za [sś]cian[aą]|przez [sś]cian[eę]|mieszkam|mieszkamy|nade mn[aą]|pode mn[aą]|nad nami|pod nami|"
        r"obok (?:mnie|nas)|naprzeciwko? (?:mnie|nas)|"
        r"z mojego okna|z okna widz[eę]|nasz\w* (?:klat\w+|blok\w*|ulic\w+)|pod moim(?:i)? (?:oknem|"
        r"drzwiami|domem)|do moich drzwi|w moim (?:bloku|domu)"
    ),
    work=(
        r"pracuj[eę]|pracowa[lł][ae]m|u mnie w pracy|kolega z pracy|m[oó]j szef|moja szefowa|"
        r"chodz[eę] do (?:tej )?szko[lł]y|w mojej (?:pracy|szkole|klasie)"
    ),
    tenure=(
        r"mieszkam (?:tu|tutaj) (?:od|ju[zż])|odk[aą]d (?:si[eę] )?wprowadzi\w+ si[eę] (?:obok|nad|pod)|"
        r"znam go od"
    ),
    first_person=(
        r"(?:grozi[lł]\w*|powiedzia[lł]\w*|m[oó]wi[lł]\w*|sprzeda[lł]\w*|pobi[lł]\w*|zaczepi[lł]\w*|"
        r"poprosi[lł]\w*|pokaza[lł]\w*) (?:mi|mnie|nam|nas)|"
        r"(?:mi|mnie|nam|nas) (?:grozi[lł]\w*|powiedzia[lł]\w*|pobi[lł]\w*|pokaza[lł]\w*)|"
        r"po[zż]yczy[lł][ae]m|kupi[lł][ae]m|by[lł][ae]m (?:tam|u|w|na|z)"
    ),
    contact=(
        r"m[oó]j (?:numer|telefon|adres|mail|email)|moje (?:imi[eę]|nazwisko)|nazywam si[eę]|"
        r"mam na imi[eę]|(?:zadzwo[nń]cie|dzwo[nń]cie|prosz[eę] (?:za)?dzwoni[cć]|napiszcie) do mnie"
    ),
    earlier=(
        r"(?:ju[zż] )?(?:zg[lł]asza[lł][ae]m|zg[lł]osi[lł][ae]m|dzwoni[lł][ae]m)|"
        r"ju[zż] (?:m[oó]wi[lł][ae]m|pisa[lł][ae]m|powiedzia[lł][ae]m)"
    ),
    few_know=r"tylko (?:ja|my)(?: \w+){0,3} (?:wie|wiem|wiemy)|nikt inny (?:o tym )?nie wie",
)

ROMANIAN = pack(
    kinship=(
        r"(?:fratele|sora|mama|tata|mam[aă]|tat[aă]l|fiul|fiica|b[aă]iatul|fata|so[tț]ul|so[tț]ia|bunica|"
        r"bunicul|v[aă]rul|veri[sș]oara|unchiul|m[aă]tu[sș]a|vecinul|"
        r"vecina|vecinii|prietenul|prietena|copilul|copiii|cumnatul|cumnata|colegul|colega|nepotul|"
        r"nepoata|familia) (?:meu|mea|mei|mele|nostru|noastr[aă]|no[sș]tri)"
    ),
    home=(
        r"locuiesc|locuim|stau (?:l[aâ]ng[aă]|vizavi|deasupra|sub|pe aceea[sș]i)|l[aâ]ng[aă] (?:mine|noi)|"
        r"deasupra (?:mea|noastr[aă])|sub (?:mine|noi)|prin perete|"
        r"vizavi de (?:mine|noi)|(?:apartamentul|casa|strada|scara|blocul|fereastra|geamul|u[sș]a) (?:meu|"
        r"mea|noastr[aă]|nostru)"
    ),
    work=(
        r"lucrez|am lucrat|[sș]eful (?:meu|nostru)|[sș]efa mea|la (?:mine|noi) la (?:munc[aă]|serviciu|"
        r"[sș]coal[aă])|(?:colegul|colega) de munc[aă]"
    ),
    first_person=(
        r"mi-?a (?:spus|zis|dat|cerut|v[aâ]ndut|ar[aă]tat)|m-?a (?:amenin[tț]at|b[aă]tut|rugat|lovit|"
        r"sunat)|m-?au (?:amenin[tț]at|b[aă]tut)|ne-?a(?:u)? (?:amenin[tț]at|spus|b[aă]tut)|"
        r"i-am (?:dat|[iî]mprumutat|spus)|am cump[aă]rat"
    ),
    contact=r"num[aă]rul meu|telefonul meu|adresa mea|m[aă] numesc|numele meu|m[aă] cheam[aă]|suna[tț]i-m[aă]",
    earlier=(
        r"v-am (?:mai )?(?:spus|sunat|scris)|am (?:mai )?(?:raportat|sunat|reclamat|spus) (?:deja|la|"
        r"[iî]nainte|poli[tț]i\w+)|deja am (?:spus|sunat|raportat|reclamat)"
    ),
)

PORTUGUESE = pack(
    kinship=(
        r"(?:meu|minha|meus|minhas|nosso|nossa|nossos|nossas)(?: (?:ex|irm[aã]o|pr[oó]prio|"
        r"filho))? (?:irm[aã]o?|irm[aã]os|m[aã]e|pai|pais|filhos?|filhas?|marido|esposa|mulher|av[oóô]|"
        r"primos?|"
        r"primas?|tios?|tias?|sobrinh[oa]s?|vizinh[oa]s?|amig[oa]s?|namorad[oa]|ex|cunhad[oa]|sogr[oa]|"
        r"senhorio|senhoria|colegas?|fam[ií]lia)"
    ),
    home=(
        r"(?:eu )?moro|moramos|(?:eu )?vivo (?:no|na|em|ao|aqui|por)|ao (?:meu|nosso) lado|por (?:cima|"
        r"baixo) de (?:mim|n[oó]s)|(?:atrav[eé]s d|pel)a parede|"
        r"(?:minha|nossa) (?:casa|janela|rua|porta|varanda|escada)|(?:meu|nosso) (?:pr[eé]dio|apartamento|"
        r"quarto|andar|bloco)"
    ),
    work=(
        r"(?:eu trabalho|trabalhei|trabalhamos)|(?:meu|minha) (?:trabalho|chefe|patr[aã]o|patroa|turno|"
        r"escola|loja)|trabalho com (?:ele|ela|eles)"
    ),
    first_person=(
        r"(?:me|nos) (?:amea[cç]ou|amea[cç]aram|disse|contou|pediu|pediram|bateu|vendeu|mostrou|deu|"
        r"ligou)|(?:amea[cç]ou|disse|contou|pediu|bateu|vendeu|mostrou|deu)-(?:me|nos)|"
        r"(?:lhe )?emprestei|comprei (?:dele|dela|a ele|uma vez)"
    ),
    contact=(
        r"(?:o )?meu (?:n[uú]mero|telefone|telem[oó]vel|e-?mail|nome|endere[cç]o)|minha morada|me chamo|"
        r"chamo-me|(?:liguem|telefonem)-me|me liguem"
    ),
    earlier=r"j[aá] (?:vos )?(?:contei|disse|liguei|denunciei|reportei|avisei)|liguei para a pol[ií]cia",
)

SOMALI = pack(
    kinship=(
        "walaalkay|walaalkayga|walaashay|hooyaday|hooyadey|aabahay|aabbahay|wiilkayga|wiilkeyga|"
        "gabadhayda|gabadheyda|ninkayga|ninkeyga|xaaskayga|xaaskeyga|adeerkay|abtigay|eedaday|"
        "habaryartay|"
        "ayeeyaday|awoowgay|saaxiibkay|saaxiibkayga|saaxiibtay|deriskayga|deriskeena|jaarkayga|jaarkeena|"
        "ilmahayga|caruurtayda|carruurtayda|caruurteyda|ina ?adeerkay|walaalkeen|hooyadeen|reerkayga|"
        "qoyskayga"
    ),
    home=(
        "gurigayga|gurigeyga|gurigeena|guriga aan (?:degganahay|daganahay)|daaqaddayda|daaqadayda|"
        "albaabkayga|waxaan (?:\\w+ ){0,2}(?:noolahay|degganahay|daganahay)|jidkeena|dhismaheena"
    ),
    work="waxaan (?:ka |u |la )?shaqeeyaa|waan shaqeeyaa|shaqadayda|shaqadeyda|dugsigayga|iskuulkayga|macallinkayga",
    first_person=(
        "(?:wuxuu|waxay|wuu|way|ayuu|ayay) (?:ii|igu|i|noo|na|ila) (?:sheegay|yiri|yidhi|hanjabay|"
        "hanjabeen|garaacay|tusay|weydiistay)|(?:wuu|way) i (?:hanjabay|garaacay)"
    ),
    contact=(
        "lambarkayga|lambarkeyga|nambarkayga|magacaygu|magacayga|magaceygu|telefoonkayga|cinwaankayga|"
        "i soo wac|ii soo wac"
    ),
    earlier="(?:horay|hore|horey) (?:ayaan |baan |waan )?(?:idiinku |ugu |u )?(?:sheegay|soo sheegay|wacay)",
)

SPANISH = pack(
    kinship=(
        r"(?:mi|mis|nuestro|nuestra|nuestros|nuestras)(?: (?:ex|propi[oa]|"
        r"peque[nñ][oa]))? (?:herman[oa]s?|madre|padre|padres|mam[aá]|pap[aá]|hij[oa]s?|marido|esposo|"
        r"esposa|mujer|abuel[oa]s?|prim[oa]s?|"
        r"t[ií][oa]s?|sobrin[oa]s?|vecin[oa]s?|amig[oa]s?|novi[oa]|ex|cu[nñ]ad[oa]|suegr[oa]|caser[oa]|"
        r"compa[nñ]er[oa]s?|familia|pareja)"
    ),
    home=(
        r"(?:yo )?vivo (?:en|al|a|enfrente|arriba|abajo|encima|aqu[ií]|con|cerca)|vivimos|"
        r"al lado (?:m[ií]o|de mi casa|nuestro)|encima de (?:m[ií]|nosotros)|"
        r"mi (?:casa|ventana|calle|puerta|piso|edificio|bloque|cuarto|balc[oó]n|escalera)|"
        r"nuestr[oa] (?:edificio|calle|bloque|casa|piso)|a trav[eé]s de la pared|por la pared"
    ),
    work=(
        r"(?:yo trabajo|trabaj[eé] (?:con|en|para)|trabajamos)|trabajo con (?:[eé]l|ella|ellos)|"
        r"mi (?:jefe|jefa|trabajo|turno|escuela|instituto|tienda|clase)"
    ),
    first_person=(
        r"(?:me|nos) (?:amenaz[oó]|amenazaron|dijo|dijeron|cont[oó]|pidi[oó]|pidieron|peg[oó]|vendi[oó]|"
        r"ense[nñ][oó]|dio|llam[oó]|sigui[oó])|le (?:prest[eé]|compr[eé]|debo)"
    ),
    contact=(
        r"mi (?:n[uú]mero|tel[eé]fono|m[oó]vil|correo|nombre|direcci[oó]n)|me llamo|ll[aá]menme|"
        r"ll[aá]mame|cont[aá]ctenme"
    ),
    earlier=(
        r"ya (?:lo |les |os |se lo )?(?:dije|cont[eé]|llam[eé]|denunci[eé]|avis[eé]|inform[eé])|"
        r"llam[eé] a la polic[ií]a"
    ),
)

WELSH = pack(
    kinship=(
        "(?:fy|ein|f'|'n) ?(?:mrawd|mrodyr|chwaer|chwiorydd|mam|nhad|tad|nain|taid|mam-gu|mamgu|nhad-cu|"
        "mab|merch|ngŵr|ngwr|ngwraig|nghefnder|nghyfnither|ewythr|modryb|ffrind|ffrindiau|nghymydog|"
        "nghymdogion|nghariad|mhlant|mhlentyn|cymydog|cymdogion|plant|wncl|anti|nheulu|ŵyr|wyres)|"
        "(?:brawd|chwaer|mam|dad|nain|taid|mam-gu|tad-cu|mab|merch|gŵr|gwraig|ffrind|plant) (?:fi|i)"
    ),
    home=(
        "(?:rwy'n|dw i'n|dwi'n|rydw i'n|rydyn ni'n|'dan ni'n|dyn ni'n) byw|(?:byw|pobl|dyn|"
        "teulu) drws nesaf|drws nesaf i (?:fi|ni|mi)|trwy'r wal|drwy'r wal|fy nh[ŷy]|ein (?:tŷ|ty|stryd|"
        "bloc|drws)|"
        "fy (?:fflat|ffenest\\w*|stryd|nrws|ystafell|ngardd)|gyferbyn [âa] (?:fi|ni)|uwch ein pennau"
    ),
    work=(
        "(?:rwy'n|dw i'n|dwi'n|rydw i'n) (?:gweithio|mynd i'r ysgol)|fy (?:ngwaith|mos|nghydweithiwr|"
        "shifft|ysgol|nosbarth)|yn y gwaith (?:gyda|efo) (?:fi|ni)"
    ),
    first_person=(
        "(?:bygwth|bygythiodd|bygythio|bwrw|bwrodd) (?:fi|ni)|wrtha i|wrthyf|wrthon ni|"
        "gofyn(?:nodd)? i (?:fi|mi) (?:werthu|gario|ddal|gadw)"
    ),
    contact="fy (?:rhif|enw|e-bost|nghyfeiriad|ffôn)|ffoniwch fi|cysylltwch [âa] (?:fi|mi)",
    earlier=(
        "(?:dwi|rwyf|rydw i|dw i|wnes i|rwy) (?:eisoes |wedi |eisoes wedi )+(?:dweud|ffonio|adrodd|"
        "riportio|sôn)|wnes i (?:ffonio|ddweud|adrodd)|ffoniais i"
    ),
)
