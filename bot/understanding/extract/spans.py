"""Which characters of a text belong to something that was found already."""


class Taken:
    """What is found first keeps its characters: nothing that is found later overlaps it."""

    def __init__(self, text: str) -> None:
        self._taken = bytearray(len(text))

    def take(self, start: int, end: int) -> bool:
        """Whether all of these characters were free; if so, they are taken from now on."""
        free = not any(self._taken[start:end])
        if free:
            self._taken[start:end] = b"\1" * (end - start)
        return free
