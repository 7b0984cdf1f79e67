"""What a student who knows the answer may type in the shipped decks, and what is something else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sciaquiz.deck.kinds import Typed
from sciaquiz.deck.model import Card
from sciaquiz.ids import CardId
from sciaquiz.marking.lexicon import Lexicon, TermVerdict, judge
from sciaquiz.marking.mark import mark
from sciaquiz.marking.response import Written
from shipped import DECKS

if TYPE_CHECKING:
    from collections.abc import Iterable

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
case-birth-name-the-site: lumbosacral trunk | LST
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
type-muscles-that-show-the-root: the paraspinal muscles | lumbar multifidus | left paraspinals
type-third-muscle-of-the-superior-gluteal-nerve: tensor fascia lata muscle | TFL
type-artery-in-the-pulsating-buttock: the persistent sciatic artery | left persistent sciatic artery
type-artery-at-the-upper-border: the superior gluteal artery | superior gluteal a.
type-muscle-at-whose-edge-the-branch-shows: the quadratus femoris muscle
type-germ-of-the-hot-buttock: S. aureus | Staph aureus
type-hip-of-late-pregnancy: transient osteoporosis of hip | bone marrow edema syndrome
type-disease-behind-a-growing-nerve-lump: neurofibromatosis type 1 | NF1 | von Recklinghausen's disease
type-measure-of-failing-breath: FVC | the forced vital capacity
type-muscle-down-which-cold-pus-creeps: the psoas muscle | right iliopsoas
type-sign-of-the-bowed-head: Lhermitte's phenomenon | Lhermitte's sign
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
type-muscles-that-show-the-root: gluteal muscles | quadratus lumborum
type-third-muscle-of-the-superior-gluteal-nerve: gluteus maximus | rectus femoris
type-artery-in-the-pulsating-buttock: femoral artery | inferior gluteal artery
type-artery-at-the-upper-border: inferior gluteal artery | obturator artery
type-muscle-at-whose-edge-the-branch-shows: quadratus lumborum | obturator externus
type-germ-of-the-hot-buttock: Staphylococcus epidermidis
type-hip-of-late-pregnancy: avascular necrosis | osteoarthritis
type-disease-behind-a-growing-nerve-lump: neurofibromatosis type 2 | NF2
type-measure-of-failing-breath: oxygen saturation | total lung capacity
type-muscle-down-which-cold-pus-creeps: piriformis | iliacus
type-sign-of-the-bowed-head: Hoffmann's sign | Spurling
""".strip().splitlines()

