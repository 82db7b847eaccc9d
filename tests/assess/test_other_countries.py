"""The wording of laws outside the United States, in their own languages."""
# ruff: noqa: E501  (a sentence of law is quoted whole)

from dataclasses import dataclass, field

import pytest


@dataclass
class Case:
    name: str
    passages: tuple
    title: str | None = None
    says: dict = field(default_factory=dict)
    schedule: str | None = None
    age: int | None = None
    caps: tuple = ()
    bans: tuple = ()


CASES = [
    Case(
        "AU poisons standard",
        (
            (("Poisons Standard", "Schedule 9", "PROHIBITED SUBSTANCES"), "MITRAGYNA SPECIOSA."),
            (("Poisons Standard", "Schedule 9", "PROHIBITED SUBSTANCES"), "MITRAGYNINE."),
        ),
        says={"leaf": "listed", "mitragynine": "listed"},
        schedule="9",
    ),
    Case(
        "AR anexo",
        (
            (
                ("ANEXO I", "Lista de estupefacientes"),
                "312 | MITRAGININA | metil (2E)-2-[...]",
                "row",
            ),
        ),
        says={"mitragynine": "listed"},
        schedule="Anexo I",
    ),
    Case(
        "BG",
        (
            (
                ("Приложение № 1", "Списък I - Растения и вещества с висока степен на риск"),
                "Митрагинин (Mitragynine)",
                "item",
            ),
        ),
        title="Наредба за наркотични вещества",
        says={"mitragynine": "listed"},
        schedule="Списък I",
    ),
    Case(
        "BR portaria",
        (
            (
                (
                    "ANEXO I",
                    "LISTA F2 - LISTA DAS SUBSTÂNCIAS PSICOTRÓPICAS DE USO PROSCRITO NO BRASIL",
                ),
                "120. MITRAGININA ou metil (E)-2-[...]",
                "item",
            ),
        ),
        says={"mitragynine": "listed"},
        schedule="Lista F2",
    ),
    Case(
        "CH Verzeichnis",
        ((("Anhang 5", "Verzeichnis d"), "Mitragynin | Methyl-(E)-2-...", "row"),),
        title="Verordnung des EDI über die Verzeichnisse der Betäubungsmittel",
        says={"mitragynine": "listed"},
        schedule=None,
    ),
    Case(
        "CZ list of psychomodulatory substances",
        (
            (
                ("Příloha", "Seznam psychomodulačních látek"),
                "Kratom | Mitragyna speciosa | Mitragynin 7-hydroxymitragynin | Rostlinná směs původem z listů rostliny Mitragyna speciosa, obsahující alkaloidy mitragynin nebo 7-hydroxymitragynin",
                "row",
            ),
        ),
        says={"leaf": "listed", "mitragynine": "listed", "7-oh": "listed"},
        schedule="Příloha",
    ),
    Case(
        "CZ genus without the species",
        (
            (
                ("Příloha č. 3", "Seznam č. 3 návykových látek"),
                "Rostliny rodu Mitragyna s výjimkou rostliny Mitragyna speciosa a výrobků z ní vyrobených.",
            ),
        ),
        says={"leaf": "excluded"},
    ),
    Case(
        "CZ age of an act that never names the plant",
        (
            "Zakazuje se prodávat nebo podávat psychomodulační látky osobě mladší 18 let.",
            "Prodej psychomodulačních látek prostřednictvím automatů je zakázán.",
        ),
        title="Zákon o psychomodulačních látkách",
        age=18,
    ),
    Case(
        "CZ table of limits",
        (
            (
                ("Příloha č. 1",),
                "Psychomodulační látka | Aktivní látka | Maximální koncentrace aktivní látky | Maximální množství v jednotkovém balení",
                "row",
            ),
            (("Příloha č. 1",), "Kratom | Mitragynin | 2,5 % hmotnosti | 1250 mg", "row"),
            (("Příloha č. 1",), "Kratom | 7-hydroxymitragynin | 0,1 % hmotnosti | 50 mg", "row"),
        ),
        caps=("2.5% by weight", "1250 mg/container", "0.1% by weight", "50 mg/container"),
        schedule="Příloha č. 1",
    ),
    Case(
        "DE list and prohibition",
        (
            (
                ("Anlage II", "(verkehrsfähige, aber nicht verschreibungsfähige Betäubungsmittel)"),
                "Mitragynin | - | Methyl[(E)-2-...]",
                "row",
            ),
        ),
        says={"mitragynine": "listed"},
        schedule="Anlage II",
    ),
    Case(
        "DK list",
        (
            (("Bilag 1", "Liste B"), "Mitragyna speciosa (kratom)", "item"),
            (("Bilag 1", "Liste B"), "7-hydroxymitragynin", "item"),
        ),
        title="Bekendtgørelse om euforiserende stoffer (narkotika)",
        says={"leaf": "listed", "7-oh": "listed"},
        schedule="Liste B",
    ),
    Case(
        "EE list with the number first",
        (
            (("Lisa 1", "I NIMEKIRI"), "7-hüdroksümitragüniin | 7-hydroxymitragynine", "row"),
            (("Lisa 1", "I NIMEKIRI"), "Eriline abuurapuu | Mitragyna speciosa (Kratom)", "row"),
            (("Lisa 1", "I NIMEKIRI"), "Mitragüniin | Mytragynine", "row"),
        ),
        title="Narkootiliste ja psühhotroopsete ainete nimekirjad",
        says={"leaf": "listed", "mitragynine": "listed", "7-oh": "listed"},
        schedule="I nimekiri",
    ),
    Case(
        "FI annex that follows",
        (
            "Liite",
            "Klefedroni (1-(4-kloorifenyyli)-2-(metyyliamino)propan-1-oni)",
            "Kratom (Mitragyna Speciosa)",
        ),
        title="Valtioneuvoston asetus kuluttajamarkkinoilta kielletyistä psykoaktiivisista aineista",
        says={"leaf": "listed"},
        schedule="Liite",
    ),
    Case(
        "FR arrêté",
        (
            (
                ("Annexe", "Substances classées comme psychotropes"),
                "Mitragyna speciosa (kratom), ses extraits, mitragynine et 7-hydroxymitragynine",
                "item",
            ),
        ),
        says={"leaf": "listed", "mitragynine": "listed", "7-oh": "listed"},
        schedule=None,
    ),
    Case(
        "HK first schedule",
        (
            (("First Schedule", "Part I", "DANGEROUS DRUGS"), "Mitragynine", "item"),
            (("First Schedule", "Part I", "DANGEROUS DRUGS"), "7-hydroxymitragynine", "item"),
        ),
        says={"mitragynine": "listed", "7-oh": "listed"},
        schedule="First Schedule",
    ),
    Case(
        "IE schedule",
        (
            (("Misuse of Drugs Act 1977", "Schedule 1", "Controlled drugs"), "Mitragynine."),
            (
                ("Misuse of Drugs Act 1977", "Schedule 1", "Controlled drugs"),
                "An ester or ether of 7-hydroxymitragynine.",
            ),
        ),
        says={"mitragynine": "listed", "7-oh": "listed"},
        schedule="1",
    ),
    Case(
        "IT tabella",
        (
            (("Tabella I", "Sostanze stupefacenti"), "Mitraginina | metil (2E)-...", "row"),
            (("Tabella I", "Sostanze stupefacenti"), "7-idrossimitraginina | ", "row"),
            (("Tabella I", "Sostanze stupefacenti"), "Kratom (Mitragyna speciosa) - foglie", "row"),
        ),
        says={"leaf": "listed", "mitragynine": "listed", "7-oh": "listed"},
        schedule="Tabella I",
    ),
    Case(
        "JP designated substances",
        (
            (("指定薬物",), "七 七―ヒドロキシミトラギニン及びその塩類"),
            (("指定薬物",), "八 ミトラギニン及びその塩類"),
            (("指定薬物",), "アカネ科ミトラガイナスペシオーサ(別名クラトム)"),
        ),
        says={"leaf": "listed", "mitragynine": "listed", "7-oh": "listed"},
        schedule="指定薬物",
    ),
    Case(
        "KR annex",
        (
            (("별표 3", "향정신성의약품"), "미트라지닌(Mitragynine)", "item"),
            (("별표 3", "향정신성의약품"), "7-히드록시미트라지닌(7-Hydroxymitragynine)", "item"),
        ),
        says={"mitragynine": "listed", "7-oh": "listed"},
        schedule="별표 3",
    ),
    Case(
        "LT list",
        (
            (
                ("I SĄRAŠAS", "Draudžiamos vartoti narkotinės ir psichotropinės medžiagos"),
                "Kratom (Mitragyna speciosa), augalas ir jo dalys",
                "item",
            ),
        ),
        says={"leaf": "listed"},
        schedule="I sąrašas",
    ),
    Case(
        "LU misspelling",
        ((("Annexe",), "43. Mytragyna Speciosa, Kratom (Mytragynine, 7-hydroxymitragynine)"),),
        title="Règlement grand-ducal concernant certaines substances psychotropes",
        says={"leaf": "listed", "mitragynine": "listed", "7-oh": "listed"},
        schedule="Annexe",
    ),
    Case(
        "MY third schedule",
        (
            (
                ("Jadual Ketiga", "Bahan psikotropik (psychotropic substances)"),
                "Mitragynine",
                "item",
            ),
        ),
        title="Akta Racun 1952 (Poisons Act)",
        says={"mitragynine": "listed"},
        schedule="Jadual Ketiga",
    ),
    Case(
        "PL group I-N",
        (
            (
                ("Załącznik nr 2", "Wykaz środków odurzających grupy I-N"),
                "MITRAGYNA SPECIOSA - rośliny żywe lub susz, nasiona, wyciągi oraz ekstrakty",
                "row",
            ),
        ),
        says={"leaf": "listed"},
        schedule="Grupa I-N",
    ),
    Case(
        "RU list",
        (
            (("Список I", "Перечень наркотических средств"), "Митрагинин", "item"),
            (("Список I", "Перечень наркотических средств"), "7-гидроксимитрагинин", "item"),
            (("Список I", "Перечень наркотических средств"), "Кратом (лист)", "item"),
        ),
        says={"leaf": "listed", "mitragynine": "listed", "7-oh": "listed"},
        schedule="Список I",
    ),
    Case(
        "SE also the plant",
        (
            "Bilaga 1",
            "Förteckning över substanser som ska anses som narkotika enligt narkotikastrafflagen",
            "metyl(E)-2-[(2S,3S,12bS)-3-etyl-8-metoxi-1,2,3,4,6,7,12,12b-okta-hydroindol[2,3-a]quinolizin-2-yl]-3-metoxiprop-2-enoat (mitragynin)",
            "Som narkotika enligt narkotikastrafflagen ska även anses växten Mitragyna speciosa (kratom), de ovanjordiska delarna av växten kat (Catha edulis) samt svamparna Psilocybe semilanceata.",
        ),
        title="Förordning (1992:1554) om kontroll av narkotika",
        says={"leaf": "listed", "mitragynine": "listed"},
        schedule="Bilaga 1",
    ),
    Case(
        "SG class A",
        (
            "Mitragynine and 7-Hydroxymitragynine are classified as Class A controlled drugs under the Misuse of Drugs Act.",
        ),
        says={"mitragynine": "listed", "7-oh": "listed"},
        schedule="Class A",
    ),
    Case(
        "SK amendment puts a line in",
        (
            "V prílohe č. 1 I. skupine psychotropných látok sa za riadok „JWH-398“ vkladajú nové riadky, ktoré znejú: „Klonazolam, chemicky 6-(2-chlórofenyl) Kratom (mitragyna speciosa)“.",
        ),
        says={"leaf": "listed"},
        schedule="I. skupine",
    ),
    Case(
        "TH plant act: sale to people below 18",
        ("มาตรา ๒๔ ห้ามผู้ใดขายใบกระท่อมหรืออาหารที่มีใบกระท่อมเป็นวัตถุดิบแก่บุคคลซึ่งมีอายุต่ำกว่าสิบแปดปี",),
        title="พระราชบัญญัติพืชกระท่อม พ.ศ. ๒๕๖๕",
        age=18,
        says={"leaf": "named"},
    ),
    Case(
        "TH with Thai digits",
        ("ห้ามขายใบกระท่อมให้แก่ผู้มีอายุต่ำกว่า ๑๘ ปี",),
        title="พระราชบัญญัติพืชกระท่อม พ.ศ. ๒๕๖๕",
        age=18,
        says={"leaf": "named"},
    ),
    Case(
        "TH former category 5",
        ((("ยาเสพติดให้โทษในประเภท ๕",), "(๔) พืชกระท่อม"),),
        says={"leaf": "listed"},
        schedule="ยาเสพติดให้โทษในประเภท ๕",
    ),
    Case(
        "TW category 3",
        ((("附表三 第三級管制藥品",), "7-羥基帽柱木鹼(7-Hydroxymitragynine)", "item"),),
        says={"7-oh": "listed"},
        schedule="附表三",
    ),
    Case(
        "UA table",
        (
            (
                ("Таблиця II", "Список № 2 Психотропні речовини, обіг яких обмежено"),
                "Мітрагінін",
                "row",
            ),
        ),
        says={"mitragynine": "listed"},
        schedule=None,
    ),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_law_of_other_countries_reads_as_written(read, case):
    finding = read(*case.passages, title=case.title)
    assert finding.readable, finding.problems
    assert {k: finding.says(k) for k in case.says} == case.says
    if case.schedule is not None:
        assert finding.schedule == case.schedule
    assert (finding.minimum_age.years if finding.minimum_age else None) == case.age
    assert tuple(str(cap) for cap in finding.caps) == case.caps
    assert {(str(p.activity), str(p.substance)) for p in finding.prohibitions} == set(case.bans)


AGES = [
    ("Zakazuje se prodávat kratom osobám mladším 18 let.", 18),
    ("ห้ามผู้ใดขายใบกระท่อมแก่บุคคลซึ่งมีอายุต่ำกว่าสิบแปดปี", 18),
    ("ห้ามผู้ใดขายใบกระท่อมแก่บุคคลซึ่งมีอายุต่ำกว่ายี่สิบปี", 20),
    (
        "No person shall sell kratom to anyone who has not attained the age of twenty-one (21) years.",
        21,
    ),
    ("Kratom may be sold only to a person who is at least 21 years of age.", 21),
    ("A purchaser of kratom must be 19 years of age or older; no sale may be made to others.", 19),
    ("A retailer shall not sell kratom to a minor.", 18),
    ("It is unlawful to furnish kratom to a person below the age of eighteen years.", 18),
]


@pytest.mark.parametrize(("words", "years"), AGES)
def test_an_age_of_sale_is_read(read, words, years):
    finding = read(words, "Kratom. " * 12)
    assert finding.minimum_age is not None
    assert finding.minimum_age.years == years
    assert finding.prohibitions == ()
