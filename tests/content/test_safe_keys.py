"""What would harm a patient is keyed, reasoned and explained nowhere in the shipped decks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sciaquiz.deck.kinds import Matching, SingleBestAnswer
from shipped import DECKS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sciaquiz.deck.model import Question

QUESTIONS = [(deck, question) for deck in DECKS for question in deck.questions]

CANCER = re.compile(r"\b(metasta\w+|cancer|malignan\w+|lymphoma|myeloma|tumour)\b(?! coordinator)", re.IGNORECASE)
NO_CANCER = re.compile(r"(never had|without a history of|no) cancer", re.IGNORECASE)
RADICULAR = re.compile(
    r"band\b|band-like|radicular|girdle|round the (chest|trunk|abdomen)|(runs?|shoots?|spreads) (down|into|along) (the|a|one|her|his)",
    re.IGNORECASE,
)
NOT_RADICULAR = re.compile(r"(neither|nor|not|no other)\b[^.;?]*", re.IGNORECASE)
TOO_SLOW = re.compile(r"\bweeks?\b|clinic|routine|tomorrow|conservative|next month", re.IGNORECASE)


def vignette(question: Question) -> str:
    deck = next(deck for deck, other in QUESTIONS if other.id == question.id)
    case = deck.case_of(question)
    return " ".join([*(case.stages[: question.stage] if case else ()), question.stem])


def asked_and_keyed() -> Iterator[tuple[str, str, str]]:
    """Each picture with what the deck wants done about it: the question's id, the picture, the key."""
    for _, question in QUESTIONS:
        if isinstance(question, SingleBestAnswer):
            yield question.id, vignette(question), question.key.text
        elif isinstance(question, Matching):
            options = {option.id: option.text for option in question.options}
            for stem in question.stems:
                yield f"{question.id}/{stem.id}", stem.text, options[stem.answer]


def feedback(question: Question) -> Iterator[str]:
    """Every text that is shown after the answer."""
    yield question.explanation
    yield str(getattr(question, "answer", ""))
    for name in ("options", "statements", "items", "stems", "wrong"):
        for entry in getattr(question, name, ()):
            yield entry.why


def sentences(text: str) -> list[str]:
    return re.split(r"(?<=[.;?])\s+", text)


def test_radicular_pain_in_someone_with_cancer_is_not_keyed_for_later() -> None:
    slow = [
        name
        for name, picture, key in asked_and_keyed()
        if CANCER.search(NO_CANCER.sub("", picture))
        and RADICULAR.search(NOT_RADICULAR.sub("", picture))
        and TOO_SLOW.search(key)
    ]
    assert slow == []


def test_a_week_is_given_to_local_spinal_pain_alone() -> None:
    """Pain without neurology is not enough for a week: radicular pain is a symptom of compression."""
    loose = [
        (question.id, sentence)
        for _, question in QUESTIONS
        for text in [*feedback(question), getattr(question, "text", "")]
        for sentence in sentences(text)
        if re.search(r"(one|\b1|\ba) (\{\{c\d::)?week", sentence)
        and (CANCER.search(sentence) or re.search(r"MSCC|coordinator|neurology", sentence))
        and not re.search(r"\blocal\b", sentence, re.IGNORECASE)
    ]
    assert loose == []


IMAGED = re.compile(
    r"(fills the canal|compress\w* (of )?the cauda equina|compressed cauda equina|occup\w+ most of the canal)",
    re.IGNORECASE,
)


def test_no_scan_is_ordered_that_has_shown_the_compression_already() -> None:
    again = [
        name
        for name, picture, key in asked_and_keyed()
        if IMAGED.search(picture) and re.search(r"\b(MRI|CT|scan|radiograph)", key)
    ]
    assert again == []


NEEDLE = re.compile(r"\b(needle|tip|injection|incision)\b", re.IGNORECASE)
DIVISION_ON_THE_BACK = re.compile(
    r"(division|nerve) (passes|runs|comes|goes|leaves) (over|above)|type [CEF]\b|(over|above) its upper border",
    re.IGNORECASE,
)


