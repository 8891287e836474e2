// The telephones of the exchange, one of them in hand.

import { showEntries, showLevel } from "./conversation.js";
import { Microphone } from "./microphone.js";
import * as sounds from "./sounds.js";

const $ = (id) => document.getElementById(id);
const STATES = {
  idle: ["待机", "Idle"], calling: ["正在呼叫…", "Calling"],
  ringing: ["来电", "Incoming call"], talking: ["通话中", "Connected"],
};
const microphone = new Microphone();
let telephones = [];
// `?telephone=+1202…`: a bare + in a query reads as a space.
let inHand = (new URLSearchParams(location.search).get("telephone") ?? "").replace(" ", "+");
let speaking = false;
const noticed = {};

const mine = () => telephones.find((each) => each.number === inHand);
const path = (number) => `api/telephones/${encodeURIComponent(number)}`;

async function ask(url, options = {}) {
  const answer = await fetch(url, options);
  const said = await answer.json();
  $("trouble").textContent = answer.ok ? "" : said.error;
  return said;
}

const json = (method, body) => ({
  method, body: JSON.stringify(body), headers: { "Content-Type": "application/json" },
});
const act = (name, wanted = {}) =>
  ask(`${path(inHand)}/${name}`, json("POST", { seconds: 0.5, ...wanted }));

const speakInto = (wav, then = "") =>
  ask(`${path(inHand)}/sound?${new URLSearchParams({ then, seconds: 1 })}`,
    { method: "POST", body: wav, headers: { "Content-Type": "audio/wav" } });

// What is shown

function show() {
  telephones.forEach(showTab);
  const telephone = mine();
  if (!telephone) {
    $("state").textContent = "先装一部电话";
    $("other").textContent = "Add a telephone first";
    return;
  }
  const [state, english] = STATES[telephone.state];
  $("handset").className = telephone.state;
  $("owner").textContent = `${telephone.name} ${telephone.number}`;
  $("state").textContent = `${state} ${english}`;
  $("other").textContent = telephone.other;
  $("number").hidden = telephone.state !== "idle";
  $("other").hidden = telephone.state === "idle";
  $("call").disabled = !["idle", "ringing"].includes(telephone.state);
  $("call").firstChild.textContent = telephone.state === "ringing" ? "接听" : "拨号";
  $("call").lastChild.textContent = telephone.state === "ringing" ? "Answer · Enter" : "Call · Enter";
  $("hang-up").disabled = telephone.state === "idle";
  $("hang-up").firstChild.textContent = telephone.state === "ringing" ? "不接" : "挂断";
  $("hang-up").lastChild.textContent = telephone.state === "ringing" ? "Decline · Esc" : "Hang up · Esc";
  showMouth(telephone);
  showEntries($("entries"), telephone);
}

function showTab(telephone, at) {
  const tab = $("telephones").children[at] ?? $("telephones").appendChild(newTab());
  tab.className = telephone.state;
  tab.ariaSelected = String(telephone.number === inHand);
  tab.children[0].textContent = telephone.name || "电话";
  tab.children[1].textContent = `${telephone.number} ${STATES[telephone.state][0]}`;
  tab.onclick = () => take(telephone.number);
}

function newTab() {
  const tab = document.createElement("button");
  tab.role = "tab";
  tab.append(document.createElement("b"), document.createElement("small"));
  return tab;
}

function showMouth(telephone) {
  const takes = (what) => telephone.takes.includes(what);
  const turn = [
    takes("speech") && "请说话 Speak", takes("sound") && !takes("speech") && "正在录音，请说 Recording",
    takes("keys") && "可以按键 Keys are taken",
  ].filter(Boolean).join(" · ");
  $("mouth").hidden = telephone.state !== "talking";
  $("turn").textContent = turn || "请听 Listen";
  $("typed").hidden = !takes("speech");
  $("microphone").disabled = !takes("sound") && !speaking;
  $("play-sample").disabled = !takes("sound") || !$("samples").value;
  $("silent").disabled = !telephone.takes.length;
}

function notice(telephone) {
  const seen = noticed[telephone.number] ?? telephone.entries.length;
  noticed[telephone.number] = telephone.entries.length;
  if (telephone.number !== inHand) return;
  if (speaking && telephone.state !== "talking") fallSilent();
  for (const { kind, text, sound } of telephone.entries.slice(seen)) {
    if (kind === "beep") sounds.beep();
    if (kind === "over" || kind === "keys") sounds.hush();
    if (kind === "sound") new Audio(text).play().catch(() => {});
    if (sound >= 0) new Audio(`${path(telephone.number)}/sounds/${sound}.wav`).play().catch(() => {});
    else if (["said", "peer"].includes(kind) && $("aloud").checked) sounds.speak(text);
  }
}

