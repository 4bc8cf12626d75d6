"""Words that many people's names share, by culture; words that only join; titles. Written here, without a corpus."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


COMMON = _words("""
    mohammed muhammad mohammad mohamed mohamad muhammed mohd md ahmed ahmad ali hussain hussein khan begum bibi akhtar
    miah uddin islam rahman hassan abdul abdi abdullah omar ibrahim fatima kaur singh kumar patel shah devi lal ben
    khatun khatoon malik sheikh syed iqbal sultana hoque haque alam choudhury chowdhury
    john james david michael william robert thomas paul mark peter andrew mary ann anne maria marie elizabeth margaret
    smith jones williams taylor brown davies evans wilson johnson roberts
    murphy kelly byrne ryan sullivan
    maxamed cali axmed xasan xuseen cabdi faarax farah nuur nur
    jan anna maria piotr krzysztof andrzej tomasz pawel marcin nowak kowalski kowalska
    ion ioan maria popa popescu ionescu alexandru andrei mihai gheorghe
    ivan alexander aleksandr oleksandr sergei sergey vladimir ivanov ivanova
    nguyen tran le pham van thi
    wang li zhang chen wong chan lee
    jose maria juan luis carlos antonio garcia rodriguez gonzalez lopez martinez fernandez silva santos souza
    mehmet mustafa ahmet ali yilmaz kaya demir
    ade olu kofi kwame mensah diallo
    """)
JOINING = _words("""
    al el ul ur us ud as ash ad an ar at az bin ben bint ibn ibni binti van von der den de da das dos do di del della
    la le y e of the bou ould ni nic ui oglu ogly kyzy qizi wa
    """)
TITLES = _words("mr mrs ms miss dr sir lord lady prof professor rev hon mx sr jr snr jnr ii iii iv hajji haji alhaji")
# Words that stand beside a name rather than for it, and that one clerk writes and the next does not.
LIGHT = _words("""
    mohammed muhammad mohammad mohamed muhammed mohamad mohd md syed sayed begum bibi khatun khatoon miah mia singh
    kaur kumar bhai ben uddin ullah haji sheikh devi akhtar maria nur
    """)
SERVANT = _words("abd abdul abdel abdal abdur abdus abdu abdou abdoul abdool abdol abder abdes")
CHINESE = _words("""
    wang wong li lee zhang chang cheung liu lau chen chan yang yeung huang hwang zhao chiu wu zhou chow xu hsu hui sun
    ma zhu chu hu guo kwok he ho lin lam gao luo lo zheng cheng liang leung xie tse hsieh song tang deng teng feng fung
    cai tsai choi choy cao peng zeng tsang xiao tian dong pan poon yuan yuen jiang chiang ye yip yu du su lu lui wei
    jia ding ren shen yao zhong chung tan fan fang fong shi cui jin qiu yau tsui kwan szeto ng tsoi mak mok leong lim
    goh koh teo ong yap gim kim bak park pak choe jeong jung gang kang yun yoon
    """)
VIETNAMESE = _words("nguyen tran le pham hoang huynh phan vu vo dang bui do ngo duong ly dinh trinh truong")
