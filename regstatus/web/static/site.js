// Search by name, and the map by day and substance. All is readable without this file.
"use strict";
const $ = (id) => document.getElementById(id);
const MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August",
  "September", "October", "November", "December"];
const words = (status, probably) => (probably ? `${status}, probably ${probably}` : status).replaceAll("_", " ");
const tell = (day) => {
  const [year, month, date] = day.split("-").map(Number);
  return `${date} ${MONTHS[month - 1]} ${year}`;
};
const isDay = (text) => /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text))
  && new Date(text).toISOString().startsWith(text);
const made = (tag, properties, ...inside) => {
  const found = Object.assign(document.createElement(tag), properties);
  found.append(...inside);
  return found;
};
const json = async (url) => {
  const reply = await fetch(url);
  if (!reply.ok) throw new Error(`${url}: ${reply.status}`);
  return reply.json();
};

// What the address asks, by `?` or `#`. What the service would refuse is refused here, in words.
function addressed(choices) {
  const asked = new URLSearchParams(location.search);
  for (const [key, value] of new URLSearchParams(location.hash.slice(1))) asked.set(key, value);
  const [on, word] = [asked.get("on"), asked.get("substance")];
  const called = word?.toLowerCase().trim().split(/\s+/).join(" ");
  const substance = choices.find(({ dataset }) => dataset.called.split("|").includes(called))?.value;
  const wrong = [
    on !== null && !isDay(on) && `“${on}” is not a day; write it as 2026-11-22`,
    word !== null && !substance && `“${word}” is not a substance that is tracked`,
  ].filter(Boolean).join("; ");
  return { on, substance, wrong, known: asked.get("as_known_on"), any: on !== null || word !== null };
}
const hashOf = (asked) => (`${new URLSearchParams(asked)}` ? `#${new URLSearchParams(asked)}` : "");

// Names ------------------------------------------------------------------
// What a text means is decided as `regstatus.registry` decides it; a test holds the two together.
const LETTERS = { ø: "o", đ: "d", ð: "d", ł: "l", ħ: "h", ı: "i", æ: "ae", œ: "oe", þ: "th", ə: "e",
  ʻ: "", ʼ: "", ʿ: "", ʾ: "", ς: "σ" };
const DROPPED = new Set(["the", "of", "and"]);
const SHORTENED = new Map([["st", "saint"], ["mt", "mount"], ["ft", "fort"]]);
const wordsOf = (text) => text.normalize("NFKD").toUpperCase().toLowerCase()
  .replace(/[^\x00-\x7f]/gu, (char) => LETTERS[char] ?? char).replace(/\p{M}/gu, "")
  .split(/[^\p{L}\p{N}]+/u).filter(Boolean);
const plain = (text) => wordsOf(text).join(" ").normalize("NFC");
const nameKey = (text) => {
  const all = wordsOf(text);
  const kept = all.map((word, at) => (at < all.length - 1 && SHORTENED.get(word)) || word)
    .filter((word) => !DROPPED.has(word));
  return (kept.length ? kept : all).join("").normalize("NFC");
};

function directory({ sure, places, codes, short }) {
  const items = places.map(([id, name, level, ...aliases]) => (
    { id, name, level, spelt: [name, ...aliases].map((text) => ({ text, plain: plain(text) })) }));
  const byId = new Map(items.map((item) => [item.id, item]));
  const byName = new Map();
  for (const { id, spelt } of items) {
    const local = id.includes("/") ? [spelt[0].text.split(" (")[0]] : [];
    for (const key of new Set([...spelt.map(({ text }) => text), ...local].map(nameKey))) {
      byName.set(key, [...byName.get(key) ?? [], id]);
    }
  }
  byName.delete("");
  const byCode = new Map(Object.entries(codes));
  for (const { id } of items) {
    const key = nameKey(id);
    if (!id.includes("/") || !byName.has(key)) byCode.set(key, id);
  }
  // Every place that a text may mean, the likeliest first: a code, then a name, then an abbreviation.
  const readings = (typed) => {
    const text = typed.trim();
    if (/^\d+$/.test(text) && byCode.has(text)) return [byCode.get(text)];
    const key = nameKey(text);
    // `ČR` is short for Česká republika; its key is the code of Costa Rica.
    const isCode = !/^\d*$/.test(key) && !/(?![\x00-\x7f])[\p{L}\p{M}\p{N}]/u.test(text);
    const found = [isCode && byCode.get(key), ...byName.get(key) ?? [], Object.hasOwn(short, key) && short[key]];
    return [...new Set(found.filter(Boolean))];
  };
  // What a misspelt name is most like; the measure is that of the service.
  const alike = (typed) => {
    const key = nameKey(typed);
    if (key.length < 3) return [];
    const near = [...byName.keys()].map((name) => [likeness(name, key), name])
      .filter(([measure]) => measure >= 0.72).sort(([a], [b]) => b - a).slice(0, 6);
    const held = [...byName.keys()].filter((name) => name.length > 4 && key.includes(name));
    return [...new Set([...near.map(([, name]) => name), ...held].flatMap((name) => byName.get(name)))].slice(0, 3);
  };
  return { items, byId, readings, alike, alone: new Set(sure) };
}

