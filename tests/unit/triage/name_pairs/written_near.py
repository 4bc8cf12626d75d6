"""Names of these islands, of Europe and of the Americas: the same person written several ways, and look-alikes.

A line of SAME is one person; a line of APART is as many people as it has names. All are invented.
"""

SAME = {
    "english": """
Stephen Jeffrey Thompson / Steve Thompson / Steven Geoffrey Tomson / THOMPSON, Stephen J
Catherine Anne Pierce / Kath Pearce / Katherine Pierce / Cathy Anne Peirce
Darren Whitmore / Daz Whitmore / Darran Whittmore / D. Whitmore
William Harcourt-Bligh / Bill Harcourt Bligh / Will Bligh / Harcourt-Bligh, William
Elizabeth Mary Farraday / Liz Faraday / Beth Farraday / Elisabeth Faraday
Anthony Dunmore / Tony Dunmore / Ant Dunmoor / Antony Dunmore
Margaret Ollerenshaw / Peggy Ollerenshaw / Maggie Olerenshaw / Margret Ollerinshaw
Christopher Lyle Beddoes / Chris Beddoes / Kristopher Beddows / C L Beddoes
Phillip Colclough / Phil Coleclough / Philip Colclough / Pip Colclough
Rebecca Tunnicliffe / Becky Tunnicliff / Rebekah Tunnicliffe / Bex Tunicliffe
Sharon Mallinson / Shaz Mallinson / Sharron Malinson / Shazza Mallinson
Gareth Brocklehurst / Gaz Brocklehurst / Gary Brocklehurst / G Brocklehurst
Alison Wakelin / Ally Wakelin / Allison Wakeling / Alyson Wakelin
Nicholas Postlethwaite / Nick Postlethwaite / Nicolas Postlewaite / Nicky Postlethwaite
Michael Hepplewhite / Mick Hepplewhite / Micky Heppelwhite / Mike Heplewhite
Richard Eccleston / Dick Eccleston / Rick Ecclestone / Ricky Eccleston
Deborah Ainsworth / Debs Ainsworth / Debbie Ainsworth / Debra Aynsworth
James Edward Loxley / Jim Loxley / Jimmy Loxley / Jamie Edward Locksley
Zachary Fenwick / Zak Fenwick / Zach Fennick / Zackary Fenwick
Jacqueline Stubbs / Jackie Stubbs / Jaqueline Stubs / Jacqui Stubbs
""",
    "irish": """
Siobhán Ní Dhomhnaill / Siobhan O'Donnell / Shivaun ODonnell / Siobhan Donnell
Sean O'Shaughnessy / Shaun OShaughnessy / Shawn O Shaughnessy / Seán O'Shaughnessey
Pádraig MacDiarmada / Patrick McDermott / Paddy McDermot / Padraic Mac Dermott
Caoimhe Gallagher / Keeva Gallaher / Caoimhe Gallacher / Kweeva Gallagher
Diarmuid McLoughlin / Dermot McLaughlin / Diarmaid Mac Loughlin / Dermot MacLaughlin
Eoghan Geraghty / Owen Garrity / Eoghan Gerety / Owen Geraghty
Máiréad Kavanagh / Mairead Cavanagh / Mairead Kavanaugh / Maread Kavanagh
Tadhg Ó Súilleabháin / Tadhg O'Sullivan / Tadgh Sullivan / Tadhg OSullivan
Niamh Doherty / Neve Docherty / Niamh O'Doherty / Neeve Doherty
Aoife Phelan / Eefa Whelan / Aoife Whelan / Aoife Phelan
Conor McGuinness / Connor MacGuinness / Conor Mac Guinness / Connor McGinnis
Gráinne Mulcahy / Grainne Mulcahey / Granya Mulcahy / Grania Mulcahy
Ciarán Keogh / Kieran Kehoe / Ciaran Keough / Keiran Keogh
Roisin McAleese / Rosheen MacAleese / Róisín Mc Aleese / Roisin McAleece
""",
    "welsh_scottish": """
Dafydd ap Rhys / David Rhys / Dai Rees / Dafydd Rhys
Llewellyn Prosser / Llywelyn Prosser / Lew Prosser / Llewelyn Proser
Siân Llewelyn-Pugh / Sian Pugh / Shan Llewellyn Pugh / Sian Llewelyn Pugh
Alasdair MacKenzie / Alistair McKenzie / Ally Mackenzie / Alastair Mac Kenzie
Eilidh MacLeod / Ailey McLeod / Eilidh Macleod / Eilidh McCloud
Hamish Farquharson / Hamish Farquarson / H. Farquharson / Hamish Farquharsen
Catriona Urquhart / Katrina Urquhart / Catriona Urquart / Cat Urquhart
Huw Gruffydd / Hugh Griffith / Huw Griffiths / Huw Gruffudd
Iain Colquhoun / Ian Colquhoun / Iain Cahoun / Ian Colquhoon
Rhiannon Bevan / Rhian Bevan / Rhianon Bevan / Rhi Bevan
Tomos Cadwallader / Thomas Cadwalader / Tom Cadwallader / Tomos Cadwaladr
Ruaridh Menzies / Rory Menzies / Ruairidh Menzies / Ruari Menzies
""",
    "polish": """
Wojciech Szczepański / Wojtek Szczepanski / Voytek Shchepanski / Wojciech Sczepanski
Małgorzata Wiśniewska / Gosia Wisniewska / Malgorzata Vishnevska / Małgosia Wiśniewska
Jakub Dąbrowski / Kuba Dabrowski / Jacob Dombrowski / Jakub Dabrovski
Krzysztof Wójcik / Chris Wojcik / Krzysiek Wujcik / Krzystof Wojcik
Agnieszka Zielińska / Aga Zielinska / Agnes Zielinska / Agnieska Zelinska
Paweł Kaczmarek / Pawel Kachmarek / Paul Kaczmarek / Pavel Kaczmarek
Łukasz Jabłoński / Lukasz Jablonski / Lukash Yablonski / Luke Jablonski
Grzegorz Brzęczyszczykiewicz / Grzesiek Brzeczyszczykiewicz / Gregory Brzenczyszczykiewicz / G Brzeczyszczykiewicz
Katarzyna Nowakowska / Kasia Nowakowska / Kate Nowakowska / Katazyna Novakovska
Andrzej Czarnecki / Andrew Charnetski / Andrzej Czarnecky / Jedrek Czarnecki
Tomasz Żuławski / Tomek Zulawski / Thomas Zhulavski / Tomasz Zulawsky
Zbigniew Krawczyk / Zbyszek Krawczyk / Zbigniew Kravchik / Zbignew Krawczyk
Bartłomiej Sikora / Bartek Sikora / Bart Sikora / Bartlomiej Shikora
Ewa Kowalewska-Mazur / Ewa Mazur / Eva Kowalewska Mazur / Ewa Kowalewska
""",
    "romanian": """
Ionuț Brătianu / Ionut Bratianu / Nelu Bratianu / Ionutz Bratianu
Gheorghe Țepeș / Gigi Tepes / George Tepesh / Gheorghe Tsepes
Ștefan Dragomirescu / Stefan Dragomirescu / Fane Dragomirescu / Stephen Dragomirescu
Alexandru Ceaușu / Alex Ceausu / Sandu Ceausu / Alexandru Ceaushu
Mihaela Lăcătuș / Mihaela Lacatus / Michaela Lacatush / Mihaela Lakatus
Constantin Văcărescu / Costel Vacarescu / Costin Vacarescu / Konstantin Vacarescu
Florin Mărginean / Florin Marginean / Flori Marginean / Florin Marghinean
Nicolae Stănescu / Nicu Stanescu / Nicolai Stanescu / Nelu Stanescu
Marius Cîmpeanu / Marius Campeanu / Marius Câmpeanu / Marius Cimpeanu
Răzvan Hagi / Razvan Hadji / Rasvan Hagi / Razvan Haghi
Elena Moraru / Lenuta Moraru / Ileana Moraru / Helena Moraru
Vasile Țurcanu / Vasile Turcanu / Vasile Tsurkanu / Lica Turcanu
""",
    "albanian": """
Besnik Hoxha / Besnik Hodza / Besi Hoxha / Besnik Hodja
Gjergj Xhafa / George Xhafa / Gjergj Jafa / Gergj Xhafa
Arbër Çela / Arber Cela / Arber Chela / Arbër Cela
Shkëlqim Krasniqi / Shkelqim Krasniqi / Qimi Krasniqi / Shkelqim Krasnichi
Përparim Gjoka / Perparim Gjoka / Perparim Djoka / Perparim Gjoka
Ylli Mëhilli / Ylli Mehilli / Yli Mehili / Ylli Mehilly
Qemal Shehu / Kemal Shehu / Qemal Sehu / Cemal Shehu
Liridona Berisha / Lirije Berisha / Dona Berisha / Liridona Berisa
Bashkim Thaçi / Bashkim Thaci / Bashkim Thachi / Bashi Thaci
Ermal Lleshi / Ermal Leshi / E. Lleshi / Ermall Lleshi
Fatmir Xhemajli / Fatmir Jemajli / Fatmir Dzemajli / Miri Xhemajli
""",
    "lithuanian": """
Vytautas Žemaitis / Vytas Zemaitis / Vitautas Zhemaitis / Vytautas Zemaitys
Mindaugas Kazlauskas / Mindaugas Kozlowski / Mindas Kazlauskas / Mindaugas Kazlauskis
Rūta Jankauskaitė / Ruta Jankauskaite / Ruta Jankauskiene / Ruta Yankauskaite
Gediminas Šimkus / Gedas Simkus / Gediminas Shimkus / Gedyminas Simkus
Žydrūnas Petrauskas / Zydrunas Petrauskas / Zydre Petrauskas / Zidrunas Petrauskis
Aurimas Čepulis / Aurimas Cepulis / Auris Cepulis / Aurimas Chepulis
Eglė Stankevičienė / Egle Stankeviciene / Egle Stankevicius / Egle Stankevichiene
Darius Girėnas / Darius Girenas / Darka Girenas / Dariush Girenas
Kęstutis Rimkus / Kestas Rimkus / Kestutis Rimkus / K Rimkus
Jonas Butkevičius / Jonas Butkevicius / Joniukas Butkevicius / Jonas Butkevichus
""",
    "ukrainian_russian": """
Александр Щербаков / Alexander Shcherbakov / Sasha Sherbakov / Aleksandr Scherbakov
Oleksandr Kovalchuk / Alexander Kovalchuk / Сашко Ковальчук / Oleksander Kowalczuk
Євген Гриценко / Yevhen Hrytsenko / Evgeny Gritsenko / Zhenya Hrytsenko
Dmitri Alexeyevich Sokolov / Dmitry Sokolov / Dima Sokolov / Dmitriy A. Sokoloff
Екатерина Чайковская / Ekaterina Tchaikovskaya / Katya Chaikovskaya / Yekaterina Chaykovskaya
Volodymyr Hnatiuk / Vladimir Gnatyuk / Володимир Гнатюк / Vova Hnatyuk
Mykola Zinchenko / Nikolai Zinchenko / Kolya Zinchenko / Микола Зінченко
Ирина Жукова / Irina Zhukova / Ira Zhukova / Iryna Jukova
Юрий Цветков / Yuri Tsvetkov / Yury Cvetkov / Iurii Tsvetkov
Сергій Мельник / Serhii Melnyk / Sergei Melnik / Sergey Melnyk
Фёдор Хрущёв / Fyodor Khrushchev / Fedor Hruschev / Fiodor Khruschev
Анастасия Евдокимова / Anastasia Yevdokimova / Nastya Evdokimova / Anastasiia Evdokimova
Vladislav Igorevich Ostrovsky / Vlad Ostrovskiy / Vladyslav Ostrovskyi / Ostrovski Vladislav
Михаил Соловьёв / Mikhail Solovyov / Misha Solovyev / Michael Soloviev
""",
    "spanish_portuguese": """
Francisco Javier Rodríguez Peña / Paco Rodriguez / Francisco Rodriguez Pena / Francisco J. Rodriguez
José Luis Hernández / Pepe Hernandez / Jose Luis Fernandez Hernandez / Jose L Hernandez
João da Silva Gonçalves / Joao Silva Goncalves / Joao Gonzalves / Joao da Silva
María Guadalupe Núñez / Lupe Nunez / Maria G. Nunez / Maria Guadalupe Nuñez
Guilherme Araújo / Gui Araujo / Guillermo Araujo / Guilherme de Araujo
Xavier Muñoz Etxeberria / Javier Munoz Echeverria / Xavi Munoz / Xabier Munoz Echeberria
Thiago dos Santos / Tiago Santos / Thyago dos Santos / Santos, Thiago
Roberto Carlos Giménez / Beto Jimenez / Roberto Jimenez / Roberto C Gimenez
Luiz Inácio Magalhães / Luis Inacio Magalhaes / Luiz Magallanes / Luis Magalhaes
Concepción Velázquez / Conchita Velasquez / Concepcion Velazques / Concha Velazquez
Enrique Chávez Ibarra / Kike Chavez / Henrique Chaves Ibarra / Enrique Ibarra
Manuel Echeverría / Manolo Echeverria / Manuel Etcheverria / Manu Echeverria
""",
    "caribbean": """
Jermaine Desmond Clarke / Jay Clarke / Jermain Clark / Jermaine D Clarke
Latoya Campbell / Toya Campbell / La-Toya Cambell / Latoyah Campbell
Winston McPherson / Winnie MacPherson / Winston Macpherson / Win McFerson
Shanique Beckford / Shaneek Beckford / Shanique Bekford / Shan Beckford
Delroy Lindo Walters / Delroy Walters / Roy Walters / Delroy Lindo-Walters
Tyrone Braithwaite / Ty Brathwaite / Tyron Braithwaite / Tyrone Brathwait
Devonte Grandison / Devontae Grandison / Davonte Grandison / Dev Grandison
Chantelle Farquharson / Shantel Farquharson / Chantel Farqharson / Shantelle Farquharson
Shaquille Nembhard / Shaq Nembhard / Shaquil Nembard / Shaquille Nemhard
Kadeem Pinnock / Kadim Pinnock / Kadeem Pinock / K. Pinnock
""",
}

