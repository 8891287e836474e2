"""The demo model's workshop: `python -m tools.speech COMMAND --help`. README.md beside this tells
the whole way."""

import argparse
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from tools.speech.corpora import visible

ROOT = Path(__file__).parents[2]
CATALOGUE = ROOT / "orders" / "data" / "catalogue.csv"
CORPORA = ROOT / "tests" / "nlu" / "data"
TALK = ROOT / "tools" / "speech" / "data" / "callers.txt"
SHIPPED = ROOT / "ivr" / "speech" / "model"
CALLERS = ROOT / "ivr" / "speech" / "callers"
TABLE = ROOT / "ivr" / "speech" / "data" / "talk.txt.gz"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tools.speech", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)

    pool = commands.add_parser("pool", help="make clips for training")
    pool.add_argument("folder", type=Path)
    pool.add_argument("--minutes", type=float, default=15)
    pool.add_argument("--processes", type=int, default=2)
    pool.add_argument("--seed", default="train", help="names the shards; another seed, other clips")

    begin = commands.add_parser("begin", help="a checkpoint with new weights")
    begin.add_argument("folder", type=Path, help="a pool, by whose sound the weights are scaled")
    begin.add_argument("checkpoint", type=Path)

    back = commands.add_parser("restore", help="a checkpoint with the weights of an exported model")
    back.add_argument("checkpoint", type=Path)
    back.add_argument("model", type=Path, nargs="?", default=SHIPPED)
    back.add_argument("--encoder", type=int, help="layers, if more than it has")

    train = commands.add_parser("train", help="train a checkpoint on a pool")
    train.add_argument("folder", type=Path)
    train.add_argument("checkpoint", type=Path, help="where to begin")
    train.add_argument("out", type=Path)
    train.add_argument("--minutes", type=float, default=120)
    train.add_argument("--processes", type=int, default=2)
    train.add_argument("--rate", type=float, default=1e-3, help="highest learning rate")
    train.add_argument(
        "--frames", type=int, default=10_000, help="of 10 ms, in a batch and process"
    )
    train.add_argument("--seed", type=int, default=1)
    train.add_argument(
        "--nudge", type=float, default=0.5, help="the attention's share of the loss at the start"
    )

    head = commands.add_parser("head", help="train a checkpoint's phoneme head and nothing else")
    head.add_argument("folder", type=Path)
    head.add_argument("checkpoint", type=Path, help="where to begin")
    head.add_argument("out", type=Path)
    head.add_argument("--minutes", type=float, default=15)

    mix = commands.add_parser("mix", help="the weights of two checkpoints, averaged")
    mix.add_argument("checkpoint", type=Path)
    mix.add_argument("other", type=Path, help="one that the first was trained from")
    mix.add_argument("out", type=Path)
    mix.add_argument("--share", type=float, default=0.2, help="of the other, 0 to 1")

    export = commands.add_parser("export", help="write a checkpoint as a faster-whisper folder")
    export.add_argument("checkpoint", type=Path)
    export.add_argument("model", type=Path, nargs="?", default=SHIPPED)

    score = commands.add_parser("score", help="character error on the fixed test set")
    score.add_argument("model", type=Path, nargs="?", default=SHIPPED)
    score.add_argument(
        "--kept",
        type=Path,
        nargs="+",
        metavar="JSONL",
        help="instead: the kept quarter of these corpora; totals only",
    )

    told = commands.add_parser("talk", help="count how callers talk, by which readings are weighed")
    told.add_argument("out", type=Path, nargs="?", default=TABLE)

    commands.add_parser("callers", help="record the sample callers and answers")
    sample = commands.add_parser("sample", help="record a small part of the test set as WAV files")
    sample.add_argument("folder", type=Path)
    sample.add_argument("--every", type=int, default=9, help="one sentence of so many")
    for command in (pool, begin, back, train, head, told):
        command.add_argument("--catalogue", type=Path, default=CATALOGUE)
        command.add_argument(
            "--corpora",
            type=Path,
            nargs="*",
            default=[*visible(CORPORA), TALK],
            help="JSONL with `id` and `text`, ids divisible by 4 left out, or a sentence a line",
        )
    return parser


def main(arguments: Sequence[str] | None = None) -> None:
    given = _parser().parse_args(arguments)
    # Each command imports what it needs: export and score need no espeak-ng, callers needs no
    # torch.
    if given.command in ("pool", "begin", "restore", "train", "head", "talk"):
        # Before numpy is loaded: many processes work here, and threads of its own in each would
        # only wait for one another.
        os.environ.setdefault("OMP_NUM_THREADS", "1")
        from tools.speech.source import Source

        source = Source(given.catalogue, given.corpora)
    if given.command == "pool":
        from tools.speech import pool, testset

        known = {"".join(chunks) for chunks in testset.texts()}
        count = pool.fill_with(
            given.processes, given.folder, source, known, given.minutes * 60, given.seed
        )
        sys.stderr.write(f"{count} clips in {given.folder}\n")
    elif given.command == "begin":
        from tools.speech.start import begin

        begin(source, given.folder, given.checkpoint)
    elif given.command == "restore":
        from tools.speech.restore import deepen, grow, restore
        from tools.speech.train import save

        network, phonemes, tokenizer = restore(given.model)
        network = deepen(network, given.encoder or network.shape.encoder_layers)
        save(given.checkpoint, *grow(network, phonemes, tokenizer, source.characters))
    elif given.command == "train":
        from tools.speech.train import train_with

        train_with(
            given.processes,
            start=given.checkpoint,
            folder=given.folder,
            out=given.out,
            words=source.hintable,
            minutes=given.minutes,
            rate=given.rate,
            frames=given.frames,
            seed=given.seed,
            nudge=given.nudge,
        )
    elif given.command == "head":
        from tools.speech.head import teach

        teach(given.checkpoint, given.folder, given.out, source.hintable, given.minutes)
    elif given.command == "mix":
        from tools.speech.train import load, mixed, save

        save(given.out, *mixed(load(given.checkpoint), load(given.other), given.share))
    elif given.command == "export":
        from tools.speech.export import export
        from tools.speech.train import load

        size = export(*load(given.checkpoint), given.model)
        sys.stderr.write(f"{size} bytes in {given.model}\n")
    elif given.command == "score":
        import nlu
        from tools.speech import score, testset
        from tools.speech.clips import Studio

        sets = (
            testset.kept_quarter(Studio(), given.kept)
            if given.kept
            else testset.seen_and_unseen(Studio())
        )
        vocabulary = nlu.Vocabulary(nlu.load_catalogue(str(CATALOGUE)))
        for name, clips in sets.items():
            for way, hear in (("engine", score.hear), ("product", score.hear_as_the_product)):
                heard = hear(given.model, clips)
                exact, orders = score.exact_orders(heard, vocabulary)
                row = {"set": name, "by": way, "error": score.table(heard)}
                row |= {"exact": exact, "orders": orders}
                sys.stdout.write(json.dumps(row, ensure_ascii=False) + "\n")
                sys.stdout.flush()
    elif given.command == "talk":
        from tools.speech import talk, testset

        known = {"".join(chunks) for chunks in testset.texts()}
        sys.stderr.write(talk.write(source, known, given.out))
    elif given.command == "callers":
        from tools.speech.callers import record

        record(CALLERS)
    else:
        from tools.speech.clips import Studio
        from tools.speech.testset import sample

        sample(Studio(), given.folder, given.every)


if __name__ == "__main__":
    main()