// Letters that two words share in the same order, found by their longest common pieces.
const shared = (a, b) => {
  let [size, endA, endB] = [0, 0, 0];
  let runs = [];
  for (let i = 0; i < a.length; i += 1) {
    const next = [];
    for (let j = 0; j < b.length; j += 1) {
      if (a[i] !== b[j]) continue;
      next[j] = (runs[j - 1] ?? 0) + 1;
      if (next[j] > size) [size, endA, endB] = [next[j], i + 1, j + 1];
    }
    runs = next;
  }
  return size && size + shared(a.slice(0, endA - size), b.slice(0, endB - size))
    + shared(a.slice(endA), b.slice(endB));
};
const likeness = (a, b) => {
  const sum = a.length + b.length;
  return 2 * Math.min(a.length, b.length) < 0.72 * sum ? 0 : 2 * shared(a, b) / sum;
};

// Search -----------------------------------------------------------------
function search() {
  const input = $("q");
  const list = $("found");
  const count = $("found-count");
  if (!input) return;
  // Whoever looks at a day on the map is led to the law of that day.
  const day = () => ($("atlas") && addressed([]).any ? location.hash : "");
  const address = (id) => `${input.dataset.place}${id.split("/").map(encodeURIComponent).join("/")}.html${day()}`;
  let asked = null;

  const names = () => {
    asked ??= json(input.dataset.names).then(directory).catch(() => { asked = null; return null; });
    return asked;
  };
  const kind = ({ id, name, level }, byId) => {
    const within = byId.get(id.includes("/") ? id.slice(0, id.lastIndexOf("/")) : id.split("-")[0])?.name;
    return within && within !== name ? within : level;
  };
  const rank = (words, key) => {
    if (words === key) return 1;
    if (words.startsWith(key)) return 2;
    if (` ${words}`.includes(` ${key}`)) return 3;
    return key.length > 2 && words.includes(key) ? 4 : 9;
  };
  const fitting = (key, items) => (key ? items : []).flatMap((item) => {
    const ranks = item.spelt.map((spelling) => rank(spelling.plain, key));
    const best = Math.min(...ranks);
    return best < 9 ? [{ item, best, by: item.spelt[ranks.indexOf(best)].text }] : [];
  }).sort((a, b) => a.best - b.best || a.item.id.split(/[/-]/).length - b.item.id.split(/[/-]/).length
    || a.item.name.localeCompare(b.item.name));

  // The places that the words mean, and those that they may have been meant for.
  const look = async () => {
    const known = await names();
    const text = input.value.trim();
    if (!known || !text) {
      list.hidden = true;
      count.textContent = "";
      return null;
    }
    const { items, byId } = known;
    const sure = known.readings(text);
    let near = fitting(plain(text), items);
    // “San Diego, CA”: what stands in front of the comma is shown.
    if (!sure.length && !near.length) near = fitting(plain(text.split(/[,;(]/)[0]), items);
    const spelt = new Map(near.map(({ item, by }) => [item.id, by]));
    const guessed = sure.length || near.length > 2 ? [] : known.alike(text);
    const hits = [...new Set([...sure, ...near.map(({ item }) => item.id), ...guessed])].slice(0, 8);
    list.replaceChildren(...hits.map((id) => {
      const item = byId.get(id);
      const by = spelt.get(id) ?? item.name;
      const said = by === item.name ? kind(item, byId) : `${by} · ${kind(item, byId)}`;
      const small = made("span", { className: "small soft", textContent: said });
      return made("li", {}, made("a", { href: address(id) }, item.name, small));
    }));
    if (!sure.length) {
      const words = `“${text}” among all counties, towns and ZIP codes`;
      list.append(made("li", {}, made("a", { href: question(text) }, words)));
    }
    list.hidden = false;
    count.textContent = sure.length || near.length ? `${hits.length} found`
      : `No place by that name.${hits.length ? " Perhaps:" : ""}`;
    const begun = near.filter(({ item }) => plain(item.name).startsWith(`${plain(text)} `));
    return { sure, hits, alone: known.alone, only: near.length === 1 && begun[0]?.item.id };
  };
  const step = (event) => {
    const links = [input, ...list.querySelectorAll("a")];
    const at = links.indexOf(document.activeElement);
    const move = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (move && at >= 0 && links[at + move]) {
      event.preventDefault();
      links[at + move].focus();
    }
  };
  const question = (text) => `${input.form.getAttribute("action")}?q=${encodeURIComponent(text)}`;
  // Several words may be a place and what it lies in, which the service reads.
  const ask = async (text) => {
    const reply = await fetch(question(text)).catch(() => null);
    if (reply?.status === 400) return reply.url; // it asks back
    // A published tree cannot be asked; what its host may send instead is no answer.
    return reply?.ok && reply.redirected && reply.url.endsWith(".html") ? reply.url : null;
  };
  input.addEventListener("focus", names, { once: true });
  input.addEventListener("input", look);
  input.form.addEventListener("keydown", step);
  input.form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const text = input.value.trim();
    const looked = await look();
    if (!looked) return text && input.form.submit(); // no list came: the service alone can tell
    const { sure, hits, alone, only } = looked;
    // A town without its state may be another that has no record.
    const bare = sure.length === 1 && sure[0].includes("/") && !alone.has(sure[0]);
    if (sure.length === 1 && !bare) return location.assign(address(sure[0]));
    if (sure.length > 1) {
      // Georgia is a state and a country: nobody is led to the wrong law.
      count.textContent = `${sure.length} places fit: choose one.`;
      return list.querySelector("a").focus();
    }
    const url = bare || (!only && /[^\p{L}]/u.test(text)) ? await ask(text) : null;
    if (input.value.trim() !== text) return undefined; // typed on in the meantime
    if (url || only) return location.assign(url || address(only)); // “sarasota”: there is but the county
    if (bare) {
      count.textContent = "One such town has a record; others of that name may lie elsewhere.";
      return list.querySelector("a").focus();
    }
    // What merely begins like it, holds it or is like it is shown, and never opened unasked.
    count.textContent = `No place is called “${text}”.${hits.length ? " Perhaps one of these is meant:" : ""}`;
    return undefined;
  });
}