def test_no_needle_is_sent_blindly_into_a_muscle_that_a_division_crosses() -> None:
    asked = [
        (name, key)
        for name, picture, key in asked_and_keyed()
        if NEEDLE.search(picture) and DIVISION_ON_THE_BACK.search(picture) and re.search(r"belly|border|muscle", key)
    ]
    targets = [(name, key) for name, key in asked if not re.search(r"above the muscle", key)]
    assert targets
    assert [name for name, key in targets if not re.search(r"away from the nerve.*ultrasound", key)] == []


FALSE = {
    "a needle is safe in the belly": r"none in the belly",
    "a tense buttock waits for a deficit": r"tense[^.]*buttock[^.]* with a (sciatic )?deficit (is|means)",
    "14 of all suspects are the rate among the scan-negative": r"14 of 198",
    "a lesion below the sensory level cannot explain it": r"below the sensory level cannot",
    "a sciatic lesion must weaken inversion": r"tibial part would weaken inversion",
    "biopsy comes before antibiotics in everyone": r"for (blood )?cultures and biopsy",
    "two lost jerks are two S1 roots": r"two weak calves are both S1",
    "a normal short head of biceps is a proof": r"normal means (the )?fibular neck",
    "groin pain in FADIR is the joint": r"groin pain (in it comes from the joint|means the hip joint)",
    "a hip joint hurts in the groin, not the buttock": r"felt in the groin rather than",
    "CT alone answers a bleed on an anticoagulant": r"calls for urgent CT;",
    "one positive test is worth nothing": r"[Oo]ne positive test means nothing",
    "in type E one division lies on the back": r"in B, C, E a division|In types C and F, and over the lower head",
}


def test_what_was_found_false_is_told_nowhere() -> None:
    found = [
        (claim, question.id)
        for _, question in QUESTIONS
        for text in feedback(question)
        for claim, false in FALSE.items()
        if re.search(false, text)
    ]
    assert found == []


BARE = re.compile(
    r"lower border[^.]{0,30} (is|are) (bare|empty|silent)|bare lower border|lower border (empty|alone)"
    r"|nothing (lies|leaves) below|nothing below (the muscle|fit)|no part of the sciatic nerve (lies at|is found below)|miss the nerve",
    re.IGNORECASE,
)


def test_the_lower_border_of_piriformis_is_bare_in_no_type() -> None:
    """What leaves through or above the muscle crosses the border superficially on its way to the thigh."""
    found = [
        question.id for _, question in QUESTIONS for text in [question.stem, *feedback(question)] if BARE.search(text)
    ]
    assert found == []


def test_blisters_do_not_take_the_place_of_a_scan_when_the_bladder_stops() -> None:
    keyed = [
        (name, key)
        for name, picture, key in asked_and_keyed()
        if re.search(r"blisters|zoster|shingles", picture, re.IGNORECASE)
        and re.search(r"cannot pass urine|retention", picture)
    ]
    assert keyed
    assert [name for name, key in keyed if "MRI" not in key] == []


def test_weak_limbs_after_sudden_pain_in_the_back_make_one_think_of_the_aorta() -> None:
    sudden = [
        question
        for _, question in QUESTIONS
        if re.search(r"sudden[^.]*(back pain|pain between)[^.]*(legs|arm and leg)[^.]* weak", vignette(question))
    ]
    assert len(sudden) >= 3
    assert [question.id for question in sudden if "aort" not in " ".join(feedback(question))] == []


def test_a_sensory_potential_of_the_first_days_tells_no_root_from_a_nerve() -> None:
    """After a lesion of the nerve it takes about ten days to fall."""
    fresh = [
        question
        for _, question in QUESTIONS
        if re.search(r"for (two|three|four|five|six) days[^.]*(dropped|weak)", vignette(question))
        and re.search(r"sensory potentials are normal", " ".join(vignette(question).split()))
    ]
    assert fresh
    assert [question.id for question in fresh if "days to fall" not in " ".join(question.explanation.split())] == []


RESTRAINT = re.compile(r"^(Advice on back pain|Rest from the sport|Physiotherapy and advice|Continence work-up)")


def test_restraint_is_keyed_only_where_bladder_and_fever_or_cancer_were_asked_about() -> None:
    keyed = [(name, picture) for name, picture, key in asked_and_keyed() if RESTRAINT.search(key)]
    assert len(keyed) >= 4
    assert [
        name
        for name, picture in keyed
        if not (re.search(r"bladder|[Ff]ullness", picture) and re.search(r"fever|[Tt]emperature|cancer", picture))
    ] == []


