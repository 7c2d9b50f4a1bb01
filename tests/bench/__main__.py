"""The README's figures: each as a ratio against a reference measured in the same run (`make bench`)."""

from collections.abc import Sequence

from tests.bench import messages, reminders


def main() -> None:
    """Print the tables."""
    _print("one message, in process | ms", messages.measure())
    _print("many notices, all processes | s", reminders.measure())


def _print(head: str, rows: Sequence[tuple[str, str, str]]) -> None:
    print(f"\n| {head} | ratio |\n| --- | --- | --- |")
    for row in rows:
        print(f"| {' | '.join(row)} |", flush=True)


if __name__ == "__main__":
    main()