APART = {
    "english": """
Stephen Thompson / Stuart Thompson / Stephanie Thompson / Stephen Thornton
Mark Harrison / Mike Harrison / Mark Harris / Marie Harrison
Lee Bradshaw / Leon Bradshaw / Leah Bradshaw / Lee Bradley
Gary Marsden / Barry Marsden / Gary Marston / Harry Marsden
Paul Robertson / Paula Robertson / Paul Robinson / Pauline Roberts
Daniel Whitehead / David Whitehead / Daniel Whitehouse / Danielle Whitehead
Julie Fletcher / Julian Fletcher / June Fletcher / Judith Fletcher
Jason Wilkins / Mason Wilkins / Jason Wilkinson / Justin Wilkins
Dean Sutton / Sean Sutton / Dean Dutton / Diane Sutton
Kelly Hobson / Kerry Hobson / Kelly Hopkins / Kevin Hobson
Simon Carter / Samuel Carter / Simone Carter / Simon Porter
Peter Marshall / Petra Marshall / Peter Martin / Patrick Marshall
Robert Ellison / Rupert Ellison / Roger Ellison / Robert Allison Green
Ian Holt / Ivan Holt / Ian Colt / Iris Holt
""",
    "irish": """
Sean Murphy / Seamus Murphy / Sinead Murphy / Shane Murray
Conor Byrne / Connie Byrne / Colm Byrne / Cormac Byrne
Patrick O'Brien / Peter O'Brien / Patricia O'Brien / Patrick O'Bannon
Ciaran Kelly / Ciara Kelly / Cian Kelly / Ciaran Kearney
Declan Ryan / Dermot Ryan / Donal Ryan / Declan Regan
Niamh Walsh / Neasa Walsh / Noreen Walsh / Niall Walsh
Aidan McGrath / Aisling McGrath / Aidan McGarry / Adam McGrath
Brendan Doyle / Brian Doyle / Brenda Doyle / Brendan Boyle
Michael Quinn / Martin Quinn / Maura Quinn / Michael Flynn
Eamonn Daly / Emmet Daly / Eimear Daly / Eamonn Dolan
""",
    "welsh_scottish": """
Rhys Morgan / Ross Morgan / Rhodri Morgan / Rhys Meredith
Gwyn Thomas / Gwen Thomas / Glyn Thomas / Gwyn Tomkins
Alasdair Campbell / Alan Campbell / Alasdair Cameron / Angus Campbell
Hamish Stewart / Hugh Stewart / Hamish Sinclair / Heather Stewart
Fiona MacDonald / Finlay MacDonald / Fiona MacDougall / Flora MacDonald
Ian McLean / Iona McLean / Ian McLellan / Isla McLean
Gareth Pritchard / Gethin Pritchard / Gareth Richards / Geraint Pritchard
Mair Jenkins / Megan Jenkins / Mair Jennings / Mary Jane Hopkin
Dylan Powell / Daniel Powell / Dylan Howell / Dilys Powell
""",
    "polish": """
Marek Kowalski / Marcin Kowalski / Mariusz Kowalski / Marek Kowalczyk
Anna Nowak / Hanna Nowak / Joanna Nowak / Anna Nowicka
Piotr Lewandowski / Patryk Lewandowski / Piotr Lemański / Paweł Lewandowski
Tomasz Kamiński / Tadeusz Kamiński / Tomasz Kaczyński / Teresa Kamińska
Krystyna Wilk / Krzysztof Wilk / Krystian Wilk / Katarzyna Wilk
Jan Zając / Janusz Zając / Jan Zawadzki / Jana Zajkowska
Michał Pawlak / Mikołaj Pawlak / Michał Pawłowski / Maciej Pawlak
Dariusz Król / Dawid Król / Dariusz Krupa / Dorota Król
Kamil Baran / Karol Baran / Kamila Baran / Kamil Baranowski
Stanisław Duda / Sławomir Duda / Stanisław Dudek / Sylwester Duda
""",
    "romanian": """
Ion Popescu / Ioana Popescu / Ilie Popescu / Ion Popovici
Adrian Ionescu / Andrei Ionescu / Adriana Ionescu / Adrian Ionita
Florin Radu / Florina Radu / Florin Rusu / Flaviu Radu
Marius Stoica / Marin Stoica / Maria Stoica / Marius Stoian
Daniel Munteanu / Daniela Munteanu / Dan Moldoveanu / Damian Munteanu
Cristian Dumitru / Cristina Dumitru / Cosmin Dumitru / Cristian Dobre
Vasile Lupu / Valentin Lupu / Vasile Lungu / Viorel Lupu
Gabriel Matei / Gabriela Matei / Gheorghe Matei / Gabriel Manea
Mihai Stan / Mihaela Stan / Mircea Stan / Mihai Sandu
""",
    "albanian": """
Arben Hoxha / Arbnor Hoxha / Ardian Hoxha / Arben Hysa
Besnik Gashi / Besim Gashi / Blerim Gashi / Besnik Gjoni
Agim Krasniqi / Agron Krasniqi / Argjend Krasniqi / Agim Kryeziu
Fatmir Berisha / Fatos Berisha / Fatime Berisha / Fatmir Bekteshi
Ilir Shala / Ylli Shala / Ilirjana Shala / Ilir Sala Meta
Luan Dervishi / Lulzim Dervishi / Luljeta Dervishi / Luan Demiri
Valon Morina / Valdrin Morina / Valbona Morina / Valon Murati
""",
    "lithuanian": """
Tomas Kazlauskas / Tadas Kazlauskas / Tomas Kavaliauskas / Titas Kazlauskas
Darius Petrauskas / Donatas Petrauskas / Darius Paulauskas / Daiva Petrauskaite
Andrius Jankauskas / Antanas Jankauskas / Aidas Jankauskas / Andrius Jasaitis
Lina Stankute / Inga Stankute / Laima Stankute / Lina Stasiute
Mantas Urbonas / Mindaugas Urbonas / Martynas Urbonas / Mantas Urbaitis
Rokas Butkus / Rolandas Butkus / Rokas Baltrus / Romas Butkus
""",
    "ukrainian_russian": """
Alexander Ivanov / Alexei Ivanov / Alexander Ivashov / Anatoly Ivanov
Сергей Петров / Семён Петров / Сергей Павлов / Степан Петров
Dmitry Morozov / Denis Morozov / Dmitry Moroz Kolin / Daniil Morozov
Vladimir Volkov / Vladislav Volkov / Vladimir Vlasov / Valery Volkov
Iryna Bondarenko / Inna Bondarenko / Iryna Bondarchuk / Ihor Bondarenko
Oleg Kravchenko / Olga Kravchenko / Oleg Kravchuk / Oleksiy Kravchenko
Natalia Kuznetsova / Nadezhda Kuznetsova / Natalia Kudryavtseva / Nina Kuznetsova
Андрій Шевченко / Антон Шевченко / Андрій Шевчук / Анна Шевченко
Yuri Popov / Yulia Popova / Yuri Pavlov / Yegor Popov
Maxim Orlov / Mikhail Orlov / Maxim Karlov / Matvei Orlov
""",
    "spanish_portuguese": """
José García / Jorge García / Josefa García / José Garza
Juan Carlos Martínez / Juan Pablo Martínez / José Carlos Martínez / Juan Carlos Méndez
Maria Fernanda López / Maria José López / Mariano López / Maria Fernanda Lozano
Luis Sánchez / Luisa Sánchez / Lucas Sánchez / Luis Santos
Carlos Gómez / Camilo Gómez / Carla Gómez / Carlos Gámez
João Pereira / Jorge Pereira / João Ferreira / Joana Pereira
Diego Torres / Domingo Torres / Diego Flores / Daniel Torres
Andrés Castro / Andrea Castro / Adrián Castro / Andrés Crespo
Rafael Moreno / Ramón Moreno / Raúl Moreno / Rafael Merino
Ana Ramos / Anabel Ramos / Ana Rojas / Alma Ramos
""",
    "caribbean": """
Delroy Campbell / Leroy Campbell / Elroy Campbell / Delroy Cameron
Marlon Grant / Marvin Grant / Malcolm Grant / Marlon Gordon
Keisha Brown / Kelisha Brown / Keith Brown / Keisha Burton
Jermaine Reid / Jerome Reid / Germain Read Foster / Jasmine Reid
Tanisha Powell / Tamika Powell / Tanya Powell / Tanisha Parnell
Dwayne Morrison / Wayne Morrison / Dwight Morrison / Dwayne Morris
Shanice Gayle / Shanelle Gayle / Shantel Gayle / Shanice Gale Hunter
Errol Francis / Everton Francis / Errol Ferris / Earl Francis
""",
}
