"""Words that rules know: abbreviations that need no explanation, and common misspellings."""

from __future__ import annotations

from sciaquiz.authoring.lint.look import words_of

KNOWN = words_of(
    "MRI CT EMG NCS INR PCR BMJ MRC TNF ITB GP ED ASIS PSIS ECG EEG PET DNA RNA HIV AIDS BMI CSF CRP ESR NICE "
    "PDF HTML HTTP HTTPS URL XML JSON YAML CSS SQL CSV USB CPU RAM API WWW NASA "
    "WHO USA NHS ICU NSAID COPD AND NOT EXCEPT LEAST ALL NONE "
    "BEST MOST FIRST TRUE FALSE ONLY BOTH NEITHER EITHER ONE TWO THREE INCORRECT TODO VII VIII XII III"
)
MISSPELT = {
    "occured": "occurred", "occurence": "occurrence", "recieve": "receive", "recieves": "receives",
    "seperate": "separate", "seperately": "separately", "definately": "definitely", "accomodate": "accommodate",
    "untill": "until", "wich": "which", "teh": "the", "parasthesia": "paraesthesia", "paresthaesia": "paraesthesia",
    "innervaton": "innervation", "dorsiflection": "dorsiflexion", "pirifomis": "piriformis", "periformis": "piriformis",
    "sciatc": "sciatic", "opthalmic": "ophthalmic", "diarrhoe": "diarrhoea", "inferiour": "inferior",
    "assymetric": "asymmetric", "asymetric": "asymmetric", "symetric": "symmetric", "existance": "existence",
    "independant": "independent", "neccessary": "necessary", "posterier": "posterior", "anterier": "anterior",
    "tibilais": "tibialis", "vertebre": "vertebra", "lumber": "lumbar",
    "cartilagenous": "cartilaginous", "cartilagenious": "cartilaginous",
}  # fmt: skip
