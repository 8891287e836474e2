// What was heard and done on a telephone, and how loud one speaks.

const NOTES = {
  ring: "来电 Ringing", answered: "已接通 Connected", over: "通话结束 Call ended",
  beep: "“嘀” Beep", sound: "♪ 放音 Playing",
};

export function showEntries(list, { number, entries }) {
  if (list.dataset.number !== number) {
    list.replaceChildren();
    list.dataset.number = number;
  }
  for (const { kind, text } of entries.slice(list.children.length)) {
    const item = document.createElement("li");
    const words = text === "♪" ? "♪ 录音 Recording" : text;
    item.className = kind;
    item.textContent = NOTES[kind] ? `${NOTES[kind]} ${words}` : words;
    list.append(item);
    item.scrollIntoView({ block: "end" });
  }
}

const levels = [];

export function showLevel(canvas, level) {
  levels.push(level);
  const pen = canvas.getContext("2d");
  pen.clearRect(0, 0, canvas.width, canvas.height);
  pen.fillStyle = "#1b7f4b";
  levels.slice(-200).forEach((each, at) => {
    const height = Math.max(2, each * canvas.height);
    pen.fillRect(at * 3, (canvas.height - height) / 2, 2, height);
  });
}
