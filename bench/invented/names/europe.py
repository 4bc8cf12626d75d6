"""Polish, Romanian, Albanian and Lithuanian names."""

from bench.invented.names.culture import Culture, forms, put_together, words

POLISH = Culture(
    code="pl",
    share=4,
    men=words(
        "Piotr Krzysztof Andrzej Tomasz Pawel Marcin Michal Jakub Grzegorz Adam Lukasz Mateusz Wojciech Dariusz "
        "Mariusz Rafal Robert Kamil Dawid Maciej Artur Sebastian Jacek Bartosz Szymon Damian Arkadiusz Przemyslaw "
        "Radoslaw Slawomir Zbigniew Jaroslaw Leszek Miroslaw Patryk Witold"
    ),
    women=words("Katarzyna Agnieszka Malgorzata Magdalena Joanna Monika Beata Justyna Ewelina Aleksandra Dorota Iwona"),
    surnames=words(
        "Nowak Kowalski Wojcik Kowalczyk Kaminski Lewandowski Zielinski Szymanski Wozniak Dabrowski Kozlowski Mazur "
        "Krawczyk Kaczmarek Piotrowski Grabowski Pawlak Michalski Krol Wieczorek Jablonski Wrobel Majewski Stepien "
        "Jaworski Malinowski Dudek Sikora Baran Duda Szewczyk Pietrzak Wilk Lis Mroz"
    )
    + put_together("Bor Brzez Chmiel Grod Jawor Kras Lip Olsz Ostrow Rogal Sosn Wierzb Zalew", "ski ecki inski owski"),
    forms=forms(
        """Piotr: Peter Piotrek; Krzysztof: Chris Krzysiek Kristof; Andrzej: Andrew Jedrek Andrei; Tomasz: Tomek
        Thomas; Pawel: Paweł Pavel Paul; Jakub: Kuba Jacob; Grzegorz: Greg Grzesiek; Lukasz: Łukasz Luke Lukas;
        Mateusz: Mati Matt; Wojciech: Wojtek Voytek; Dariusz: Darek; Mariusz: Mario; Rafal: Rafał Rafa; Maciej:
        Maciek Matchek; Michal: Michał; Bartosz: Bartek Bart; Arkadiusz: Arek; Przemyslaw: Przemek Shemek;
        Radoslaw: Radek; Slawomir: Slawek; Sebastian: Seba; Zbigniew: Zbyszek Zibi; Jaroslaw: Jarek; Miroslaw:
        Mirek; Katarzyna: Kasia Kate; Malgorzata: Gosia; Agnieszka: Aga; Wojcik: Wójcik Voychik; Kowalczyk:
        Kowalchik; Wozniak: Woźniak Vozniak; Dabrowski: Dombrowski; Lewandowski: Levandovski; Kaczmarek:
        Kachmarek; Krol: Król; Szymanski: Shymanski Szymański; Krawczyk: Kravchik"""
    ),
)

ROMANIAN = Culture(
    code="ro",
    share=4,
    men=words(
        "Andrei Alexandru Mihai Ionut Marius Cristian Florin Gheorghe Vasile Adrian Nicolae Stefan Gabriel Bogdan "
        "Daniel Constantin Costel Catalin Dumitru Radu Sorin Razvan Ovidiu Marian Lucian Viorel Petru Iulian Emil "
        "Claudiu Cosmin Dorin Laurentiu Nelu Sandu Traian"
    ),
    women=words("Maria Elena Ioana Mihaela Andreea Cristina Florentina Simona Alina Roxana Gabriela Daniela"),
    surnames=words(
        "Popa Popescu Ionescu Radu Dumitru Stan Stoica Gheorghe Matei Ciobanu Constantin Marin Rusu Dinu Munteanu "
        "Moldovan Lazar Serban Florea Barbu Toma Nistor Cojocaru Oprea Lungu Sandu Tudor Neagu Preda Vlad Balan "
        "Calin Iordache"
    )
    + put_together("Andro Bal Cern Dob Filip Grig Iliop Man Negr Petr Stef Teod Vasil", "escu eanu iu ache oiu"),
    forms=forms(
        """Alexandru: Alex Alexandr Sandu; Mihai: Mike Misu Mihay; Ionut: Ionuț John Ionutz; Gheorghe: George Gigi
        Gica; Vasile: Vasil Bazil; Nicolae: Nicu Nico; Constantin: Costi Costin; Cristian: Cristi Chris; Stefan:
        Ștefan Fane; Andrei: Andre Andrew; Bogdan: Bogdi; Dumitru: Mitica Dimitru; Catalin: Cata Cătălin;
        Florin: Flo; Razvan: Răzvan; Gabriel: Gabi; Popescu: Popesku; Ionescu: Jonescu; Ciobanu: Chobanu;
        Serban: Șerban Sherban; Munteanu: Muntean; Marius: Mario; Laurentiu: Lau Laurentziu; Cojocaru:
        Cojocariu; Stoica: Stoika; Gabriela: Gabi; Andreea: Andrea"""
    ),
)

