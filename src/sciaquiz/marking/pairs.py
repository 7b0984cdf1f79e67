"""Words that must be told apart: pairs known one by one, and the classes in which one letter means something else."""

from __future__ import annotations

import re
from functools import lru_cache

from sciaquiz.marking.words import is_level, key


def pairs_of(table: str) -> tuple[tuple[str, str], ...]:
    """Read a table of pairs: one/other, apart by spaces, _ for a space within a term."""
    found = (pair.replace("_", " ").partition("/") for pair in table.split())
    return tuple((one, other) for one, _, other in found)


EXACT_PAIRS = pairs_of("""
    superior/inferior superomedial/inferomedial superolateral/inferolateral anterior/interior anterior/inferior
    internal/external internus/externus interna/externa interior/exterior internal/interior
    abduction/adduction abductor/adductor abducent/adducent inversion/eversion invertor/evertor varus/valgus
    flexor/flexion extensor/extension extension/extrusion retraction/protraction pronator/pronation
    supinator/supination anteversion/retroversion anterograde/retrograde antegrade/retrograde
    anterolisthesis/retrolisthesis maximus/minimus medius/minimus medius/medialis medial/median median/medius
    minor/major afferent/efferent sympathetic/parasympathetic preganglionic/postganglionic orthodromic/antidromic
    ilium/ileum iliac/ileal iliac/iliacus ileus/ilium ileum/ileus peroneal/perineal peroneal/peritoneal
    perineal/perineural peritoneum/perineum perineum/perineurium peroneus/perineum perineurium/epineurium
    epineurium/endoneurium perineurium/endoneurium malleus/malleolus ureter/urethra ureteral/urethral
    urethral/urethra pubic/pubis pubic/public sural/sacral sural/dural sural/neural dural/neural
    plantar/palmar plantaris/palmaris carpal/tarsal carpus/tarsus metacarpal/metatarsal
    facial/fascial trochlear/cochlear trochlea/cochlea axial/radial axillary/maxillary
    ramus/radius rectus/rectum rectal/renal anal/nasal atrial/arterial atrium/antrum vesical/vesicle aural/oral
    clonus/conus conus/corpus cauda/caudal radial/radical radicular/reticular
    pectineal/perineal pectineal/peroneal pectineus/peroneus humerus/humeral gracilis/gracile thecal/cecal thecal/fecal
    myelitis/myositis myelopathy/myopathy myelography/myography myelogram/myogram neuroma/neurinoma
    spondylosis/spondylitis spondylosis/spondylolysis spondylolysis/spondylolisthesis arthritis/arthrosis
    tendinitis/tendinosis neuritis/neurosis laminectomy/laminotomy discectomy/discotomy lipoma/lymphoma
    protrusion/extrusion osteophyte/osteocyte osteoblast/osteoclast
    axonotmesis/neurotmesis paraplegia/tetraplegia paresis/paralysis
    paresthesia/dysesthesia paresthesia/anesthesia hyperesthesia/hypoesthesia hyperalgesia/hypoalgesia
    palpation/palpitation thenar/hypothenar isotonic/isometric agonist/antagonist
    infraspinatus/supraspinatus infrapiriform/suprapiriform intervertebral/intravertebral interosseous/intraosseous
    intramuscular/intermuscular prevertebral/paravertebral epidural/peridural epidural/intradural
    extraforaminal/intraforaminal epicondyle/condyle
    hepatoma/hematoma colitis/coxitis trapezium/trapezius dysphasia/dysphagia aphasia/aphagia arteritis/arthritis
    laryngeal/pharyngeal
    FABER/FADIR FAIR/FADIR FAIR/FABER CESI/CESR CESI/CESS CESR/CESS ASIS/PSIS AIIS/ASIS AIIS/PIIS PSIS/PIIS ACL/PCL
    MCL/LCL UMN/LMN EMG/ECG
    L1/L2 L2/L3 L3/L4 L4/L5 L5/S1 L1/S1 L2/S2 S1/S2 S2/S3 S3/S4 S4/S5 T12/L1 T11/T12 L5/L6 C5/C6 C6/C7 C7/C8 C8/T1
    left/right ipsilateral/contralateral unilateral/bilateral
""")
"""Pairs in which one wrong letter may say the other word: no typing error is accepted in them."""