// Maps -------------------------------------------------------------------
function closer() {
  for (const box of document.querySelectorAll(".views")) {
    const name = box.dataset.for;
    const svg = $(`map-${name}`);
    const labels = svg.querySelector(".labels");
    const patterns = document.querySelectorAll(`pattern[id^="${name}-"]`);
    const buttons = [...box.querySelectorAll("button")];
    // Patterns and letters keep their size on the screen, however near the map is.
    const scale = () => {
      const view = svg.viewBox.baseVal;
      const k = Math.max(view.width / (svg.clientWidth || 1), view.height / (svg.clientHeight || 1));
      for (const pattern of patterns) pattern.setAttribute("patternTransform", `scale(${k.toFixed(3)})`);
      if (labels) labels.style.fontSize = `${(12 * k).toFixed(1)}px`;
    };
    for (const button of buttons) {
      button.addEventListener("click", () => {
        svg.setAttribute("viewBox", button.dataset.view);
        svg.classList.toggle("close", button !== buttons[0]);
        for (const other of buttons) other.setAttribute("aria-pressed", String(other === button));
        scale();
      });
    }
    const read = (event) => {
      const title = event.target.closest?.("a")?.querySelector("title");
      if (title) $(`readout-${name}`).textContent = title.textContent;
    };
    svg.addEventListener("mouseover", read);
    svg.addEventListener("focusin", read);
    new ResizeObserver(scale).observe(svg);
    box.hidden = false;
  }
}

