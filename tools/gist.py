"""Write nlu/data/gist.npz: by which runs of characters one tells what a caller is about.

Logistic regression (scikit-learn) on callers' lines of which somebody has said what they are about:
the tests' requests but those kept, and tools/hearing/data/wanted.tsv; and on the names of things,
which by themselves are orders. Rare intents weigh as much as
orders do. The same lines give the same model. Run from the repository's root, with what the group
`train` installs: `python -m tools.gist`; it takes a minute.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

from nlu.lexing import rows
from nlu.requests.gist import INTENTS, STEP, runs
from tools.hearing.texts import CATALOGUE, told
from tools.speech.source import Source

OUT = Path("nlu/data/gist.npz")
#: A run that fewer lines hold is left out; how little it costs to weigh one much; chosen on lines
#: of two authors that were not taught.
HELD, FREEDOM = 3, 60.0


#: A thing asked for in the fewest words.
BARE = ("{}", "我要{}", "来点{}", "几个{}", "要{}谢谢")


def names() -> Iterator[str]:
    """Goods, services, what they are called elsewhere, and words for a whole shelf."""
    source = Source(CATALOGUE, [])
    yield from source.goods + source.services + source.regional
    yield from (word for word, _ in rows("general.tsv"))


def main() -> None:
    lines = {way.format(name): "order" for name, way in zip(names(), cycle(BARE), strict=False)}
    lines |= {text.said: text.intent for text in told() if text.intent in INTENTS}
    vectors = TfidfVectorizer(analyzer=runs, binary=True, use_idf=False, min_df=HELD)
    held = vectors.fit_transform(lines)
    intents = [INTENTS.index(intent) for intent in lines.values()]
    model = LogisticRegression(C=FREEDOM, class_weight="balanced", max_iter=300)
    model.fit(held, intents)
    weights = np.rint(model.coef_.T / STEP).astype(np.int16)
    known = "\n".join(vectors.get_feature_names_out())
    np.savez_compressed(
        OUT, weights=weights, beginning=model.intercept_, runs=np.frombuffer(known.encode(), "u1")
    )
    sys.stdout.write(f"{len(lines)} lines, {len(weights)} runs, {OUT.stat().st_size} bytes\n")


if __name__ == "__main__":
    main()
