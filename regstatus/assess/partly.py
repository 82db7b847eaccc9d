"""Partly: words of other languages by which a ban is none, or reaches only some sales.

English has its own, finer words in `banwords`. Here a ban is given up for any word that may
narrow it: to those without a licence, to schools, to machines, to food, above an amount. What
is missed so is told as a changed text; a ban that is none would alarm people for nothing.
"""

from __future__ import annotations

import re

from regstatus.assess.prefilter import LazyPattern

__all__ = ["NOT_FORBIDDEN", "PARTLY"]

NOT_FORBIDDEN = LazyPattern(
    r"\bnicht\s+(?:verboten|untersagt)|\bnení\s+zak[aá]z|\bnejsou\s+zak[aá]z|\bnie\s+(?:je|sú)\s+zak[aá]z|"
    r"\bnie\s+zabrania|\bnezakazuj\w+|\binte\s+förbjud|\bikke\s+forbudt|\bekki\s+b[aö]nn|\bei\s+ole\s+(?:kielletty|keelatud)|"
    r"\bnav\s+aizlieg|\bnedraudž|\b(?:ne)?draudžiama\s+nėra|\bniet\s+verboden|\bpas\s+interdit|"
    r"\bnon\s+(?:è|sono)\s+(?:vietat|proibit)|\bno\s+(?:se\s+proh[ií]b|está\w?\s+prohibid|qued\w+\s+prohibid)|"
    r"\bnão\s+(?:é|são|fica\w*)\s+proibid|\bnu\s+(?:se|este|sunt)\s+interzi|\bnem\s+tilos|\byasak\s+değil|"
    r"\bне\s+(?:се\s+)?(?:запрещ|заборон|забран)|\bni(?:so)?\s+prepovedan|\bni(?:je|su)\s+zabranjen|"
    r"\bни(?:је|су)\s+забрањен|\bδεν\s+απαγορ|(?:มิได้|ไม่ได้|ไม่)ห้าม|\btidak\s+(?:lagi\s+)?dilarang|"
    r"\bkhông\s+(?:bị\s+)?cấm|禁止(?:しない|されない|していない|されていない)|금지(?:하지|되지)|[不未](?:被|予|得)?禁止",
    re.IGNORECASE,
)
_UNLICENSED = (
    r"\bbez\s+(?:povolen|zezwole|licenc|atļauj|odobrenj|dozvol|soglasj)\w*|\butan\s+tillstånd|\buden\s+tilladelse|"
    r"\buten\s+(?:tillatelse|løyve)|\bán\s+leyfis|\bilman\s+\w*lupaa|\bilma\s+\w*loata|\bbe\s+(?:leidimo|licencijos)|"
    r"\bzonder\s+(?:vergunning|ontheffing|toestemming)|\bsenza\s+(?:\w+\s+)?(?:autorizzazione|licenza)|"
    r"\bsem\s+(?:autorização|licença)|\bsin\s+(?:la\s+)?(?:autorización|licencia|permiso)|"
    r"\bfără\s+(?:autoriza|licen)\w+|\bengedély\s+nélkül|\bizinsiz|\bruhsatsız|"
    r"\bбез\s+(?:лиценз|разрешен|дозвол|ліценз)\w*|\bbrez\s+dovoljenj\w*|\bχωρίς\s+άδεια|"
    r"\btanpa\s+(?:lesen|izin|permit)|\bkhông\s+có\s+giấy\s+phép|\bchưa\s+được\s+(?:phép|cấp)|"
    r"許可を受け(?:ない|ず)|許可なく|허가\s*없이|허가를\s*받지|未[經经]\w{0,4}(?:許可|许可|批准|核准)|โดยไม่(?:ได้รับ|มี)"
)
_WHERE = (
    r"\b(?:koulu|kool(?!it)|mokykl|skól|iskol|okul|okul|[šs]kol|šol|[șş]col|школ|училищ|σχολε)\w*|"
    r"\bscho(?:len|ol)\b|\bskoler?\b|\bзаклад\w*\s+освіти|\bsekolah|trường\s+học|(?:ใน)?สถานศึกษา|"
    r"\binternet\w*|\bинтернет\w*|\bінтернет\w*|\bδιαδικτ\w+|\b(?:otomat|avtomat)\w*|\bавтомат\w*|\btrực\s+tuyến|"
    r"\b(?:közterület|közintézmény|avalik|sabiedrisk|javn[io])\w*|\bviešos\w*|\bδημόσι\w+|"
    r"學校|學園|網路|網際|販賣機|自動販売|"
    r"\bîn\s+(?:locuri|incinta|spații)|\bобществени\s+места"
)
_FOOD = (
    r"\b(?:potravin|lebensmittel|żywnoś|spożywcz|livsmedel|fødevare|næringsmid|matvæl|elintarvik|toidu|pārtik|maist|"
    r"voedingsmiddel|aliment|élelmiszer|gıda|пищев|харчов|živil|τρόφιμ)\w*|อาหาร|\bmakanan|\bpangan|"
    r"\bthực\s+phẩm|食品|식품|\bхран(?:а|и|ите|ителн\w*)\b"
)
_AMOUNT = r"\d\s*(?:%|mg\b|мг\b|g\b|г\b|kg\b)"
PARTLY = LazyPattern(f"{_UNLICENSED}|{_WHERE}|{_FOOD}|{_AMOUNT}", re.IGNORECASE)
