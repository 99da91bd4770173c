"""What a command says and asks."""

import sys

from infra.deploy.problem import Problem


def say(words: str) -> None:
    print(words, flush=True)


def agree(question: str, *, yes: bool) -> None:
    """Goes on when the person says yes, or has said so beforehand. Raises Problem otherwise."""
    if yes:
        return
    if _answer(f"{question} [y/N] ").lower() not in {"y", "yes", "д", "да"}:
        raise Problem("Nothing was changed.")


def repeat(word: str, question: str) -> None:
    """Goes on when the person types the word. Raises Problem otherwise."""
    if _answer(f"{question} Type {word} to go on: ") != word:
        raise Problem("Nothing was changed.")


def _answer(question: str) -> str:
    sys.stdout.write(question)
    sys.stdout.flush()
    line = sys.stdin.readline()
    if not line:
        raise Problem("Nobody is here to answer. Nothing was changed (YES=1 agrees beforehand).")
    return line.strip()
