"""`voiceapp reconcile`: a day's bill of WeChat Pay's against our own books."""

import argparse
from datetime import timedelta

from voiceapp import clock
from voiceapp.commands import house, say
from voiceapp.errors import NotAllowed
from voiceapp.money import Fen, format_yuan


def reconcile(chosen: argparse.Namespace) -> int:
    """Print each difference, a line each; 1 where there is any."""
    from family_link import reconciling

    found = house()
    gateway = found.providers["gateway"]
    if gateway is None:
        raise NotAllowed("there is no merchant (WECHATPAY_MCH_ID): nothing is paid by WeChat here")
    there = clock.now().astimezone(found.settings.timezone)
    day = chosen.day or there.date() - timedelta(days=1)
    differences = reconciling.reconcile(found.db, gateway, found.settings, day)
    for row in differences:
        sides = f"ours {_yuan(row.ours)}  WeChat Pay {_yuan(row.theirs)}"
        say(f"{row.what}  {row.number}  {row.how}  {sides}")
    say(f"{day}: {len(differences) or 'no'} difference{'s' * (len(differences) != 1)}")
    return 1 if differences else 0


def _yuan(fen: Fen | None) -> str:
    return "nothing" if fen is None else format_yuan(fen)
