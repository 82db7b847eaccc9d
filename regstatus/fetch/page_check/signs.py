"""Patterns by which a page that is no document gives itself away: walls, notices, shells.

Patterns over markup are in lower case, because `Shape.source` is; words are those of all
languages. A sign alone decides nothing: hosts put the scripts of their bot walls, a search box
with a captcha and a login field on real law pages too. `classify` weighs a sign against the
number of visible words. What a wall means is told in words that fit after "the page is".
"""

from __future__ import annotations

import re
from typing import Final

from regstatus.model.vocabulary import WordPattern

WALL_MARKUP: Final = {
    re.compile(r"_cf_chl_opt|cf-chl-|cf_chl_|id=[\"']challenge-form"): "a Cloudflare challenge",
    re.compile(r"captcha-delivery\.com"): "a DataDome challenge",
    re.compile(r"px-captcha|_pxhd.{0,200}captcha|perimeterx\.[a-z/]+captcha"): (
        "a PerimeterX challenge"
    ),
    re.compile(r"awswafcookiedomainlist|gokuprops"): "an AWS WAF challenge",
    re.compile(r"errors\.edgesuite\.net|sec-if-cpt-container|_sec/cp_challenge"): "an Akamai wall",
    re.compile(r"bm-verify"): "an Akamai challenge",
    re.compile(r"sucuri_cloudproxy|sucuri website firewall"): "a Sucuri wall",
    re.compile(r"anubis_challenge|/\.within\.website/"): "an Anubis challenge",
    re.compile(r"perfdrive\.com|shieldsquare"): "a Radware challenge",
}
"""In the markup of walls, and of nothing else that is short."""

INJECTED: Final = {
    re.compile(r"_incapsula_resource"): "an Imperva Incapsula wall",
    re.compile(r"/tspd/|f5_cspm"): "an F5 challenge",
    re.compile(r"awswafintegration|awswaf\.com/.{0,200}challenge\.js"): "an AWS WAF challenge",
    re.compile(r"/\.well-known/ddos-guard"): "a DDoS-Guard challenge",
    re.compile(r"kpsdk|kp_uidz"): "a Kasada challenge",
}
"""Put into every good page of a guarded host too: signs of a wall only where nothing else is."""

CAPTCHA_BOX: Final = re.compile(
    r"g-recaptcha|h-captcha|hcaptcha\.com|cf-turnstile|recaptcha/api|friendlycaptcha|mtcaptcha"
)
"""Feedback forms carry one too."""

WALL_WORDS: Final = {
    WordPattern("{wall.challenge}"): "a challenge",
    WordPattern("{wall.cloudflare}"): "a Cloudflare wall",
    WordPattern("{wall.imperva}"): "an Imperva wall",
    WordPattern("{wall.akamai}"): "an Akamai wall",
    WordPattern("{wall.f5}"): "an F5 wall",
    WordPattern("{wall.captcha}"): "a captcha",
    WordPattern("{wall.bots}"): "a wall against bots",
    WordPattern("{wall.denied}"): "a wall",
}
"""In the visible words of walls."""

LOGIN_NAMES: Final = WordPattern("{page.login}")

MAINTENANCE: Final = WordPattern("{page.maintenance}")
"""Titles and headings of maintenance pages."""

NOT_FOUND: Final = WordPattern("{page.not_found}")
"""Titles and headings of not-found pages."""

MISSING: Final = WordPattern("{page.missing}")
"""What an API says where it knows no such document."""

SERVER_FAULT: Final = WordPattern("{page.server_fault}")
"""Titles and headings of error pages sent as a success."""

CITATION: Final = WordPattern(r"§|{page.cites}\.?\s*[\divxl]|^\d+[a-z]?[-.:‑–]\s?\w")
"""A heading that cites a law is no notice: "§ 31. Where a record cannot be found"."""

SECTION_MISSING: Final = WordPattern("{page.section_missing}")
"""The exception to that."""

WAITING: Final = WordPattern("{page.waiting}")
"""What a shell says until its script has run."""

NEEDS_SCRIPT: Final = WordPattern("{page.needs_script}")
"""What a shell says to a reader whose script never runs."""
