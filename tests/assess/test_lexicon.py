"""The names of kratom and its alkaloids."""

import pytest

from regstatus.assess.lexicon import find_terms, may_name

LEAF, MITRA, SEVEN, DERIVED = "leaf", "mitragynine", "7-oh", "derivatives"

WHOLE = [
    # inflected and compounded names of the plant
    *(
        (name, LEAF)
        for name in ("Kratom", "kratomu", "kratomem", "kratomie", "kratomový", "kratomového")
    ),
    *(
        (name, LEAF)
        for name in ("kratomi", "kratomia", "Siaminkratomi", "kratomot", "Kratompulver", "KRATOM")
    ),
    *(
        (name, LEAF)
        for name in (
            "кратом",
            "кратома",
            "Митрагина прекрасная",
            "พืชกระท่อม",
            "ใบกระท่อม",
            "น้ำต้มใบกระท่อม",
        )
    ),
    *(
        (name, LEAF)
        for name in (
            "daun ketum",
            "ketum",
            "クラトム",
            "ミトラガイナ",
            "アカネ科ミトラガイナスペシオーサ",
            "크라톰",
        )
    ),
    *(
        (name, LEAF)
        for name in (
            "卡痛",
            "美麗帽柱木",
            "帽蕊木",
            "Eriline abuurapuu",
            "κράτομ",
            "كراتوم",
            "קראטום",
        )
    ),
    # Latin names, right, old and misspelt
    *(
        (name, LEAF)
        for name in (
            "Mitragyna speciosa",
            "Mytragyna Speciosa",
            "Mitragynine speciosa",
            "Mitragynia speciosa",
        )
    ),
    *(
        (name, LEAF)
        for name in (
            "Mitragyna speciosam",
            "Mitragyna speciose",
            "Nauclea speciosa",
            "Stephegyne speciosa",
        )
    ),
    *((name, LEAF) for name in ("Mitragyna", "MITRAGYNA SPECIOSA")),
    # mitragynine
    *(
        (name, MITRA)
        for name in (
            "mitragynine",
            "Mitragynin",
            "Mytragynine",
            "Mityragynine",
            "mitraginine",
            "mitragynina",
        )
    ),
    *(
        (name, MITRA)
        for name in (
            "mitraginina",
            "mitraginin",
            "mitragüniin",
            "mitragyniini",
            "mitraginīns",
            "mitragynín",
        )
    ),
    *(
        (name, MITRA)
        for name in (
            "митрагинин",
            "митрагинина",
            "мітрагінін",
            "ミトラギニン",
            "미트라지닌",
            "미트라기닌",
        )
    ),
    *(
        (name, MITRA)
        for name in (
            "帽柱木碱",
            "帽蕊木鹼",
            "ไมทราไจนีน",
            "ไมตราไจนีน",
            "มิตรากัยนีน",
            "μιτραγυνίνη",
            "4098-40-2",
        )
    ),
    # 7-hydroxymitragynine
    *(
        (name, SEVEN)
        for name in (
            "7-hydroxymitragynine",
            "7-Hydroxy-mitragynine",
            "7-hydroxy mitragynine",
            "hydroxymitragynine",
        )
    ),
    *(
        (name, SEVEN)
        for name in (
            "7 -hydroxymitragynine",
            "7- hydroxymitragynine",
            "7α-hydroxymitragynine",
            "7-OH-mitragynine",
        )
    ),
    *(
        (name, SEVEN)
        for name in (
            "7-OH-mitragynin",
            "7-hydroximitragynin",
            "7-hydroxymitragyniini",
            "7-HMG",
            "7-OH",
        )
    ),
    *(
        (name, SEVEN)
        for name in (
            "7-hydroksymitragynina",
            "7-hüdroksümitragüniin",
            "7-idrossimitraginina",
            "7-hidroximitragynina",
        )
    ),
    *(
        (name, SEVEN)
        for name in (
            "7-hidroksimitraginin",
            "7-гидроксимитрагинин",
            "7-гидроксимитрагинина",
            "174418-82-7",
        )
    ),
    *(
        (name, SEVEN)
        for name in (
            "7-ヒドロキシミトラギニン",
            "七―ヒドロキシミトラギニン",
            "7-하이드록시미트라지닌",
            "7-히드록시미트라지닌",
        )
    ),
    *((name, SEVEN) for name in ("7-羟基帽柱木碱", "7-羥基帽柱木鹼", "7-ไฮดรอกซีไมทราไจนีน")),
    # derivatives
    *(
        (name, DERIVED)
        for name in (
            "mitragynine pseudoindoxyl",
            "pseudoindoxyl",
            "pseudoindoxylmitragynin",
            "MGM-15",
            "MGM-16",
        )
    ),
    *(
        (name, DERIVED)
        for name in (
            "7-OH pseudoindoxyl",
            "dihydro-7-hydroxymitragynine",
            "dihydro-7-hydroxy mitragynine",
        )
    ),
    *(
        (name, DERIVED)
        for name in (
            "7-acetoxymitragynine",
            "11-fluoro-7-hydroxymitragynine",
            "mitragynine-related compounds",
        )
    ),
    *(
        (name, DERIVED)
        for name in ("synthetic alkaloids", "semi-synthetic alkaloid", "semi-synthesized alkaloids")
    ),
    *((name, DERIVED) for name in ("fully synthetic alkaloid", "synthetic kratom alkaloids")),
]


@pytest.mark.parametrize(("name", "substance"), WHOLE)
def test_a_name_counts_once_and_as_itself(name, substance):
    found = find_terms(f"… ({name}), …")
    assert [(term.written, str(term.substance)) for term in found] == [(name, substance)]


