"""Words of the harness's lists and acts, in each language."""

from __future__ import annotations

from typing import Any

INN = (
    "Acetorphine", "Acetyldihydrocodeine", "Alfentanil", "Amfetamine", "Bezitramide", "Bufotenine",
    "Cathinone", "Cocaine", "Codeine", "Desomorphine", "Dexamfetamine", "Diamorphine (heroin)",
    "Dimethyltryptamine (DMT)", "Etorphine", "Fentanyl", "Ibogaine", "Ketobemidone",
    "Lysergide (LSD)", "MDMA", "Mescaline", "Methadone", "Metamfetamine", "Methaqualone",
    "Oxycodone", "Parahexyl", "Pethidine", "Phencyclidine", "Psilocybine", "Remifentanil",
    "Tetrahydrocannabinol", "Thebacon", "Tilidine",
)  # fmt: skip
"""International names, as many annexes of the world print them."""
_INN_CONTROLS = ("Acetorphine", "heroin", "Psilocybine")

_EN = (
    "Acetylmethadol", "Allylprodine", "Alpha-ethyltryptamine", "Alphacetylmethadol", "Benzethidine",
    "Betacetylmethadol", "Bufotenine", "Clonitazene", "Dextromoramide", "Diethyltryptamine",
    "Difenoxin", "Dimethyltryptamine", "Etonitazene", "Etoxeridine", "Furethidine", "Heroin",
    "Hydroxypethidine", "Ibogaine", "Ketobemidone", "Levomoramide", "Lysergic acid diethylamide",
    "Marihuana", "Mescaline", "Morpheridine", "N-ethyl-3-piperidyl benzilate", "Noracymethadol",
    "Normethadone", "Norpipanone", "Parahexyl", "Peyote", "Phenadoxone", "Piritramide",
    "Properidine", "Psilocybin", "Psilocyn", "Racemoramide", "Tetrahydrocannabinols", "Tilidine",
)  # fmt: skip
_DE = (
    "Acetorphin", "Acetylmethadol", "Allylprodin", "Benzethidin", "Bufotenin", "Cannabis",
    "Cathinon", "Clonitazen", "Desomorphin", "Diethyltryptamin", "Dimethyltryptamin", "Etonitazen",
    "Furethidin", "Heroin (Diamorphin)", "Ibogain", "Ketobemidon", "Lysergid (LSD)", "Mescalin",
    "Methaqualon", "Norpipanon", "Parahexyl", "Phenadoxon", "Psilocybin", "Psilocin", "Racemoramid",
    "Rolicyclidin", "Tenocyclidin", "Tilidin",
)  # fmt: skip
_RU = (
    "Аллилпродин", "Альфаметилфентанил", "Ацеторфин", "Бензетидин", "Буфотенин", "Героин",
    "Дезоморфин", "Диметилтриптамин (ДМТ)", "Каннабис", "Катинон", "Кетобемидон", "Кокаиновый куст",
    "Лизергид (ЛСД)", "МДМА", "Мескалин", "Метаквалон", "Метамфетамин", "Опий", "Парагексил",
    "Псилоцибин", "Псилоцин", "Рацеморамид", "Тетрагидроканнабинол", "Тилидин", "Фенадоксон",
    "Фенциклидин", "Эторфин",
)  # fmt: skip


def _list(lang: str, title: str, heading: str, intro: str, end: str, **more: Any) -> dict[str, Any]:
    return {"lang": lang, "title": title, "heading": heading, "intro": intro, "end": end,
            "controls": _INN_CONTROLS, **more}  # fmt: skip


