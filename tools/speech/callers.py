"""The sample callers of the demo and the softphone. What they say is fixed, and a seed draws voice
and line: none was chosen by whether it is understood."""

import json
from pathlib import Path
from random import Random

from tools.speech import recordings
from tools.speech.clips import Studio
from tools.speech.line import Line
from tools.speech.voices import Manner, people

#: By seed, 1 first; `|` is where the speaker may pause.
CALLERS = (
    "我要两斤鸡蛋|一桶花生油",
    "给我送三斤土豆|两斤西红柿|再来一把香菜",
    "明天上午|找个人来修水管",
    "今天送两斤鸡蛋|一桶菜籽油|明天上午再找个人来修水管",
    "一袋大米|再要五袋牛奶",
    "我摔倒了|快来人",
)
#: What a caller may answer, for those without a microphone: by file name.
ANSWERS = {
    "yes": "对",
    "correct": "好的|没错",
    "it-is-me": "是我",
    "not-me": "她不在家",
    "no": "不对",
    "change": "要改",
    "without-oil": "不要油了",
    "two-more-eggs": "再加两斤鸡蛋",
    "three-jin": "鸡蛋改成三斤",
    "person": "人工",
    "again": "再说一遍",
    "all-off": "都不要了",
    "five": "五分",
    "content": "很满意",
    "not-content": "菜不新鲜",
    "usual": "还是老样子",
    "where": "我的东西到哪了",
    "spent": "这个月我花了多少钱",
}
ANSWERING = Manner("f2", rate=165, pitch=45)
QUIET_LINE = Line(
    wideband=False,
    low=250,
    high=3500,
    tilt=0,
    signal_to_noise=35,
    level=-20,
    overdrive=False,
    lost_packets=0,
    clicks=0,
    before=0.3,
    after=0.4,
)


def record(folder: Path) -> None:
    """Write `caller-1.wav`..., `answers/*.wav` and `callers.json`, which says who said what."""
    studio = Studio()
    (folder / "answers").mkdir(parents=True, exist_ok=True)
    callers = []
    for seed, text in enumerate(CALLERS, 1):
        chance = Random(seed)
        on = Line.draw(chance, wideband=0)
        clip, sound = studio.clip([text.split("|")], chance, people(), on=on)
        recordings.write(folder / f"caller-{seed}.wav", sound)
        callers.append({"file": f"caller-{seed}.wav", "text": clip.text, "voice": clip.voice})
    answers = []
    for name, text in ANSWERS.items():
        clip, sound = studio.clip([text.split("|")], Random(name), manner=ANSWERING, on=QUIET_LINE)
        recordings.write(folder / "answers" / f"{name}.wav", sound)
        answers.append({"file": f"answers/{name}.wav", "text": clip.text})
    (folder / "callers.json").write_text(
        json.dumps({"callers": callers, "answers": answers}, ensure_ascii=False, indent=1) + "\n",
        encoding="utf-8",
    )
