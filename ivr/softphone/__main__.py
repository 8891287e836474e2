"""The exchange as a process of its own, with real time on the line.

    TWILIO_ACCOUNT_SID=… TWILIO_AUTH_TOKEN=… python -m ivr.softphone \\
        +12025550100=http://127.0.0.1:8000/ivr/incoming --port 8001

It tells its URL, the value of TWILIO_API_URL, on the first line that it prints.
"""

import argparse
import os
import sys
import threading
from pathlib import Path

from ivr.softphone import AT_ONCE, REAL_TIME, create_exchange, running


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m ivr.softphone", description=__doc__)
    parser.add_argument("numbers", nargs="+", metavar="NUMBER=VOICE_URL")
    parser.add_argument("--port", type=int, default=0, help="0 is any free one")
    parser.add_argument("--samples", type=Path, help="a folder of WAVs to speak with")
    parser.add_argument("--at-once", action="store_true", help="speech takes no time")
    chosen = parser.parse_args()
    app, exchange = create_exchange(
        os.environ["TWILIO_ACCOUNT_SID"],
        os.environ["TWILIO_AUTH_TOKEN"],
        dict(each.split("=", 1) for each in chosen.numbers),
        tempo=AT_ONCE if chosen.at_once else REAL_TIME,
        samples=chosen.samples,
    )
    with running(app, exchange, port=chosen.port) as url:
        sys.stdout.write(f"{url}\n")
        sys.stdout.flush()
        threading.Event().wait()


if __name__ == "__main__":
    main()