def test_brisk_jerks_are_let_go_only_where_the_plantars_are_flexor() -> None:
    let_go = [
        question
        for _, question in QUESTIONS
        if "restraint" in question.topics and re.search(r"\bbrisk\b", vignette(question))
    ]
    assert let_go
    assert [question.id for question in let_go if "lantars" not in vignette(question)] == []


def test_fever_after_an_epidural_is_keyed_with_antibiotics_by_vein() -> None:
    hot = [
        (name, key)
        for name, picture, key in asked_and_keyed()
        if re.search(r"epidural", picture) and re.search(r"emperature 3[89]", picture)
    ]
    assert hot
    assert [name for name, key in hot if "antibiotics by vein" not in key] == []


def test_paracetamol_alone_is_keyed_for_no_back_pain() -> None:
    """NICE NG59 does not offer it."""
    keyed = [(name, key) for name, _, key in asked_and_keyed() if re.search(r"paracetamol", key, re.IGNORECASE)]
    assert [name for name, key in keyed if "opioid" not in key and "codeine" not in key] == []


def test_what_only_commentaries_on_the_pathway_say_is_not_asked_as_its_text() -> None:
    asked = [
        question
        for _, question in QUESTIONS
        if isinstance(question, SingleBestAnswer)
        and "GIRFT" in question.according_to
        and question.key.text.startswith("Urgent spinal referral")
    ]
    assert len(asked) >= 2
    assert [question.id for question in asked if "commentaries" not in question.according_to] == []


