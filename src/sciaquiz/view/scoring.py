"""The table of how well models of memory foretell a log."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sciaquiz.memory.evaluating import Score

HEAD = ("model", "log loss", "RMSE(bins)", "AUC")
MEANING = "Log loss and RMSE(bins): less is better. AUC: more is better, 0.5 is chance."


def score_lines(scores: Sequence[Score]) -> list[str]:
    """Return a line for each model below one of heads, in columns, and one that says what they mean."""
    rows = [HEAD, *((each.model, *_figures(each)) for each in scores)]
    widths = [max(len(row[place]) for row in rows) for place in range(len(HEAD))]
    return [*("  ".join(map(_aligned, row, widths, range(len(HEAD)))) for row in rows), MEANING]


def _aligned(cell: str, width: int, place: int) -> str:
    return cell.rjust(width) if place else cell.ljust(width)


def _figures(score: Score) -> tuple[str, str, str]:
    auc = "–" if score.auc is None else f"{score.auc:.3f}"
    return f"{score.log_loss:.4f}", f"{score.rmse_bins:.4f}", auc
