"""What a rule is about, from its page, and the list of all rules with what each source counts that no rule can tell."""

from __future__ import annotations

from sciaquiz.authoring.choosing import RuleError, unknown
from sciaquiz.authoring.lint import RULE, RULES
from sciaquiz.paths import rule_pages

FIRST_EXAMPLE = "\n\n## "
HEAD = """# The rules of `sciaquiz check`

Each has a page: what it tells, why, and an example that is told and one that is not, both run as tests.
`sciaquiz check --explain TW1` prints the gist. `--select TW,ID4` asks these rules alone, `--ignore TW13` all but these:
a name stands for the rule, for those that begin with it and a hyphen, and letters alone for a group. Where a rule does
not apply, say so and why: `allow = [{ rule = "TW1", because = "…" }]` on the question, or at the head of the deck for
what no question is at fault of. How often they are right: [precision.md](precision.md).

TW are flaws that help a guesser and ID flaws that hurt one who knows, after Haladyna, Downing and Rodriguez (2002) and
the NBME's *Constructing Written Test Questions* (2001, 2016); thresholds and the other groups are our own.

| rule | | |
|---|---|---|
"""
REST = """
Of the flaws that these sources count, the text alone does not tell: which distractors students take for wrong at once,
beyond those that are no answer (TW10) or of another sort (TW11), and which questions are too hard or too easy (the
answers do: `sciaquiz items`); several defensible keys; superlatives of options that cannot be ranked, beyond those that
say no ground (ID16); opinions without an authority, beyond a missing source (DOC-sources); and spelling and grammar
beyond what ID20 knows: any proofreading program can read a deck.
"""


def explained(name: str) -> str:
    """Return the gist of a rule's page. Raises RuleError if there is no such rule."""
    code = next((code for code in RULE if code.casefold() == name.casefold()), None)
    if code is None:
        raise RuleError(unknown(name))
    try:
        page = (rule_pages() / f"{code}.md").read_text(encoding="utf-8")
    except OSError as error:
        raise RuleError(f"the page of {code} cannot be read ({error.strerror})") from None
    return page.partition(FIRST_EXAMPLE)[0].removeprefix("# ").replace("`", "").replace("*", "").rstrip()


def listed() -> str:
    """Return the list of all rules, as docs/rules/README.md."""
    rows = (f"| [{rule.code}]({rule.code}.md) | {rule.severity.value} | {rule.title} |\n" for rule in RULES)
    return f"{HEAD}{''.join(rows)}{REST}"
