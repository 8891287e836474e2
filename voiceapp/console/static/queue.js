// The live queue: rows are kept by their id and only what changed is touched, so nothing flickers.
"use strict";

const table = document.getElementById("queue");
const body = table.tBodies[0];
const live = document.getElementById("live");
const words = table.dataset;
const NOBODY = "00000000-0000-0000-0000-000000000000";
const TITLE = document.title;
const STALE_MS = 6000;
const POLL_MS = 5000;
let heardAt = Date.now();
let polling = false;

function cell(row, place, text) {
  const node = row.cells[place];
  if (node.textContent !== text) node.textContent = text;
}

function waited(since) {
  const minutes = Math.max(0, Math.floor((Date.now() - Date.parse(since)) / 60000));
  return minutes < 60 ? `${minutes} ${words.minutes}` : `${Math.floor(minutes / 60)} ${words.hours}`;
}

function newRow(item) {
  const row = document.createElement("tr");
  row.dataset.id = item.id;
  const head = document.createElement("th");
  head.scope = "row";
  const link = document.createElement("a");
  link.href = words.url.replace(NOBODY, item.id);
  head.append(link);
  row.append(head);
  for (let place = 1; place < 6; place += 1) row.append(document.createElement("td"));
  row.cells[1].className = "waited";
  row.cells[3].className = "code";
  return row;
}

function claimForm(item) {
  const form = document.createElement("form");
  form.method = "post";
  form.className = "inline";
  form.action = `${words.url.replace(NOBODY, item.id)}/claim`;
  const token = document.createElement("input");
  token.type = "hidden";
  token.name = "csrf_token";
  token.value = words.token;
  const button = document.createElement("button");
  button.textContent = words.claim;
  form.append(token, button);
  return form;
}

function fill(row, item) {
  const kind = `priority-${item.priority}${item.claimed_by === words.me ? " mine" : ""}`;
  const chosen = row.classList.contains("chosen") ? " chosen" : "";
  if (row.className !== kind + chosen) row.className = kind + chosen;
  const link = row.cells[0].querySelector("a");
  if (link.textContent !== item.reason) link.textContent = item.reason;
  row.cells[1].dataset.since = item.since;
  cell(row, 1, waited(item.since));
  cell(row, 2, item.who || words.stranger);
  cell(row, 3, item.code);
  cell(row, 4, item.state);
  if (item.claimed_by) cell(row, 5, item.claimed_name);
  else if (!row.cells[5].querySelector("form")) row.cells[5].replaceChildren(claimForm(item));
}

function showRows(items) {
  const kept = new Map([...body.rows].map((row) => [row.dataset.id, row]));
  const wanted = new Set(items.map((item) => item.id));
  // What is gone goes first: else every row behind it would be moved one by one.
  kept.forEach((row, id) => wanted.has(id) || row.remove());
  items.forEach((item, place) => {
    const row = kept.get(item.id) || newRow(item);
    fill(row, item);
    if (body.rows[place] !== row) body.insertBefore(row, body.rows[place] || null);
  });
  document.getElementById("count").textContent = items.length;
  document.getElementById("empty").hidden = items.length > 0;
}

function showCallers(callers) {
  const list = document.getElementById("callers");
  document.getElementById("callers-box").hidden = callers.length === 0;
  const kept = new Map([...list.children].map((entry) => [entry.dataset.id, entry]));
  callers.forEach((caller) => {
    let entry = kept.get(caller.id);
    kept.delete(caller.id);
    if (!entry) {
      entry = document.createElement("li");
      entry.dataset.id = caller.id;
      entry.append(document.createElement("span"), " ", document.createElement("a"));
      list.append(entry);
    }
    const how = caller.on_line ? list.dataset.on : list.dataset.promised;
    const told = `${how} · ${waited(caller.since)}`;
    if (entry.children[0].textContent !== told) entry.children[0].textContent = told;
    entry.className = `priority-${caller.priority}`;
    entry.children[1].textContent = list.dataset.see;
    entry.children[1].href = list.dataset.url.replace(NOBODY, caller.escalation);
  });
  kept.forEach((entry) => entry.remove());
}

function show(queue) {
  showRows(queue.rows);
  showCallers(queue.callers);
  const ringing = queue.callers.filter((caller) => caller.on_line).length;
  document.title = ringing ? `☎ ${ringing} · ${TITLE}` : TITLE;
  const duty = document.getElementById("duty");
  duty.textContent = queue.duty.join("、") || duty.dataset.none;
}

function heard() {
  heardAt = Date.now();
}

async function poll() {
  try {
    const answer = await fetch(words.now, { redirect: "error" });
    if (answer.ok) {
      show(await answer.json());
      heard();
    }
  } catch (error) {
    // Offline: the clock of `tell` says so.
  }
  if (polling) setTimeout(poll, POLL_MS);
}

function open() {
  const stream = new EventSource(words.stream);
  stream.addEventListener("queue", (event) => {
    polling = false;
    show(JSON.parse(event.data));
    heard();
  });
  stream.addEventListener("tick", heard);
  stream.addEventListener("ended", () => {
    stream.close();
    location.reload();
  });
  stream.addEventListener("error", () => {
    if (stream.readyState !== EventSource.CLOSED) return;
    // The browser gives up on a refusal; the server has no seat free, or is away.
    if (!polling) {
      polling = true;
      poll();
    }
    setTimeout(open, 3 * POLL_MS);
  });
}

function tell() {
  const stale = Date.now() - heardAt > (polling ? POLL_MS + STALE_MS : STALE_MS);
  const time = new Date(heardAt).toLocaleTimeString("zh-CN", { hour12: false });
  const told = stale ? words.staleAt + time : polling ? live.dataset.polled : live.dataset.live;
  if (live.textContent !== told) live.textContent = told;
  live.classList.toggle("stale", stale);
  table.classList.toggle("stale", stale);
  for (const row of body.rows) cell(row, 1, waited(row.cells[1].dataset.since));
}

function choose(step) {
  const rows = [...body.rows];
  if (!rows.length) return;
  const at = rows.findIndex((row) => row.classList.contains("chosen"));
  const next = rows[Math.min(rows.length - 1, Math.max(0, at + step))];
  if (at >= 0) rows[at].classList.remove("chosen");
  next.classList.add("chosen");
  next.querySelector("a").focus();
  next.scrollIntoView({ block: "nearest" });
}

document.addEventListener("keydown", (event) => {
  if (event.target.matches("input, select, textarea") || event.ctrlKey || event.metaKey) return;
  if (event.key === "j") choose(1);
  if (event.key === "k") choose(-1);
  if (event.key === "c") body.querySelector("tr.chosen form")?.requestSubmit();
});

words.staleAt = live.dataset.stale;
open();
tell();
setInterval(tell, 1000);
