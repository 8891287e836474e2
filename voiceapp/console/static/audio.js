// A click on a word plays from there; the speed is the listener's.
"use strict";

for (const box of document.querySelectorAll(".recording")) {
  const audio = box.querySelector("audio");
  if (!audio) continue;
  box.addEventListener("click", (event) => {
    const word = event.target.closest(".word");
    if (!word) return;
    audio.currentTime = Number(word.dataset.start);
    audio.play();
  });
  box.querySelector("[data-speed]")?.addEventListener("change", (event) => {
    audio.playbackRate = Number(event.target.value);
  });
  audio.addEventListener("timeupdate", () => {
    for (const word of box.querySelectorAll(".word")) {
      const said = Number(word.dataset.start) <= audio.currentTime && audio.currentTime > 0;
      word.classList.toggle("said", said);
    }
  });
}