// What is done

function take(number) {
  inHand = number;
  sounds.hush();
  show();
}

async function call() {
  const telephone = mine();
  if (telephone?.state === "ringing") await act("answer");
  else if (telephone?.state === "idle") await act("dial", { to: $("number").value.trim() });
}

async function hangUp() {
  sounds.hush();
  if (speaking) await finishSpeaking("hang up");
  else await act(mine()?.state === "ringing" ? "decline" : "hang-up");
}

async function press(key) {
  sounds.key(key);
  const telephone = mine();
  if (telephone?.state === "idle") $("number").value += key;
  else if (speaking) await finishSpeaking(key);
  else if (telephone?.takes.includes("keys")) await act("press", { keys: key });
}

async function speak() {
  if (speaking) return finishSpeaking();
  try {
    await microphone.open((level) => showLevel($("level"), level));
  } catch (error) {
    $("trouble").textContent = `没有麦克风，请用样本录音。 No microphone: ${error.message}`;
    return undefined;
  }
  speaking = true;
  $("microphone").className = "open";
  $("microphone").firstChild.textContent = "说完了";
  return act("murmur");
}

// The line is gone while somebody speaks into it: what they said goes nowhere.
async function fallSilent() {
  speaking = false;
  $("microphone").className = "";
  $("microphone").firstChild.textContent = "开始说话";
  return microphone.close();
}

async function finishSpeaking(then = "") {
  await speakInto(await fallSilent(), then);
}

async function playSample() {
  const wav = await fetch(`samples/${encodeURIComponent($("samples").value)}.wav`);
  await speakInto(await wav.blob());
}

$("pad").append(...sounds.KEYS.map((name) => {
  const button = document.createElement("button");
  button.textContent = name;
  button.onclick = () => press(name);
  return button;
}));
$("call").onclick = call;
$("hang-up").onclick = hangUp;
$("microphone").onclick = speak;
$("play-sample").onclick = playSample;
$("silent").onclick = () => act("stay-silent");
$("words").oninput = ({ target }) => target.value.length === 1 && act("murmur");
$("typed").onsubmit = async (event) => {
  event.preventDefault();
  const text = $("words").value.trim();
  $("words").value = "";
  if (text) await act("say", { text });
};
$("put-up").onsubmit = async (event) => {
  event.preventDefault();
  const number = $("new-number").value.trim();
  await ask(path(number), json("PUT", {}));
  $("new-number").value = "";
  inHand = number;
};
document.addEventListener("keydown", (event) => {
  const writing = event.target.matches("input:not([type=checkbox]), select");
  if (event.key === "Escape") hangUp();
  else if (event.key === "Enter" && event.target.id === "number") call();
  else if (writing || event.ctrlKey || event.metaKey || event.altKey) return;
  else if (sounds.KEYS.includes(event.key)) press(event.key);
  else if (event.key === "Enter" && !event.target.matches("button")) call();
  else if (event.key === " " && !event.target.matches("button")) {
    event.preventDefault();
    if (!$("microphone").disabled) speak();
  }
});

// What comes in

async function follow() {
  let version = -1;
  for (;;) {
    try {
      const shown = await ask(`api/telephones?version=${version}&seconds=20`);
      version = shown.version;
      telephones = shown.telephones;
      if (!mine()) inHand = telephones[0]?.number ?? "";
      telephones.forEach(notice);
      show();
    } catch {
      $("trouble").textContent = "交换机没有回应，正在重试… The exchange does not answer; trying again.";
      await new Promise((resolve) => setTimeout(resolve, 2000));
    }
  }
}

async function begin() {
  const { numbers, samples } = await ask("api/exchange");
  $("number").value = numbers[0] ?? "";
  $("samples").append(...samples.map((name) => new Option(name)));
  $("samples").hidden = $("play-sample").hidden = !samples.length;
  setInterval(() => mine()?.state === "ringing" && sounds.ring(), 4000);
  const tellVoice = () => { $("no-voice").hidden = Boolean(sounds.chineseVoice()); };
  window.speechSynthesis?.addEventListener("voiceschanged", tellVoice);
  tellVoice();
  await follow();
}

begin();
