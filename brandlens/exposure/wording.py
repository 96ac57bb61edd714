"""Figures as people read them, for the report."""

from datetime import UTC, datetime


def clock(seconds: float) -> str:
    """Return a position or length as m:ss.s, or h:mm:ss.s from an hour on."""
    tenths = round(seconds * 10)
    minutes, tenths = divmod(tenths, 600)
    hours, minutes = divmod(minutes, 60)
    rest = f"{tenths // 10:02d}.{tenths % 10}"
    return f"{hours}:{minutes:02d}:{rest}" if hours else f"{minutes}:{rest}"


def whole_clock(seconds: float) -> str:
    """Return m:ss, or h:mm:ss from an hour on."""
    return clock(round(seconds)).removesuffix(".0")


def length_in_words(seconds: float) -> str:
    """Return a length in words: `32.5 seconds`, `1 min 24 s`, `2 h 5 min`."""
    if seconds < 59.95:
        return f"{seconds:.1f} seconds"
    whole = round(seconds)
    hours, minutes, rest = whole // 3600, whole // 60 % 60, whole % 60
    if hours:
        return f"{hours} h {minutes} min"
    return f"{minutes} min {rest} s"


def percent(fraction: float) -> str:
    """Return a fraction as a percentage to one decimal; a trace is not rounded to nothing."""
    return "<0.1%" if 0 < fraction < 0.0005 else f"{fraction * 100:.1f}%"


def certainty(confidence: float) -> str:
    """Return a confidence in whole percent, rounded down: nearly certain is not certain."""
    return f"{int(confidence)}%"


def plural(count: int, one: str, many: str | None = None) -> str:
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def quantity(amount: float) -> str:
    """Return an amount to at most four significant decimals."""
    return f"{amount:,.4f}".rstrip("0").rstrip(".")


def dollars(usd: float) -> str:
    """Return an amount in USD: cents, or as many decimals as a small one needs."""
    return f"${usd:,.2f}" if usd >= 1 or usd == 0 else f"${usd:.4f}" if usd >= 0.0001 else "<$0.0001"


def moment(when: datetime) -> str:
    return when.astimezone(UTC).strftime("%-d %B %Y, %H:%M UTC")
