"""Numbers of bytes as people read them."""

_UNITS = ("KiB", "MiB", "GiB", "TiB")


def amount(count: int) -> str:
    """`17 bytes`, `3.4 MiB`."""
    if count < 1024:
        return f"{count} byte{'' if count == 1 else 's'}"
    value = float(count)
    for unit in _UNITS:
        value /= 1024
        if value < 1023.95 or unit == _UNITS[-1]:
            break
    return f"{value:.1f} {unit}"