OTHER_PAIRS = pairs_of("""
    anterior/posterior medial/lateral proximal/distal dorsal/ventral cranial/caudal superficial/deep upper/lower
    above/below supine/prone paracentral/central traversing/exiting sagittal/coronal anterolateral/posterolateral
    anteromedial/posteromedial longus/brevis greater/lesser primary/secondary proper/common lateralis/medialis
    lateralis/lateral vastus_medialis/vastus_lateralis flexion/extension flexor/extensor dorsiflexion/plantarflexion
    pronation/supination elevation/depression active/passive lordosis/kyphosis lordosis/scoliosis
    concentric/eccentric sensory/motor spastic/flaccid positive/negative increased/decreased sensitivity/specificity
    incidence/prevalence hallucis/pollicis digiti/digitorum tibial/fibular tibia/fibula femoral/fibular
    femoral/humeral femoral/temporal femur/humerus tibialis/fibularis tibial/tibialis tibia/tibial fibula/fibular
    fibularis/fibular fibular/fibrillar sciatic/sciatica gluteus/gluteal gemellus/gluteus
    piriformis/pisiform saphenous/scaphoid saphenous/sphenoid pudendal/pudendum sacrum/sacral
    sacrotuberous/sacrospinous sacroiliac/sacroiliitis ischial/ischium ischium/ilium ischial/ischemia lumbar/lumbrical
    semitendinosus/semimembranosus semitendinosus/semispinalis vastus/rectus iliopsoas/iliacus
    iliacus/iliocostalis iliotibial/iliofemoral iliofemoral/ischiofemoral pubofemoral/ischiofemoral
    ilioinguinal/iliohypogastric genitofemoral/ischiofemoral popliteus/popliteal soleus/psoas quadratus/quadriceps
    biceps/triceps vertebra/vertebral foramen/foraminal ligament/filament ligamentum/filum calcaneus/calcaneal
    navicular/clavicular cuboid/cuneiform talus/tarsus meninges/meniscus tendon/tension
    neuralgia/neuropathy neurogenic/nephrogenic neurogenic/vascular nociceptive/neuropathic fascia/fascicle
    trochanteric/trochlear dermatome/myotome dermatome/sclerotome radiculopathy/radiculitis
    extrusion/sequestration stenosis/sclerosis allodynia/hyperalgesia claudication/calcification
    obturator_internus/obturator_externus gluteus_medius/gluteus_minimus gemellus_superior/gemellus_inferior
    superior_gluteal_nerve/inferior_gluteal_nerve common_fibular_nerve/deep_fibular_nerve
    greater_sciatic_foramen/lesser_sciatic_foramen far_lateral/paracentral conus_medullaris/cauda_equina
    hernia/herniation trochanter/trochlea coccyx/coccygeal facet/fascia infarction/infection
    condition/conduction connection/conduction neuronopathy/neuropathy nephropathy/neuropathy
    nephropathic/neuropathic nephralgia/neuralgia dissection/distention siderosis/sclerosis metaplasia/metastasis
    osteopetrosis/osteoporosis subscapular/suprascapular cerebrum/cerebellum coracoid/coronoid
    talofibular/tibiofibular trochanteric/subtrochanteric
""")
"""Pairs of other terms: a typing error is accepted in one of them where it is nearer to it than to the other."""

PAIRS = EXACT_PAIRS + OTHER_PAIRS

SIDES = frozenset({"left", "right", "lt", "rt", "bilateral", "unilateral", "ipsilateral", "contralateral"})

