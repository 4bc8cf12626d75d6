"""Pakistani, Bangladeshi, Indian (Panjabi and Gujarati), Arabic, Kurdish, Turkish and Vietnamese names."""

from bench.invented.names.culture import Culture, forms, words

_MUSLIM_FORMS = """
    Mohammed: Muhammad Mohammad Mohamed Mo Mohd Muhammed; Muhammad: Mohammed Mohamad Mo; Ahmed: Ahmad; Hussain:
    Hussein Hussan Husain; Hassan: Hasan; Usman: Osman Uthman; Imran: Immy Imi; Yusuf: Yousef Yousuf Joseph;
    Abdul: Abdool; Bilal: Billy Belal; Kamran: Kami Kamraan; Tariq: Tarik Tareq; Rashid: Rasheed; Waqar: Vaqar
    Wakar; Naveed: Navid; Zubair: Zubayr Zuby; Shahid: Shaheed; Khalid: Khaled Khaleed; Nadeem: Nadim; Saeed:
    Said Sayed; Qasim: Kasim Kassim; Faisal: Faizal Feisal; Farooq: Faruk Farouk; Aftab: Afty; Sajid: Saj
    Sajeed; Majid: Maj Majeed; Wasim: Waseem Was; Adeel: Adil; Haroon: Harun; Iqbal: Ikbal Eqbal; Qureshi:
    Koreshi Qureishi; Chaudhry: Choudhury Chowdhury Chaudry; Sheikh: Shaikh Shaykh; Malik: Malick Mallik;
    Bashir: Basheer; Rehman: Rahman Rehmaan; Mahmood: Mehmood Mahmud; Siddique: Siddiqui Sidiq; Mirza: Meerza;
    Begum: Begom; Rahman: Rehman Rohman; Miah: Mia Miya; Ullah: Ulla; Uddin: Ud-Din Oddin; Shafiq: Shafique
    Shofiq; Jamal: Jomal; Kabir: Kobir; Abdur: Abdul;"""

PAKISTANI = Culture(
    code="pk",
    share=12,
    men=words(
        "Mohammed Muhammad Imran Usman Ali Hassan Asif Bilal Kamran Tariq Adnan Waqar Naveed Zubair Shahid Khalid "
        "Nadeem Amir Faisal Hamza Saeed Qasim Farooq Aftab Sajid Majid Wasim Adeel Haroon Rashid Junaid Atif Rizwan "
        "Zeeshan Irfan Yasir Arshad Pervez Sohail Tahir Umar Zahid Javed Akhtar Fiaz Gulzar Ishaq Jahangir Kashif "
        "Luqman Mazhar Noman Owais Qaiser Raheel Shafiq Taimoor Wajid Yusuf Zafar"
    ),
    women=words("Nasreen Shazia Saima Rukhsana Aisha Zainab Farzana Samina Noreen Bushra Fatima Kiran Uzma Yasmin"),
    surnames=words(
        "Khan Hussain Ahmed Ali Shah Iqbal Mahmood Malik Akhtar Mirza Chaudhry Butt Qureshi Rehman Sheikh Raja "
        "Bashir Siddique Aslam Rashid Bhatti Javed Anwar Yousaf Nawaz Afzal Arif Dar Gill Hayat Ishaq Janjua Kayani "
        "Latif Mughal Naseer Parvez Qadir Rafiq Saleem Tariq Usmani Waheed Younis Zaman Baig Abbasi Awan Gondal "
        "Khokhar Lodhi Minhas Niazi Rathore Satti Toor Virk Warraich"
    ),
    forms=forms(_MUSLIM_FORMS),
)

BANGLADESHI = Culture(
    code="bd",
    share=5,
    men=words(
        "Abdul Mohammed Shah Syed Rahim Kamal Jamal Faruk Shafiq Nazrul Rafiq Salim Anwar Habib Monir Jubair Kabir "
        "Rubel Shahin Tareq Ashraf Badrul Delwar Foysal Iqbal Jahed Khaled Liton Masum Nurul Oli Polash Rezaul "
        "Sumon Tofail Abdur Mizan Emdad Gias Harun"
    ),
    women=words("Shirin Nasima Rehana Sultana Farida Jesmin Momtaz Nargis Parvin Ruksana Salma Taslima"),
    surnames=words(
        "Miah Uddin Ahmed Rahman Ali Islam Hussain Khan Begum Chowdhury Ullah Alam Hoque Karim Khatun Choudhury "
        "Haque Das Sarkar Talukdar Majumder Bhuiyan Hasan Kamali Molla Mazumder Quddus Sikder Tarafdar Akand Bepari "
        "Dewan Gazi Howlader Jomadar Laskar Matubbar Patwary Shikdar"
    ),
    forms=forms(
        _MUSLIM_FORMS + "Chowdhury: Choudhury Chaudhury Chudri; Hoque: Haque Hok; Nazrul: Nozrul; Rubel: Rubal"
    ),
)

