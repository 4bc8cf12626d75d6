"""Somali, West African and Caribbean names."""

from bench.invented.names.culture import Culture, forms, words

SOMALI = Culture(
    code="so",
    share=4,
    men=words(
        "Mohamed Abdi Ahmed Hassan Ali Abdirahman Ibrahim Yusuf Omar Abdullahi Farah Mahad Liban Guled Warsame Jama "
        "Ismail Mukhtar Bashir Sharmarke Abshir Ayanle Bile Cabdi Dahir Elmi Faisal Garad Hirsi Idris Khadar "
        "Mustafe Nuur Roble Saeed Samatar Abdikarim Zakariye"
    ),
    women=words("Amina Hodan Ifrah Fadumo Sahra Ayaan Deqa Hibo Ubah Naima Khadija Asha"),
    surnames=words(
        "Mohamed Ali Ahmed Hassan Abdi Farah Omar Yusuf Ibrahim Warsame Jama Hussein Nur Aden Osman Abdullahi Adan "
        "Hersi Elmi Guled Isse Egal Dualeh Samatar Mohamud Shire Barre Sheikh Roble Gelle Awale Dirie Kulmiye "
        "Diriye Haji Muse Noor Salad Waberi Botan"
    ),
    forms=forms(
        """Mohamed: Mohammed Maxamed Muhammad Mo; Abdi: Cabdi; Ahmed: Axmed Ahmad; Hassan: Xasan Hasan; Omar: Cumar
        Umar; Abdirahman: Abdurahman Cabdiraxmaan Abdi; Abdullahi: Abdulahi Cabdulaahi; Yusuf: Yusef Yuusuf;
        Ali: Cali; Hussein: Xuseen Hussain; Farah: Faarax Farax; Jama: Jamac Jaama; Nur: Nuur Noor; Aden: Aadan
        Adan; Isse: Ciise Essa; Hersi: Xirsi Hirsi; Ibrahim: Ibraahim; Mahad: Mahat; Guled: Guuleed; Mohamud:
        Mahamud Maxamuud; Mukhtar: Muktar; Amina: Aamina Aminah; Fadumo: Fatuma Faduma; Abdikarim: Abdukarim
        Abdulkarim; Dualeh: Duale; Warsame: Warsama"""
    ),
    middles=words("Mohamed Ali Abdi Hassan Ahmed Omar Yusuf"),
)

WEST_AFRICAN = Culture(
    code="ng",
    share=3,
    men=words(
        "Emmanuel Samuel Daniel Oluwaseun Chinedu Kwame Tunde Emeka Kofi Babatunde Ikechukwu Segun Femi Kwabena Yaw "
        "Obinna Adewale Chidi Kayode Musa Ibrahim Uche Ayodele Olumide Nnamdi Kojo Kwaku Abiodun Gbenga Ifeanyi Lamin "
        "Ousmane Sule Temitope Victor Wale Yakubu Godwin Sunday Prince"
    ),
    women=words("Blessing Grace Ngozi Funmilayo Abena Akosua Chioma Folake Ama Ifeoma Patience Yetunde"),
    surnames=words(
        "Mensah Okafor Adeyemi Owusu Okeke Adebayo Boateng Nwosu Balogun Osei Eze Ibrahim Asante Okonkwo Ogunleye "
        "Bello Agyeman Obi Afolabi Addo Chukwu Lawal Amoah Onyeka Sesay Kamara Jalloh Conteh Bangura Danjuma "
        "Effiong Gyamfi Idowu Koroma Musa Nkrumah Olatunji Quaye Sackey Umeh"
    ),
    forms=forms(
        """Oluwaseun: Seun; Babatunde: Tunde Baba; Emmanuel: Manny Emma; Samuel: Sam; Chinedu: Nedu Edu; Ikechukwu:
        Ike Iyke; Adewale: Wale Ade; Olumide: Mide Olu; Ayodele: Ayo Dele; Nnamdi: Namdi; Ifeanyi: Ify Ifeani;
        Temitope: Temi Tope; Kwabena: Kobby Kobina; Kwame: Kwamena; Obinna: Obi; Abiodun: Abi; Kayode: Kay;
        Okafor: Okafo Okafour; Adeyemi: Adeyemy Ademi; Boateng: Boatang; Owusu: Owuso; Jalloh: Jallow Diallo;
        Okonkwo: Okonkow; Agyeman: Adjeman; Ousmane: Usman; Balogun: Balogan; Funmilayo: Funmi; Akosua: Akos"""
    ),
)

CARIBBEAN = Culture(
    code="car",
    share=6,
    men=words(
        "Marlon Jermaine Leroy Winston Delroy Tyrone Dwayne Andre Kemar Omari Devon Errol Lloyd Clinton Romario "
        "Shaquille Jerome Damion Kadeem Rohan Cleveland Desmond Everton Garfield Jevon Lamar Malachi Nevaughn "
        "Orlando Rashaan Renaldo Sheldon Tevin Tremayne Wesley Xavier Marcus Antoine Carlton Fitzroy"
    ),
    women=words("Shanice Keisha Latoya Monique Tamika Simone Natasha Yvonne Marcia Paulette Sherelle Tanisha"),
    surnames=words(
        "Campbell Brown Williams Grant Morgan Clarke Gordon Henry Reid Francis Lewis Samuels Bailey Palmer Powell "
        "Johnson Thomas Edwards Stewart Pinnock Blake Dacosta Barrett Bogle Cummings Dunkley Ellis Facey Gayle "
        "Hylton Irving Josephs Lindo McKenzie Nembhard Ottey Pryce Rowe Sterling Thwaites Vassell Wallace Whyte"
    ),
    forms=forms(
        """Jermaine: Jermain Jay Germaine; Tyrone: Ty Tyron; Dwayne: Duane Wayne; Marlon: Marlo; Delroy: Del;
        Winston: Win; Damion: Damian Dame; Romario: Mario; Shaquille: Shaq; Jerome: Rome Gerome; Kadeem: Kads;
        Marcus: Marc; Carlton: Carl; Desmond: Des; Andre: Dre; Keisha: Kesha; Latoya: Toya; Pinnock: Pinnuck;
        Whyte: White; Pryce: Price; Clarke: Clark; Reid: Reed Read; Nembhard: Nembard; Francis: Frances; Gayle:
        Gale; Thwaites: Twaites; Antoine: Antwan Twan"""
    ),
    middles=words("Anthony St_John Alexander George Antonio Marie"),
)