METRIC = ("micro", "milli", "centi", "deci", "kilo")
UNITS = frozenset(
    {prefix + base for base in ("meter", "liter", "gram", "second", "volt") for prefix in ("", *METRIC)}
    | {"percent", "degree", "minute", "hour", "day", "week", "month", "year", "mmhg"}
)

# For each of these the other of the pair is a word too, and means something else.
PREFIXES = (
    ("inter", "intra"), ("inter", "infra"), ("intra", "infra"), ("intra", "extra"), ("infra", "supra"),
    ("hyper", "hypo"), ("abduct", "adduct"), ("macro", "micro"), ("brady", "tachy"), ("poly", "oligo"),
    ("endo", "exo"), ("endo", "ecto"), ("epi", "hypo"), ("epi", "endo"), ("epi", "peri"), ("pre", "pro"),
    ("pre", "post"), ("ante", "anti"), ("ante", "post"), ("para", "peri"), ("retro", "intro"),
    ("sub", "supra"), ("sub", "super"), ("neuro", "nephro"), ("hemo", "myo"), ("hemo", "hepato"), ("piri", "pisi"),
)  # fmt: skip
NEGATIONS = ("a", "an", "in", "im", "ir", "il", "un", "non", "dis", "de", "dys")
EXACT_PREFIX = re.compile(r"(inter|intra|infra|extra|hyper|hypo|supra|(ab|ad)(duct|oral|axial))")

ENDINGS = (
    ("itis", "osis"), ("osis", "olysis"), ("ectomy", "otomy"), ("otomy", "ostomy"), ("ectomy", "ostomy"),
    ("plegia", "paresis"), ("algia", "asia"), ("graphy", "gram"), ("graphy", "scopy"),
    ("oma", "osis"), ("itis", "oma"), ("penia", "philia"), ("blast", "clast"), ("blast", "cyte"),
    ("malacia", "megaly"), ("uria", "emia"), ("uria", "uresis"),
)  # fmt: skip

# Flexion and flexor: told apart, but so near that any slip in one would be near the other.
DOERS = (("ion", "or"),)


@lru_cache(maxsize=1)
def exact_words() -> frozenset[str]:
    """Return the stems of the words of the pairs in which no typing error is accepted."""
    return frozenset(word for pair in EXACT_PAIRS for term in pair for word in key(term))


def is_exact(word: str) -> bool:
    """Say whether a stem belongs to a class in which one letter means something else.

    The classes: whatever holds a digit (levels, numbers), single letters and signs, sides, units, the prefixes
    inter-, intra-, infra-, extra-, supra-, hyper-, hypo-, ab- and ad-, and the words of `EXACT_PAIRS`.
    """
    if len(word) < 2 or is_level(word) or any(sign.isdigit() for sign in word) or not word.isalpha():
        return True
    return word in SIDES or word in UNITS or word in exact_words() or EXACT_PREFIX.match(word) is not None


def twins(word: str) -> frozenset[str]:
    """Return the words that this one becomes when its prefix or ending is changed for its rival, or negated.

    They need not exist: a typing error that is as near to one of them is not accepted.
    """
    negated = {prefix + word for prefix in NEGATIONS}
    affirmed = {word.removeprefix(prefix) for prefix in NEGATIONS if word.startswith(prefix) and len(word) > 6}
    rivals = {
        other + word.removeprefix(one) for pair in PREFIXES for one, other in (pair, pair[::-1]) if word.startswith(one)
    }
    return frozenset(negated | affirmed | rivals | with_other_ending(word, ENDINGS)) - {word}


def with_other_ending(word: str, endings: tuple[tuple[str, str], ...]) -> frozenset[str]:
    """Return the words that this one becomes when its ending is changed for the other of a pair."""
    both_ways = (way for pair in endings for way in (pair, pair[::-1]))
    return frozenset(word.removesuffix(one) + other for one, other in both_ways if word.endswith(one))