@pytest.mark.parametrize(
    "words",
    [
        "poškozené zkratom",
        "elektrické zariadenie vozidla poškodené skratom",
        "ochrana proti zkratu",
        "a dangerous nonkratom substance",
        "a non-kratom substance",
        "Mitragyna parvifolia and Mitragyna inermis",
        "7-OH-DPAT, 7-OH-quinoline",
        "hydroxyprogesterone; 7-hydroxycoumarin; 17-OH progesterone",
        "paynantheine, speciogynine, speciociliatine, corynantheidine, mitraphylline",
        "heroin, psilocybin, mescaline and 4,7-OH",
        "Magnolia speciosa of the species",
        "democratomat, stratomic",
        "",
    ],
)
def test_what_only_looks_like_a_name_is_none(words):
    assert find_terms(words) == ()


def test_longest_match_wins_inside_a_list():
    found = find_terms("mitragynine, 7-hydroxymitragynine and mitragynine pseudoindoxyl")
    assert [str(t.substance) for t in found] == ["mitragynine", "7-oh", "derivatives"]


def test_a_systematic_name_counts_only_where_the_common_name_is_absent():
    systematic = "metyl(E)-2-[(2S)-3-etyl-8-metoxi-1,2,3,4,6,7,12,12b-okta-hydroindol]-enoat"
    assert [str(t.substance) for t in find_terms(systematic)] == ["mitragynine"]
    both = find_terms(f"{systematic} (mitragynin)")
    assert [t.written for t in both] == ["mitragynin"]


@pytest.mark.parametrize(
    ("systematic", "substance"),
    [
        ("八-メトキシ-一・二・三・四・六・七・十二・十二b-オクタヒドロインドロ", "mitragynine"),
        ("8-メトキシ-1,2,3,4,6,7,12,12b-オクタヒドロインドロ[2,3-a]キノリジン", "mitragynine"),
        (
            "七a-ヒドロキシ-八-メトキシ-一・二・三・四・六・七・七a・十二b-オクタヒドロインドロ",
            "7-oh",
        ),
        (
            "7a-ヒドロキシ-8-メトキシ-1,2,3,4,6,7,7a,12b-オクタヒドロインドロ[2,3-a]キノリジン",
            "7-oh",
        ),
    ],
)
def test_japanese_lists_name_the_alkaloids_by_their_systematic_names(systematic, substance):
    assert [str(t.substance) for t in find_terms(f"{systematic}及びその塩類")] == [substance]


@pytest.mark.parametrize(
    ("written", "substance"),
    [
        # As acts of Ireland, pharmacopoeias of Europe, chemical registers and broken lines write them.
        (
            "3-ethyl-8-methoxy-1,2,3,4,6,7,12,12b- octahydroindolo[2,3a]quinolizin-2-yl",
            "mitragynine",
        ),
        ("3-éthyl-8-méthoxy-1,2,3,4,6,7,12,12b-octahydroindolo[2,3-a]quinolizine", "mitragynine"),
        (
            "3-etil-8-metossi-1, 2, 3, 4, 6, 7, 12, 12b-ottaidroindolo[2,3-a]chinolizin",
            "mitragynine",
        ),
        ("3-etylo-8-metoksy-1,2,3,4,6,7,12,12b-oktahydroindolo[2,3-a]chinolizyna", "mitragynine"),
        ("3-этил-8-метокси-1,2,3,4,6,7,12,12b-октагидроиндоло[2,3-a]хинолизин", "mitragynine"),
        (
            "Corynan-16-carboxylic acid, 16,17-didehydro-9,17-dimethoxy-, methyl ester",
            "mitragynine",
        ),
        ("InChIKey=LELBFTMXCIIKKX-QVRQZEMUSA-N", "mitragynine"),
        ("3-ethyl-7a-hydroxy-8-methoxy-2,3,4,6,7,12b-hexahydro-1H-indolo[2,3a]quinolizin", "7-oh"),
        ("3-etil-7a-hidroxi-8-metoxi-2,3,4,6,7,12b-hexa-hidro-1H-indolo[2,3-a]quinolizin", "7-oh"),
        ("3-этил-7a-гидрокси-8-метокси-2,3,4,6,7,12b-гексагидро-1H-индоло[2,3-a]хинолизин", "7-oh"),
        ("16,17-didehydro-7-hydroxy-9,17-dimethoxycorynan-16-carboxylate", "7-oh"),
        ("RYENLSMHLCNXJT-CYXFISRXSA-N", "7-oh"),
    ],
)
def test_the_alkaloids_are_known_by_their_chemical_names_alone(written, substance):
    assert [str(term.substance) for term in find_terms(written)] == [substance]


def test_another_octahydroindolo_compound_is_no_alkaloid_of_kratom():
    other = "九-フルオロ-一・二・三・四・六・七・十二・十二b-オクタヒドロインドロ"
    assert find_terms(other) == ()


def test_cells_glued_together_still_show_their_names():
    found = find_terms("PopisKratomMitragyna speciosaMitragynin")
    assert [t.written for t in found] == ["Kratom", "Mitragyna speciosa", "Mitragynin"]


@pytest.mark.parametrize("name", [name for name, _ in WHOLE])
def test_the_quick_test_never_misses_a_name(name):
    assert may_name(f"… {name} …")
    assert may_name(name.upper())


def test_hut_and_locant_count_only_beside_a_certain_name(read):
    hut = read("กระท่อม" + " ชาวนา" * 40)
    assert hut.mentions == ()
    assert read("กระท่อม และ ใบกระท่อม").says("leaf") == "named"
    assert read("7-OH and 3-OH groups of the molecule are oxidised first. " * 3).mentions == ()
    assert read("Products with 7-OH are sold in shops.").says("7-oh") == "named"
