"""Words that do not serve: options that nobody takes, superlatives of nothing, one thing under two names, old names."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sciaquiz.authoring.lint.choices import one_by_two_names
from sciaquiz.authoring.lint.look import named, stands_in, words_of

if TYPE_CHECKING:
    from sciaquiz.authoring.lint.look import Look

NO_ANSWER = (
    r"(?:(?:i )?(?:do not|don['’]?t) (?:know|have a clue)|(?:i have )?no (?:idea|clue)|(?:i am )?not sure|idk|n/a|"
    r"dunno|who (?:knows|cares)|blah?(?: blah?)*|asdf\w*|lorem ipsum.*|(?:dummy|placeholder|filler)(?: text| option)?|"
    r"(?:wrong|incorrect|false) (?:answer|option)(?: \w+)?|distractor(?: \w+)?|option (?:[a-h]|\d))[.!?]*"
)
"""All of an option that is no answer."""

JOKE = (
    r"\b(?:ha(?:ha)+|lol|santa claus|unicorns?|batman|superman|spider-?man|harry potter|chuck norris|darth vader|"
    r"your (?:mum|mom|mother)|just kidding|(?:by|of) magic|aliens did)\b"
)
NO_ANSWER_WORDS = words_of(
    "know no idea clue sure idk dunno knows cares n bla blah asdf lorem dummy placeholder filler wrong incorrect false "
    "distractor option haha hahaha lol santa unicorn unicorns batman superman spiderman spider potter norris vader "
    "kidding magic mum mom mother aliens"
)

NO_DEGREES = r"(?:correct|true|false|incorrect|wrong|untrue|unique|identical|impossible|unanimous|infinite)"
OF_VALUE = r"(?:important|interesting|beautiful|relevant|famous|popular|essential|remarkable|useful|significant)"
THING = r"(?:nerve|root|muscle|artery|vein|ligament|bone|joint|structure|part|fact|point|aspect|feature|thing|one)"
SUPERLATIVE = (
    rf"\b(?P<degree>(?:most|least) {NO_DEGREES})\b"
    r"|\b(?:which|what)(?: (?:one|option|answer|statement))?(?: of (?:the following|these|them|those)(?: \w+)?)? "
    r"(?:is|are|was|would be) (?P<best>(?:the )?(?:best|worst)(?: (?:one|option|answer|choice|statement))?)\?"
    rf"|\b(?P<value>(?:most|least) {OF_VALUE}) {THING}s?\b"
)
ITS_GROUND = (
    r"\b(?:for|to|when|while|during|against|because|if|by|according|with which|in order|clinically|as regards|likely)\b"
)
"""Words with which a question says by what it ranks."""

BRACKETS = r"\([^)]*\)|“[^”]*”|\"[^\"]*\"|‘[^’]*’"
TWO_NAMES = (
    r"\b(?:fibular|fibularis|peroneal|peroneus)(?:/| or | \(| and |, (?:or|also|formerly) (?:called )?)"
    r"(?:peroneal|peroneus|fibular|fibularis)\b"
)
NERVE = r"(?: (?:nerves?|artery|arteries|veins?|muscles?)\b)"
NAMES = {
    ("peroneal", "fibular"): (
        rf"\b(?:common|deep|superficial) peroneal\b|\bperoneal{NERVE}",
        rf"\b(?:common|deep|superficial) fibular\b|\bfibular{NERVE}",
    ),
    ("peroneus", "fibularis"): (r"\bperoneus\b", r"\bfibularis\b"),
}
"""Two names of one thing each; “fibular” by itself may be of the bone."""

AMERICAN = {
    "oedema": "edema", "haematoma": "hematoma", "haemorrhage": "hemorrhage", "paraesthesia": "paresthesia",
    "anaesthesia": "anesthesia", "ischaemia": "ischemia", "anaemia": "anemia", "tumour": "tumor", "tumours": "tumors",
    "fibre": "fiber", "fibres": "fibers", "colour": "color", "manoeuvre": "maneuver", "orthopaedic": "orthopedic",
    "diarrhoea": "diarrhea", "behaviour": "behavior", "oesophagus": "esophagus", "dyspnoea": "dyspnea",
    "aetiology": "etiology", "leucocytes": "leukocytes",
}  # fmt: skip
NAME_WORDS = words_of("peroneal peroneus") | AMERICAN.keys()

OLD = {
    "lateral popliteal nerve": "common fibular nerve", "external popliteal nerve": "common fibular nerve",
    "medial popliteal nerve": "tibial nerve", "internal popliteal nerve": "tibial nerve",
    "anterior tibial nerve": "deep fibular nerve", "anterior crural nerve": "femoral nerve",
    "innominate bone": "hip bone", "os innominatum": "hip bone", "os calcis": "calcaneus",
    "reflex sympathetic dystrophy": "complex regional pain syndrome",
    "sudeck's atrophy": "complex regional pain syndrome", "sudeck's dystrophy": "complex regional pain syndrome",
    "reiter's syndrome": "reactive arthritis", "reiter syndrome": "reactive arthritis",
    "reiter's disease": "reactive arthritis", "wegener's granulomatosis": "granulomatosis with polyangiitis",
    "mental retardation": "intellectual disability", "mentally retarded": "intellectual disability",
    "mongolism": "Down syndrome", "grand mal": "generalised tonic-clonic seizure", "petit mal": "absence seizure",
    "non-insulin-dependent diabetes": "type 2 diabetes", "insulin-dependent diabetes": "type 1 diabetes",
    "adult-onset diabetes": "type 2 diabetes", "juvenile-onset diabetes": "type 1 diabetes",
    "senile dementia": "dementia", "multiple personality disorder": "dissociative identity disorder",
    "hysterical paralysis": "functional paralysis", "harelip": "cleft lip", "hare lip": "cleft lip",
}  # fmt: skip
"""Names that are out of use, and what is said now."""

OLD_WORDS = words_of(
    "popliteal crural tibial innominate innominatum calcis dystrophy sudeck reiter wegener retardation retarded "
    "mongolism mal diabetes dementia personality hysterical harelip hare"
)
OF_NAMES = r"\b(?:formerly|used to be|outdated|obsolete|historical|synonyms?|names?|called|terms?)\b"
"""Where a question is about names."""


def option_that_is_none(look: Look) -> str | None:
    """A distractor is no answer, or a joke: nobody takes it."""
    guilty = [
        entry.id
        for entry, said in zip(look.entries, look.folded, strict=True)
        if entry.text in look.wrong
        and (re.fullmatch(NO_ANSWER, said) or (re.search(JOKE, said) and not re.search(JOKE, look.folded_stem)))
    ]
    if not guilty:
        return None
    return f"nobody takes {named(guilty)}: write a mistake that students make, or leave it out"


def superlative_of_nothing(look: Look) -> str | None:
    """The question asks for the most or the best, and does not say by what."""
    lead = look.lead.casefold()
    found = re.search(SUPERLATIVE, lead)
    if not found:
        return None
    if found["degree"]:
        return f"“{found['degree']}”: that has no degrees; ask which is, or by what the options are ranked"
    if look.question.according_to or re.search(ITS_GROUND, lead):
        return None
    if found["best"] and len(look.stem) > len(look.lead) + 1:  # what was told before may say the ground
        return None
    return f"“{found['best'] or found['value']}”: say by what, as “best for …”; otherwise it is an opinion"


def under_two_names(look: Look) -> str | None:
    """The question calls one thing by two names, or spells it in two ways, and does not say that they are one."""
    words = {word.casefold() for word in look.words}
    for british in words & AMERICAN.keys():
        if AMERICAN[british] in words:
            return f"“{british}” and “{AMERICAN[british]}”: spell it in one way throughout"
    for names, forms in NAMES.items():
        if words.issuperset(names) and not re.search(TWO_NAMES, look.text):
            told = re.sub(BRACKETS, "", look.text)
            one, other = [re.search(form, told) for form in forms]
            if one and other and not one_by_two_names(look):
                return f"“{one[0]}” and “{other[0]}”: use one of the names throughout, or give both at once"
    return None


def out_of_use(look: Look) -> str | None:
    """A name is out of use, and the question is not about names."""
    said = look.text.replace("’", "'")
    old = next((name for name in OLD if name in said), None)
    if old is None or re.search(OF_NAMES, said) or not stands_in(old, re.sub(BRACKETS, "", said)):
        return None
    return None if OLD[old].casefold() in said.replace(old, "") else f"“{old}” is out of use: write “{OLD[old]}”"
