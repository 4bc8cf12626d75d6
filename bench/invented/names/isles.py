"""English (with Scottish and Welsh) and Irish names."""

from bench.invented.names.culture import Culture, forms, put_together, words

ENGLISH = Culture(
    code="wb",
    share=44,
    men=words(
        "David Paul Mark Lee Michael John Andrew Stephen Christopher James Daniel Darren Gary Anthony Craig Jason Ryan "
        "Matthew Robert Richard Thomas Kevin Wayne Scott Adam Dean Carl Liam Ian Jamie Shaun Jordan Peter Neil Stuart "
        "Barry Kyle Nathan Ashley Luke Simon Martin Karl Alan Joshua Connor Phillip Aaron Callum Graham Jack Gareth "
        "Terence Brett Reece Bradley Leon Damian Kieran Lewis Ross Glen Trevor Raymond Keith Nigel Kenneth Joseph "
        "Samuel Benjamin Charles Edward George Harry William Alexander Nicholas Dale Clive Leslie Russell Jonathan "
        "Ricky Troy Tyler Brandon Jake Zak Corey Curtis Duane Geoffrey Howard Rhys Owen Dylan Euan Fraser Gordon"
    ),
    women=words(
        "Kelly Lisa Donna Michelle Tracey Sarah Claire Joanne Karen Stacey Natalie Gemma Leanne Jade Chelsea Kirsty "
        "Amanda Debbie Samantha Nicola Rachel Emma Hayley Tina Sharon Chantelle Lindsey Paula Kim Bethany Tanya Cheryl"
    ),
    surnames=words(
        "Smith Jones Taylor Brown Williams Wilson Johnson Davies Robinson Wright Thompson Evans Walker White Roberts "
        "Green Hall Wood Jackson Clarke Harrison Marsh Cooper Ward Turner Hill Moore Baker Carter Parker Bennett Cook "
        "Shaw Ford Morris Austin Rover Young King Price Fox Stone Rose Webb Cross Dean Lane Street Pike Sharp Doyle "
        "Higgins Barker Lowe Holt Frost Nash Booth Cole Dawson Fletcher Gibbs Hyde Ingram Jarvis Kemp Lamb Mellor Nunn "
        "Oakes Potts Quinn Rudge Skelton Tranter Upton Vickers Whittle Yates Abbott Bagshaw Crabtree Dyson Eccles Finch"
    )
    + put_together(
        "Ash Black Brad Burn Cald Chad Clay Cran Dar Eg Fair Fen Gar Had Hales Har Hart Hol Kel Kirk Lang Lin Long Mar "
        "Mil Nor Old Pen Rad Rams Rother Sand Shel Stan Sut Thorn Wal War Whit Win Wool Wor",
        "ley ton ford worth ham wood field bury shaw well wick by den more stead croft gate low combe bridge thorpe",
    ),
    forms=forms(
        """David: Dave Davey; Paul: Pauly; Mark: Marky; Michael: Mick Mike Mikey; John: Johnny; Andrew: Andy Drew;
        Stephen: Steve Ste Steven; Christopher: Chris Kit; James: Jim Jimmy Jay; Daniel: Dan Danny; Darren: Daz Dazza;
        Gary: Gaz Gazza; Anthony: Tony Ant; Jason: Jay Jase; Matthew: Matt Matty; Robert: Rob Bob Bobby Robbie;
        Richard: Rick Rich Dickie; Thomas: Tom Tommy; Kevin: Kev; Wayne: Waz; Scott: Scotty; Jamie: Jay; Jordan: Jord;
        Peter: Pete; Stuart: Stu; Barry: Baz Bazza; Nathan: Nath Nate; Martin: Marty; Joshua: Josh; Connor: Con Conor;
        Phillip: Phil Philip; Gareth: Gaz; Terence: Terry Tel Tez; Bradley: Brad; Kieran: Kier; Lewis: Lew Louis;
        Raymond: Ray; Kenneth: Ken Kenny; Joseph: Joe Joey; Samuel: Sam Sammy; Benjamin: Ben Benny; Charles: Charlie;
        Edward: Ed Eddie Ted; William: Will Bill Billy; Alexander: Alex Sandy; Nicholas: Nick Nicky; Leslie: Les;
        Russell: Russ; Jonathan: Jon Jonny; Geoffrey: Geoff; Shaun: Sean Shawn; Callum: Cal Calum; Ashley: Ash;
        Aaron: Az Arron; Reece: Rhys; Trevor: Trev; Samantha: Sam; Deborah: Debs; Amanda: Mandy; Michelle: Shell;
        Tracey: Trace; Chantelle: Chan; Natalie: Nat; Stacey: Stace; Joanne: Jo; Nicola: Nicky; Clarke: Clark;
        Davies: Davis; Harrison: Harison; Thompson: Thomson"""
    ),
    middles=words("James Lee John Paul David Alan Michael William Thomas Peter Robert Ann Marie Louise Jane"),
)

IRISH = Culture(
    code="ie",
    share=6,
    men=words(
        "Patrick Michael Sean Declan Brendan Martin Liam Seamus Padraig Kieran Eoin Conor Dermot Fergal Cathal Niall "
        "Aidan Brian Gerard Finbar Colm Ciaran Eamonn Donal Francis Bernard Jimmy Miley Felix Tadhg Oisin Cormac Rory"
    ),
    women=words("Bridget Siobhan Margaret Mary Sinead Aoife Niamh Caoimhe Orla Roisin Kathleen Noreen Grainne Deirdre"),
    surnames=words(
        "Murphy Kelly Ward McDonagh Doherty O'Brien Byrne Ryan O'Connor Walsh O'Neill McCarthy Gallagher O'Reilly "
        "Connors Stokes Maughan Joyce Doran Cash Delaney Quilligan Casey Mongan Price Hanrahan McGinley McLaughlin "
        "Nevin Brogan Cassidy Devlin Egan Feeney Geoghegan Heffernan Keogh Lavelle McAleer McBride Nolan O'Dowd "
        "O'Driscoll O'Hara Power Quirke Rafferty Scully Tierney Toolan McGrath McKeown Mulcahy Kavanagh Kinsella Lawlor"
    )
    + put_together("Mc O' Mac", "Avinue Clery Dermody Finlan Garvin Hagan Keevey Lorcan Manly Nally Quade Rann Tavish"),
    forms=forms(
        """Patrick: Paddy Pat Pakie; Michael: Mick Mikey Mike; Sean: Shaun Shane; Declan: Dec Deco; Liam: William;
        Padraig: Paudie Porick; Kieran: Ciaran; Ciaran: Kieran Keiran; Eoin: Owen Eoghan; Conor: Connor; Dermot:
        Diarmuid; Gerard: Ger Gerry; Eamonn: Eamon Ned; Francis: Frank Frankie; Bernard: Barney; Seamus: James
        Shay; Siobhan: Shivaun; Aoife: Eefa; Niamh: Neve; Bridget: Biddy; Margaret: Maggie; O'Brien: OBrien;
        McDonagh: McDonough; Doherty: Docherty Dougherty; O'Reilly: Reilly; O'Connor: Connor; O'Neill: ONeil;
        Geoghegan: Gegan; Keogh: Kehoe"""
    ),
    middles=words("Joseph Patrick Francis Mary Anthony Martin"),
)
