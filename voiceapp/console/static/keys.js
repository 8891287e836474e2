// Keys that every page knows: Q the queue, B the board, / the search, P plays or pauses.
"use strict";

const KEYS = {
  q: () => document.querySelector("nav a[href$='/queue']")?.click(),
  b: () => document.querySelector("nav a[href$='/board']")?.click(),
  "/": () => document.getElementById("search")?.focus(),
  p: () => {
    const audio = document.querySelector("audio");
    if (audio) audio.paused ? audio.play() : audio.pause();
  },
};

document.addEventListener("keydown", (event) => {
  if (event.target.matches("input, select, textarea")) return;
  if (event.ctrlKey || event.metaKey || event.altKey || !KEYS[event.key]) return;
  event.preventDefault();
  KEYS[event.key]();
});
