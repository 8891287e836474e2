"""`python -m tools.hearing`: train the parser's network anew, from the repository's root."""

from __future__ import annotations

import argparse
from pathlib import Path

from tools.hearing.train import RATE, Plan, train


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tools.hearing", description=__doc__)
    parser.add_argument("--minutes", type=float, default=45.0)
    parser.add_argument("--threads", type=int, default=3, help="one more process draws the texts")
    parser.add_argument("--seed", type=int, default=5)
    parser.add_argument("--rate", type=float, default=RATE, help="the highest rate of learning")
    parser.add_argument("--since", type=Path, help="a folder with graphs to go on from")
    parser.add_argument("--out", type=Path, default=Path("nlu/data"))
    args = parser.parse_args()
    plan = Plan(args.minutes, args.threads, args.seed, args.rate, args.since)
    train(plan, args.out)


if __name__ == "__main__":
    main()
