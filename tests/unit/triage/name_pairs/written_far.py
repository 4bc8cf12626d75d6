"""Names of Asia and Africa: the same person written several ways, and look-alikes; read as `written_near`."""

SAME = {
    "pakistani": """
Mohammed Khurram Qureshi / Muhammad Khuram Koreshi / Mo Qureshi / Md Khurram Quraishi
Saifullah Chaudhry / Saif Ullah Chaudhary / Saifallah Choudhry / Saif-ullah Chowdhry
Nazia Akhtar Begum / Naziya Akhter / Nazia Aktar Begam / Nazia Begum
Zulfiqar Ali Bhatti / Zulfikar Bhatti / Zulfqar Ali Batti / Zulfi Bhatti
Abdul Rehman Siddiqui / Abdur Rahman Siddiqi / Abdulrehman Sidiqui / Abdurrahman Siddique
Imtiaz Hussain Shah / Imtiyaz Hussein / Imtiaz Husain Shah / Syed Imtiaz Hussain Shah
Tahir Mehmood Mirza / Taher Mahmood Mirza / Tahir Mahmud / Tahir M. Mirza
Waqas Nawaz Butt / Wakas Nawaz But / Waqas Butt / Waqqas Nawaz Bhutt
Shahid Yousaf / Shaheed Yusuf / Shahid Yousuf / Shahid Yosaf
Ghulam Mustafa Awan / Gulam Mustapha Awan / Ghulam Mustufa Awaan / G M Awan
Rukhsana Kauser / Ruksana Kausar / Rukhsana Kosar / Rukshana Kouser
Asif Javed Malik / Aasif Javaid Malek / Asif Malik / Asif Javed Mallik
Fazal ur Rehman / Fazlur Rahman / Fazal-ur-Rahman / Fazl Urrehman
Naveed Iqbal Raja / Navid Iqbal Rajah / Nav Raja / Naveed Ikbal Raja
""",
    "panjabi_hindi_gujarati": """
Gurpreet Singh Dhillon / Gurprit Dhillon / Gur Preet Singh Dillon / ਗੁਰਪ੍ਰੀਤ ਸਿੰਘ ਢਿੱਲੋਂ
Sukhwinder Kaur Sandhu / Sukhvinder Kaur Sandu / Sukhi Sandhu / Sukvinder Sandhu
Harjit Singh Bains / Harjeet Bains / Harry Bains / Harjit S Bains
Amarjeet Kaur / Amarjit Kour / Amar Jeet Kaur / Amarjeet Kour
Lakshmi Narayanan / Laxmi Narayan / Lakshmy Narayanan / Luxmi Narayanan
Vijay Krishnamurthy / Wijay Krishnamurti / Vijay Krishnamoorthy / V. Krishnamurthy
अमित कुमार शर्मा / Amit Kumar Sharma / Ameet Sharma / Amit K Sharma
Jignesh Bhai Patel / Jigneshbhai Patel / Jignesh Patel / Jigneshkumar Patel
Deepak Choudhary / Dipak Chowdhury / Deepak Chaudhary / Dipak Chaudhari
Rajinder Singh Gill / Rajindar Gill / Raj Gill / Rajender Singh Gil
Hiteshkumar Shah / Hitesh Shah / Hitesh Kumar Shah / Hitesh Saha Shah
Balwinder Singh Johal / Balvinder Johal / Bally Johal / Balwindar Singh Jouhal
Jyoti Mukherjee / Joyti Mukherji / Jyoti Mukerjee / Jyothi Mukhopadhyay
Suresh Venkataraman / Suresh Venkatraman / Suresh Wenkataraman / S Venkataraman
""",
    "bengali": """
Mohammed Abdul Mukit Miah / Md Abdul Muqeet Mia / Abdul Mukith Miah / Mohammad A Mukit Miya
Shamsul Haque Chowdhury / Samsul Hoque Choudhury / Shamsul Huq Chaudhury / Shamsul Haq Chowdhuri
মোহাম্মদ রফিকুল ইসলাম / Mohammad Rafiqul Islam / Md Rofiqul Islam / Mohammed Rafikul Islam
Fatema Khatun / Fatima Khatoon / Fatema Katun / Fathema Khatun
Jalal Uddin Talukdar / Jalaluddin Talukder / Jalal Udin Talukdor / Jalal Uddin Talukder
Nurul Amin Mazumder / Noorul Amin Majumdar / Nurul Ameen Majumder / Nurul Amin Mojumder
Shofiqul Alam / Shafiqul Alom / Safiqul Alam / Shafikul Alam
Rezaul Karim Sarkar / Rejaul Karim Sarker / Reza ul Karim Sarkar / Rezaul Korim Sarkar
Monowara Begum / Monoara Begum / Manwara Begom / Monowara Begam
Ziaur Rahman Bhuiyan / Zia ur Rahman Bhuyan / Ziaur Rohman Bhuiya / Jiaur Rahman Bhuiyan
Tofazzal Hossain / Tafazzul Hussain / Tofazzol Hossen / Tofajjal Hossain
Sirajul Khandakar / Serajul Khondoker / Sirajul Khandaker / Siraj Khandakar
""",
    "arabic": """
محمد عبد الرحمن الخطيب / Mohammed Abdulrahman Al-Khatib / Muhammad Abd al-Rahman Khateeb / Mohamed Abderahmane Khatib
Yousef Al-Qahtani / Yusuf el Kahtani / Youssef Qahtani / يوسف القحطاني
حسين الشريف / Hussein Al-Sharif / Husayn ash-Sharif / Hossein El Cherif
Khaled Bou Saïd / Khalid Abu Said / Khaled Busaid / Khalid Bou Saeed
Mustafa El-Gamal / Mostafa Al Jamal / Moustapha Elgamal / مصطفى الجمال
Abd al-Aziz bin Nasser / Abdulaziz Nasser / Abdel Aziz ben Nasir / Abdul-Aziz bin Nasir
Omar Qaddoura / Umar Kaddoura / Omar Gaddoura / Omar Qadura
Fatimah az-Zahra Benali / Fatima Zohra Ben Ali / Fatma Zahra Benali / Fatima Zahra Bin Ali
Rachid Bouchareb / Rashid Boushareb / Rasheed Bu Sharib / Rachid Bousharib
Noureddine Ghannouchi / Nur al-Din Ghannushi / Nureddin Ghanouchi / Nour Eddine Gannouchi
Jaafar al-Tikriti / Jafar Tikriti / Ja'far at-Tikriti / Gaafar El Tikriti
Saleh Abdullah Al Otaibi / Salih Abdallah al-Utaybi / Saleh Al-Otaiby / Salah Abdulla Otaibi
Layla Haddad / Leila Hadad / ليلى حداد / Laila Haddad
Samir Khoury / Sameer Khouri / Samir al Khuri / Samir Houry
Zayn al-Abidin Mansour / Zain Abideen Mansoor / Zine El Abidine Mansour / Zainulabidin Mansur
""",
    "somali": """
Abdirahman Hassan Warsame / Cabdiraxmaan Xasan Warsame / Abdi Warsame / Abdurahman Hasan Warsama
Maxamed Cali Faarax / Mohamed Ali Farah / Mohammed Ali Farax / Mohamed Farah
Faadumo Xuseen Jaamac / Fadumo Hussein Jama / Fatima Hussein Jamac / Faduma Huseen Jama
Cismaan Nuur Guuleed / Osman Nur Guled / Usman Noor Guled / Osman Nuur Gulaid
Khadiija Axmed Siciid / Khadija Ahmed Said / Khadijo Ahmed Saeed / Qadija Axmed Saciid
Yuusuf Ibraahim Ciise / Yusuf Ibrahim Isse / Yousuf Ibrahim Issa / Yusuf Ibrahin Ciise
Abdullahi Aadan Xirsi / Cabdullaahi Adan Hirsi / Abdulahi Aden Hersi / Abdillahi Adam Hirsi
Saynab Maxamuud Cabdi / Zainab Mahmoud Abdi / Zeinab Mohamud Abdi / Saynab Mohamoud Cabdi
Cumar Shariif Diiriye / Omar Sharif Diriye / Umar Shariff Dirie / Omar Diriye
Saciid Bashiir Cilmi / Said Bashir Elmi / Saeed Bashir Ilmi / Siciid Bashir Elmi
Hodan Abdikarim Yuusuf / Hodan Abdulkarim Yusuf / Hoodan Cabdikariin Yusuf / Hodan Abdi Yusuf
""",
    "turkish": """
Cengiz Yıldırım / Jengiz Yildirim / Cengo Yildirim / Chengiz Yildirim
Mehmet Şimşek / Memo Simsek / Mehmed Shimshek / Mehmet Simshek
Gülşen Çağlar / Gulsen Caglar / Gulshen Chaglar / Gülsen Caglar
Hüseyin Öztürk / Huseyin Ozturk / Huso Ozturk / Hussein Oeztuerk
İbrahim Koçoğlu / Ibrahim Kocoglu / Ibo Kocoglu / Ibrahim Kochoglu
Uğur Kılıç / Ugur Kilic / Ughur Kilich / Ugur Kilitch
Ayşe Doğan / Ayse Dogan / Aysha Dogan / Aishe Doghan
Süleyman Güneş / Suleyman Gunes / Sulo Gunes / Sulayman Gunesh
Cemal Yavuz / Jemal Yavuz / Cemo Yavuz / Djemal Yawuz
Özgür Aydın / Ozgur Aydin / Oz Aydin / Ozguer Aydın
""",
    "kurdish": """
Rêbwar Hesen / Rebwar Hassan / Rebwar Hasan / Rebwaar Hassan
Azad Şêrko / Azad Sherko / Azat Serko / Azaad Sherko
Hejar Barzanî / Hejar Barzani / Hezhar Barzani / Hejaar Barzany
Xoşnav Ehmed / Khoshnaw Ahmed / Hoshnav Ahmed / Khoshnav Ahmad
Karwan Cemîl / Karwan Jamil / Karvan Jameel / Karwan Cemil
Serbest Mîrza / Sarbast Mirza / Serbest Mirza / Sarbest Meerza
Zozan Qadir / Zozan Kadir / Zozan Qader / Zozan Qadr
Dilşad Mihemed / Dilshad Mohammed / Dilshad Muhammad / Dilsad Mihemed
Şivan Rojhat / Shivan Rojhat / Shwan Rojhat / Sivan Rozhat
""",
    "vietnamese": """
Nguyễn Văn Đức / Nguyen Van Duc / Duc Nguyen / Van Duc Nguyen
Trần Thị Hương / Tran Thi Huong / Huong Tran / Huong Thi Tran
Lê Quốc Huy / Le Quoc Huy / Huy Le / Quoc-Huy Le
Phạm Minh Tuấn / Pham Minh Tuan / Tuan Pham / Minh Tuan Pham
Hoàng Thị Ngọc Ánh / Hoang Thi Ngoc Anh / Ngoc Anh Hoang / Huynh Thi Ngoc Anh
Đặng Xuân Trường / Dang Xuan Truong / Truong Dang / Xuan Truong Dang
Vũ Hải Phương / Vu Hai Phuong / Vo Hai Phuong / Phuong Vu
Bùi Thanh Sơn / Bui Thanh Son / Son Bui / Thanh Son Bui
Đỗ Mạnh Cường / Do Manh Cuong / Cuong Do / Do Manh Kuong
""",
    "chinese": """
王小明 / Wang Xiaoming / Xiao-Ming Wang / Wang Hsiao-ming
陳大文 / Chen Dawen / Chan Tai Man / Chen Ta-wen
张伟强 / Zhang Weiqiang / Cheung Wai Keung / Chang Wei-chiang
李嘉欣 / Li Jiaxin / Lee Ka Yan / Jiaxin Li
黄志明 / Huang Zhiming / Wong Chi Ming / Huang Chih-ming
林美玲 / Lin Meiling / Lam Mei Ling / Mei-Ling Lin
Zhou Enlai Peng / Chou En-lai Peng / Zhou En Lai Peng / Chow Enlai Peng
Xu Jianguo / Hsu Chien-kuo / Hui Kin Kwok / Jianguo Xu
Deng Xiuying / Teng Hsiu-ying / Tang Sau Ying / Xiu Ying Deng
Cai Qingsong / Tsai Ching-sung / Choi Hing Chung / Qingsong Cai
Wu Zhenhua / Ng Chun Wah / Wu Chen-hua / Zhenhua Wu
Michael Cheung Ka Ho / Cheung Ka Ho / Michael Cheung / Ka-Ho Cheung
""",
    "west_african": """
Babatunde Oluwaseun Adeyemi / Tunde Adeyemi / Baba Tunde Adeyemi / Babatunde Seun Adeyemi
Chidiebere Okonkwo / Chidi Okonkwo / Chidi Ebere Okonquo / Chidiebere Okonkwor
Kwabena Boateng / Kobina Boaten / Kwabena Boatin / Kobby Boateng
Oluwadamilola Ogunleye / Dami Ogunleye / Damilola Ogunleye / Lola Ogunleye
Ngozi Nwachukwu / Ngozi Nwachuku / N. Nwachukwu / Ngozi Nwa Chukwu
Kwame Agyeman-Mensah / Kwame Adjeman Mensah / Kwame Mensah / Kwame Agyemang Mensa
Emeka Chukwuemeka Obi / Chukwuemeka Obi / Emeka Obi / Emeka Obih
Fatoumata Diallo / Fatou Jallow / Fatumata Diallo / Fatoumatta Jalloh
Olusegun Akinwunmi / Segun Akinwumi / Olu Shegun Akinwunmi / Segun Akinwunmi
Akosua Frimpong / Akosua Frempong / Esi Frimpong / Akosuah Frimpong
Temitope Balogun / Temi Balogun / Tope Balogun / Temitope Ballogun
Ifeanyi Uzoma / Ify Uzoma / Ifeanyichukwu Uzoma / Ifeanyi Uzomah
Mamadou Traoré / Mamadu Traore / Mamadou Traoure / Mohamadou Traore
""",
}

