"""What a student who knows the answer may type in the shipped decks, and what is something else."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from sciaquiz.deck.kinds import Typed
from sciaquiz.deck.library import read_library
from sciaquiz.marking.lexicon import Lexicon, TermVerdict, judge

if TYPE_CHECKING:
    from collections.abc import Iterable

DECKS = read_library([Path(__file__).parents[2] / "decks"]).decks
TYPED = {str(question.id): question for deck in DECKS for question in deck.questions if isinstance(question, Typed)}
TERMS = Lexicon.from_decks(DECKS)

KNOWN = """
sign-to-document-beside-tone: perianal sensation | saddle sensation | S3–S5 pinprick | pinprick in the saddle area
sign-to-document-beside-tone: perianal light touch and pinprick | perianal pinprick
whom-to-call-cancer-and-weak-legs: on-call MSCC coordinator | malignant cord compression coordinator | the MSCC team
whom-to-call-cancer-and-weak-legs: metastatic spinal cord compression coordinator | MSCC service
case-baker-root: right L5 | right L5 root | L5 (right)
type-root-of-far-lateral-l5-s1: exiting L5 root | L5 spinal nerve | L5
type-root-of-paracentral-l3-4: L4 traversing root | L4 spinal nerve | L4
case-pianist-skin: superficial branch of the common fibular nerve | left superficial fibular nerve
type-thigh-muscle-of-fibular-division: short head of biceps femoris muscle | short head biceps femoris
division-at-risk-in-hip-surgery-with-variant: fibular part | peroneal component | common fibular (peroneal) division
preferred-gluteal-injection-site: ventrogluteal area | Hochstetter | the ventrogluteal site
nerve-of-inferior-gemellus: nerve to quadratus femoris and inferior gemellus
usual-sign-of-injection-injury: loss of dorsiflexion | weak dorsiflexors | dorsiflexor weakness | steppage gait
usual-sign-of-injection-injury: weak foot dorsiflexion | inability to dorsiflex the foot | foot drop gait
division-at-risk-in-hip-surgery-with-variant: common fibular division of the sciatic nerve
division-at-risk-in-hip-surgery-with-variant: peroneal division of the sciatic nerve
preferred-gluteal-injection-site: ventrogluteal triangle | von Hochstetter triangle
nerve-of-inferior-gemellus: nerve to inferior gemellus and quadratus femoris
correct-name-of-nailing-fossa: trochanteric fossa of the femur
type-skin-above-the-neck-of-the-fibula: lateral sural cutaneous nerve | lateral cutaneous nerve of the calf | LSCN
type-nerve-of-the-burning-outer-thigh: lateral cutaneous nerve of the thigh | LFCN | right lateral femoral cutaneous nerve
type-nerve-of-the-stairs: left inferior gluteal nerve | inferior gluteal n. | IGN
type-root-of-buttock-and-calf: S1 | S1 nerve | left S1 nerve root
case-birth-name-the-site: lumbosacral trunk | the lumbo-sacral cord | LST
type-joint-of-the-one-finger-pain: SI joint | the sacro-iliac joint | SIJ
type-nerves-after-the-bone-graft: superior cluneal nerve | the superior cluneal nerves
type-root-of-the-burning-thigh-and-heel: right S1 | S1 nerve root
type-artery-that-slips-into-the-pelvis: inferior gluteal a. | the inferior gluteal artery
case-plumber-which-root: left S1 | S1 nerve root | the traversing S1 root | S1 nerve
case-roofer-which-joint: proximal tibiofibular joint | the superior tibio-fibular joint | upper tibiofibular joint | PTFJ
type-branch-that-spares-the-heel: medial calcaneal branch | calcaneal branches | medial calcaneal nerve
case-needle-which-part: peroneal division | the fibular part of the sciatic nerve | lateral part | common fibular nerve
case-thin-nerve-name-the-second: peroneal division | common fibular (peroneal) division | common fibular nerve | fibular
type-artery-that-the-head-lives-on: MCFA | medial femoral circumflex artery | deep branch of the medial circumflex femoral artery
type-nerve-of-the-back-of-the-thigh: posterior cutaneous nerve of the thigh | PFCN | posterior femoral cutaneous n.
type-what-broke-in-the-young-sprinter: the ischial apophysis | apophysis | apophyseal avulsion
""".strip().splitlines()

SOMETHING_ELSE = """
sign-to-document-beside-tone: light touch | anal tone | anal wink
whom-to-call-cancer-and-weak-legs: oncologist | radiologist
case-baker-root: left L5 | L4 | right S1
type-root-of-far-lateral-l5-s1: S1 | traversing L5 root | L4
type-root-of-paracentral-l3-4: L3 | exiting L4 root
case-pianist-skin: deep fibular nerve | right superficial fibular nerve | common fibular nerve
type-thigh-muscle-of-fibular-division: long head of biceps femoris | biceps femoris
division-at-risk-in-hip-surgery-with-variant: tibial part | deep fibular nerve | tibial division of the sciatic nerve
preferred-gluteal-injection-site: dorsogluteal | dorsogluteal area | upper outer quadrant
nerve-of-inferior-gemellus: nerve to obturator internus
usual-sign-of-injection-injury: weak plantar flexion | Trendelenburg gait | loss of plantar flexion
type-skin-above-the-neck-of-the-fibula: sural nerve | medial sural cutaneous nerve | superficial fibular nerve
type-nerve-of-the-burning-outer-thigh: femoral nerve | posterior femoral cutaneous nerve | L2 root
type-nerve-of-the-stairs: superior gluteal nerve | S1 root
type-root-of-buttock-and-calf: L5 | S2 | right S1 | inferior gluteal nerve
case-birth-name-the-site: lumbosacral plexus | L5 root | common fibular nerve | obturator nerve
type-joint-of-the-one-finger-pain: hip joint | superior cluneal nerve | symphysis
type-nerves-after-the-bone-graft: inferior cluneal nerves | middle cluneal nerves | superior gluteal nerve
type-root-of-the-burning-thigh-and-heel: left S1 | S2 | L5
type-artery-that-slips-into-the-pelvis: superior gluteal artery | medial circumflex femoral artery
case-plumber-which-root: right S1 | L5 | S2
case-roofer-which-joint: knee joint | inferior tibiofibular joint | ankle joint
type-branch-that-spares-the-heel: medial plantar nerve | lateral calcaneal branch | saphenous nerve
case-needle-which-part: tibial | tibial division | common fibular nerve at the fibular neck | deep fibular nerve
case-thin-nerve-name-the-second: tibial | tibial division | posterior femoral cutaneous nerve | inferior gluteal nerve
type-artery-that-the-head-lives-on: lateral circumflex femoral artery | inferior gluteal artery | obturator artery
type-nerve-of-the-back-of-the-thigh: sciatic nerve | lateral femoral cutaneous nerve | inferior cluneal nerves
type-what-broke-in-the-young-sprinter: epiphysis | lesser trochanter | hamstring tendon | apophysitis | avulsion fracture
""".strip().splitlines()


def rows(table: Iterable[str]) -> list[tuple[str, str]]:
    split = [line.split(": ", 1) for line in table]
    return [(name, typed.strip()) for name, terms in split for typed in terms.split("|")]


@pytest.mark.parametrize(("name", "typed"), rows(KNOWN))
def test_who_knows_it_is_right(name: str, typed: str) -> None:
    question = TYPED[name]
    assert judge(typed, question.answers, TERMS).verdict in {TermVerdict.RIGHT, TermVerdict.TYPO}


@pytest.mark.parametrize(("name", "typed"), rows(SOMETHING_ELSE))
def test_what_is_something_else_is_not_taken_for_it(name: str, typed: str) -> None:
    question = TYPED[name]
    assert judge(typed, question.answers, TERMS).verdict not in {TermVerdict.RIGHT, TermVerdict.TYPO}