LISTS: dict[str, dict[str, Any]] = {
    "en": _list("en", "Chapter 481. Controlled Substances", "Schedule I",
        "Schedule I consists of the following controlled substances:",
        "The board shall publish this schedule in the register.",
        names=_EN, controls=("Acetylmethadol", "Heroin", "Mescaline", "Psilocybin")),
    "de": _list("de", "Betäubungsmittelverordnung", "Anlage I",
        "Nicht verkehrsfähige Betäubungsmittel sind die folgenden Stoffe:",
        "Diese Anlage wird im Gesetzblatt veröffentlicht.",
        names=_DE, controls=("Acetorphin", "Heroin", "Psilocybin")),
    "ru": _list("ru", "Перечень наркотических средств", "Список I",
        "Наркотические средства, оборот которых запрещен:",
        "Настоящий перечень подлежит официальному опубликованию.",
        names=_RU, controls=("Аллилпродин", "Героин", "Псилоцибин")),
    "fr": _list("fr", "Arrêté fixant la liste des substances classées comme stupéfiants",
        "Annexe I", "Sont classées comme stupéfiants les substances suivantes :",
        "Le présent arrêté est publié au journal officiel."),
    "es": _list("es", "Reglamento de sustancias psicotrópicas", "Lista I",
        "Las sustancias sujetas a fiscalización son las siguientes:",
        "La presente lista se publica en el boletín oficial."),
    "it": _list("it", "Testo unico degli stupefacenti", "Tabella I",
        "La tabella comprende le sostanze seguenti:",
        "La presente tabella è pubblicata nella Gazzetta Ufficiale."),
    "pt": _list("pt", "Regulamento das substâncias sujeitas a controlo", "Lista I",
        "São sujeitas a controlo as substâncias seguintes:",
        "A presente lista é publicada no jornal oficial."),
    "pl": _list("pl", "Rozporządzenie w sprawie wykazu środków odurzających", "Wykaz I",
        "Środkami odurzającymi są następujące substancje:",
        "Wykaz ogłasza się w dzienniku ustaw."),
    "cs": _list("cs", "Nařízení o seznamu návykových látek", "Příloha 1",
        "Návykovými látkami jsou tyto látky:", "Seznam se vyhlašuje ve sbírce zákonů."),
    "sv": _list("sv", "Förordning om kontroll av narkotika", "Bilaga 1",
        "Följande ämnen är narkotika:", "Förteckningen kungörs i författningssamlingen."),
    "da": _list("da", "Bekendtgørelse om euforiserende stoffer", "Bilag 1",
        "Følgende stoffer er euforiserende stoffer:", "Listen bekendtgøres i Lovtidende."),
    "no": _list("no", "Forskrift om narkotika", "Vedlegg I",
        "Følgende stoffer er narkotika:", "Listen kunngjøres i Norsk Lovtidend."),
    "fi": _list("fi", "Valtioneuvoston asetus huumausaineista", "Liite 1",
        "Huumausaineita ovat seuraavat aineet:", "Luettelo julkaistaan säädöskokoelmassa."),
    "nl": _list("nl", "Opiumwet", "Lijst I",
        "Middelen in de zin van deze wet zijn:", "Deze lijst wordt in het Staatsblad geplaatst."),
    "hu": _list("hu", "Rendelet a kábítószerekről", "1. melléklet",
        "Kábítószerek a következő anyagok:", "A jegyzéket a közlönyben ki kell hirdetni."),
    "ro": _list("ro", "Lege privind substanțele stupefiante", "Tabelul I",
        "Substanțele supuse controlului sunt următoarele:",
        "Prezentul tabel se publică în Monitorul Oficial."),
    "uk": _list("uk", "Перелік наркотичних засобів", "Список 1",
        "Наркотичними засобами є такі речовини:", "Перелік підлягає опублікуванню."),
    "tr": _list("tr", "Uyuşturucu maddeler hakkında karar", "Liste I",
        "Aşağıdaki maddeler uyuşturucu maddedir:", "Bu liste Resmî Gazete'de yayımlanır."),
    "el": _list("el", "Νόμος περί ναρκωτικών ουσιών", "Πίνακας Α",
        "Ναρκωτικά είναι οι ακόλουθες ουσίες:",
        "Ο πίνακας δημοσιεύεται στην Εφημερίδα της Κυβερνήσεως."),
    "ja": _list("ja", "麻薬及び向精神薬取締法", "別表第一", "麻薬は、次に掲げる物とする。",
        "この表は官報に掲載する。"),
    "zh": _list("zh", "麻醉药品品种目录", "附表一", "下列物质为麻醉药品：",
        "本目录予以公布。"),
    "ko": _list("ko", "마약류 관리에 관한 법률 시행령", "별표 1", "마약은 다음 물질을 말한다.",
        "이 표는 관보에 게재한다."),
    "th": _list("th", "ประกาศกระทรวงสาธารณสุข เรื่อง ระบุชื่อยาเสพติดให้โทษ", "บัญชี 1",
        "ยาเสพติดให้โทษ ได้แก่ สารดังต่อไปนี้", "ประกาศนี้ให้ลงในราชกิจจานุเบกษา"),
    "ar": _list("ar", "قانون المخدرات", "الجدول رقم 1", "تعتبر المواد التالية مواد مخدرة:",
        "ينشر هذا الجدول في الجريدة الرسمية."),
    "lt": _list("lt", "Narkotinių medžiagų sąrašas", "I sąrašas",
        "Narkotinės medžiagos yra šios:", "Sąrašas skelbiamas registre."),
}  # fmt: skip
"""By language: a list that is silent on kratom. Where no names are given they are `INN`."""


