"""Texts in the code pages of other scripts are read as they were meant, and none of the West is taken for one."""

import pytest

from kantlijn.documents.plain import decode

OTHERS = {
    "Russian": (
        "Комиссия установила, что сотрудничество между организациями улучшилось. Жертвы получают помощь "
        "быстрее, чем раньше, и чаще знают, к кому обратиться. Муниципалитеты сообщают, что обучение "
        "сотрудников дало хорошие результаты. Однако остаются вопросы о том, как обмениваться данными "
        "между службами, не нарушая права на частную жизнь. Министр обещает представить план действий до "
        "конца года. Надзор будет усилен, а средства распределены заново."
    ),
    "Greek": (
        "Η επιτροπή διαπίστωσε ότι η συνεργασία μεταξύ των οργανώσεων βελτιώθηκε. Τα θύματα λαμβάνουν "
        "βοήθεια ταχύτερα από πριν και γνωρίζουν συχνότερα πού να απευθυνθούν. Οι δήμοι αναφέρουν ότι η "
        "εκπαίδευση των υπαλλήλων έφερε καλά αποτελέσματα. Παραμένουν όμως ερωτήματα για το πώς οι "
        "υπηρεσίες ανταλλάσσουν δεδομένα χωρίς να παραβιάζουν την ιδιωτική ζωή. Ο υπουργός υπόσχεται να "
        "παρουσιάσει σχέδιο δράσης ως το τέλος του έτους."
    ),
    "Chinese": (
        "委员会认定各机构之间的合作有所改善。受害者比以前更快得到帮助,也更清楚应当向谁求助。各市镇报告说,"
        "对工作人员的培训取得了良好的成果。然而,各部门如何在不侵犯隐私权的情况下交换数据,仍然存在疑问"
        "。部长承诺在年底之前提交行动计划。监督将得到加强,经费将重新分配。下一份报告将于五月发表,其中包括"
        "对前一年建议的答复。"
    ),
    "Traditional Chinese": (
        "委員會認定各機構之間的合作有所改善。受害者比以前更快得到幫助,也更清楚應當向誰求助。各市鎮報告說,"
        "對工作人員的培訓取得了良好的成果。然而,各部門如何在不侵犯隱私權的情況下交換資料,仍然存在疑問"
        "。部長承諾在年底之前提交行動計劃。監督將得到加強,經費將重新分配。下一份報告將於五月發表。"
    ),
    "Japanese": (
        "委員会は、組織間の協力が改善されたと認定した。被害者は以前より早く支援を受けており、誰に相談すれ"
        "ばよいかをよりよく知っている。自治体は、職員の研修がよい成果をもたらしたと報告している。しかし、"
        "個人の権利を侵害せずに機関がどのようにデータを交換するかについては、まだ疑問が残っている。大臣は"
        "年末までに行動計画を提出すると約束した。"
    ),
    "Korean": (
        "위원회는 기관 간의 협력이 개선되었다고 판단하였다. 피해자는 이전보다 빨리 도움을 받고 누구에게 "
        "연락해야 하는지 더 잘 알고 있다. 지방자치단체는 직원 교육이 좋은 결과를 "
        "가져왔다고 보고한다. 그러나 개인의 권리를 침해하지 않으면서 기관들이 어떻게 자료를 교환할 것인지"
        "에 대한 의문은 남아 있다. 장관은 연말까지 행동 계획을 제출하겠다고 "
        "약속하였다. "
    ),
    "Czech": (
        "Komise zjistila, že spolupráce mezi organizacemi se zlepšila. Oběti dostávají pomoc rychleji než"
        " dříve a častěji vědí, na koho se obrátit. Obce hlásí, že školení zaměstnanců přineslo dobré "
        "výsledky. Zůstávají však otázky, jak si mají služby vyměňovat údaje, aniž by porušily právo na "
        "soukromí. Ministr slibuje předložit akční plán do konce roku. Dohled bude posílen a prostředky "
        "budou rozděleny znovu. Příští zpráva vyjde v květnu."
    ),
    "Polish": (
        "Komisja stwierdziła, że współpraca między organizacjami się poprawiła. Ofiary otrzymują pomoc "
        "szybciej niż dawniej i częściej wiedzą, do kogo się zwrócić. Gminy donoszą, że szkolenie "
        "pracowników przyniosło dobre wyniki. Pozostają jednak pytania, jak służby mają wymieniać dane, "
        "nie naruszając prawa do prywatności. Minister obiecuje przedstawić plan działań do końca roku. "
        "Nadzór zostanie wzmocniony, a środki rozdzielone na nowo."
    ),
    "Hungarian": (
        "A bizottság megállapította, hogy a szervezetek közötti együttműködés javult. Az áldozatok "
        "gyorsabban kapnak segítséget, mint korábban, és gyakrabban tudják, kihez fordulhatnak. Az "
        "önkormányzatok jelentik, hogy a dolgozók képzése jó eredményeket hozott. Kérdés marad azonban, "
        "hogyan cserélhetnek adatokat a szolgálatok anélkül, hogy megsértenék a magánélethez való jogot. "
        "A miniszter ígéri, hogy az év végéig tervet nyújt be. A felügyelet erősödik."
    ),
}
PAGES = (
    ("Russian", "cp1251"),
    ("Russian", "koi8-r"),
    ("Russian", "cp866"),
    ("Russian", "iso8859-5"),
    ("Greek", "cp1253"),
    ("Chinese", "gb18030"),
    ("Traditional Chinese", "big5"),
    ("Japanese", "shift_jis"),
    ("Japanese", "euc_jp"),
    ("Korean", "euc_kr"),
    ("Czech", "cp1250"),
    ("Polish", "cp1250"),
    ("Hungarian", "cp1250"),
)
WEST = {
    "Dutch": (
        "De minister heeft in één brief de coördinatie geïnformeerd; reële cijfers volgen vóór 1 mei. "
        "Zo’n “campagne” kost € 12 – of méér."
    ),
    "English": (
        "The café’s “résumé” was naïve – a façade at £12 … 50% of the rôle; coöperation at 20 °C, ½ of "
        "it."
    ),
    "French": (
        "Le ministère a présenté l’été dernier un rapport très détaillé sur l’aide aux victimes – où l’on"
        " lit que la coopération s’est améliorée. Élèves, façade, œuvre, naïf, goûter, Noël."
    ),
    "German": (
        "Die Übersicht über die Maßnahmen für Gemeinden wird jährlich veröffentlicht; größere Städte "
        "müssen zusätzlich prüfen, ob Opfer Hilfe erhalten können."
    ),
    "Spanish": (
        "José Muñoz señaló que la niñez está mañana aquí. ¿Qué pasó? ¡Nada! El pingüino comió piña en "
        "Cádiz."
    ),
    "Portuguese": (
        "As autoridades põem à disposição das vítimas informações e ações; não há razões para atrasos, só"
        " opções e lições."
    ),
    "Italian": (
        "La città è già più sicura: perché c’è più aiuto, così si può lavorare, e là giù virtù e libertà."
    ),
    "Danish": (
        "På øen blev der også søgt hjælp; kommunerne følger reglerne nøje, og æblerne år for år."
    ),
    "Swedish": (
        "Åsa och Öyvind från Göteborg såg älgar på vägen över fjället; året därpå följde åtgärder."
    ),
    "Icelandic": (
        "Það var gerð ítarleg úttekt á þjónustu við þolendur; árið áður höfðu fá sveitarfélög svarað því."
    ),
    "Finnish": (
        "Tämä selvitys käsittelee väkivallan ehkäisyä ja uhrien tukea; työtä jää vielä, käytännöt täytyy "
        "yhtenäistää."
    ),
    "Estonian": (
        "Õigusabi on vajalik: töötajad ütlesid, et järelevalve paraneb, kui õpe jõuab kõigini; üks nõue "
        "jäi täitmata."
    ),
    "names": (
        "Škoda, Žižek, Dvorák en Søren stonden bij Cipì en père Noël; de 1e³, 2e¹ en 3e² noot. m² en m³, "
        "tekst¹ en³"
        " Verder stonden er alleen Nederlandse woorden in het stuk, dat over toezicht en hulp aan"
        " slachtoffers ging, over voorkomen en opsporen, en over wat gemeenten daarvan leerden."
    ),
}


