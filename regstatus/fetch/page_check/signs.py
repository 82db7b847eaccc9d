"""Patterns by which a page that is no document gives itself away: walls, notices, shells.

Each sign is a pattern and a sentence. Patterns over markup are in lower case,
because `Shape.source` is. A sign alone decides nothing: hosts put the scripts
of their bot walls, a search box with a captcha and a login field on real law
pages too. `classify` weighs a sign against the number of visible words.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple


class Sign(NamedTuple):
    """A pattern, and what it means in words that fit after "the page is"."""

    pattern: re.Pattern[str]
    means: str


def _sign(pattern: str, means: str) -> Sign:
    return Sign(re.compile(pattern), means)


def _any(*alternatives: str) -> re.Pattern[str]:
    return re.compile("|".join(alternatives))


WALL_MARKUP: Final = (
    _sign(r"_cf_chl_opt|cf-chl-|cf_chl_|id=[\"']challenge-form", "a Cloudflare challenge"),
    _sign(r"captcha-delivery\.com", "a DataDome challenge"),
    _sign(r"px-captcha|_pxhd.{0,200}captcha|perimeterx\.[a-z/]+captcha", "a PerimeterX challenge"),
    _sign(r"awswafcookiedomainlist|gokuprops", "an AWS WAF challenge"),
    _sign(r"errors\.edgesuite\.net|sec-if-cpt-container|_sec/cp_challenge", "an Akamai wall"),
    _sign(r"bm-verify", "an Akamai challenge"),
    _sign(r"sucuri_cloudproxy|sucuri website firewall", "a Sucuri wall"),
    _sign(r"anubis_challenge|/\.within\.website/", "an Anubis challenge"),
    _sign(r"perfdrive\.com|shieldsquare", "a Radware challenge"),
)
"""In the markup of walls, and of nothing else that is short."""

INJECTED: Final = (
    _sign(r"_incapsula_resource", "an Imperva Incapsula wall"),
    _sign(r"/tspd/|f5_cspm", "an F5 challenge"),
    _sign(r"awswafintegration|awswaf\.com/.{0,200}challenge\.js", "an AWS WAF challenge"),
    _sign(r"/\.well-known/ddos-guard", "a DDoS-Guard challenge"),
    _sign(r"kpsdk|kp_uidz", "a Kasada challenge"),
)
"""Put into every good page of a guarded host too: signs of a wall only where nothing else is."""

CAPTCHA_BOX: Final = _sign(
    r"g-recaptcha|h-captcha|hcaptcha\.com|cf-turnstile|recaptcha/api|friendlycaptcha|mtcaptcha",
    "a captcha",
)
"""Feedback forms carry one too."""

WALL_WORDS: Final = (
    _sign(r"^just a moment\b|^один момент|^einen moment|^un momento|^un instant", "a challenge"),
    _sign(r"attention required!|sorry, you have been blocked", "a Cloudflare wall"),
    _sign(r"error code:? 10\d\d\b", "a Cloudflare wall"),
    _sign(r"\bincapsula incident id\b|^pardon our interruption", "an Imperva wall"),
    _sign(r"access denied.{0,400}\breference\s*#", "an Akamai wall"),
    _sign(r"^access (?:is |was )?denied\b", "a wall"),
    _sign(r"requested url was rejected|\bsupport id is\b", "an F5 wall"),
    _sign(r"(?:verify|verifying|confirm|prove)(?: that)? you(?:'re| are) ?a? human", "a captcha"),
    _sign(r"(?:verify|confirm|prove)(?: that)? you(?:'re| are) not a", "a captcha"),
    _sign(r"(?:are you|i'm not|i am not|you are not|not) a (?:ro)?bot\b", "a captcha"),
    _sign(r"unusual (?:traffic|activity|number of requests)", "a wall against bots"),
    _sign(
        r"automated (?:access|requests|queries|traffic).{0,60}(?:blocked|denied|detected)", "a wall"
    ),
    _sign(r"checking (?:if the site connection is secure|your browser)", "a challenge"),
    _sign(
        r"(?:complete|solve|enter|type) the (?:captcha|characters|security check|code shown)",
        "a captcha",
    ),
    _sign(r"your ip(?: address)? (?:has been|was|is) (?:\w+ )?(?:blocked|banned)", "a wall"),
    _sign(r"your (?:access|request) (?:has been|was|is) (?:blocked|denied|rejected)", "a wall"),
    _sign(r"web page blocked|blocked by (?:the )?(?:network|security|administrator|our)", "a wall"),
    _sign(r"press (?:&|and) hold", "a captcha"),
    _sign(r"no soy un robot|não sou um robô|ich bin kein roboter", "a captcha"),
    _sign(r"je ne suis pas un robot|non sono un robot|nie jestem robotem", "a captcha"),
    _sign(r"nejsem robot|я не робот|私はロボットではありません|로봇이 아닙니다", "a captcha"),
    _sign(r"jag är inte en robot|en ole robotti|ik ben geen robot", "a captcha"),
    _sign(r"проверка (?:вашего )?браузера|安全验证|人机验证|验证码|보안문자", "a challenge"),
    _sign(r"accès refusé|zugriff verweigert|acceso denegado", "a wall"),
    _sign(r"acesso negado|accesso negato|доступ запрещ[её]н", "a wall"),
)
"""In the visible words of walls, in lower case."""

LOGIN_NAMES: Final = _any(
    r"\b(?:log ?-?in|sign ?-?in|authentication required|anmelden|anmeldung|iniciar sesión)\b",
    r"\b(?:se connecter|connexion|accedi|logowanie|přihlášení|logga in|logg inn|log ind)\b",
    r"\b(?:kirjaudu|inloggen|вход)\b",
)

MAINTENANCE: Final = _any(
    r"\b(?:under|down for|undergoing|closed for|offline for)\b.{0,30}\bmaintenance\b",
    r"^(?:scheduled |planned |routine |emergency |urgent )?"
    r"(?:system |server |web ?site |web site |site |service |application |portal )?"
    r"maintenance(?: mode| page| notice| in progress| break| window| alert)?\W*$",
    r"\b(?:web ?site|scheduled|planned) maintenance\b",
    r"\b(?:site|service|page|system|server|portal|application|resource|we)\b.{0,40}"
    r"\b(?:temporarily|currently|momentarily) (?:unavailable|down|offline|out of service|closed)\b",
    r"^(?:temporarily|currently) (?:unavailable|offline|down)\b",
    r"wartungsarbeiten|wegen wartung|im wartungsmodus|^wartung\b",
    r"vorübergehend nicht (?:verfügbar|erreichbar)",
    r"(?:site|page) en (?:cours de )?maintenance|maintenance en cours",
    r"(?:momentanément|temporairement) indisponible",
    r"\b(?:sitio|p[áa]gina|portal|sistema)\b.{0,30}en mantenimiento|mantenimiento programado",
    r"temporalmente (?:fuera de servicio|no disponible)",
    r"\b(?:site|p[áa]gina|portal|sistema)\b.{0,30}em manutenção|temporariamente indisponível",
    r"\b(?:sito|pagina|portale)\b.{0,30}in manutenzione|temporaneamente non disponibile",
    r"\b(?:web)?(?:site|pagina)\b.{0,30}in onderhoud\b|onderhoudswerkzaamheden",
    r"tijdelijk niet (?:beschikbaar|bereikbaar)",
    r"underhållsarbete|pågående underhåll|tillfälligt (?:stängd|otillgänglig)|driftstopp",
    r"midlertidigt? (?:utilgjengelig|utilgængelig|ude af drift)|vedlikehold pågår",
    r"vedligeholdelse af siden|huoltokatko|huoltotauko|tilapäisesti poissa käytöstä",
    r"hooldustöö|ajutiselt (?:kättesaamatu|suletud)",
    r"probíhá údržba|údržba (?:systému|stránek|webu)|odstávka|dočasn[ěe] nedostupn",
    r"przerwa techniczna|prace (?:konserwacyjne|serwisowe|techniczne)|tymczasowo niedostępn",
    r"karbantartás (?:alatt|miatt)|átmenetileg nem elérhető|mentenanță|temporar indisponibil",
    r"технически[ех] работ|технічні роботи|временно недоступ|тимчасово недоступ",
    r"ปิดปรับปรุง|メンテナンス中|系统维护|系統維護|网站维护|시스템 점검|bảo trì",
    r"sedang dalam pemeliharaan",
)
"""Titles and headings of maintenance pages, in lower case."""

_THING = (
    r"\b(?:page|document|file|resource|content|url|address|site|record|section|statute|bill)s?\b"
)
_NOT = (
    r"\b(?:(?:was|were|is|are|be|could|can|does|do|has) ?(?:not|n't)|cannot|can't|couldn't"
    r"|wasn't|isn't|doesn't|not|no longer)\b"
)

NOT_FOUND: Final = _any(
    r"^(?:http |status |error |fehler |erreur |code |\W)*404\W*(?:error|page|file|not found|\||$)",
    r"\b404 (?:error|not found)\b|\berror 404\b|\b404\W{1,3}(?:page|file|document)\b",
    r"^(?:\w+ )?not found(?:$| ?[-|–:!.])|\W not found$",
    _THING + r".{0,80}" + _NOT + r".{0,15}\b(?:found|exist|exists|located)\b",
    r"\b(?:page|content|document|link)\b.{0,30}\bno longer available\b",
    r"seite (?:wurde )?nicht gefunden|^nicht gefunden|dokument (?:wurde )?nicht gefunden",
    r"página no (?:encontrada|existe)|no se (?:ha encontrado|encontró|encuentra) la página",
    r"página não (?:encontrada|existe)|pagina non trovata|pagina inesistente",
    r"page (?:introuvable|non trouvée|inexistante)|page .{0,30}n'existe (?:pas|plus)",
    r"pagina (?:niet gevonden|bestaat niet|nu a fost găsită|nu există)",
    r"sidan (?:hittades inte|kunde inte hittas|finns inte|du söker)",
    r"sivua ei löy(?:dy|tynyt)",
    r"siden (?:blev ikke fundet|ble ikke funnet|findes ikke|finnes ikke|kunne ikke findes)",
    r"stránka (?:nenalezena|nebyla nalezena|neexistuje|nebola nájdená|sa nenašla)",
    r"nie (?:została )?znalezion[oay]|strona nie istnieje|oldal nem található",
    r"lapa nav atrasta|lehte ei leitud|puslapis nerastas",
    r"stranica nije pronađena|stran ne obstaja",
    r"страниц[аы] не (?:найдена|существует)|сторінк[ау] не знайдено|страницата не е намерена",
    r"η σελίδα δεν βρέθηκε|sayfa bulunamadı|halaman tidak ditemukan|không tìm thấy trang",
    r"ไม่พบหน้า|ページが見つかりません|페이지를 찾을 수 없습니다",
    r"(?:页面|網頁|网页)(?:不存在|未找到)|找不到(?:页面|頁面)",
)
"""Titles and headings of not-found pages, in lower case."""

SERVER_FAULT: Final = _any(
    r"\b(?:error|status|http) 50\d\b|internal server error|^server error\b|service unavailable|bad gateway",
    r"gateway time-?out|^runtime error|^application error|server error in '/",
    r"error establishing a database connection|^an (?:unexpected )?error (?:has )?occurred",
)
"""Titles and headings of error pages sent as a success."""

CITATION: Final = _any(
    r"§",
    r"\b(?:sec(?:tion)?|art(?:icle|ikel|ículo)?|rule|chapter|ch|title|part|paragraf|reg)\b\.?\s*"
    r"[\divxl]",
    r"^\d+[a-z]?[-.:‑–]\s?\w",
)
"""A heading that cites a law is no notice: "§ 31. Where a record cannot be found"."""

SECTION_MISSING: Final = _any(
    r"^(?:§|sec(?:tion)?|article|chapter|rule)\.?\s*[\w.:‑–-]+ "
    r"(?:was |is |could )?not (?:be )?found\W*$",
)
"""The exception to that."""

WAITING: Final = _any(
    r"\b(?:loading|please wait|one moment)\b|wird geladen|chargement|cargando|загрузка",
)
"""What a shell says until its script has run."""

NEEDS_SCRIPT: Final = _any(
    r"(?:enable|requires?|activate|turn on|without|needs?) (?:your )?javascript",
    r"javascript (?:is |must be )?(?:required|disabled|enabled|not enabled|nicht aktiviert)",
    r"activar javascript|javascript aktivieren|activer javascript",
)
"""What a shell says to a reader whose script never runs."""