INDIAN = Culture(
    code="in",
    share=5,
    men=words(
        "Gurpreet Harjit Jaspal Manjit Sukhdev Balwinder Amarjit Rajesh Sanjay Vijay Amit Hitesh Jignesh Nilesh "
        "Paresh Kulwinder Satnam Ranjit Harpreet Jagdeep Inderjit Davinder Parminder Kuldip Bhupinder Sunil Anil "
        "Deepak Mahesh Dinesh Bhavesh Chetan Gagandeep Lakhbir Nirmal Pardeep Surjit Tejinder Varinder Yogesh"
    ),
    women=words("Jaswinder Kamaljit Priya Sunita Manpreet Rupinder Hetal Bhavna Navjot Simran Anita Meena"),
    surnames=words(
        "Singh Patel Kaur Sharma Sandhu Dhillon Gill Sidhu Shah Kumar Bains Johal Grewal Chauhan Mistry Parmar "
        "Desai Rai Atwal Bhogal Cheema Dosanjh Gandhi Hundal Joshi Khaira Lalli Mann Nijjar Panesar Purewal Rathod "
        "Sahota Takhar Uppal Virdee Solanki Thakur Vaghela Aujla"
    ),
    forms=forms(
        """Gurpreet: Gurps Gary Gurprit; Harjit: Harj Harjeet; Jaspal: Jas; Manjit: Manj Manjeet; Balwinder: Bal
        Balvinder; Sukhdev: Sukh Sukhi; Rajesh: Raj; Sanjay: Sanj Sunjay; Vijay: Vij Bijay; Kulwinder: Kully
        Kulvinder; Satnam: Sat; Ranjit: Ranj Ranjeet; Davinder: Dav Devinder; Parminder: Pam Pammi; Harpreet:
        Harp Harprit; Jagdeep: Jag Jagdip; Singh: Sing Sing_h; Dhillon: Dhillan Dillon; Sandhu: Sandu; Sidhu:
        Sidhoo; Grewal: Garewal; Amarjit: Amarjeet; Mistry: Mistri; Cheema: Chima; Bhupinder: Bhups; Kuldip:
        Kuldeep; Inderjit: Indy Inderjeet; Surjit: Surjeet"""
    ),
    middles=words("Singh Singh Singh Kaur Kumar"),
)

ARABIC = Culture(
    code="ar",
    share=4,
    men=words(
        "Ahmed Mohammed Ali Omar Hassan Mahmoud Khaled Mustafa Youssef Ibrahim Karim Tarek Bilal Samir Rami Walid "
        "Hamid Nabil Faris Jamal Adel Amjad Basim Fadi Ghassan Haitham Jalal Laith Marwan Nizar Qusay Riyad Sami "
        "Tawfiq Yasin Zaki Abdulrahman Abdelkader Saif Mazen"
    ),
    women=words("Fatima Layla Amal Hanan Nadia Samira Rania Maha Zahra Huda Iman Suad"),
    surnames=words(
        "Al-Hassan Al-Jabiri Hussein Mansour Saleh Al-Tikriti Haddad Abdullah Hamdan Al-Masri Nasser Khalil Ibrahim "
        "Al-Rashid Sabbagh Al-Hamdani Bakri Darwish El-Sayed Farouk Ghanem Habibi Issa Jaber Kanaan Al-Obaidi Najjar "
        "Othman Qasim Rahal Shadid Taha Wahab Younes Zaidan Al-Dulaimi El-Amin Benali Bouzid Chaoui Al-Zubaidi Mansouri"
    ),
    forms=forms(
        """Mohammed: Muhammad Mohamed Mohamad Hamoudi; Ahmed: Ahmad; Youssef: Yusuf Yousef Yusef; Mahmoud: Mahmud
        Mahmood; Khaled: Khalid; Tarek: Tariq Tarik; Mustafa: Mostafa Moustafa; Ibrahim: Ebrahim Brahim; Karim:
        Kareem; Samir: Sameer; Walid: Waleed; Nabil: Nabeel; Abdulrahman: Abdelrahman Abdul_Rahman Abdurrahman;
        Abdelkader: Abdulqadir Abdul_Qader; Al-Hassan: Alhassan Al_Hasan; Al-Jabiri: Aljabiri Jabiri El-Jabiri;
        Hussein: Hussain Husain Hussien; Al-Tikriti: Altikriti Tikriti; Al-Masri: Almasri El-Masry; El-Sayed:
        Elsayed Al-Sayed; Al-Rashid: Alrashid Rashid; Al-Obaidi: Obaidi Alobaidy; Saleh: Salih Salah; Mansour:
        Mansoor; Nasser: Nasir; Qasim: Kassem Qassim; Omar: Umar; Hassan: Hasan; Youness: Yunis"""
    ),
)