@pytest.mark.parametrize(("language", "page"), PAGES)
def test_that_a_text_of_some_length_is_read_as_it_was_meant(language, page):
    raw = OTHERS[language].encode(page, "replace")
    assert decode(raw)[0] == raw.decode(page)


@pytest.mark.parametrize(("language", "page"), [pair for pair in PAGES if pair[1] != "cp1250"])
def test_that_another_script_is_told_by_forty_letters(language, page):
    raw = OTHERS[language][:40].encode(page, "replace")
    assert decode(raw)[0] == raw.decode(page)


@pytest.mark.parametrize("language", WEST)
@pytest.mark.parametrize("page", ["cp1252", "latin-1"])
def test_that_every_part_of_a_text_of_the_west_stays_one(language, page):
    text = WEST[language]
    for whole in (text, text * 20, *(text[place : place + 40] for place in range(0, len(text) - 40, 7))):
        raw = whole.encode(page, "ignore")
        assert decode(raw)[1] in ("cp1252", "utf-8")
        assert decode(raw)[0] == raw.decode("cp1252")


@pytest.mark.parametrize("language", ["Dutch", "English", "French", "German"])
def test_that_texts_of_dos_and_old_macs_stay_what_they_are(language):
    for page in ("cp850", "mac_roman"):
        raw = (WEST[language] * 4).encode(page, "ignore")
        assert decode(raw)[0] == raw.decode(page)


def test_that_the_lines_of_a_table_in_dos_are_no_letters():
    table = "┌────────┬──────┐\r\n│ reëel  │ één  │\r\n└────────┴──────┘\r\nGeïnd in één keer.\r\n"
    raw = (table * 9).encode("cp850")
    assert decode(raw) == (raw.decode("cp850"), "cp850")
