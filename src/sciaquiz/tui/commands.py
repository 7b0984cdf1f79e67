"""What can be done by name: on the page in front, and anywhere; the palette lists it and finds it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from inspect import isawaitable
from typing import TYPE_CHECKING, Any

from sciaquiz.deck.folding import folded
from sciaquiz.errors import SciaquizError
from sciaquiz.settings import SPECS
from sciaquiz.text import path_words
from sciaquiz.tui.keycaps import key_word
from sciaquiz.tui.places import PLACES
from sciaquiz.words import count, day_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from textual.screen import Screen

    from sciaquiz.clock import Moment
    from sciaquiz.deck.model import Deck
    from sciaquiz.ids import CardId
    from sciaquiz.insight.overview import Overview
    from sciaquiz.tui.app import SciaquizApp

NOT_BY_NAME = frozenset(
    (
        "cursor_up", "cursor_down", "first", "last", "move", "aside", "cycle", "carry", "page", "scroll", "end", "turn",
        "choose", "number", "pick", "go_on", "retype", "to_list", "way", "preset", "change", "more", "tick", "mark",
        "select", "open", "dismiss", "leave", "home", "go", "settings", "quit", "study_all", "study_deck", "undo",
        "fit",
    )
)  # fmt: skip
"""Acts on what is under the cursor, the way out, and what stands among the commands by a name of its own."""
THEME_WORDS = {"sciaquiz-dark": "Dark theme", "sciaquiz-light": "Light theme", "terminal": "The terminal's own colours"}
MOST_OF_A_TOPIC = 20
MOST_QUESTIONS = 8
FEWEST_LETTERS = 2
"""From so many letters on, questions are looked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """One line of the palette: what it does, a number or a word beside it, and its key where it has one here.

    One that is `sought` is there only once something is typed.
    """

    title: str
    act: Callable[[], object] = field(compare=False)
    also_called: str = ""
    note: str = ""
    key: str = ""
    sought: bool = False


def fitting(commands: Iterable[Command], typed: str) -> list[Command]:
    """Return the commands with every word that was typed, those that begin with them before the others."""
    words = folded(typed).split()
    if not words:
        return [command for command in commands if not command.sought]
    found = [
        command
        for command in commands
        if all(word in folded(f"{command.title} {command.also_called}") for word in words)
    ]
    begins = f" {' '.join(words)}"
    return sorted(found, key=lambda command: folded(command.title).find(begins) != 0)


def commands_for(app: SciaquizApp, screen: Screen[Any], seen: Overview | None, last_backup: str) -> list[Command]:
    """Return what can be done, what is usual first. `seen` is how things stand, where that is read by now."""
    keys = {active.binding.action: key_word(key) for key, active in reversed(screen.active_bindings.items())}
    acts = page_commands(app, screen, seen)
    study = study_commands(app, seen, keys) if app.is_free_to_go and seen is not None else []
    is_home = getattr(screen, "PLACE", "") == "home"
    first = [*study, *acts] if is_home else [*acts, *study]
    places = [
        Command(title=place.title, key=place.key, act=partial(app.action_go, place.name))
        for place in PLACES
        if app.is_free_to_go and getattr(screen, "PLACE", "") != place.name
    ]
    theme = next(spec for spec in SPECS if spec.name == "theme")
    now = app.workspace.settings.theme
    told = f"now {THEME_WORDS[now].removesuffix(' theme').lower()}"
    themes = [
        Command(title=words, note=told, act=partial(app.keep_setting, theme, name))
        for name, words in THEME_WORDS.items()
        if name != now
    ]
    return [
        *first,
        *places,
        Command(
            title="Take back the last answer",
            also_called="undo",
            key=keys.get("undo", ""),
            act=partial(undo, app, screen),
        ),
        *themes,
        Command(title="Settings", key=keys.get("app.settings", ""), act=app.action_settings),
        Command(
            title="Fit the model of memory to your answers",
            also_called="fsrs parameters optimise",
            key=keys.get("app.fit", ""),
            act=app.action_fit,
            sought=app.fitting is None,
        ),
        Command(title="Back up now", note=last_backup, act=partial(back_up, app)),
        Command(title="Keys of this page", also_called="help", key=keys.get("help", ""), act=app.action_help),
        Command(title="Quit", also_called="leave exit", key=keys.get("quit", ""), act=app.action_quit),
    ]


def page_commands(app: SciaquizApp, screen: Screen[Any], seen: Overview | None) -> list[Command]:
    """Return what can be done on a page at this moment, as its bindings say."""
    notes = {"custom": "decks, topics, state"}
    if seen is not None and seen.unsafe:
        notes["drill"] = f"{len(seen.unsafe)} unsafe"
    found: dict[str, Command] = {}
    for key, (node, binding, enabled, tooltip) in screen.active_bindings.items():
        name = binding.action.partition("(")[0].rpartition(".")[2]
        if enabled and tooltip and node is not app and name not in NOT_BY_NAME:
            act = partial(app.run_action, binding.action, node)
            note = notes.get(name, "")
            command = Command(title=tooltip, also_called=binding.description, note=note, key=key_word(key), act=act)
            found.setdefault(binding.action, command)
    return list(found.values())


