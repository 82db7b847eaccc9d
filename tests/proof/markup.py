"""Places of a page that a reader of passages passes over, where the list's new entry stands."""

from __future__ import annotations

from tests.proof.case import Case, cases
from tests.proof.laws import schedule

N = "Mitragyna speciosa (kratom), leaf and all parts"
_ROW = f"(39) {N};"

IN_THE_LIST = {
    # Folded.
    "accordion button": f"<h4><button type='button' aria-expanded='false'>{_ROW}</button></h4>",
    "collapsed accordion panel": f"<div class='accordion-panel collapse' hidden>{_ROW}</div>",
    "details": f"<details><summary>More substances</summary><p>{_ROW}</p></details>",
    "summary of details": f"<details><summary>{_ROW}</summary><p>See above.</p></details>",
    "tab panel that is not shown": f"<div role='tabpanel' class='tab-pane' hidden>{_ROW}</div>",
    "tab": f"<ul role='tablist'><li role='tab'>{_ROW}</li></ul>",
    "dialog": f"<dialog><p>{_ROW}</p></dialog>",
    "modal": f"<div class='modal' aria-hidden='true'><p>{_ROW}</p></div>",
    "read-more part": f"<span class='read-more-target' style='display:none'>{_ROW}</span>",
    "popover": f"<div popover id='p'>{_ROW}</div>",
    "tooltip": f"<span role='tooltip'>{_ROW}</span>",
    # Hidden by style.
    "display none": f"<p style='display:none'>{_ROW}</p>",
    "display none in capitals": f"<P STYLE='DISPLAY : NONE'>{_ROW}</P>",
    "visibility hidden": f"<p style='visibility:hidden'>{_ROW}</p>",
    "hidden attribute": f"<p hidden>{_ROW}</p>",
    "hidden until found": f"<p hidden='until-found'>{_ROW}</p>",
    "aria-hidden": f"<p aria-hidden='true'>{_ROW}</p>",
    "off the screen": f"<p style='position:absolute;left:-9999px'>{_ROW}</p>",
    "of no size": f"<p style='font-size:0'>{_ROW}</p>",
    "white on white": f"<p style='color:#fff;background:#fff'>{_ROW}</p>",
    "class for screen readers": f"<p class='sr-only'>{_ROW}</p>",
    "class visually-hidden": f"<p class='visually-hidden'>{_ROW}</p>",
    "class for print": f"<p class='print-only'>{_ROW}</p>",
    "class hidden": f"<p class='hidden'>{_ROW}</p>",
    "class d-none": f"<p class='d-none'>{_ROW}</p>",
    "inert": f"<div inert><p>{_ROW}</p></div>",
    # Left aside.
    "aside": f"<aside><p>{_ROW}</p></aside>",
    "navigation": f"<nav><a href='#39'>{_ROW}</a></nav>",
    "footer inside the list": f"<footer>{_ROW}</footer>",
    "header inside the list": f"<header>{_ROW}</header>",
    "figure caption": f"<figure><img src='t.png' alt=''><figcaption>{_ROW}</figcaption></figure>",
    "caption of a table": f"<table><caption>{_ROW}</caption><tr><td>see above</td></tr></table>",
    "foot of a table": f"<table><tfoot><tr><td>{_ROW}</td></tr></tfoot></table>",
    "footnote": f"<aside role='doc-footnote' class='footnote'>{_ROW}</aside>",
    "small print": f"<small>{_ROW}</small>",
    "side bar": f"<div class='sidebar'>{_ROW}</div>",
    "breadcrumb": f"<ol class='breadcrumb'><li>{_ROW}</li></ol>",
    "banner": f"<div role='banner'>{_ROW}</div>",
    "search role": f"<div role='search'>{_ROW}</div>",
    "inserted text": f"<ins><p>{_ROW}</p></ins>",
    "struck text that is in force": f"<p><s>{_ROW}</s> (as amended 2026: retained)</p>",
    # Not text at all.
    "comment": f"<!-- <li>{_ROW}</li> -->",
    "conditional comment": f"<!--[if lt IE 9]><p>{_ROW}</p><![endif]-->",
    "CDATA": f"<![CDATA[{_ROW}]]>",
    "noscript": f"<noscript><p>{_ROW}</p></noscript>",
    "template": f"<template><li>{_ROW}</li></template>",
    "script that writes": f"<script>document.write('<li>{_ROW}</li>')</script>",
    "script with data": f"<script>var rows = [{{'n': 39, 'name': '{N}'}}];</script>",
    "JSON in a script": f'<script type="application/json">{{"rows": ["{N}"]}}</script>',
    "JSON-LD": f'<script type="application/ld+json">{{"@type": "Legislation", "text": "{N}"}}</script>',
    "escaped letters in a script": "<script>var t = '\\u006b\\u0072\\u0061\\u0074\\u006f\\u006d';</script>",
    "template in a script": f"<script type='text/x-template'><li>{_ROW}</li></script>",
    "CSS content": f"<style>.e39::after {{ content: '{N}' }}</style><p class='e39'></p>",
    "frame's document": f"<iframe srcdoc='<p>{_ROW}</p>'></iframe>",
    "fallback of a frame": f"<iframe src='/x'>{_ROW}</iframe>",
    "fallback of an object": f"<object data='list.pdf'>{_ROW}</object>",
    "fallback of a video": f"<video src='v.mp4'>{_ROW}</video>",
    "fallback of a canvas": f"<canvas>{_ROW}</canvas>",
    # Attributes.
    "alternative text": f"<img src='row39.png' alt='{_ROW}'>",
    "title attribute": f"<li title='{N}'>(39) see note</li>",
    "aria-label": f"<li aria-label='{N}'>(39)</li>",
    "aria-description": f"<li aria-description='{N}'>(39) another substance</li>",
    "data attribute": f"<li data-name='{N}'></li>",
    "data-content": f"<span data-content='{_ROW}'></span>",
    "placeholder": f"<input placeholder='{N}'>",
    "value of a field": f"<input type='text' readonly value='{_ROW}'>",
    "hidden field": f"<input type='hidden' name='row39' value='{N}'>",
    "text area": f"<textarea readonly>{_ROW}</textarea>",
    "options": f"<select><option>Heroin</option><option>{N}</option></select>",
    "label of options": f"<select><optgroup label='{N}'><option>39</option></optgroup></select>",
    "data list": f"<datalist><option value='{N}'></datalist>",
    "output": f"<output>{_ROW}</output>",
    "button": f"<button>{_ROW}</button>",
    "label": f"<form><label>{_ROW}</label></form>",
    "legend": f"<fieldset><legend>{_ROW}</legend></fieldset>",
    "address of a link": "<a href='/substances/mitragyna-speciosa-kratom'>(39)</a>",
    "summary of a table": f"<table summary='{N}'><tr><td>39</td></tr></table>",
    "name of a picture": "<img src='/rows/39-kratom.png'>",
    "area of a map": f"<map name='m'><area alt='{N}' href='#'></map>",
    # Other languages of markup.
    "SVG text": f"<svg width='400' height='20'><text x='0' y='15'>{_ROW}</text></svg>",
    "SVG title": f"<svg><title>{N}</title><path d='M0 0'/></svg>",
    "SVG foreign object": f"<svg><foreignObject><p>{_ROW}</p></foreignObject></svg>",
    "MathML text": f"<math><mtext>{_ROW}</mtext></math>",
    "custom element": f"<list-entry-x>{_ROW}</list-entry-x>",
    "slot of a shadow root": f"<div><template shadowrootmode='open'><p>{_ROW}</p></template></div>",
    "attribute of a custom element": f"<drug-row text='{N}'></drug-row>",
    "plain element of long ago": f"<xmp>{_ROW}</xmp>",
    "marquee": f"<marquee>{_ROW}</marquee>",
    "noframes": f"<noframes>{_ROW}</noframes>",
    "keyboard input": f"<kbd>{_ROW}</kbd>",
    "pre-formatted": f"<pre>{_ROW}</pre>",
    "list of definitions without a term": f"<dl><dd>{_ROW}</dd></dl>",
}  # fmt: skip
IN_THE_HEAD = {
    "description": f"<meta name='description' content='Schedule I, now with {N}'>",
    "keywords": "<meta name='keywords' content='heroin, kratom, mitragynine'>",
    "title of the page": "<title>Schedule I (with kratom)</title>",
    "Open Graph": f"<meta property='og:description' content='{N}'>",
    "Dublin Core": "<meta name='DC.subject' content='Mitragyna speciosa'>",
    "script of the head": f"<script>window.__DATA__ = {{rows: ['{N}']}}</script>",
}


def _all() -> tuple[Case, ...]:
    rows = []
    for number, (name, piece) in enumerate(IN_THE_LIST.items()):
        law = schedule("en", ("p", "li", "table", "dl")[number % 4])
        end = "<p>The board shall publish"
        rows.append((name, law, law.with_((end, f"{piece}\n{end}"))))
    for name, piece in IN_THE_HEAD.items():
        law = schedule("en", "p")
        rows.append((f"head: {name}", law, law.with_(("</head>", f"{piece}</head>"))))
    # Behind the main part, where the site's own parts stand.
    outside = {
        "after the main part": f"<div class='more'><p>{_ROW}</p></div>",
        "beside the main part": f"<div class='panel panel-default'><h5>{_ROW}</h5></div>",
        "after the end of the page": f"<!-- {N} -->",
    }
    for name, piece in outside.items():
        law = schedule("en", "p")
        rows.append((f"outside: {name}", law, law.with_(("</main>", f"</main>{piece}"))))
    return cases("markup", rows, stricter=True)


CASES = _all()
