// Search by name, and the map by day and substance. All is readable without this file.
"use strict";
const $ = (id) => document.getElementById(id);
const MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August",
  "September", "October", "November", "December"];
const words = (status) => status.replaceAll("_", " ");
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

// Search -----------------------------------------------------------------
const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase()
  .replace(/[^\p{L}\p{N}]+/gu, " ").trim();

function search() {
  const input = $("q");
  const list = $("found");
  const count = $("found-count");
  if (!input) return;
  const address = (id) => `${input.dataset.place}${id.split("/").map(encodeURIComponent).join("/")}.html`;
  let asked = null;
  let hits = [];

  const names = () => {
    asked ??= json(input.dataset.names).then((rows) => {
      const byId = new Map(rows.map(([id, name]) => [id, name]));
      return rows.map(([id, name, level]) => {
        const within = byId.get(id.includes("/") ? id.slice(0, id.lastIndexOf("/")) : id.split("-")[0]);
        const kind = within && within !== name ? within : level;
        return { id, name, kind, key: plain(name), code: id.toLowerCase(), depth: id.split(/[/-]/).length };
      });
    }).catch(() => { asked = null; return []; });
    return asked;
  };
  const rank = (item, key) => {
    if (item.key === key || item.code === key || item.code === `us-${key}`) return 0;
    if (item.key.startsWith(key)) return 1;
    if (` ${item.key}`.includes(` ${key}`)) return 2;
    return key.length > 2 && item.key.includes(key) ? 3 : 9;
  };
  const look = async () => {
    const all = await names();
    const key = plain(input.value) || input.value.trim().toLowerCase();
    hits = !key ? [] : all.map((item) => ({ ...item, rank: rank(item, key) })).filter((item) => item.rank < 9)
      .sort((a, b) => a.rank - b.rank || a.depth - b.depth || a.name.localeCompare(b.name)).slice(0, 8);
    list.replaceChildren(...hits.map((item) => {
      const kind = made("span", { className: "small soft", textContent: item.kind });
      return made("li", {}, made("a", { href: address(item.id) }, item.name, kind));
    }));
    list.hidden = !hits.length;
    count.textContent = !key || !all.length ? "" : hits.length ? `${hits.length} found` : "No place by that name.";
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
  input.addEventListener("focus", names, { once: true });
  input.addEventListener("input", look);
  input.form.addEventListener("keydown", step);
  input.form.addEventListener("submit", async (event) => {
    event.preventDefault();
    await look();
    const exact = hits.filter((item) => !item.rank);
    const sure = exact.length ? exact : hits;
    if (sure.length === 1) return location.assign(address(sure[0].id));
    if (hits.length) {
      // Georgia is a state and a country: nobody is led to the wrong law.
      count.textContent = `${sure.length} places fit: choose one.`;
      return list.querySelector("a").focus();
    }
    // The service knows more names than the list has; a published tree cannot be asked.
    const url = `${input.form.getAttribute("action")}?q=${encodeURIComponent(input.value)}`;
    const reply = await fetch(url).catch(() => null);
    if (reply?.ok) location.assign(reply.url);
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
  const { today, places } = data;
  const slider = $("slider");
  const field = $("date");
  const radios = [...document.querySelectorAll("input[name=substance]")];
  const label = (name) => radios.find((radio) => radio.value === name).parentElement.textContent.trim();

  const shapes = [...document.querySelectorAll(".map a[data-at]")].map((link) => {
    const title = link.querySelector("title");
    const text = title.textContent;
    return {
      link, title, id: link.dataset.at, map: link.closest("svg").id.slice(4),
      name: text.slice(0, text.lastIndexOf(": ")), note: text.slice(text.lastIndexOf(")") + 1),
      stale: link.classList.contains("stale"), filled: link.querySelectorAll("[fill]"),
    };
  });
  const rows = [...document.querySelectorAll(".tables tr[data-at]")].map((row) => ({
    id: row.dataset.at, name: row.cells[0].textContent, map: row.closest("table").id.slice(6),
    status: row.cells[1].firstElementChild, since: row.cells[2],
  }));
  const first = field.min;
  const days = [...new Set([first, today, ...Object.values(places).flatMap(Object.values).flat().map(([day]) => day)])]
    .filter((day) => day >= first).sort();
  const lastUpTo = (list, day) => list.findLastIndex((item) => item <= day);
  const run = (id, substance, day) => {
    const runs = places[id][substance];
    return runs[lastUpTo(runs.map(([start]) => start), day)];
  };

  function changes(substance, day) {
    const moved = [];
    for (const { id, name } of rows) {
      const runs = places[id][substance];
      const at = runs.findIndex(([start]) => start === day);
      if (at > 0) moved[id === "US" ? "unshift" : "push"](`${name}: ${words(runs[at - 1][1])} → ${words(runs[at][1])}`);
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
    for (const shape of shapes) {
      const status = run(shape.id, substance, on)[1];
      const fill = `url(#${shape.map}-${status}${shape.stale ? "-stale" : ""})`;
      const title = `${shape.name}: ${words(status)} (${label(substance)})${shape.note}`;
      if (shape.title.textContent === title) continue;
      shape.title.textContent = title;
      shape.link.setAttribute("class", `s-${status}${shape.stale ? " stale" : ""}`);
      for (const part of shape.filled) part.setAttribute("fill", fill);
    }
    for (const row of rows) {
      const [since, status] = run(row.id, substance, on);
      row.status.className = `status s-${status}`;
      row.status.textContent = words(status);
      row.since.textContent = since && status !== "unknown" ? tell(since) : "";
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
    if (keep) {
      const hash = new URLSearchParams();
      if (on !== today) hash.set("on", on);
      if (substance !== initial.substance) hash.set("substance", substance);
      history.replaceState(null, "", `${hash}` ? `#${hash}` : location.pathname + location.search);
    }
  }

  function fromHash() {
    const hash = new URLSearchParams(location.hash.slice(1));
    const on = hash.get("on");
    const substance = hash.get("substance");
    if (location.hash.length > 1 && !on && !substance) return; // an anchor of the page
    show({
      on: on && isDay(on) && on >= first ? on : today,
      substance: radios.some((radio) => radio.value === substance) ? substance : initial.substance,
    }, false);
  }

  const go = (on) => show({ ...state, on });
  slider.max = days.length - 1;
  slider.addEventListener("input", () => go(days[slider.value]));
  field.addEventListener("change", () => { if (isDay(field.value) && field.value >= first) go(field.value); });
  $("now").addEventListener("click", () => { slider.focus(); go(today); });
  // Only days on which this substance moves somewhere: each press shows something.
  $("earlier").addEventListener("click", () => go(days.findLast((day) => day < state.on && moves(day)) ?? days[0]));
  $("later").addEventListener("click", () => go(after(state.on) ?? days.at(-1)));
  for (const radio of radios) radio.addEventListener("change", () => show({ ...state, substance: radio.value }));
  $("controls").addEventListener("submit", (event) => event.preventDefault());
  addEventListener("hashchange", fromHash);

  $("controls").hidden = false;
  show(state, false);
  fromHash();
  const part = days.indexOf(today) / (days.length - 1);
  $("mark").style.insetInlineStart = `calc(${part} * (100% - 16px) + 8px)`;

  const age = Math.floor((Date.now() - Date.parse(today)) / 86_400_000);
  if (age > 3) {
    $("made").textContent = `This page was made on ${tell(today)}, ${age} days ago. The law may have moved since, and so may our records.`;
    $("made").hidden = false;
  }
}

search();
closer();
atlas();
