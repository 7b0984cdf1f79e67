"""Models of memory on a real log: how well each foretells it, beside fsrs-rs-python on the same folds."""

from __future__ import annotations

import sys
import time
from importlib.metadata import version
from itertools import chain, pairwise
from pathlib import Path
from statistics import fmean
from typing import TYPE_CHECKING

import fsrs_rs_python as fsrs_rs

from bench.made import missed_recall
from bench.timing import table
from sciaquiz.memory.comparing import MOVING_AVERAGE, Candidate, compare, every_model, first_then, folds, foretold
from sciaquiz.memory.evaluating import log_loss, score, trials
from sciaquiz.memory.fitting.reading import read_log
from sciaquiz.memory.fitting.recipe import fit

if TYPE_CHECKING:
    from sciaquiz.memory.fitting.seen import Log

JOSH = Path(__file__).parents[1] / "tests" / "memory" / "data" / "josh.csv"
GOALS = {"FSRS-6 fitted": 0.4350, "FSRS-7 fitted": 0.4280}
FIRST = (64, 128, 256, 512, 1024, 2048)
STUDENTS = 10
EPOCHS = (5, 20)
"""What fsrs-rs-python does unless told otherwise, and what serves it best here."""

ABOUT = """## Models of memory

{reviews:,} reviews of one person (tests/memory/data), in the order of time: after each sixth of the {counted:,}
next-day reviews a model is fitted to all so far and foretells the next sixth. Log loss and RMSE(bins): less is better;
AUC: more is. FSRS-6 is shrunk towards its default by days / (days + 10). The peer is fsrs-rs-python {peer}, its items
in the order of time, its parameters used in our FSRS-6. CPU is that of five fits, to {rows:,} to {most:,} reviews.

{scores}
Log loss by fold:

{by_fold}
Young students: fitted to the first next-day reviews, log loss on as many after them, at least 400.

{first}
Guessing: how far the recall by a fit of FSRS-6 is from the real one (root mean square), over {students} students who
are made, with memories of their own. They choose among so many options, and say "guess" of 5% of what they know and
65% of what they do not.

{guessing}"""


def fitted_by_peer(epochs: int) -> Candidate:
    """FSRS-6 as fsrs-rs-python fits it."""

    def parameters(log: Log) -> tuple[float, ...]:
        items, cards = [], []
        for trial in trials(log):
            card = log[trial.card][: trial.place + 1]
            gaps = [0, *(later.day - sooner.day for sooner, later in pairwise(card))]
            items.append(
                fsrs_rs.FSRSItem(
                    [fsrs_rs.FSRSReview(rating=seen.grade, delta_t=gap) for seen, gap in zip(card, gaps, strict=True)]
                )
            )
            cards.append(trial.card)
        training = fsrs_rs.TrainingConfig(num_epochs=epochs)
        return tuple(fsrs_rs.FSRS([]).compute_parameters(items, card_ids=cards, training_config=training))

    return Candidate(f"fsrs-rs-python, {epochs} epochs", "fsrs-6", parameters)


def run() -> str:
    """Fit and foretell, and tell how long the fits took."""
    log = read_log(JOSH)
    splits = folds(log)
    tested = [*chain.from_iterable(each.tested for each in splits)]
    [moving] = compare(log, splits, [])
    rows = [(MOVING_AVERAGE, f"{moving.log_loss:.4f}", f"{moving.rmse_bins:.4f}", f"{moving.auc:.3f}", "", "")]
    by_fold = []
    for name, model, parameters in [*every_model(), *map(fitted_by_peer, EPOCHS)]:
        spent, chances = 0.0, []
        for each in splits:
            begun = time.process_time()
            found = parameters(each.fitted)
            spent += time.process_time() - begun
            chances.append(foretold(log, each.tested, model, found))
        whole = score(name, tested, [*chain.from_iterable(chances)])
        goal = f"≤ {GOALS[name]:.4f}" if name in GOALS else ""
        seconds = "" if name.endswith("default") else f"{spent:.2f}"
        rows.append((name, f"{whole.log_loss:.4f}", f"{whole.rmse_bins:.4f}", f"{whole.auc:.3f}", seconds, goal))
        losses = [
            log_loss([trial.right for trial in each.tested], told) for each, told in zip(splits, chances, strict=True)
        ]
        by_fold.append((name, *(f"{loss:.4f}" for loss in losses)))
        if whole.log_loss > GOALS.get(name, 1.0):
            print(f"{name}: the log loss {whole.log_loss:.4f} misses its goal", file=sys.stderr)
    first = []
    for reviews in FIRST:
        then = first_then(log, reviews)
        found = [f"{each.log_loss:.4f}" for each in compare(log, [then], every_model())[1:]]
        first.append((reviews, fit(then.fitted, "fsrs-6").days, *found))
    guessing = []
    for options in (2, 4):
        missed = [missed_recall(seed, options) for seed in range(STUDENTS)]
        guessing.append((options, *(f"{fmean(each):.3f}" for each in zip(*missed, strict=True))))
    sizes = [sum(map(len, each.fitted)) for each in splits]
    return ABOUT.format(
        reviews=sum(map(len, log)),
        counted=len(trials(log)),
        rows=sizes[0],
        most=sizes[-1],
        peer=version("fsrs-rs-python"),
        scores=table(["model", "log loss", "RMSE(bins)", "AUC", "CPU s", "goal"], rows),
        by_fold=table(["model", *(f"fold {number}" for number in range(1, len(splits) + 1))], by_fold),
        students=STUDENTS,
        guessing=table(["options", "guessing unknown", "floor", "floor and certainty"], guessing),
        first=table(["first reviews", "on days", *(each.name for each in every_model())], first),
    )
