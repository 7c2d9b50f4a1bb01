"""Opens a model file that `learn` wrote."""

from pathlib import Path

from bot.errors import NotFound, NotUnderstood
from bot.understanding import Reader
from bot.understanding.models.label_model import Model, read_model


def open_model(reader: Reader, file: Path | None) -> Model | None:
    """The model of this file; None where no file is named. NotFound or NotUnderstood where it cannot be read."""
    if file is None:
        return None
    try:
        return read_model(file.read_bytes(), reader.vectorizer)
    except OSError as error:
        raise NotFound("reading.bad.read", file=file, reason=error.strerror or error) from error
    except (ValueError, KeyError, TypeError) as error:
        raise NotUnderstood("reading.bad.model", file=file) from error