ALBANIAN = Culture(
    code="al",
    share=5,
    men=words(
        "Arben Besnik Dritan Erion Florian Gezim Ilir Klodian Luan Mentor Ndrek Orges Petrit Qazim Redon Sokol "
        "Taulant Valon Ylli Artan Blerim Clirim Dardan Endrit Fatos Gentian Hekuran Indrit Julian Kastriot Lulzim "
        "Mirjan Shpetim Xhevdet Albi Denis"
    ),
    women=words("Albana Blerta Drita Elira Flutura Mimoza Teuta Vjosa Arta Eriola Shpresa Valbona"),
    surnames=words(
        "Hoxha Shehu Prifti Gjoka Leka Marku Krasniqi Berisha Kola Duka Cela Dervishi Gashi Hysa Ismaili Koci "
        "Lleshi Meta Ndoja Osmani Pjetri Rama Sula Toska Vata Xhafa Zeka Bajrami Cani Doda Elezi Fejza Gjini Hasani "
        "Kelmendi Lika Mucaj Nikolli Perdoda Qosja"
    ),
    forms=forms(
        """Arben: Beni Arbin; Besnik: Niku Besi; Dritan: Tani Driton; Erion: Eri; Gezim: Gëzim Gzim; Klodian: Klodi
        Claudian; Kastriot: Kas Kastro; Xhevdet: Jevdet Chevdet; Taulant: Landi Lanti; Shpetim: Timi Spetim;
        Gentian: Genti; Lulzim: Zimi Luli; Hoxha: Hodja Hoja Hodza; Gjoka: Joka Gioka; Shehu: Sheu; Xhafa: Jafa;
        Krasniqi: Krasnichi Krasnici; Gjini: Jini Gini; Cela: Çela Chela; Qosja: Chosja; Dervishi: Dervisi;
        Kelmendi: Kelmend; Ylli: Ulli"""
    ),
)

LITHUANIAN = Culture(
    code="lt",
    share=2,
    men=words(
        "Mantas Tomas Darius Marius Andrius Lukas Rokas Vytautas Gintaras Saulius Arturas Donatas Edgaras Giedrius "
        "Kestutis Linas Mindaugas Nerijus Paulius Ramunas Sarunas Tadas Valdas Zilvinas Aurimas Egidijus"
    ),
    women=words("Rasa Egle Jurgita Kristina Lina Vaida Ruta Gintare Asta Daiva"),
    surnames=put_together(
        "Kazl Petr Jank Stank Vasil Zukaus But Paulaus Urbon Kavaliaus Raman Baran Navic Bal Grig Sak Miln Gail",
        "auskas aitis enas utis k",
    )[:80],
    forms=forms(
        """Mantas: Mantis; Vytautas: Vytas Vitas; Gintaras: Gintas; Mindaugas: Minde Mindas; Giedrius: Giedrus;
        Kestutis: Kestas; Zilvinas: Žilvinas Zilvis; Sarunas: Šarūnas Sharunas; Edgaras: Edgar; Tomas: Thomas;
        Arturas: Arthur"""
    ),
)
