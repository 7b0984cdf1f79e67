"""Sixty questions as other people write them: a stem, and options of which those with a star are right.

What `check` tells of them was read by a person: RIGHT is what the author should change, WRONG what is well as it is.
"""

from __future__ import annotations

SAMPLE: list[tuple[str, str]] = [
    ("Which cranial nerve supplies the lateral rectus?", "*Abducens|Trochlear|Oculomotor|Trigeminal"),
    ("A 60-year-old man has chest pain that is not relieved by rest. Which test comes first?", "*ECG|Chest film|Echocardiogram|Stress test"),
    ("Which of the following is true about the kidney?", "*It makes renin|It makes bile|It stores glucose|It makes insulin"),
    ("All of the following are branches of the aorta except:", "*Pulmonary artery|Left subclavian|Coeliac trunk|Renal artery"),
    ("The drug of choice in anaphylaxis is", "*Adrenaline|Hydrocortisone|Cetirizine|Salbutamol"),
    ("Which hormone lowers blood glucose?", "*Insulin|Glucagon|Cortisol|None of the above"),
    ("What is the normal range of serum potassium?", "*3.5–5.0 mmol/L|2.5–3.5 mmol/L|5.0–6.5 mmol/L|6.5–7.5 mmol/L"),
    ("Which muscle abducts the arm in its first 15 degrees?", "*Supraspinatus|Deltoid|Subscapularis|Teres major"),
    ("Which statement regarding atrial fibrillation is incorrect?", "*It is regular|It causes stroke|It is common in the old|It shows no P waves"),
    ("Name the capital of Australia.", "*Canberra|Sydney|Melbourne|Perth"),
    ("What year did the Second World War end?", "*1945|1939|1918|1950"),
    ("Which list method adds one element at the end in Python?", "*append|extend|insert|add"),
    ("What does HTTP status 404 mean?", "*Not found|Moved|Forbidden|Server error"),
    ("Which planet is closest to the sun?", "*Mercury|Venus|Earth|Mars"),
    ("Why does a helium balloon not fall?", "*Air is denser|It is warm|It has no mass|It is hollow"),
    ("Which gas do plants take up?", "*Carbon dioxide|Oxygen|Nitrogen|Argon"),
    ("Select two. Which vitamins are soluble in fat?", "*A|D|C|B1"),
    ("A woman who does not smoke coughs blood. What is the next step?", "*Chest CT|Antibiotics|Reassurance|Spirometry"),
    ("Which sign is seen in hypocalcaemia?", "*Chvostek sign|Murphy sign|Kernig sign|Rovsing sign"),
    ("In aortic stenosis the murmur is", "*systolic, harsh, heard best at the right second intercostal space, and radiating to the neck|diastolic|absent|continuous"),
    ("Which nerve is at risk in a fracture of the humeral shaft?", "*Radial nerve|Ulnar nerve|Median nerve|Brachial artery"),
    ("How is a tension pneumothorax treated?", "*Needle decompression|Always with a film first|Oxygen only|Observation"),
    ("What is the mechanism of aspirin?", "*Irreversible inhibition of cyclooxygenase|Beta blockade|Calcium channel blockade|Sodium channel blockade"),
    ("Which bacterium causes syphilis?", "*Treponema pallidum|Neisseria gonorrhoeae|Chlamydia trachomatis|Haemophilus ducreyi"),
    ("What proportion of patients relapse within a year?", "*35 %|15 %|55 %|75 %"),
    ("How many bones has the adult human body?", "*206|196|216|226"),
    ("Which law relates voltage, current and resistance?", "*Ohm's law|Hooke's law|Boyle's law|Faraday's law"),
    ("What is an", "*isotope|base|polymer|salt"),
    ("Which is not a prime number?", "*9|7|11|13"),
    ("Which data structure works first in, first out?", "*Queue|Stack|Heap|Tree"),
    ("A child swallowed a battery. What should be done?", "*Urgent endoscopy|Wait and see|Laxatives|Vomiting"),
    ("Which antibody crosses the placenta?", "*IgG|IgM|IgA|IgE"),
    ("Which of these may cause hyperkalaemia?", "*Spironolactone|Furosemide|Salbutamol|Insulin"),
    ("What is the best treatment?", "*Surgery|It depends on the stage|Usually tablets|Rest"),
    ("Potassium in acidosis is", "*increased|decreased|coloured|bound"),
    ("Which ocean lies between Africa and America?", "*Atlantic Ocean|Pacific Ocean|Indian Ocean|Arctic Ocean"),
    ("When was the Eiffel tower opened?", "*1889|1879|1899|1909"),
    ("What does a systolic murmur at the apex suggest?", "*Mitral regurgitation|Aortic regurgitation|Mitral stenosis|Tricuspid stenosis"),
    ("Which statement is correct?", "*Iron is a metal|Neon is a metal|Sulphur is a metal|Iodine is a metal"),
    ("What do you give a patient with opioid overdose?", "*Naloxone|Flumazenil|Atropine|Protamine"),
    ("Which test rules out pulmonary embolism when the risk is low?", "*D-dimer|Troponin|Lactate|Procalcitonin"),
    ("What is 7 times 8?", "*56|54|48|63"),
    ("Which joint is a saddle joint?", "*Carpometacarpal joint of the thumb|Hip|Elbow|Knee"),
    ("Which layer of the OSI model routes packets?", "*Network|Transport|Session|Physical"),
    ("Who wrote Hamlet?", "*Shakespeare|Marlowe|Jonson|Webster"),
    ("Which enzyme unwinds DNA?", "*Helicase|Ligase|Primase|Polymerase"),
    ("How long does a red cell live?", "*120 days|60 days|30 days|10 days"),
    ("Which artery is felt behind the medial malleolus?", "*Posterior tibial artery|Dorsalis pedis|Popliteal artery|Fibular artery"),
    ("What happens to a gas that cannot expand when it is heated?", "*Its pressure rises|Its pressure falls|It turns liquid|It loses mass"),
    ("Which reflex tests S1?", "*Ankle jerk|Knee jerk|Biceps jerk|Plantar reflex"),
    ("Concerning diabetes, which is true?", "*Insulin lowers glucose|Glucagon lowers glucose|Cortisol lowers glucose|Adrenaline lowers glucose"),
    ("Which are noble gases? Choose all that apply.", "*Neon|Argan|Chlorine|Sodium"),
    ("A 25-year-old runner cannot lift the foot. Where is the lesion?", "*Fibular neck|Femoral canal|Carpal tunnel|Tarsal tunnel"),
    ("Which is the longest bone?", "*Femur|Tibia|Humerus|Fibula"),
    ("What is the treatment of choice for streptococcal pharyngitis in a patient without allergy?", "*Penicillin|Vancomycin|Gentamicin|Aciclovir"),
    ("Which colour has the shortest wavelength?", "*Violet|Red|Green|Yellow"),
    ("What should never be given in an asthma attack?", "*A beta blocker|Oxygen|Steroids|Salbutamol"),
    ("Which river flows through Vienna?", "*Danube|Rhine|Elbe|Oder"),
    ("Ethnic background aside, which Caucasian patient needs a test?", "*The one with jaundice|The one with a cold|The one with acne|The one with a wart"),
    ("Which two scientists described the double helix?", "*Watson and Crick|Hershey and Chase|Meselson and Stahl|Beadle and Tatum"),
]  # fmt: skip

