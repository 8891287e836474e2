// What a telephone sounds like: ring, beep, keys, and prompts in a Chinese voice.

let context;

function tone(frequencies, seconds, loudness = 0.12) {
  context ??= new AudioContext();
  const gain = new GainNode(context, { gain: loudness / frequencies.length });
  gain.connect(context.destination);
  for (const frequency of frequencies) {
    const oscillator = new OscillatorNode(context, { frequency });
    oscillator.connect(gain);
    oscillator.start();
    oscillator.stop(context.currentTime + seconds);
  }
}

const ROWS = [697, 770, 852, 941];
const COLUMNS = [1209, 1336, 1477];
export const KEYS = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "*", "0", "#"];

export const beep = () => tone([1000], 0.35);
export const ring = () => tone([450], 1);
export const key = (name) => {
  const at = KEYS.indexOf(name);
  tone([ROWS[Math.floor(at / 3)], COLUMNS[at % 3]], 0.12);
};

export function chineseVoice() {
  const voices = window.speechSynthesis?.getVoices() ?? [];
  return voices.find((voice) => /^(zh|cmn)/i.test(voice.lang));
}

export function speak(text) {
  const voice = chineseVoice();
  if (!voice) return;
  const words = new SpeechSynthesisUtterance(text);
  words.voice = voice;
  words.lang = voice.lang;
  words.rate = 0.95;
  speechSynthesis.speak(words);
}

export const hush = () => window.speechSynthesis?.cancel();
