"""`setup`: asks what the service must know, makes its keys, tries what it was told, and writes `.env` with mode 0600."""

import sys
from pathlib import Path

import click

from bot import texts as languages
from bot.cli.setup import checks, env_file
from bot.cli.setup.questions import ASKED, MADE, Question, is_asked
from bot.cli.setup.refusing import wrong, wrong_together
from bot.texts import Texts
from config.settings import CONFIG_DIR, ROOT


@click.command("setup")
@click.option(
    "--file", type=click.Path(path_type=Path, dir_okay=False), default=ROOT / ".env", help="The file to write."
)
@click.option(
    "--set", "given", multiple=True, metavar="NAME=VALUE", help="An answer, or any other setting; may be repeated."
)
@click.option("--yes", is_flag=True, help="Ask nothing: what is not given keeps its value or its proposal.")
@click.option("--offline", is_flag=True, help="Write without trying the platform, the address, the database and Redis.")
def command(file: Path, given: tuple[str, ...], yes: bool, offline: bool) -> None:
    """Ask, try, and write the environment. Keys that the file holds already are kept."""
    texts = languages.load(CONFIG_DIR)
    before = env_file.read(file)
    values = before | _given(texts, given)
    for question in ASKED:
        if not is_asked(question, values):
            continue
        values[question.name] = _answer(texts, question, values.get(question.name, ""), yes or _told(question, given))
    new = [name for name in ("DATA_KEY", "BOX_KEY", "BACKUP_KEY") if not values.get(name)]
    values |= {name: values.get(name) or make() for name, make in MADE.items()}
    bad = {name: reason for name, value in values.items() if value and (reason := wrong(name, value))}
    needed = [question.name for question in ASKED if is_asked(question, values) and not question.optional]
    missing = [name for name in needed if not values[name]]
    if not (bad or missing) and (reason := wrong_together(values)):
        bad = {"": reason}
    if bad or missing:
        _end([*bad.values(), *(texts.say("setup.missing", name=name) for name in missing)])
    if not offline:
        _try(texts, values, yes)
    try:
        env_file.write(file, values)
    except (env_file.Unwritable, OSError) as error:
        _end([texts.say("setup.unwritable", what=error)])
    click.echo(texts.say("setup.written", file=file))
    if new:
        click.echo(texts.say("setup.keep_keys", names="、".join(new)))


def _given(texts: Texts, given: tuple[str, ...]) -> dict[str, str]:
    pairs = [one.partition("=") for one in given]
    if any(not mark or not name.isidentifier() for name, mark, _ in pairs):
        _end([texts.say("setup.pairs")])
    return {name.upper(): value.strip() for name, _, value in pairs}


def _told(question: Question, given: tuple[str, ...]) -> bool:
    return any(one.upper().startswith(f"{question.name}=") for one in given)


def _answer(texts: Texts, question: Question, known: str, silent: bool) -> str:
    """The value: asked again until it can be right."""
    proposal = known or question.make()
    if silent:
        return proposal
    while True:
        shown = texts.say("setup.kept") if question.secret and known else proposal
        said = click.prompt(texts.say(f"setup.ask.{question.name}"), default=shown, show_default=bool(shown)).strip()
        value = proposal if said == shown else said
        reason = wrong(question.name, value) if value else ""
        if not reason and (value or question.optional):
            return value
        click.echo(reason or texts.say("setup.missing", name=question.name), err=True)


def _try(texts: Texts, values: dict[str, str], silent: bool) -> None:
    """Say what does not work; without anybody to ask that ends the command, and nothing is written."""
    found = list(checks.problems(texts, values))
    for problem in found:
        click.echo(problem, err=True)
    if found and (silent or not click.confirm(texts.say("setup.anyway"), default=False)):
        _end([texts.say("setup.not_written")])


def _end(lines: list[str]) -> None:
    for line in lines:
        click.echo(line, err=True)
    sys.exit(1)
