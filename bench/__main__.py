"""What can be measured here, each as a command of its own.

    python -m bench                 how fast the webhooks and pages answer, on this machine
    python -m bench NAME [ARGS…]    one of the others: noise, peers, speech, whispers, house
"""

import runpy
import sys
from pathlib import Path

NAMES = sorted(
    path.stem for path in Path(__file__).parent.glob("*.py") if not path.stem.startswith("_")
)

if __name__ == "__main__":
    name = sys.argv[1] if len(sys.argv) > 1 else "house"
    if name not in NAMES:
        sys.exit(f"no bench is called {name}: {', '.join(NAMES)}")
    del sys.argv[1:2]
    runpy.run_module(f"bench.{name}", run_name="__main__")