WITHOUT_A_LIST = """
case-pianist-skin: n. fibularis superficialis | left SPN | superficial peroneal n. | SPN | nervus peroneus superficialis | the superficial fibular (peroneal) nerve on the left
type-inverter-of-tibial-nerve: m. tibialis posterior | TP | posterior tibialis muscle | musculus tibialis posterior | tibialis post. | tib. post. | post. tibialis
type-root-of-far-lateral-l5-s1: L5 level | lumbar five | the fifth lumbar root | level L5 | 5th lumbar nerve root | lumbar 5 | L5 nerve | L-5 | L5 exiting nerve root | fifth lumbar
type-root-of-paracentral-l3-4: L4 level | lumbar four | fourth lumbar nerve root | L4 nerve
case-baker-root: lumbar five | right fifth lumbar root | the fifth lumbar nerve root on the right | L5 nerve | right lumbar 5
type-root-of-buttock-and-calf: first sacral | sacral one | left first sacral root | S1 nerve root on the left | S1 (left side) | left-sided S1
type-skin-of-first-web: deep peroneal n. | DPN | n. fibularis profundus | nervus peroneus profundus | fibularis profundus | deep fibular n. | anterior tibial nerve
type-thigh-muscle-of-fibular-division: caput breve of biceps femoris | biceps femoris caput breve | m. biceps femoris, short head | BF short head | short head of the biceps
nerve-of-inferior-gemellus: NQF | n. to QF | nerve to QF | n. quadratus femoris | quadratus femoris n. | nerve to m. quadratus femoris
name-nerve-at-risk-at-upper-border: sup. gluteal n. | SGN | gluteus superior nerve | superior gluteal n | gluteal superior nerve | upper gluteal nerve
type-nerve-of-the-stairs: left IGN | inf. gluteal nerve | n. gluteus inferior | lower gluteal nerve | the inferior gluteal nerve on the left
type-nerve-of-the-back-of-the-thigh: PFCN | PCNT | posterior cutaneous nerve of thigh | n. cutaneus femoris posterior | post. femoral cutaneous n. | posterior femoral cutaneous nerve of the thigh
type-nerve-of-the-burning-outer-thigh: LFCN | right LFCN | lateral cutaneous femoral nerve | n. cutaneus femoris lateralis
case-needle-which-part: lateral component | the common peroneal portion | fibular portion of sciatic nerve | common fibular component of the sciatic nerve
case-thin-nerve-name-the-second: fibular component | common peroneal part of the sciatic nerve | lateral part | peroneal portion | CPN | CFN
division-at-risk-in-hip-surgery-with-variant: common peroneal portion | CPN | n. peroneus communis
type-artery-that-the-head-lives-on: MCFA | medial circumflex | a. circumflexa femoris medialis | medial femoral circumflex a. | the MFCA | deep branch of MCFA | deep branch of the MFCA
type-artery-that-slips-into-the-pelvis: IGA | inf. gluteal artery | a. glutea inferior | lower gluteal artery
type-nerve-of-lost-adduction: n. obturatorius | right obturator n. | obturator n | the obturator
type-nerve-of-medial-leg: n. saphenus | saphenous n. | long saphenous n.
type-joint-of-the-one-finger-pain: SIJ | SI-joint | sacroiliac jt | iliosacral joint | the left SIJ | art. sacroiliaca
case-roofer-which-joint: PTFJ | proximal tib-fib joint | sup. tibiofibular joint | superior tib-fib joint | tib-fib joint
type-trunk-from-l4-l5: LST | the lumbosacral trunk | truncus lumbosacralis
type-branch-that-spares-the-heel: medial calcaneal n. | rami calcanei mediales | medial calcanean nerve
compressor-in-gap-of-trochanter: trochanter minor | lesser trochanter of femur | the lesser troch
test-passive-hip-extended: Freiberg's manoeuvre | Freiberg maneuver | the Freiberg | sign of Freiberg | test of Freiberg
urine-complication-of-tense-buttock: rhabdomyolisis
type-nerves-after-the-bone-graft: superior clunial nerve | upper cluneal nerves | the left superior cluneal nerve | nn. clunium superiores
type-skin-above-the-neck-of-the-fibula: LSCN | lateral cutaneous nerve of calf | n. cutaneus surae lateralis | lateral sural n. | lateral sural cutaneous n
abbreviation-painless-overflow: CES-R
case-two-legs-which-stage-now: CES-I
sign-to-document-beside-tone: perianal pin-prick | saddle pin prick
organism-of-epidural-abscess: staph aureus | S aureus | staphylococcus aureus
name-of-the-flicked-finger: Hoffmann's | Hoffman
correct-name-of-nailing-fossa: fossa trochanterica | the digital fossa
commonest-misdiagnosis-of-ruptured-aneurysm: ureteral colic | renal stones | kidney stones | nephrolithiasis
""".strip().splitlines()
"""What the authors did not think of, and an examiner takes: as each question asks it, in its vignette and deck."""


def rows(table: Iterable[str]) -> list[tuple[str, str]]:
    split = [line.split(": ", 1) for line in table]
    return [(name, typed.strip()) for name, terms in split for typed in terms.split("|")]


ACCEPTED = (TermVerdict.RIGHT, TermVerdict.TYPO)


def test_who_knows_it_is_right() -> None:
    refused = [
        (name, typed) for name, typed in rows(KNOWN) if judge(typed, TYPED[name].answers, TERMS).verdict not in ACCEPTED
    ]
    assert refused == []


def test_what_is_something_else_is_not_taken_for_it() -> None:
    taken = [
        (name, typed)
        for name, typed in rows(SOMETHING_ELSE)
        if judge(typed, TYPED[name].answers, TERMS).verdict in ACCEPTED
    ]
    assert taken == []


def test_who_says_it_as_no_author_did_is_right() -> None:
    tried = rows(WITHOUT_A_LIST)
    assert len(tried) > 150
    assert [
        row for row in tried if not mark(Card(CardId(row[0]), TYPED[row[0]]), Written((row[1],)), TERMS).correct
    ] == []
