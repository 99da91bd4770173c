"""What a file is, by its first bytes."""

SAMPLE = 4096


def signs(content: bytes) -> frozenset[str]:
    """The endings of the types that begin so; empty for what begins like none."""
    import puremagic  # its tables cost a cold start 10 ms, and few files are uploaded

    try:
        found = puremagic.magic_string(content[:SAMPLE])
    except puremagic.PureError:
        return frozenset()
    return frozenset(each.extension.removeprefix(".") for each in found)
