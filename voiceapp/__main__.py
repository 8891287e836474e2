"""`python -m voiceapp` is the console script."""

from voiceapp.cli import main

raise SystemExit(main())