KURDISH = Culture(
    code="ku",
    share=2,
    men=words(
        "Azad Karwan Dilshad Hiwa Rebin Sherko Aram Bakhtiar Dara Hemin Kawa Rebwar Sarkawt Shwan Soran Zana Baran "
        "Ciwan Dlovan Farhad Goran Hozan Jwan Lawand Mariwan Nawzad Peshraw Ranj Serwan Twana"
    ),
    women=words("Shilan Avin Berivan Chnar Dilan Hero Jiyan Nazdar Rojin Sazan"),
    surnames=words(
        "Ahmed Karim Hassan Rasul Aziz Mahmood Salih Hama Barzan Jaf Amin Qadir Ali Omar Sharif Zebari Hawrami Sindi "
        "Mirani Doski Bajalan Faraj Ghafur Hamid Ismail Khidir Mustafa Nuri Osman Pirot Rashid Surchi Tofiq Wali"
    ),
    forms=forms(
        """Karwan: Kaarwan Karvan; Bakhtiar: Bakhtyar Baxtiyar; Sherko: Shirko Sherkow; Rebwar: Rebuar Ribwar;
        Ciwan: Jiwan Jwan; Serwan: Sarwan Sirwan; Salih: Saleh; Omar: Umar Omer; Mustafa: Mistefa; Shwan: Shiwan;
        Zebari: Zibari Zebary; Hawrami: Hewrami; Qadir: Kadir Qader; Rasul: Rasool; Dilshad: Dlshad; Farhad: Ferhad"""
    ),
)

TURKISH = Culture(
    code="tr",
    share=3,
    men=words(
        "Mehmet Mustafa Ahmet Ali Huseyin Hasan Ibrahim Murat Emre Serkan Hakan Kemal Orhan Burak Cem Deniz Erdal "
        "Ferhat Gokhan Ilker Kaan Levent Metin Okan Ozan Ramazan Selim Tolga Ugur Volkan Yusuf Baris Cengiz Erkan "
        "Umit Yavuz"
    ),
    women=words("Ayse Fatma Elif Zeynep Emine Hatice Sevgi Derya Ebru Gul Ozlem Yildiz"),
    surnames=words(
        "Yilmaz Kaya Demir Celik Sahin Yildiz Ozturk Aydin Arslan Dogan Kilic Aslan Cetin Kara Koc Kurt Ozdemir "
        "Simsek Polat Korkmaz Erdogan Aktas Bulut Cakir Duman Eren Guler Isik Karaca Mutlu Ozkan Sari Tekin Unal "
        "Yalcin Zengin Avci Bozkurt Coskun Toprak"
    ),
    forms=forms(
        """Mehmet: Memet Memo Muhammed; Ahmet: Ahmed; Huseyin: Hussein Husnu Huso; Hasan: Hassan; Ibrahim: Ibo;
        Mustafa: Musti Mustapha; Murat: Murad; Gokhan: Gökhan Gokan; Ugur: Uğur Ugo; Celik: Çelik Chelik; Sahin: Şahin
        Shahin; Ozturk: Öztürk Ozturk; Yilmaz: Yılmaz Yelmaz; Kilic: Kılıç Kilich; Koc: Koç Koch; Dogan: Doğan Dohan;
        Cetin: Çetin Chetin; Simsek: Şimşek Shimshek; Ramazan: Ramo Ramadan; Emre: Emreh; Ayse: Ayşe Aisha;
        Isik: Işık; Cengiz: Genghis Chengiz"""
    ),
)

VIETNAMESE = Culture(
    code="vi",
    share=2,
    men=words(
        "Tuan Hung Dung Minh Thanh Duc Hai Long Nam Quang Son Tung Cuong Hieu Khanh Phong Vinh Bao Dat Kien Loc Tai"
    ),
    women=words("Huong Lan Linh Mai Thuy Trang Yen Hoa Ngoc Phuong Nga Thao"),
    surnames=words("Nguyen Tran Le Pham Hoang Phan Vu Dang Bui Do Ho Ngo Duong Ly Dinh Trinh Luong Mac Cao Ta To Vo"),
    forms=forms(
        """Nguyen: Nguyễn Nguen Ngyen; Tran: Trần; Pham: Phạm Fam; Hoang: Huynh Hoàng; Duc: Đức; Dung: Zung Dũng;
        Tuan: Tuấn; Hung: Hùng; Cuong: Cường Kuong; Phong: Fong; Vu: Vo; Dang: Đặng; Thanh: Tan; Bui: Bùi"""
    ),
    middles=words("Van Van Van Thi Duc Huu Quoc Xuan Ngoc"),
    surname_first=True,
)