TWINS = """
prostate-cancer-band-of-pain prostate-cancer-pain-without-neurology
numb-fingers-and-clumsy-buttons numb-fingers-at-night-gait-normal
tired-at-72-calcium-raised tired-at-72-blood-normal
five-hours-after-a-spinal two-hours-after-a-spinal
stenosis-and-six-days-of-numbness stenosis-and-four-years-of-urgency
weak-legs-cold-and-mottled weak-legs-warm-with-pulses
heavy-legs-after-lifting-a-bag pain-on-lifting-a-bag-at-77
pregnant-and-numb-in-the-saddle pregnant-and-sore-on-turning-over
gymnast-wakes-and-trips gymnast-pain-on-bending-back
rash-on-one-buttock-no-urine rash-on-one-thigh-bladder-normal
runner-groin-pain-at-rest runner-groin-pain-on-squeezing
foot-drop-after-an-arrested-labour foot-drop-after-hours-in-stirrups
numb-above-after-hernia-repair numb-below-after-hernia-repair
perineal-pain-and-dull-wiping perineal-pain-that-lets-him-sleep
plaster-and-agony-on-bending-the-toes plaster-and-a-painless-drop
runner-who-cannot-hop runner-who-cannot-sit
new-hip-and-a-bandage-at-the-knee-short-head-well new-hip-and-a-bandage-at-the-knee-short-head-ill
one-fragment-at-l4-5-the-great-toe-yields one-fragment-at-l4-5-the-knee-yields
line-on-the-lower-side-of-the-neck line-on-the-upper-side-of-the-neck
great-toe-four-and-getting-better great-toe-two-since-yesterday
running-blocks-and-a-quiet-morning running-blocks-and-a-bad-morning
bundle-from-over-the-upper-border bundle-from-between-two-heads
thick-trunk-out-of-a-cleft thick-trunk-over-the-top
artery-at-the-edge-of-quadratus artery-on-the-inner-side-of-the-nerve
variant-on-a-scan-for-the-groin variant-on-a-scan-before-a-needle
lesion-at-one-narrow-gap lesion-at-the-other-narrow-gap
week-of-crossed-legs-thigh-normal week-of-crossed-legs-thigh-abnormal
foot-drop-buttock-pain-abduction-weak foot-drop-buttock-pain-abduction-strong
stairs-hurt-and-the-trochanter-is-sore stairs-hurt-and-long-steps-are-worst
sprinter-of-15-and-seven-millimetres sprinter-of-15-and-twenty-two-millimetres
one-finger-below-the-spine-of-the-ilium one-finger-on-the-iliac-crest
buttock-pain-at-26-better-after-a-walk buttock-pain-at-26-worse-after-training
both-buttocks-after-two-hundred-metres both-buttocks-and-a-shopping-trolley
back-of-the-thigh-numb-foot-normal back-of-the-thigh-numb-heel-sinks
side-of-the-hip-and-a-level-pelvis side-of-the-hip-and-a-pelvis-that-drops
sciatica-that-began-with-the-periods sciatica-that-follows-the-office-hours
late-pregnancy-pain-in-the-groin late-pregnancy-pain-behind-the-pelvis
late-pregnancy-pain-behind-the-pelvis late-pregnancy-pain-and-a-full-leg
sacrum-sore-at-81-flow-as-always sacrum-sore-at-81-flow-has-changed
weak-toe-lost-jerk-and-soft-buttocks weak-toe-lost-jerk-and-firm-buttocks
both-calves-weak-and-wiping-is-dull both-calves-weak-and-fingers-tingle
gardener-trips-and-the-knee-tingles gardener-trips-and-the-knee-is-silent
weak-abduction-and-normal-sensory-studies weak-abduction-and-small-sensory-studies
ski-boots-and-nothing-lifts-the-foot ski-boots-and-a-weak-outer-edge
ski-boots-and-nothing-lifts-the-foot ski-boots-and-a-flat-little-muscle
knee-buckles-and-the-adductors-hold knee-buckles-and-the-adductors-yield
thigh-pain-since-yesterday-on-apixaban thigh-pain-for-five-weeks-on-apixaban
calf-weak-and-the-chair-is-hard calf-weak-and-the-sole-rolls-out
burning-sole-and-a-strong-tiptoe burning-sole-and-a-tired-calf
burning-sole-and-a-strong-tiptoe burning-soles-and-silent-ankles
limp-after-a-lateral-approach limp-after-a-lateral-approach-and-a-weak-toe
limp-after-a-lateral-approach limp-after-a-lateral-approach-emg-silent
low-chair-after-a-posterior-approach low-chair-and-a-lost-heel-raise
water-skier-with-a-gap water-skier-without-a-gap
deep-buttock-pain-at-39-degrees deep-buttock-pain-at-37-degrees
lump-in-the-buttock-that-pulsates lump-in-the-buttock-that-shoots
foot-drops-fourteen-hours-after-a-hip both-feet-slow-after-a-spinal
sciatica-day-five-paper-on-one-side sciatica-day-five-equal-pinprick
slow-stream-for-three-days slow-stream-for-five-months
warfarin-and-a-bent-hip warfarin-and-a-lifted-crate
loin-pain-and-a-faint loin-pain-and-a-narrow-aorta
better-on-sitting-then-a-cold-foot better-behind-the-trolley
six-months-of-dropped-brushes three-weeks-of-neck-and-arm
four-days-from-ladder-to-frame six-months-of-dropped-brushes
eleven-months-then-heavy-legs eleven-months-of-thoracic-pain
sore-and-no-urge-at-83 sore-and-walking-at-83
fever-six-days-after-an-epidural sore-spot-six-days-after-an-epidural
stone-and-a-shivering-fit-at-34 stone-again-at-34
canal-roomy-and-toes-up canal-full-and-toes-down
sixty-millilitres-and-a-numb-patch sixty-millilitres-and-nine-years-of-nights
pale-boy-with-spots-like-pin-heads pale-boy-with-an-aching-back
aneurysm-of-34-mm-and-a-new-pain aneurysm-of-34-mm-and-an-old-back
lytic-slip-and-a-weak-great-toe degenerative-slip-and-a-weak-great-toe
""".strip().splitlines()


def test_twins_differ_in_the_picture_and_the_key_and_in_nothing_that_gives_it_away() -> None:
    known = {str(question.id): question for _, question in QUESTIONS}
    given_away = []
    for pair in TWINS:
        one, other = (known[name] for name in pair.split())
        assert isinstance(one, SingleBestAnswer), pair
        assert isinstance(other, SingleBestAnswer), pair
        options = [[option.text for option in twin.options] for twin in (one, other)]
        if options[0] != options[1] or one.key.id == other.key.id or not 0.6 < len(one.stem) / len(other.stem) < 1.6:
            given_away.append(pair)
    assert given_away == []