RIGHT = {
    (2, "ID4"),
    (3, "ID1"),
    (4, "ID4"),
    (5, "TW9"),
    (8, "ID1"),
    (8, "ID4"),
    (16, "KD1"),
    (19, "ID4"),
    (19, "TW1"),
    (20, "TW11"),
    (21, "TW5"),
    (22, "TW1"),
    (24, "ID10"),
    (27, "ID4"),
    (27, "TW3"),
    (28, "ID1"),
    (33, "ID3"),
    (34, "ID4"),
    (34, "TW4"),
    (38, "ID4"),
    (42, "TW1"),
    (48, "TW4"),
    (50, "ID4"),
    (51, "KD1"),
    (58, "ID7"),
}
WRONG = {(3, "ID4")}


def deck() -> str:
    """The sample as a deck: each option has its reason, each question an explanation and a source."""
    parts = [
        'id = "sample"\ntitle = "Sample"\nversion = "1"\nlicence = "CC0-1.0"\n[[source]]\nid = "book"\ncitation = "A book, 2026"\n'
    ]
    for place, (stem, listed) in enumerate(SAMPLE):
        parts.append(
            f'[[question]]\nid = "q-{place}"\nkind = "single"\nstem = "{stem}"\nexplanation = "E."\nsources = ["book"]\n'
        )
        for at, text in enumerate(listed.split("|")):
            right = "correct = true\n" if text.startswith("*") else ""
            parts.append(
                f'[[question.options]]\nid = "{"abcd"[at]}"\ntext = "{text.removeprefix("*")}"\n{right}why = "So."\n'
            )
    return "".join(parts)