APART = {
    "pakistani": """
Mohammed Khan / Mohammed Kamran / Mahmood Khan / Mohammed Khalid
Imran Hussain / Kamran Hussain / Irfan Hussain / Imran Hassan
Asif Ali / Arif Ali / Atif Ali / Asif Alam
Shazia Bibi / Nazia Bibi / Shabana Bibi / Razia Bibi
Tariq Mahmood / Tahir Mahmood / Tariq Masood / Khalid Mahmood
Nadeem Akhtar / Naeem Akhtar / Nadia Akhtar / Naveed Akhtar
Sajid Malik / Majid Malik / Wajid Malik / Sajid Mirza
Zahid Iqbal / Shahid Iqbal / Zahir Iqbal / Javed Iqbal
Usman Ghani / Osama Ghani / Usman Ghauri / Adnan Ghani
Rashid Ahmed / Rashda Ahmed / Arshad Ahmed / Rashid Anwar
Amir Shah / Amin Shah / Umair Shah / Amir Shafi
Faisal Raza / Fazal Raza / Faisal Riaz / Afzal Raza
""",
    "panjabi_hindi_gujarati": """
Gurpreet Singh / Harpreet Singh / Manpreet Singh / Gurdeep Singh
Baljit Kaur / Daljit Kaur / Ranjit Kaur / Baljinder Kaur
Rajesh Patel / Rakesh Patel / Ramesh Patel / Rajesh Parekh
Sukhdev Gill / Baldev Gill / Gurdev Gill / Sukhdev Grewal
Anil Sharma / Sunil Sharma / Anita Sharma / Anil Varma
Vijay Kumar / Vinay Kumar / Vinod Kumar / Ajay Kumar
Mandeep Sidhu / Sandeep Sidhu / Kuldeep Sidhu / Mandeep Sandhu
Jaswinder Dhaliwal / Balwinder Dhaliwal / Kulwinder Dhaliwal / Jaswinder Dhillon
Priya Shah / Pooja Shah / Priti Shah / Priya Sahni
Nitin Desai / Nilesh Desai / Jatin Desai / Nitin Desani
""",
    "bengali": """
Abdul Karim / Abdul Rahim / Abdul Salam / Abdul Kadir
Nurul Islam / Nazrul Islam / Shafiqul Islam / Nurul Alam
Jahanara Begum / Rowshanara Begum / Hosneara Begum / Jahanara Khatun
Shah Alam / Shah Jahan / Shamsul Alam / Shah Jalal
Rahim Uddin / Karim Uddin / Jasim Uddin / Rahim Ullah
Mizanur Rahman / Anisur Rahman / Ziaur Rahman / Motiur Rahman
Rubel Miah / Jubel Miah / Sohel Miah / Rubel Ahmed
Faruk Hossain / Maruf Hossain / Faruk Hasan / Farhad Hossain
""",
    "arabic": """
Hassan Ali / Hussein Ali / Hassan Alawi / Hasna Ali
Khalid Mansour / Khalil Mansour / Khalid Mahrous / Walid Mansour
Ahmed Saleh / Hamed Saleh / Ahmed Salem / Mahmoud Saleh
Mohammed Al-Amin / Mohammed Al-Amir / Mahmoud Al-Amin / Mohammed Al-Alim
Omar Farouk / Amr Farouk / Omar Fares / Ammar Farouk
Samir Haddad / Samira Haddad / Amir Haddad / Samir Hamdan
Abdullah Nasser / Abdulrahman Nasser / Abdullah Nasri Hamad / Abdulaziz Nasser
Salim Karam / Salman Karam / Salim Karim / Salma Karam
Nour Khoury / Noha Khoury / Nour Khalifa / Nada Khoury
Yousef Hamdi / Younes Hamdi / Yousef Hammad / Yasser Hamdi
Jamal Aziz / Jamil Aziz / Jalal Aziz / Jamal Azzam
""",
    "somali": """
Abdirahman Mohamed / Abdirashid Mohamed / Abdirahman Mohamud / Abdinasir Mohamed
Hassan Ali Warsame / Hussein Ali Warsame / Hassan Omar Warsame / Hassan Ali Farah
Fadumo Ahmed / Farhiyo Ahmed / Fadumo Adan / Faiza Ahmed
Yusuf Abdi / Yasin Abdi / Yonis Abdi / Yusuf Ali
Amina Jama / Amran Jama / Amino Jibril / Asha Jama
Ismail Farah / Ibrahim Farah / Ismail Farhan / Idris Farah
Mohamed Abdi Nur / Mohamed Abdi Elmi / Mahad Abdi Nur / Mohamed Said Nur
""",
    "turkish": """
Mehmet Yılmaz / Mahmut Yılmaz / Murat Yılmaz / Mehmet Yıldız
Ali Kaya / Alp Kaya / Aliye Kaya / Ali Kara
Hakan Demir / Hasan Demir / Gökhan Demir / Hakan Demirel
Emre Çelik / Emine Çelik / Eren Çelik / Emre Çetin
Serkan Aslan / Serdar Aslan / Sercan Arslanoglu / Serkan Aydın
Fatih Şahin / Fatma Şahin / Ferhat Şahin / Fatih Sağlam
Cem Polat / Cemal Polat / Can Polat / Cem Bulut
Burak Özdemir / Berk Özdemir / Burcu Özdemir / Burak Özkan
""",
    "kurdish": """
Azad Barzani / Arad Barzani / Asad Barzani / Azad Barwari
Karwan Ahmed / Kawa Ahmed / Karwan Amin / Rebwar Ahmed
Dilan Kaya / Diyar Kaya / Dilan Kara / Berivan Kaya
Soran Ali / Shoran Aziz / Soran Aziz / Goran Ali
Hiwa Rashid / Hawa Rashid / Hiwa Rahim / Hemin Rashid
""",
    "vietnamese": """
Nguyen Van Duc / Nguyen Van Dung / Nguyen Thi Duc / Nguyen Van Dat
Tran Minh Tuan / Tran Minh Tam / Tran Quang Tuan / Tran Minh Thanh
Le Thi Hoa / Le Thi Hong / Le Thi Hue / Le Thi Hanh
Pham Van Hung / Pham Van Huy / Phan Van Hung / Pham Van Hai
Vu Duc Anh / Vu Duc Long / Vu Tuan Anh / Vu Minh Duc
Hoang Van Nam / Hoang Van Minh / Hoang Van Son / Hoang Thi Nam
""",
    "chinese": """
Wang Wei / Wang Wen / Wang Lei / Wang Fei
Li Na / Li Ning / Li Min / Li Nan
Zhang Xiaoming / Zhang Xiaohong / Zhang Daming / Zhang Xiaogang
Chan Tai Man / Chan Siu Man / Chan Tai Ming / Chan Ka Man
Liu Yang / Liu Yong / Liu Ying / Liu Yan
Wong Ka Ho / Wong Ka Wai / Wong Chi Ho / Wong Ka Yan
Chen Jing / Chen Jie / Chen Jun / Chen Jian
Lin Meiling / Lin Meihua / Lin Yaling / Lin Peiling
""",
    "west_african": """
Adebayo Ogunleye / Adewale Ogunleye / Adebayo Ogunsola / Adebola Ogunleye
Chidi Okafor / Chike Okafor / Chinedu Okafor / Chidi Okoro
Kwame Mensah / Kwaku Mensah / Kwasi Mensah / Kwame Amoah
Kofi Asante / Kojo Asante / Kofi Asare / Kofi Annan
Ngozi Eze / Nkechi Eze / Ngozi Ezeh Obi / Nneka Eze
Oluwaseun Balogun / Oluwatobi Balogun / Oluwaseyi Balogun / Oluwafemi Balogun
Amadou Diallo / Mamadou Diallo / Amadou Diop / Aminata Diallo
Emeka Nwosu / Ebuka Nwosu / Emeka Nwankwo / Ikenna Nwosu
""",
}
