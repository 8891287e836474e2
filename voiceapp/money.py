"""Money is a whole number of fen, computed from the catalogue and never from speech."""

from decimal import ROUND_HALF_UP, Decimal

Fen = int


def fen_from_yuan(yuan: str | Decimal) -> Fen:
    """Fen for a price written in yuan, such as "5.80". Raises ValueError for a part of a fen."""
    fen = Decimal(yuan) * 100
    if fen != fen.to_integral_value():
        raise ValueError(f"{yuan} yuan is not a whole number of fen")
    return int(fen)


def line_total(price: Fen, quantity: Decimal) -> Fen:
    """Price of a quantity, each line rounded to the nearest fen (half up, as a till does)."""
    return int((Decimal(price) * quantity).quantize(Decimal(1), ROUND_HALF_UP))


def format_yuan(fen: Fen) -> str:
    """Money for the eye: 3280 is "¥32.80"."""
    sign = "-" if fen < 0 else ""
    return f"{sign}¥{abs(fen) // 100}.{abs(fen) % 100:02d}"
