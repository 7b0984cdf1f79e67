"""`sciaquiz deck`: decks from elsewhere, added, listed, brought up to date and removed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sciaquiz.cli.arguments import add_json
from sciaquiz.cli.console import EXIT_TROUBLE, say, say_json, warn
from sciaquiz.cli.opening import open_workspace
from sciaquiz.errors import SciaquizError

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from sciaquiz.getting.installing import Installed, Package
    from sciaquiz.workspace import Workspace


def declare(parser: argparse.ArgumentParser) -> None:
    """Add what the command can be given."""
    acts = parser.add_subparsers(title="acts", metavar="ACT", dest="act", required=True)
    add = acts.add_parser("add", help="Show what is in a place, and put its decks into your folder of decks.")
    add.add_argument(
        "place", metavar="PLACE", help="a deck file, a folder, a .zip file, or the URL of a git repository"
    )
    add.add_argument("--revision", default="", metavar="NAME", help="a branch or tag of the repository")
    add.add_argument("--only", action="append", default=[], metavar="ID", help="of several decks, this one")
    _add_dry_run(add)
    add.set_defaults(run=_add)
    listed = acts.add_parser("list", help="List the decks with version, licence, authors, and where they came from.")
    add_json(listed)
    listed.set_defaults(run=_list)
    update = acts.add_parser("update", help="Fetch added decks again, and say what has changed.")
    update.add_argument("deck", nargs="*", metavar="ID", help="these decks; without any, all that were added")
    update.add_argument(
        "--force", action="store_true", help="also where you have edited what was added: the edit is lost"
    )
    _add_dry_run(update)
    update.set_defaults(run=_update)
    remove = acts.add_parser("remove", help="Take a deck away that was added; your answers stay.")
    remove.add_argument("deck", metavar="ID")
    remove.add_argument("--force", action="store_true", help="also where you have edited it: the edit is lost")
    _add_dry_run(remove)
    remove.set_defaults(run=_remove)


def _add_dry_run(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--dry-run", action="store_true", help="only say what would be done")


def _add(options: argparse.Namespace) -> int:
    from msgspec.structs import replace

    from sciaquiz.getting.fetching import fetched, origin_from
    from sciaquiz.getting.installing import install, packages
    from sciaquiz.text import path_words
    from sciaquiz.view.decks import deck_lines

    origin = origin_from(options.place, options.revision)
    with open_workspace() as workspace, fetched(origin) as found:
        held = {str(deck.id): deck for deck in workspace.library.decks}
        all_found, broken = packages(found, origin)
        for link in found.links:
            warn(f"“{link}” is a link and is left out: name what it leads to.")
        for reason in broken:
            warn(f"Left out: {reason}")
        chosen = [each for each in all_found if not options.only or each.deck.id in options.only]
        if missing := set(options.only) - {str(each.deck.id) for each in all_found}:
            there = ", ".join(each.deck.id for each in all_found)
            raise SciaquizError(f"there is no deck {min(missing)!r} in it; there are: {there}.")
        refused = 0 if options.only else len(broken)
        for package in chosen:
            for line in deck_lines(package.deck, origin.words()):
                say(line)
            _tell_problems(workspace, package)
            if package.deck.id in held:
                path = held[package.deck.id].path
                where = "" if path is None else f", at {path_words(path)}"
                warn(f"The id “{package.deck.id}” is that of a deck you have already{where}: it is left out.")
                refused += 1
            elif options.dry_run:
                say("It would be added.")
                held[package.deck.id] = replace(package.deck, path=None)
            else:
                path = install(package, workspace.paths.decks)
                say(f"Added: {path_words(path)}")
                held[package.deck.id] = replace(package.deck, path=path / "deck.toml")
    return EXIT_TROUBLE if refused else 0


def _tell_problems(workspace: Workspace, package: Package) -> None:
    """Say which questions will be left out: those with an error, and those whose id another deck has."""
    from sciaquiz.words import count

    errors = [problem for problem in package.reading.problems if problem.severity == "error"]
    if errors:
        first = f"{package.origin.inside}:{errors[0].line}: {errors[0].message}"
        warn(f"{count(len(errors), 'error')} in it, and the questions with one are left out; the first: {first}")
    taken = {
        name: deck
        for name, deck in workspace.catalogue.rows(
            "SELECT question.id, deck.id FROM question JOIN deck ON deck.num = question.deck WHERE question.kept"
        )
        if deck != package.deck.id
    }
    twice = [question.history_id for question in package.deck.questions if question.history_id in taken]
    if twice:
        left_out = count(len(twice), "question of it is", "questions of it are")
        other = taken[twice[0]]
        warn(f"{left_out} left out: the deck “{other}” has an id like theirs already; the first is “{twice[0]}”.")


def _list(options: argparse.Namespace) -> int:
    from sciaquiz.getting.installing import installed_in
    from sciaquiz.view.decks import deck_lines

    with open_workspace() as workspace:
        added = {each.folder / "deck.toml": each for each in installed_in(workspace.paths.decks)}
        rows = [(deck, added.get(deck.path) if deck.path else None) for deck in workspace.library.decks]
        if options.json:
            say_json(
                [
                    {
                        "id": deck.id,
                        "title": deck.title,
                        "version": deck.version,
                        "questions": len(deck.questions),
                        "licence": deck.licence,
                        "authors": list(deck.authors),
                        "description": deck.description,
                        "from": each.origin.words() if each else None,
                        "edited": each.is_edited if each else None,
                        "path": str(deck.path) if deck.path else None,
                    }
                    for deck, each in rows
                ]
            )
            return 0
        for place, (deck, each) in enumerate(rows):
            if place:
                say("")
            edited = " (edited by you since)" if each and each.is_edited else ""
            for line in deck_lines(deck, f"{each.origin.words()}{edited}" if each else str(deck.path)):
                say(line)
        if not rows:
            say("No decks are installed.")
    return 0


def _chosen(workspace: Workspace, wanted: Sequence[str]) -> list[Installed]:
    """Return the added decks with these ids, or all. Raises SciaquizError for another."""
    from sciaquiz.getting.installing import installed_in
    from sciaquiz.text import path_words

    added = {each.folder.name: each for each in installed_in(workspace.paths.decks)}
    for name in wanted:
        if name not in added:
            deck = next((deck for deck in workspace.library.decks if deck.id == name), None)
            if deck is None or deck.path is None:
                raise SciaquizError(f"there is no deck {name!r}. To list them: sciaquiz deck list")
            raise SciaquizError(f"“{name}” was not added from elsewhere; {path_words(deck.path)} is left alone.")
    return [added[name] for name in wanted] if wanted else list(added.values())


def _update(options: argparse.Namespace) -> int:
    from sciaquiz.updating import bring_up
    from sciaquiz.view.updating import corrected_words

    failed = 0
    with open_workspace() as workspace:
        chosen = _chosen(workspace, options.deck)
        for installed in chosen:
            try:
                _bring_up_to_date(workspace, installed, dry_run=options.dry_run, force=options.force)
            except SciaquizError as error:
                warn(f"{installed.folder.name}: {error}")
                failed += 1
        if not chosen:
            say("No deck was added from elsewhere: there is nothing to fetch.")
        if not options.dry_run:
            workspace.read_again(workspace.paths.decks)
            workspace.snapshot()
            if number := bring_up(workspace, workspace.journal):
                say(corrected_words(number))
    return EXIT_TROUBLE if failed else 0


def _bring_up_to_date(workspace: Workspace, installed: Installed, *, dry_run: bool, force: bool) -> None:
    from sciaquiz.authoring.differing import as_lines
    from sciaquiz.authoring.diffing import diff
    from sciaquiz.deck.reading import read_deck
    from sciaquiz.getting.fetching import fetched
    from sciaquiz.getting.installing import packages, put_in_place
    from sciaquiz.updating import pending
    from sciaquiz.view.updating import would_be_corrected_words

    name = installed.folder.name
    if installed.is_edited and not force:
        raise SciaquizError("you have edited it since it was added, so it stays as it is; --force gives up the edit.")
    with fetched(installed.origin) as found:
        sound, broken = packages(found, installed.origin)
        package = next((each for each in sound if each.deck.id == name), None)
        if package is None:
            why = f" Is it this? {broken[0]}" if broken else ""
            raise SciaquizError(f"{installed.origin.words()} no longer holds it; it stays as it is.{why}")
        if installed.holds(package):
            say(f"{name}: no change.")
            return
        say(f"{name}: version {package.deck.version}")
        for line in as_lines(diff([read_deck(installed.folder / "deck.toml")], [package.reading]), places=False):
            say(f"  {line}".rstrip())
        if dry_run:
            cards = [card for question in package.deck.questions for card in question.cards()]
            if number := len(pending(workspace.journal, cards)):
                say(f"  {would_be_corrected_words(number)}")
            say("  Nothing was changed.")
        else:
            put_in_place(package, installed)


def _remove(options: argparse.Namespace) -> int:
    from sciaquiz.getting.installing import remove

    with open_workspace() as workspace:
        [installed] = _chosen(workspace, [options.deck])
        if installed.is_edited and not options.force:
            raise SciaquizError(f"you have edited {options.deck} since it was added; --force gives up the edit.")
        if options.dry_run:
            say(f"{options.deck} would be removed. Your answers to it would stay.")
            return 0
        remove(installed)
        say(f"Removed: {options.deck}. Your answers to it stay, and go on where it is added again.")
    return 0
