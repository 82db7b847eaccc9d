"""Ban words: how statutes forbid, and by which words a prohibition reaches only some goods."""

from __future__ import annotations

import re

from regstatus.assess.prefilter import LazyPattern
from regstatus.model.words import Activity

__all__ = [
    "ACTIVE",
    "ACTS",
    "GUILTY",
    "MEDICAL",
    "OBJECT",
    "OFFENDER",
    "PASSIVE",
    "PLAIN",
    "QUALIFIED",
    "SOMEWHERE",
]

ACTS: tuple[tuple[Activity, LazyPattern], ...] = tuple(
    (activity, LazyPattern(words, re.IGNORECASE, often="ı" not in words))
    for activity, words in (
        (
            Activity.POSSESS,
            (
                r"\b(?:possess\w*(?!\s+with\s+(?:the\s+)?intent)|držen\w*|držb\w*|držet|přechováv\w+|besitz\w*|innehav\w*|inneha|hallussapi\w+|détention|détenir|"
                r"posesi[oó]n|poseer|tenencia|posse\b|possuir|detenzione|bezit|besiddelse|posiadani\w+|хранени\w+|"
                r"besitt\w*|vörslu\w*|varsla|valdami\w+|omami\w+|glabā\w+|laiky\w+|de[țţ]iner\w+|birtokl\w+|bulundur\w+|"
                r"зберіган\w+|володін\w+|държан\w+|притежав\w+|posest\w*|pos(?:j)?edovanj\w*|držanj\w*|држањ\w*|поседов\w*|"
                r"κατοχ\w+|pemilikan|kepemilikan|memiliki|tàng\s+trữ|sở\s+hữu)\b|ครอบครอง|所持|소지|持有"
            ),
        ),
        (
            Activity.SELL,
            (
                r"\b(?:sell(?:s|ing)?|sold|sale|retail|offer(?:s|ed|ing)?|distribut\w+|deliver\w*|dispens\w+|traffic\w*|market(?:ed|ing)?|"
                r"furnish\w*|suppl(?:y|ies|ied|ying)|prodej\w*|prodáva\w+|predaj\w*|verkauf\w*|vertrieb|vertreiben|inverkehrbringen|"
                r"handel\w*|sälj\w*|försälj\w*|saluför\w*|myy\w*|myyn\w*|luovut\w+|vente|vendre|cession|vent[ao]\b|vend[ao]s?\b|vender|comerciali\w+|"
                r"com[eé]rcio|vendita|verkopen|verkoop|salg|sælge|selge|sprzeda\w+|wprowadzani\w+|сбыт\w*|реализаци\w+|продаж\w*|оборот|обіг|"
                r"sala|sölu|selja|müü\w+|pārdo\w+|tirdzniec\w+|tirgo\w+|parda\w+|parduo\w+|prekyb\w+|vânz\w+|értékesít\w+|forgalmaz\w+|"
                r"satış\w*|sat[ıi]lma\w*|prodaj\w*|продај\w*|промет\w*|πώλησ\w+|διάθεσ\w+|menjual|mengedarkan|mua\s+bán|bán|kinh\s+doanh)\b|"
                r"ขาย|จำหน่าย|販売|판매|销售|銷售|販賣|贩卖|出售|penjualan|jualan"
            ),
        ),
        (
            Activity.IMPORT,
            (
                r"\b(?:import\w*|bring(?:ing)?\s+into|transport(?:ing)?\s+into|dovoz\w*|dovážet|einfuhr\w*|ein(?:zu)?führen|införs?el|föra\s+in|"
                r"maahantuon\w*|maahantuot\w+|importa\w*|invoer\w*|indførsel|innførsel|przyw[oó]z\w*|ввоз\w*|импорт\w*|"
                r"innfør\w*|innflutning\w*|sissevedu|sisseveo\w*|ievest|ieveš\w+|įvež\w+|behozatal\w*|ithal\w*|ввезен\w+|імпорт\w*|внос(?:а|ът)?|"
                r"uvoz\w*|увоз\w*|εισαγωγ\w+|pengimport\w*|mengimport|mengimpor|impor|nhập\s+khẩu)\b|นำเข้า|輸入|수입|进口|進口|输入"
            ),
        ),
    )
)
ACTIVE = LazyPattern(
    r"\b(?:it\s+(?:is|shall\s+be)\s+(?:hereby\s+)?(?:declared\s+)?(?:to\s+be\s+)?(?:unlawful|illegal|prohibited|an?\s+(?:offen[sc]e|crime|violation))|"
    r"(?:is|are|be)\s+(?:hereby\s+)?(?:unlawful|illegal|prohibited|forbidden)\s+(?:for|to)\b|"
    r"no\s+(?:person|individual|retailer|business|establishment|entity|one|seller|vendor|processor|store|merchant|owner|dealer|manufacturer)\b"
    r"[^.;:]{0,90}?\b(?:shall|may|can)\b|(?:shall|may|must|can)\s*not\b|"
    r"(?:is|are|becomes?|remains?)\s+(?:hereby\s+)?(?:unlawful|illegal|banned|prohibited)|"
    r"hereby\s+(?:bans?|prohibits?|forbids?)|(?:law|ordinance|section|chapter|act|regulation)\s+(?:bans|prohibits|forbids))\b",
    re.IGNORECASE,
)
PASSIVE = LazyPattern(
    r"\b(?:is|are|shall\s+be|remains?)\s+(?:hereby\s+)?(?:strictly\s+|expressly\s+|absolutely\s+)?(?:declared\s+)?(?:to\s+be\s+)?"
    r"(?:prohibited|unlawful|illegal|banned|forbidden)\b|"
    r"\b(?:shall|may|can|must)\s*not\s+(?:lawfully\s+|legally\s+)?be\s+(?:lawfully\s+|legally\s+)?(?:sold|offered|distributed|possessed|imported|marketed|delivered)|"
    r"^\W*neither\b.{3,160}\bcan\s+(?:lawfully|legally)\s+be\s+(?:sold|marketed)|"
    r"\b(?:ist|sind)\s+(?:\w+\s+){0,3}verboten\b|\b(?:je|jsou|sa|se)\s+zak[aá]z[aá]n\w*|\bzakazuje\s+se\b|\bsa\s+zakazuje\b|\bzakazuje\s+sa\b|\bzabrania\s+się\b|"
    r"\bär\s+förbjud\w+|\bförbjuds\b|\ber\s+(?:forbudt|bannlyst)\b|\bon\s+kielletty\b|\bovat\s+kiellettyj\w+|"
    r"\b(?:est|sont)\s+interdit\w*|\bqueda\w?\s+prohibid\w+|\bse\s+prohíben?\b|\bprohíb[ae]n?se\b|\bfica\w?\s+proibid\w+|\bé\s+proibid\w+|\bè\s+vietat\w+|\bsono\s+vietat\w+|"
    r"\b(?:is|zijn)\s+verboden\b|\bsão\s+proibid\w+|\b(?:son|están|quedan)\s+prohibid\w+|\bsono\s+proibit\w+|\bist\s+untersagt|\bsind\s+untersagt|\bзапрещ\w+|\bзаборон\w+|\bзабраняват?\b|\bзабранен\w*|"
    r"\bbann(?:að|aður|aðar|aðir)\b|\bbönnuð\b|\bkeelatud\b|\baizlieg\w+|\bdraudžiam\w+|\bse\s+interzic\w*|\b(?:este|sunt)\s+interzis\w*|"
    r"\btilos\b|\byasaktır\b|\byasaklan\w+|\bprepovedan\w*|\bzabranj\w+|\bзабрањ\w+|\bαπαγορεύ\w+|하여서는\s*아니\s*된다|"
    r"dilarang|cấm|(?<!มิให้)ห้าม|禁止|してはならない|금지|不得",
    re.IGNORECASE,
)
OFFENDER = LazyPattern(
    r"\b(?:whoever|any\s+person\s+who|a\s+person\s+who|person\s+commits\s+an?\s+(?:offen[sc]e|crime)\s+if)\b",
    re.IGNORECASE,
)
GUILTY = LazyPattern(
    r"\b(?:guilty|commits?|shall\s+be\s+(?:fined|punished|imprisoned|sentenced)|is\s+subject\s+to|violat\w+)\b",
    re.IGNORECASE,
)
# Words by which a prohibition reaches only some products or ways.
QUALIFIED = LazyPattern(
    r"\b(?:that|which)\s+(?:is|are|was|has|have|does|do|contains?|exceeds?|fails?|may|bears?|cannot|violates?|mimics?|resembles?)\b|"
    r"\bunless\b|\bwithout\b|\bexcept\b|\badulterated\b|\bcontaminated\b|\bmisbranded\b|\bnot\s+(?:registered|labell?ed|derived|in\s+compliance|tested|"
    r"approved|licensed|contained|comply)|\bwithin\s+[\d\w]+\s*(?:\(|feet|yards|met)|\bvending\b|\bgreater\s+than\b|\bmore\s+than\b|\bexceed\w*|"
    r"\bin\s+excess\b|\bif\b(?!\s+any)|\bprior\s+to\b|\buntil\b|\bby\s+means\b|\bclaims?\b|\bin\s+(?:any|a)\s+(?:form|manner|way)\s+(?:that|which)|"
    r"\battractive\b|\bwhose\b|\bin\s+violation\b|\badvertis\w+|\bcontaining\s+(?:any\s+)?(?:synthetic|a\s+level|more)|\bdesigned\s+to|\bby\s+mail\b|"
    r"\bdisplays?\b|\bpublic\s+(?:place|view|property)|\bgeneral\s+public|\bin\s+view\b|\bdelivery\s+sale|\bmail\b|\binternet\b|\bonline\b|"
    r"\btast(?:e|ing)\b|\bcoupons?\b|\bother\s+than\b|\bnot\s+meet|\bnon-?compliant|\bunregistered|\bunlicensed|"
    r"\bheating\s+element|\bvapor|\bsamples?\s+of\b|\bfree\s+of\s+charge|\bself-service|\bon\s+(?:school|the\s+premises)|\bpursuant\s+to|\bnot\s+include\b|"
    r"\bohne\s+(?:erlaubnis|genehmigung)|\bbez\s+povolení|\bs\s+výjimkou|\bkter[áéý]\b|\bsans\s+autorisation|\bsin\s+autorización|\bcuando\b|\bwenn\b|"
    r"\bsofern\b|\bsoweit\b|\bsauf\b|\bsalvo\b|\bexcepto\b|\bellei\b|\bom\s+inte\b|\bchyba\s+że\b|\bкроме\b|\bесли\b|\bkecuali\b|"
    r"เว้นแต่|ยกเว้น|แก่บุคคล|ในสถานที่|โดยวิธีการ|ในลักษณะ|บริเวณ|โดยไม่ได้รับ|เพื่อขาย|"
    r"\b[šs]kol\w*|\bschul\w*|\bécoles?\b|\bescuelas?\b|\bosobám\b|\bbezpłatn\w*|\breklam\w*|\bwerbung|\bdans\s+les\s+lieux|ただし|除いて|다만|除外|"
    r"\bpokud\b|\bz\s+wyjątkiem|\bw\s+automatach|\bautomat\w*|\blanguage\b",
    re.IGNORECASE,
)
# In other languages: words of a place, a way or a person, short of the whole country.
SOMEWHERE = LazyPattern(
    r"\ben\s+(?!el\s+territorio|la\s+república|el\s+país)(?:el|las?|los|l[ií]nea|lugar|lugares|un\w*|establec\w+|escuel\w*|centros?|espacios?|cercan\w+)\b|\bem\s+(?!todo|território)|\bn[oa]s?\s+(?!territ|país)|"
    r"\bne(?:i|gli|lle)\b|\bpresso\b|\bdans\s+(?!le\s+territoire|tout)|\baux\s|\bin\s+der\s+nähe|\bim\s+umkreis|\ban\s+(?:kinder|jugendliche|personen)|"
    r"\bw\s+(?!obrocie|kraju|polsce|rzecz)|\bautomat\w*|\bпо\s+интернет|\bв\s+(?:образовательн|учебн|школ|обществен|торгов|автомат|интернет|мест)|"
    r"несовершеннолетн|неповнолітн|\bdi\s+(?:sekitar|sekolah|dekat|tempat)|\bkepada\s+anak|"
    r"学校|周囲|周辺|付近|以内|未成年|青少年|自動販売|店舗|の者に|청소년|미성년|학교|주변|온라인|자동판매|에게|网络|向未",
    re.IGNORECASE,
)
# A doctor's or a researcher's exception leaves a prohibition outright.
MEDICAL = LazyPattern(
    r",?\s*\b(?:except|unless|other\s+than|without)\b[^.;]{0,80}\b(?:prescri\w+|physician|practitioner|"
    r"research\w*|scientific|law\s+enforcement)\b[^.;]*",
    re.IGNORECASE,
)
OBJECT = LazyPattern(
    r"\b(?:that|which)\s+(?:contains?|include)\s+(?:any\s+(?:quantity|amount)\s+of\s+|any\s+)?$",
    re.IGNORECASE,
)
# The words that may stand between «shall not» and the plant, if nothing narrows the ban.
PLAIN = frozenset(
    """
    a active after alkaloid alkaloids all also amount an analog analogs analogue analogues and
    any anyone anywhere april area areas as attempt attempting august barter bath be been
    beginning being beverage boundaries business but buy buying by called caplet caplets capsule
    capsules chemical chemicals city commerce common commonly commonwealth company composed
    compound compounds concentrate concentrates consisting conspire constituent constituents
    consume consuming consumption containing contains corporate corporation country county
    crushed cultivate cultivated cultivating cultivation date dealer december deliver delivered
    delivering delivery derivative derivatives description designer dietary directly dispense
    dispensing display displayed distribute distributed distributes distributing distribution
    district dried drink drug drugs edible effective either entire entity establishment ester
    esters ether ethers every exchange expose exposed extract extracts farm february firm
    following food for form fresh from furnish furnished gelcap gelcaps give given giving grow
    growing hereafter hereby herein human illegal illicit import importation imported importing
    in include including indirectly individual ingest ingredient ingredients inhale intended
    intent intentionally is isomer isomers it item items itself january july june jurisdiction
    keep knowing knowingly known kratom label leaf leaves limit limited limits liquid located
    made maintain make manufacture manufactured manufacturer manufactures manufacturing march
    market marketed marketing material may mixture more municipality name named names national
    natural naturally neither no not novel november october of offer offered offering offers on
    one or other otherwise own owner ownership parish part partnership parts person persons pill
    pills plant plants possess possessed possesses possessing possession powder powdered
    preparation prepare prepared preparing processor produce produced produces producing product
    production products provide providing psychoactive publicly purchase purchased purchases
    purchasing quantity raw recklessly resale reseller resin retail retailer sale salt salts
    seeds sell seller selling sells september several shall smoke smoking sold species spp state
    stems store street substance substances such supplement supplements supply supplying
    synthetic tablet tablets tea territory that the their them therein this throughout tincture
    tinctures to town trade trademark traffic trafficking transfer transferring transport
    transported transporting type under unincorporated unlawful unlawfully use used using
    vegetation vegetative vendor village where whether which whole wholesale willfully with
    within
    """.split()  # noqa: SIM905
)