def _act(title: str, *sections: tuple[str, str], controls: tuple[str, ...],
         age: int | None = None) -> dict[str, Any]:  # fmt: skip
    return {"title": title, "sections": sections, "controls": controls, "age": age}


ACTS: dict[str, dict[str, Any]] = {
    "en": _act("Chapter 444. Kratom products",
        ("§ 444.001. Definitions", "In this chapter, “kratom product” means a food or dietary "
         "ingredient containing any part of the leaf of the plant Mitragyna speciosa, and “kratom "
         "processor” means a person that sells, prepares, manufactures or distributes them."),
        ("§ 444.002. Label", "A kratom processor shall label each kratom product with the "
         "directions for use, the recommended serving size, and the amount of mitragynine in the "
         "package."),
        ("§ 444.003. Age", "A kratom processor may not distribute, sell, or expose for sale a "
         "kratom product to an individual younger than 21 years of age."),
        ("§ 444.004. Records", "The seller shall keep the records of each batch for two "
         "years and show them to the department on request. The department may inspect the place "
         "of business during usual hours."),
        ("§ 444.005. Penalty", "A person who violates this chapter is liable for a civil penalty "
         "of not more than 500 dollars for each violation. The attorney general may bring an "
         "action to recover the penalty."),
        controls=("444.003", "kratom processor", "attorney general"), age=21),
    "de": _act("Kratomverordnung",
        ("§ 1 Begriffe", "Kratomprodukte im Sinne dieser Verordnung sind Erzeugnisse aus den "
         "Blättern der Pflanze Mitragyna speciosa."),
        ("§ 2 Kennzeichnung", "Wer Kratomprodukte in den Verkehr bringt, hat sie mit der "
         "Zusammensetzung und der Anschrift des Herstellers zu kennzeichnen."),
        ("§ 3 Alter", "Kratomprodukte dürfen an Personen unter 18 Jahren nicht abgegeben werden."),
        ("§ 4 Aufzeichnungen", "Der Händler bewahrt die Aufzeichnungen zwei Jahre auf und legt sie "
         "der zuständigen Behörde auf Verlangen vor."),
        controls=("Kennzeichnung", "zuständigen Behörde")),
    "fr": _act("Décret relatif aux produits de kratom",
        ("Article 1er", "Sont des produits de kratom au sens du présent décret les denrées qui "
         "contiennent des feuilles de la plante Mitragyna speciosa."),
        ("Article 2", "Le vendeur indique sur l'étiquette la composition du produit de kratom et "
         "l'adresse du fabricant."),
        ("Article 3", "La vente de produits de kratom aux mineurs de moins de 18 ans est "
         "interdite."),
        ("Article 4", "Le vendeur conserve ses registres pendant deux ans et les présente à "
         "l'autorité compétente."),
        controls=("étiquette", "autorité compétente")),
    "es": _act("Reglamento de los productos de kratom",
        ("Artículo 1", "Son productos de kratom los alimentos que contienen hojas de la planta "
         "Mitragyna speciosa."),
        ("Artículo 2", "El vendedor indicará en la etiqueta la composición del producto de kratom "
         "y la dirección del fabricante."),
        ("Artículo 3", "Se prohíbe la venta de productos de kratom a menores de 18 años."),
        ("Artículo 4", "El vendedor conservará sus registros durante dos años y los presentará a "
         "la autoridad competente."),
        controls=("etiqueta", "autoridad competente")),
    "it": _act("Regolamento sui prodotti di kratom",
        ("Articolo 1", "Sono prodotti di kratom gli alimenti che contengono foglie della pianta "
         "Mitragyna speciosa."),
        ("Articolo 2", "Il venditore indica sull'etichetta la composizione del prodotto di kratom "
         "e l'indirizzo del produttore."),
        ("Articolo 3", "È vietata la vendita di prodotti di kratom ai minori di 18 anni."),
        ("Articolo 4", "Il venditore conserva i registri per due anni e li presenta all'autorità "
         "competente."),
        controls=("etichetta", "autorità competente")),
    "pt": _act("Regulamento dos produtos de kratom",
        ("Artigo 1.º", "São produtos de kratom os alimentos que contêm folhas da planta Mitragyna "
         "speciosa."),
        ("Artigo 2.º", "O vendedor indica no rótulo a composição do produto de kratom e o endereço "
         "do fabricante."),
        ("Artigo 3.º", "É proibida a venda de produtos de kratom a menores de 18 anos."),
        ("Artigo 4.º", "O vendedor conserva os registos durante dois anos e apresenta-os à "
         "autoridade competente."),
        controls=("rótulo", "autoridade competente")),
    "pl": _act("Ustawa o produktach z kratomu",
        ("Art. 1", "Produktem z kratomu jest żywność, która zawiera liście rośliny Mitragyna "
         "speciosa (kratom)."),
        ("Art. 2", "Sprzedawca umieszcza na etykiecie skład produktu oraz adres producenta."),
        ("Art. 3", "Zabrania się sprzedaży kratomu osobom poniżej 18 lat."),
        ("Art. 4", "Sprzedawca przechowuje dokumenty przez dwa lata i okazuje je właściwemu "
         "organowi."),
        controls=("etykiecie", "właściwemu organowi")),
    "cs": _act("Zákon o psychomodulačních látkách",
        ("§ 1", "Výrobkem z kratomu je výrobek, který obsahuje listy rostliny Mitragyna speciosa "
         "(kratom)."),
        ("§ 2", "Prodejce uvede na obalu složení výrobku a adresu výrobce."),
        ("§ 3", "Kratom se nesmí prodávat osobám mladším 18 let."),
        ("§ 4", "Prodejce uchovává záznamy po dobu dvou let a předloží je příslušnému orgánu."),
        controls=("na obalu", "příslušnému orgánu")),
    "sv": _act("Lag om kratomprodukter",
        ("1 §", "Med kratomprodukt avses livsmedel som innehåller blad av växten Mitragyna "
         "speciosa (kratom)."),
        ("2 §", "Den som säljer kratom ska märka produkten med innehåll och tillverkarens adress."),
        ("3 §", "Kratom får inte säljas till den som är under 18 år."),
        ("4 §", "Säljaren ska spara handlingarna i två år och visa dem för tillsynsmyndigheten."),
        controls=("tillverkarens adress", "tillsynsmyndigheten")),
    "nl": _act("Besluit kratomproducten",
        ("Artikel 1", "Een kratomproduct is een levensmiddel dat bladeren van de plant Mitragyna "
         "speciosa (kratom) bevat."),
        ("Artikel 2", "De verkoper vermeldt op het etiket de samenstelling en het adres van de "
         "fabrikant."),
        ("Artikel 3", "Kratom wordt niet verkocht aan personen die jonger zijn dan 18 jaar."),
        ("Artikel 4", "De verkoper bewaart de gegevens twee jaar en toont ze aan de bevoegde "
         "autoriteit."),
        controls=("etiket", "bevoegde autoriteit")),
    "ru": _act("Закон о продуктах из кратома",
        ("Статья 1", "Продуктом из кратома является пищевая продукция, содержащая листья растения "
         "Mitragyna speciosa (кратом)."),
        ("Статья 2", "Продавец указывает на этикетке состав и адрес изготовителя."),
        ("Статья 3", "Продажа кратома лицам, не достигшим 18 лет, не допускается."),
        ("Статья 4", "Продавец хранит документы два года и предъявляет их уполномоченному органу."),
        controls=("этикетке", "уполномоченному органу")),
    "th": _act("พระราชบัญญัติพืชกระท่อม",
        ("มาตรา 1", "ในพระราชบัญญัตินี้ พืชกระท่อม หมายความว่า พืชที่มีชื่อวิทยาศาสตร์ว่า Mitragyna speciosa"),
        ("มาตรา 2", "ผู้ขายต้องติดฉลากแสดงส่วนประกอบและที่อยู่ของผู้ผลิต"),
        ("มาตรา 3", "ห้ามขายใบกระท่อมแก่บุคคลอายุต่ำกว่าสิบแปดปี"),
        ("มาตรา 4", "ผู้ขายต้องเก็บเอกสารไว้สองปีและแสดงต่อพนักงานเจ้าหน้าที่"),
        controls=("ติดฉลาก", "พนักงานเจ้าหน้าที่")),
}  # fmt: skip
"""By language: an act that permits kratom under duties."""