async function atlas() {
  const box = $("atlas");
  if (!box) return;
  let data;
  try { data = await json(box.dataset.map); } catch { return; }
  const { today, places, inside } = data;
  const slider = $("slider");
  const field = $("date");
  const radios = [...document.querySelectorAll("input[name=substance]")];
  const label = (name) => radios.find((radio) => radio.value === name).parentElement.textContent.trim();

  const shapes = [...document.querySelectorAll(".map a[data-at]")].map((link) => {
    const title = link.querySelector("title");
    const [text] = title.textContent.split("; stricter in ");
    return {
      link, title, id: link.dataset.at, map: link.closest("svg").id.slice(4),
      name: text.slice(0, text.lastIndexOf(": ")), note: text.slice(text.lastIndexOf(")") + 1),
      marks: ["stale", "proven", "contradicted"].filter((word) => link.classList.contains(word)),
      filled: link.querySelectorAll("[fill]"),
      href: link.getAttribute("href"),
    };
  });
  const rows = [...document.querySelectorAll(".tables tr[data-at]")].map((row) => ({
    id: row.dataset.at, name: row.querySelector("a").textContent, map: row.closest("table").id.slice(6),
    status: row.cells[1], since: row.cells[2], inside: row.querySelector(".inside"),
    link: row.querySelector("a"), href: row.querySelector("a").getAttribute("href"),
  }));
  const first = field.min;
  const days = [...new Set([first, today, ...Object.values(places).flatMap(Object.values).flat().map(([day]) => day)])]
    .filter((day) => day >= first).sort();
  const lastUpTo = (list, day) => list.findLastIndex((item) => item <= day);
  const runOn = (runs, day) => runs[lastUpTo(runs.map(([start]) => start), day)];
  const run = (id, substance, day) => runOn(places[id][substance], day);
  const within = (id, substance, day) => {
    const words = runOn(inside[id]?.[substance] ?? [["", ""]], day)[1];
    return words && `stricter in ${words}`;
  };

  const spoken = ([, status, , probably]) => words(status, probably);

  function changes(substance, day) {
    const moved = [];
    for (const { id, name } of rows) {
      const runs = places[id][substance];
      const at = runs.findIndex(([start]) => start === day);
      if (at > 0) moved[id === "US" ? "unshift" : "push"](`${name}: ${spoken(runs[at - 1])} → ${spoken(runs[at])}`);
    }
    const shown = moved.length > 6 ? [...moved.slice(0, 5), `and ${moved.length - 5} more`] : moved;
    return shown.length ? `On ${tell(day)}: ${shown.join("; ")}.` : "";
  }
  const moves = (day) => changes(state.substance, day) !== "";
  const after = (on) => days.find((day) => day > on && moves(day));

  let state = { on: today, substance: radios.find((radio) => radio.defaultChecked).value };
  const initial = state;

  function show(to, keep = true) {
    state = to;
    const { on, substance } = state;
    const counts = {};
    const hash = hashOf({ ...on !== today && { on }, ...substance !== initial.substance && { substance } });
    for (const { link, href } of [...shapes, ...rows]) link.setAttribute("href", href + hash);
    for (const shape of shapes) {
      const at = run(shape.id, substance, on);
      const status = at[1];
      const words = within(shape.id, substance, on);
      const fill = `url(#${shape.map}-${status}${shape.marks.includes("stale") ? "-stale" : ""}${words && "-inside"})`;
      const title = `${shape.name}: ${spoken(at)} (${label(substance)})${shape.note}${words && `; ${words}`}`;
      if (shape.title.textContent === title) continue;
      shape.title.textContent = title;
      shape.link.setAttribute("class", [`s-${status}`, ...shape.marks, words && "inside"].filter(Boolean).join(" "));
      for (const part of shape.filled) part.setAttribute("fill", fill);
    }
    for (const row of rows) {
      const [since, status, latest, probably] = run(row.id, substance, on);
      const word = made("span", { className: `status s-${status}`, textContent: words(status) });
      const leans = probably ? [", probably ", made("strong", { textContent: words(probably) })] : [];
      row.status.replaceChildren(word, ...leans);
      row.inside.textContent = within(row.id, substance, on);
      row.since.textContent = since && status !== "unknown" ? (latest ? `by ${tell(since)} at the latest` : tell(since)) : "";
      const key = `${row.map}-${status}`;
      counts[key] = (counts[key] || 0) + 1;
    }
    for (const cell of document.querySelectorAll("[data-count]")) cell.textContent = counts[cell.dataset.count] || 0;
    const said = { day: tell(on), substance: label(substance), verb: on > today ? "will be" : "is" };
    for (const cell of document.querySelectorAll("[data-say]")) cell.textContent = said[cell.dataset.say];

    const remark = on > today ? "enacted, not yet in force" : on === today ? "today" : "in the past";
    $("shown").replaceChildren(tell(on), made("span", { textContent: remark }));
    slider.value = lastUpTo(days, on);
    slider.setAttribute("aria-valuetext", `${tell(on)}, ${remark}`);
    field.value = on;
    for (const radio of radios) radio.checked = radio.value === substance;
    $("earlier").disabled = on <= days[0];
    $("later").disabled = on >= days.at(-1);
    $("now").disabled = on === today;
    const next = after(on);
    $("said").textContent = changes(substance, on)
      || `Nothing moves on ${tell(on)}.${next ? ` Next: ${changes(substance, next)}` : ""}`;
    $("wrong").hidden = true;
    if (keep) history.replaceState(null, "", hash || location.pathname);
  }

  function fromAddress() {
    const { on, substance, wrong, any } = addressed(radios);
    if (location.hash.length > 1 && !any) return; // an anchor of the page
    const good = on && isDay(on);
    show({ on: good && on >= first ? on : today, substance: substance ?? initial.substance }, false);
    if (good && on < first) tooEarly();
    $("wrong").hidden = !wrong;
    $("wrong").textContent = wrong && `The address is not understood: ${wrong}. The map shows ${tell(state.on)}, ${label(state.substance)}.`;
  }

  const go = (on) => show({ ...state, on });
  slider.max = days.length - 1;
  slider.addEventListener("input", () => go(days[slider.value]));
  const tooEarly = () => {
    field.value = state.on;
    $("said").textContent = `The map begins in ${first.slice(0, 4)}. It still shows ${tell(state.on)}.`;
  };
  field.addEventListener("change", () => {
    if (!isDay(field.value)) return;
    if (field.value >= first) go(field.value);
    // While a year is typed it passes through 0002, 0020 and 0202.
    else if (field.value >= "1000") tooEarly();
  });
  field.addEventListener("blur", () => {
    if (isDay(field.value) && field.value < first) tooEarly();
    field.value = state.on;
  });
  $("now").addEventListener("click", () => { slider.focus(); go(today); });
  // Only days on which this substance moves somewhere: each press shows something.
  $("earlier").addEventListener("click", () => go(days.findLast((day) => day < state.on && moves(day)) ?? days[0]));
  $("later").addEventListener("click", () => go(after(state.on) ?? days.at(-1)));
  for (const radio of radios) radio.addEventListener("change", () => show({ ...state, substance: radio.value }));
  $("controls").addEventListener("submit", (event) => event.preventDefault());
  addEventListener("hashchange", fromAddress);

  $("controls").hidden = false;
  show(state, false);
  fromAddress();
  const part = days.indexOf(today) / (days.length - 1);
  $("mark").style.insetInlineStart = `calc(${part} * (100% - 16px) + 8px)`;

  const age = Math.floor((Date.now() - Date.parse(today)) / 86_400_000);
  if (age > 3) {
    $("made").textContent = `This page was made on ${tell(today)}, ${age} days ago. The law may have moved since, and so may our records.`;
    $("made").hidden = false;
  }
}

