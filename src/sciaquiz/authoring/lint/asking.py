"""What the question asks: whether it asks at all, for how many, by what authority, and without what helps nobody."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sciaquiz.authoring.lint.look import LONGEST_NAME, words_of
from sciaquiz.deck.kinds import Cloze, Numeric, SingleBestAnswer
from sciaquiz.deck.model import Urgency

if TYPE_CHECKING:
    from sciaquiz.authoring.lint.look import Look

ORDERS = words_of(
    "arrange assess calculate choose circle classify click compare complete consider convert count decide define "
    "describe determine draw enter estimate explain express fill find finish give identify indicate judge label list "
    "locate mark match move name order pair pick place point put rank read recite recall say select show sketch sort "
    "spell state supply tap tell think tick touch trace type work write"
)
"""Verbs with which a sentence asks without a question mark."""

INTERROGATIVE = re.compile(r"(?:in |of |at |by |to |for )?(?:which|what|who|whom|whose|where|when|why|how)\b")
ABOUT = r"(?:about|on|regarding|concerning|for|of)"
TRUE = r"(?:not )?(?:true|correct|right|false|incorrect|wrong|accurate|appropriate|untrue)"
AIMLESS = re.compile(
    rf"\bwhich (?:one )?(?:of (?:the )?(?:following|these|options|answers|statements)\b.{{0,24}}?"
    rf"|(?:statement|option|answer|sentence|assertion)s? )(?:{ABOUT} .{{1,60}}?)?"
    rf"(?:is|are|was) (?:the )?(?:most |least )?{TRUE}(?: one)?\b(?: {ABOUT}\b.*)?\?"
    rf"|^(?:regarding|concerning|with regard to) [^,.?]{{1,80}}[,:.]?(?: which (?:one )?is (?:true|correct))?\??$"
    rf"|\bwhat is (?:true|correct|right)(?: {ABOUT}\b.*)?\?",
    re.DOTALL,
)
AIMLESS_WORDS = words_of("following statement statements true correct incorrect false Regarding Concerning")
TAKE = r"(?:choose|select|tick|mark|pick)"
NUMBER = r"(?P<few>two|three|four|five|2|3|4|5)"
SEVERAL = re.compile(
    r"\b(?:all|any|those|each|every one) that (?:apply|applies|fits?|(?:is|are) (?:true|correct))\b"
    r"|\ball (?:the )?correct (?:answers|options|ones)\b"
    rf"|\b(?:{TAKE}|give|name) (?:the )?{NUMBER}\b"
    r"|\b(?:more than one|several) (?:answers?|options?|of them|of these) (?:may|can|could|might|is|are)\b"
)
ASKED_NUMBER = re.compile(
    rf"\b(?:which|what|{TAKE}) (?:the )?{NUMBER}\b"
    r"(?![- ](?:of|or|and|to|point|thirds|years?|months?|weeks?|days?|hours?|minutes?|mm|cm|heads?|headed|joints?|"
    r"parts|stage|step)\b)"
)
PLURAL = re.compile(
    rf"\b(?:which|what) {NUMBER} (?!years\b|months\b|weeks\b|days\b|hours\b|minutes\b|heads\b|parts\b|stages\b|steps\b)"
    r"(?:[a-z]+ )?[a-z]+s\b(?! (?:is|was|has|does)\b)"
)
AS_PAIR = re.compile(r"[,/+&–]|\b(?:and|or|to|with|both|all|none|two|three|four|five)\b|\d")
"""Several things that are asked of one option, where none of the options names more than one."""

SEVERAL_WORDS = words_of("apply applies fit fits correct true choose select tick mark pick give name more several")
NUMBER_WORDS = words_of("one choose select tick mark pick two three four five best")
FEW = {"two": 2, "three": 3, "four": 4, "five": 5, "2": 2, "3": 3, "4": 4, "5": 5}
ONE = re.compile(rf"\b{TAKE} (?:the )?(?:one|single|best)\b|\bwhich one\b|\bthe one best\b")
HINGED_WORDS = words_of("previous preceding question item above chose named picked gave")
HINGED = re.compile(
    r"\b(?:previous|preceding|last|earlier|next) (?:question|item)\b|\bquestion (?:\d+|above|before)\b"
    r"|\b(?:your|the) (?:answer|choice|diagnosis) (?:to|in|of|from) (?:the )?(?:previous|preceding|last|question)\b"
    r"|\bthe answer above\b|\bthe (?:answer|structure|lesion|nerve|muscle|root|test|diagnosis) (?:that )?you (?:just )?"
    r"(?:chose|named|picked|gave)\b"
)
SHARE = re.compile(
    r"^(?:about|around|approximately|roughly|~|≈)?\s*\d+(?:[.,]\d+)?\s?(?:%|per ?cent|in \d+)", re.IGNORECASE
)
AUTHORITY = re.compile(
    r"\b(?:19|20)\d\d\b|\bet al\b|\baccording to\b|\b(?:trial|study|studies|series|review|meta-analysis|cohort|"
    r"guidelines?|survey|register|registry|audit|cochrane|nice|authors?|table|dissections?|pooled|cadavers?|sample|data)\b"
)
IDENTITY = words_of(
    "caucasian hispanic latino latina negro oriental gypsy muslim jewish christian hindu homosexual lesbian "
    "transsexual prostitute homeless junkie illiterate welfare asylum immigrant housewife spinster alcoholic addict"
)
BEGINNING = re.compile(
    r"^(?:(?:first|second|third|next|last)(?:ly)?[,:] "
    r"|(?:then|next|after that|afterwards|finally|lastly|firstly|secondly|thirdly|in the end|at the end(?! of)|at last|"
    r"initially|subsequently|to begin with|to start with|at first|in the beginning|first of all),? |step \d|\d[.)] )"
)
ALARMING = re.compile(
    r"\bsaddle (?:numb|an[a]?esth|sensation is|area is)|\bperianal (?:numb|an[a]?esth|sensation is (?:lost|reduced))"
    r"|\burinary retention\b|\bpulsatile (?:abdominal )?mass\b|\bcauda equina syndrome is (?:likely|suspected)\b"
)
SLOW = (Urgency.ROUTINE, Urgency.NONE)


def no_question(look: Look) -> str | None:
    """The stem asks nothing, or only which option is true."""
    stem = look.stem
    if "?" in stem:
        if _is_bare(look):
            return "the stem asks nothing: a name with a question mark; say what of it is asked"
        if look.words.isdisjoint(AIMLESS_WORDS) or not AIMLESS.search(look.lead.casefold()):
            return None
        return "the stem asks only which option is true: ask one thing that can be answered with the options covered"
    if any(_orders(sentence) for sentence in re.split(r"[.:;!]\s|\n\n", stem)):
        return None
    if INTERROGATIVE.match(look.lead.casefold()):
        return "the question has no question mark: end it with one"
    return "the stem asks nothing: end it with a question, or with what to do (“Name …”, “Choose …”)"


def _is_bare(look: Look) -> bool:
    """Say whether a stem is one or two words with a question mark, none of which asks, and nothing is shown or told."""
    words = look.folded_stem.replace("?", "").split()
    if len(words) > LONGEST_NAME or not look.wrong or look.question.case or look.question.picture is not None:
        return False
    return not any(INTERROGATIVE.match(word) or "’" in word or "'" in word for word in words)


def _orders(sentence: str) -> bool:
    """Say whether a sentence tells the student to do something."""
    words = sentence.casefold().split()
    if words[:1] and words[0] in ("please", "now", "then"):
        words = words[1:]
    if words[:1] and words[0] in ("for", "in", "on", "from", "with", "of", "at", "to", "among"):
        return any(word in ORDERS for word in words)
    return bool(words) and words[0].strip('“"(') in ORDERS


def several_for_one(look: Look) -> str | None:
    """A question with one best answer asks for several."""
    said = look.folded_stem
    found = SEVERAL.search(said) or (None if any(AS_PAIR.search(text) for text in look.folded) else PLURAL.search(said))
    if not found:
        return None
    return f'the stem asks for several (“{found[0]}”), and one option is taken: make it kind = "multiple"'


def another_number(look: Look) -> str | None:
    """A question with several answers asks for one, or for another number than there are right."""
    said = look.stem.casefold()
    if one := ONE.search(said):
        return (
            f'the stem asks for one (“{one[0]}”), and several can be chosen: make it kind = "single", or say how many'
        )
    found = ASKED_NUMBER.search(said)
    if found and FEW[found["few"]] != len(look.right):
        return f"the stem asks for {found['few']}, and {len(look.right)} of the options are right"
    return None


def hinged(look: Look) -> str | None:
    """The question needs the answer of another one."""
    found = HINGED.search(look.stem.casefold())
    if not found:
        return None
    return f"“{found[0]}”: questions come in any order, so say here all that is needed (or link them by a [[case]])"


def look_up(look: Look) -> str | None:
    """The key is an exact share, and nothing says whose figure it is."""
    question = look.question
    if isinstance(question, SingleBestAnswer):
        is_share = sum(SHARE.match(entry.text) is not None for entry in look.entries) == len(look.entries)
    elif isinstance(question, Numeric):
        is_share = question.unit in ("%", "‰")
    else:
        return None
    if not is_share or question.according_to or AUTHORITY.search(f"{look.stem} {look.case_text}".casefold()):
        return None
    return "a share is asked, and nothing says whose figure it is: name the study in the stem or in “according_to”"


def identity(look: Look) -> str | None:
    """The stem says of a person what no answer needs."""
    found = sorted(look.words & IDENTITY)
    return f"“{found[0]}”: leave out of a person what nobody needs for the answer" if found else None


def order_in_the_words(look: Look) -> str | None:
    """The steps to be put in order say which is first, next or last."""
    guilty = [entry.id for entry in look.entries if BEGINNING.match(entry.text.casefold())]
    if not guilty:
        return None
    return f"the words give the order away: {', '.join(guilty)}; take out “first”, “then”, “finally” and numbers"


def slow_in_an_emergency(look: Look) -> str | None:
    """The stem tells of an emergency, and the key acts slowly."""
    question = look.question
    if not isinstance(question, SingleBestAnswer) or question.key.urgency not in SLOW:
        return None
    found = ALARMING.search(f"{look.stem}\n{look.case_text}".casefold())
    if not found:
        return None
    return (
        f"the stem tells of an emergency (“{found[0]}”), and the key waits: look again, and say in “allow” why it may"
    )


def gaps_everywhere(look: Look) -> str | None:
    """So much of a sentence is missing that nobody can tell what it is about."""
    question = look.question
    if not isinstance(question, Cloze):
        return None
    words = sum(len((part if isinstance(part, str) else part.answers[0]).split()) for part in question.parts)
    for group in question.groups:
        hidden = question.gaps_of(group)
        gaps, told = len(hidden), words - sum(len(gap.answers[0].split()) for gap in hidden)
        if gaps > told:
            return f"{gaps} gaps of {group} and only {told} words around them: leave more of the text standing"
    return None
