"""Characters as a text in double quotes has them, in YAML and HCL alike."""

_NAMED = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}


def escaped(text: str) -> str:
    """What stands between the quotes."""
    return "".join(map(_character, text))


def _character(one: str) -> str:
    if one in _NAMED:
        return _NAMED[one]
    if one.isprintable():
        return one
    code = ord(one)
    if 0xD800 <= code < 0xE000:
        raise ValueError("half a character has no way to be written")
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