// The page of a place: another day or substance, by the timeline that lies in the page ------
function place() {
  const verdict = $("verdict");
  if (!verdict) return;
  const [form, note] = [$("ask"), $("otherday")];
  const { on: field, substance: choice } = form.elements;
  const back = form.querySelector("button");
  const periods = JSON.parse($("periods").textContent);
  const { day, substance: head, today, known, name } = verdict.dataset;
  const own = { on: day, substance: head };
  const { className, childNodes } = verdict;
  const [title, original] = [document.title, [...childNodes]];
  const label = (word) => [...choice.options].find(({ value }) => value === word).textContent;

  const status = ({ status: word, probably }) => [
    made("span", { className: `status s-${word}`, textContent: words(word) }),
    ...probably ? [", probably ", made("strong", { textContent: words(probably) })] : [],
  ];
  const limited = (word, { seven_oh_cap: cap }) => (word === "7-oh" && cap ? ` (limit ${cap})` : "");
  const fact = (term, text) => [made("dt", { textContent: term }), made("dd", {}, text)];

  function told({ on, substance }) {
    const at = periods.findLast(({ from }) => !from || from <= on);
    const turn = at.substances[substance];
    const others = Object.entries(at.substances).filter(([word, { status: said, probably }]) => (
      word !== substance && (said !== turn.status || probably !== turn.probably)));
    const ends = periods.find(({ from, substances }) => from > on && (
      substances[substance].status !== turn.status || substances[substance].probably !== turn.probably));
    const said = label(substance);
    const since = turn.since ? tell(turn.since)
      : turn.since_at_latest ? `by ${tell(turn.since_at_latest)} at the latest` : "no first day known";
    verdict.className = `verdict v-${turn.status}`;
    document.title = `${name}: ${said} ${words(turn.status, turn.probably)} on ${tell(on)} · regstatus`;
    return [
      made("p", { className: "asked" }, `${said[0].toUpperCase()}${said.slice(1)}, ${tell(on)}`,
        on > today ? " · enacted, not yet in force" : ""),
      made("p", { className: "answer" }, ...status(turn), limited(substance, at),
        ...turn.stricter_within ? [" ", made("strong", { className: "tag", textContent: "stricter in parts" })] : []),
      turn.summary && made("p", { className: "lede", textContent: turn.summary }),
      turn.stricter_within && made("p", {}, `Stricter inside, in ${turn.stricter_within}.`),
      turn.status === "unknown" && made("p", {}, made("strong", { textContent: "Unknown is never permission." })),
      others.length && made("ul", { className: "chips also" }, ...others.map(([word, other]) => (
        made("li", {}, `${label(word)}: `, ...status(other), limited(word, at))))),
      made("dl", { className: "facts" }, ...fact("Since", since),
        ...ends ? fact(`From ${tell(ends.from)}`, made("span", {}, ...status(ends.substances[substance]))) : [],
        ...fact("Age of sale", at.minimum_age ? `${at.minimum_age} years` : "none recorded"),
        ...fact("7-OH limit", at.seven_oh_cap ?? "none recorded")),
    ].filter(Boolean);
  }

  function show(asked, wrong = "") {
    const same = !wrong && asked.on === day && asked.substance === head;
    for (const part of document.querySelectorAll("[data-of-day]")) part.hidden = !same;
    verdict.parentElement.hidden = Boolean(wrong);
    Object.assign(verdict, { className });
    document.title = title;
    if (same || wrong) verdict.replaceChildren(...original);
    else verdict.replaceChildren(...told(asked));
    [note.hidden, back.hidden] = [same, same];
    if (wrong) note.textContent = `The address is not understood: ${wrong}. Nothing is answered, for the answer to another question could mislead.`;
    else {
      note.replaceChildren(made("strong", { textContent: "Another day or substance. " }),
        `This is told by the timeline of the page, for ${label(asked.substance)} on ${tell(asked.on)}; what stands on this page for ${tell(day)} alone is left out.`);
    }
    [field.value, choice.value] = [asked.on, asked.substance];
  }

  function fromAddress() {
    const asked = addressed([...choice.options]);
    const past = asked.known !== null && !known && "this copy cannot tell what was known at another time";
    const wrong = [asked.wrong, past].filter(Boolean).join("; ");
    if (asked.any || wrong) show({ on: asked.on ?? day, substance: asked.substance ?? head }, wrong);
  }
  const go = () => {
    if (!isDay(field.value) || field.value < "1000") return; // while a year is typed
    const asked = { on: field.value, substance: choice.value };
    history.replaceState(null, "", hashOf(asked));
    show(asked);
  };
  form.addEventListener("input", go);
  form.addEventListener("submit", (event) => { event.preventDefault(); go(); });
  form.addEventListener("reset", (event) => {
    event.preventDefault();
    history.replaceState(null, "", hashOf(own));
    show(own);
  });
  addEventListener("hashchange", fromAddress);
  form.hidden = false;
  fromAddress();
}

search();
closer();
atlas();
place();