def study_commands(app: SciaquizApp, seen: Overview, keys: dict[str, str]) -> list[Command]:
    """Return what can be studied: all that waits, the decks in which something does, and when sought every deck."""
    decks = tuple(row.deck for row in seen.rows)
    waiting = seen.due or seen.new
    everything = Command(
        title="Study everything that waits",
        note=waiting_words(seen.due, seen.new),
        key=keys.get("screen.study_all", ""),
        act=partial(study, app, decks),
        sought=not waiting,
    )
    return [
        everything,
        *(
            Command(
                title=f"Study {row.deck.title}",
                note=waiting_words(row.due + row.learning, row.new),
                act=partial(study, app, (row.deck,)),
                sought=not (row.due + row.learning or row.new),
            )
            for row in seen.rows
        ),
    ]


def waiting_words(due: int, new: int) -> str:
    """Return "38 + 10" for what is due and what is new."""
    return f"{due} + {new}" if due or new else "nothing waits"


def topic_commands(app: SciaquizApp) -> list[Command]:
    """Return a sitting on each topic, for those who seek it; called in a thread."""
    from sciaquiz.catalogue.matching import Matching
    from sciaquiz.study.choice import Choice
    from sciaquiz.study.query import Field, Order, Query, query_of
    from sciaquiz.tui.choosing import begin

    workspace = app.workspace
    matching = Matching(workspace.catalogue, workspace.clock.now(), workspace.settings.leech_lapses, workspace.fits)
    names, counts = matching.vocabulary().topics, matching.counts(Query(), Field.TOPIC)
    return [
        Command(
            title=f"Study {names[slug]}",
            note=f"{min(number, MOST_OF_A_TOPIC)} of {count(number, 'question')}, weakest first",
            act=partial(begin, app, Choice(query_of(topics=(slug,), order=Order.WEAKEST, most=MOST_OF_A_TOPIC))),
            sought=True,
        )
        for slug, number in counts.items()
    ]


def question_commands(app: SciaquizApp, typed: str) -> list[Command]:
    """Return the first questions with every word that was typed, or the one with this id; called in a thread."""
    from sciaquiz.catalogue.matching import Matching
    from sciaquiz.study.query import Field, Query

    if len(typed.strip()) < FEWEST_LETTERS:
        return []
    workspace = app.workspace
    matching = Matching(workspace.catalogue, workspace.clock.now(), workspace.settings.leech_lapses, workspace.fits)
    query = Query()
    for word in typed.split():
        query = query.having(Field.WORDS, [word])
    rows = [
        *matching.page(Query().having(Field.ID, [typed.strip()]), 0, 1),
        *matching.page(query, 0, MOST_QUESTIONS),
    ]
    found = {row.card_id: row for row in rows}
    return [
        Command(title=row.opening, note=row.deck, act=partial(look_at, app, row.card_id), sought=True)
        for row in found.values()
    ]


def look_at(app: SciaquizApp, card_id: CardId) -> None:
    """Open the page of a card."""
    from sciaquiz.tui.screens.card import CardScreen

    card = app.workspace.catalogue.card(card_id)
    deck = next((deck for deck in app.workspace.library.decks if card and deck.id == card.question.deck_id), None)
    if card is not None and deck is not None:
        app.push_screen(CardScreen(card, deck))


async def study(app: SciaquizApp, decks: Sequence[Deck]) -> None:
    """Begin a sitting over what waits in these decks, or say why there is none."""
    from sciaquiz.tui.choosing import begin_what_waits

    begin_what_waits(app, decks, await app.snapshot())


async def undo(app: SciaquizApp, screen: Screen[Any]) -> None:
    """Take back what was done last, as the page does it, or anywhere."""
    if any(active.binding.action == "undo" for active in screen.active_bindings.values()):
        await app.run_action("undo", screen)
    else:
        await app.undo_last()


async def back_up(app: SciaquizApp) -> None:
    """Write a backup, check it, and say where it is."""
    from sciaquiz.store.backup import back_up as write

    folder, today = app.workspace.paths.backups, app.workspace.clock.now().study_day
    made = await app.journal.call(lambda journal: write(journal.path, folder, today))
    app.notify(f"Backup written and checked: {path_words(made)}", markup=False)


def last_backup_words(folder: Path, now: Moment) -> str:
    """Return "last 09:14", with the day in place of the time if that was another day; called in a thread."""
    from sciaquiz.store.beside import list_backups

    try:
        newest = max(path.stat().st_mtime for path in list_backups(folder))
    except (OSError, ValueError):
        return "none yet"
    made = datetime.fromtimestamp(newest, tz=now.local.tzinfo)
    return f"last {made:%H:%M}" if made.date() == now.local.date() else f"last {day_words(made.date(), now.study_day)}"


async def run(app: SciaquizApp, command: Command) -> None:
    """Do what a command does; what the journal refuses is told."""
    try:
        done = command.act()
        if isawaitable(done):
            await done
    except SciaquizError as error:
        app.notify(str(error), severity="error", markup=False)
