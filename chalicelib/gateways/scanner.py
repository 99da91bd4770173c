"""Where a deployment that has a virus scanner puts it in."""


def scan(content: bytes) -> None:
    """Looks at a whole file before anybody can get it. Raises Invalid for the field `content`.

    There is no scanner in AWS that a function could ask within a request; without one, what keeps
    people from harm is that only known types pass, and that browsers run none of them.
    """
