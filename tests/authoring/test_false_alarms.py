"""What a reader of the warnings found to be well as it is: it is told no more, and its near twins still are."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from rows import each_row
from sciaquiz.authoring.check import check

if TYPE_CHECKING:
    from pathlib import Path

HEAD = 'id = "d"\ntitle = "D"\nversion = "1"\nlicence = "CC0-1.0"\nsource = [{ id = "book", citation = "A book" }]\n'
PLAIN = ["*Tibial nerve", "Femoral nerve", "Obturator nerve"]
LONG = "a patient of forty who fell from a ladder and since then cannot lift the foot nor feel its back"


def told(path: Path, stem: str, options: list[str], explanation: str, kind: str, bare: str = "") -> set[str]:
    """The codes told of one question; options with a star are right, and those named by `bare` have no reason."""
    name = "statements" if kind == "true-false" else "options"
    lines = [f'[[question]]\nid = "q"\nkind = "{kind}"\nsources = ["book"]']
    lines += [f"stem = {json.dumps(stem)}", f"explanation = {json.dumps(explanation)}"]
    for letter, text in zip("abcdefgh", options, strict=False):
        right = text.startswith("*")
        lines += [f'[[question.{name}]]\nid = "{letter}"\ntext = {json.dumps(text.removeprefix("*"))}']
        lines += ["" if letter in bare else 'why = "So."']
        lines += [f"answer = {str(right).lower()}" if kind == "true-false" else "correct = true" if right else ""]
    path.write_text(HEAD + "\n".join(lines), encoding="utf-8")
    return {problem.code for problem in check([path]).problems}


@each_row(
    ("rule", "verdict", "stem", "options", "explanation", "kind"),
    [
        # the others have its like in length
        ("TW1", "silent", "Which muscle is it?", ["*Biceps femoris short head", "Gracilis", "Biceps femoris long head"], "E.", "single"),
        ("TW1", "told", "Which muscle is it?", ["*Biceps femoris short head", "Gracilis", "Biceps femoris"], "E.", "single"),
        # what must be done is a duty to be judged; an option that must be so claims too much
        ("TW5", "silent", "Judge each.", ["*It heals.", "*It aches.", "It must be sewn back at once."], "E.", "true-false"),
        ("TW5", "told", "What follows?", ["*It heals", "It aches", "It must be sewn back"], "E.", "single"),
        ("TW5", "told", "Judge each.", ["*It heals.", "*It aches.", "It is always sewn back."], "E.", "true-false"),
        # all of the others by another name; it is not the length that tells
        ("TW8", "told", "What is in it?", ["*All of the provided answers", "Bone", "Skin"], "E.", "single"),
        ("TW8", "told", "What is in it?", ["*all of the options", "Bone", "Skin"], "E.", "single"),
        ("TW8", "silent", "What is in it?", ["*All the nerves", "Bone", "Skin"], "E.", "single"),
        ("TW1", "silent", "What is in it?", ["*All of the provided answers", "Bone", "Skin"], "E.", "single"),
        # a list in few words is no more than what the others say in many
        ("TW2", "silent", "What is first?", ["*Rest, ice, lift, and wait", "Surgery on the nerve in the fossa", "An injection at the neck of the fibula"], "E.", "single"),
        ("TW2", "told", "What is first?", ["*Rest, ice, and lift (for two weeks)", "Surgery on the nerve in the fossa", "An injection into the fossa itself"], "E.", "single"),
        # what compares is clear
        ("ID3", "silent", "What is the mode?", ["*The number seen most often", "The mean", "The middle"], "E.", "single"),
        ("ID3", "told", "What is the mode?", ["*The number often seen", "The mean", "The middle"], "E.", "single"),
        # a side clause, wherever it stands
        ("ID1", "silent", "He was killed by a soldier who did not know him.", PLAIN, "E.", "single"),
        ("ID1", "silent", "In a man who does not smoke, which nerve is hurt?", PLAIN, "E.", "single"),
        ("ID1", "told", "In a man who smokes, which nerve is not hurt?", PLAIN, "E.", "single"),
        ("ID1", "told", "In a man who does not smoke, which nerve is not hurt?", PLAIN, "E.", "single"),
        ("ID1", "told", "Who did not discover a nerve?", PLAIN, "E.", "single"),
        ("ID1", "told", "Name the nerves, all of which are motor except", PLAIN, "E.", "single"),
        # signs that are asked for
        ("DOC-markup", "silent", "Which Markdown is bold?", ["***bold**", "__bold", "bold"], "E.", "single"),
        ("DOC-markup", "told", "Which nerve is bold?", ["***bold**", "__bold", "bold"], "E.", "single"),
        ("ID3", "told", "Judge each.", ["*It heals.", "It often aches."], "E.", "true-false"),
        ("ID3", "silent", "Judge each.", ["*It heals.", "It aches more often."], "E.", "true-false"),
        # ordinals are numbers of one sort
        ("ID8", "silent", "Which rib is it?", ["*2nd", "5th", "1st"], "E.", "single"),
        ("ID8", "told", "How long is it?", ["*2 cm", "5 mm", "1 cm"], "E.", "single"),
        # the plural is the same word
        ("TW6", "silent", "Which muscle of the back moves in a cough?", ["*Latissimus muscle", "Intercostal muscles", "Soleus"], "E.", "single"),
        ("TW6", "told", "Which muscle of the back moves in a cough?", ["*Latissimus muscle", "Diaphragm", "Soleus"], "E.", "single"),
        # abbreviations that are put into words, asked for, or names
        ("ID11", "silent", "When, by QRST 2015?", PLAIN, "QRST is the Queen's Research Society.", "single"),
        ("ID11", "silent", "When, by QRST 2015?", PLAIN, "QRST stands for rest.", "single"),
        ("ID11", "silent", "What was better in the QRST trial?", PLAIN, "E.", "single"),
        ("ID11", "silent", "What does QRST mean on a chart?", PLAIN, "E.", "single"),
        ("ID11", "silent", "What does HTTP status 404 tell?", PLAIN, "E.", "single"),
        ("ID11", "told", "When is QRST high?", PLAIN, "QRST is high at night.", "single"),
        ("ID11", "told", "What does QRST show?", PLAIN, "E.", "single"),
    ],
)  # fmt: skip
def test_a_false_alarm_is_silent_and_its_twin_is_told(
    rule: str, verdict: str, stem: str, options: list[str], explanation: str, kind: str, tmp_path: Path
) -> None:
    assert (rule in told(tmp_path / "deck.toml", stem, options, explanation, kind)) == (verdict == "told")


@each_row(("bare", "verdict"), [("ab", "silent"), ("a", "silent"), ("c", "told"), ("ac", "told")])
def test_the_explanation_is_the_reason_of_what_is_right(bare: str, verdict: str, tmp_path: Path) -> None:
    options = ["*Tibial nerve", "*Sural nerve", "Femoral nerve", "Obturator nerve"]
    found = told(tmp_path / "deck.toml", "Which nerves reach the foot?", options, "E.", "multiple", bare)
    assert ("DOC-why" in found) == (verdict == "told")
    assert "DOC-why" in told(tmp_path / "deck.toml", "Which nerves reach the foot?", options, "", "multiple", bare)


@each_row(("entry", "option", "verdict"), [(LONG, "Tibial nerve", "silent"), ("A fall", LONG, "told")])
def test_a_patient_to_be_matched_may_need_more_words_than_an_option(
    entry: str, option: str, verdict: str, tmp_path: Path
) -> None:
    path = tmp_path / "deck.toml"
    path.write_text(
        f"""{HEAD}[[question]]
id = "q"
kind = "matching"
stem = "Match each patient with the nerve."
explanation = "E."
sources = ["book"]
options = [{{ id = "a", text = "{option}" }}, {{ id = "b", text = "Sural" }}, {{ id = "c", text = "Femoral" }}]
stems = [
  {{ id = "x", text = "{entry}", answer = "a", why = "So." }},
  {{ id = "y", text = "A burn", answer = "b", why = "So." }},
]
""",
        encoding="utf-8",
    )
    assert ("ID6" in {problem.code for problem in check([path]).problems}) == (verdict == "told")


@each_row(
    ("rule", "verdict", "stem", "options", "explanation"),
    [
        ("TW4", "told", "What of the jerk?", ["*It is reduced", "It is increased", "The foot turns blue", "The knee hurts"], "E."),
        ("TW7", "told", "Which lesion?", ["*L5, fibular, eversion", "L4, fibular, flexion", "L5, tibial, eversion", "S1, sural, rest"], "E."),
        ("TW7", "silent", "Which lesion?", ["*L5, fibular, eversion", "L4, fibular, flexion", "L5, tibial, flexion", "L4, tibial, eversion"], "E."),
        ("TW7", "silent", "Which lesion?", ["*L5, fibular, eversion", "L4, femoral, flexion", "L5, tibial, rest"], "E."),
        ("TW8", "told", "Which is it?", ["*Each of the above", "Sural", "Femoral"], "E."),
        ("TW8", "silent", "Which is it?", ["*Each of the two heads", "Any of these nerves", "One head"], "E."),
        ("TW9", "told", "Which is it?", ["*Sural", "Femoral", "No option is correct"], "E."),
        ("TW9", "told", "Which is it?", ["*Sural", "Femoral", "None of the answers"], "E."),
        ("TW9", "told", "Which is it?", ["*Sural", "Femoral", "None of the listed"], "E."),
        ("TW9", "silent", "Which is it?", ["*None of the listed muscles of the thigh", "No nerve is cut", "No option"], "E."),
        ("ID1", "told", "Which of these is unlikely in a lesion of L5?", PLAIN, "E."),
        ("ID1", "silent", "She thinks it unlikely. Which of these is hurt?", PLAIN, "E."),
        ("ID4", "told", "Piriformis?", PLAIN, "E."),
        ("ID4", "told", "The piriformis?", PLAIN, "E."),
        ("ID4", "told", "Regarding the sciatic nerve, which one is correct?", PLAIN, "E."),
        ("ID4", "silent", "Why rest?", PLAIN, "E."),
        ("ID4", "silent", "Where’s piriformis?", PLAIN, "E."),
        ("KD1", "told", "Which two nerves leave above it?", PLAIN, "E."),
        ("KD1", "silent", "Which two nerves leave above it?", ["*Sural and tibial", "Sural and femoral", "Femoral and tibial"], "E."),
        ("KD1", "silent", "Which two-headed muscle is it, and which 3 cm lesion?", PLAIN, "E."),
        ("KD1", "silent", "Which two years after it were best?", PLAIN, "E."),
        ("TW10", "told", "Which nerve?", [*PLAIN, "No idea."], "E."),
        ("TW10", "told", "Which nerve?", [*PLAIN, "Dunno"], "E."),
        ("TW10", "told", "Which nerve?", [*PLAIN, "I don’t know!"], "E."),
        ("TW10", "told", "Which nerve?", [*PLAIN, "Option D"], "E."),
        ("TW10", "told", "Which nerve?", [*PLAIN, "Your mum, haha"], "E."),
        ("TW10", "silent", "What does she say who does not know the way?", ["*I don't know", "No", "Yes"], "E."),
        ("TW10", "silent", "What is meant by option?", ["*A right to buy", "A duty to buy", "A wrong option price"], "E."),
        ("TW10", "silent", "What is the cause?", ["*A virus", "It is not known", "A toxin"], "E."),
        ("ID16", "told", "Which of these muscles is the best?", PLAIN, "E."),
        ("ID16", "told", "He limps. Which is the most important nerve of the leg?", PLAIN, "E."),
        ("ID16", "told", "Which statement on gait is most true?", PLAIN, "E."),
        ("ID16", "silent", "He limps. Which is the best?", PLAIN, "E."),
        ("ID16", "silent", "Which is the most important nerve for standing up?", PLAIN, "E."),
        ("ID16", "silent", "Which is the most important next step?", PLAIN, "E."),
        ("ID16", "silent", "Which nerve is most likely hurt?", PLAIN, "E."),
        ("ID16", "silent", "Which view shows the nerve best?", PLAIN, "E."),
        ("ID20", "told", "Which nerve has a injury?", PLAIN, "E."),
        ("ID20", "told", "Which nerve has an lesion?", PLAIN, "E."),
        ("ID20", "told", "Which nerve is of of the plexus?", PLAIN, "E."),
        ("ID20", "told", "Which nerve is under the pirformis?", PLAIN, "E."),
        ("ID20", "told", "Which nerve is under the piriformmis?", PLAIN, "E."),
        ("ID20", "told", "Which nerve is under the piirformis?", PLAIN, "E."),
        ("ID20", "silent", "Which nerve is hurt by a European in an hour, on a one-way road, by a unit?", PLAIN, "E."),
        ("ID20", "silent", "Which MRI: an MRI, an S1 film or an X-ray? The best that that nerve had had.", PLAIN, "E."),
        ("ID20", "silent", "Wat is dat? Een nerf an der Wand, a esta hora, a otra.", PLAIN, "E."),
        ("ID20", "silent", "Which nerve shows ischemia and ischaemic pain?", PLAIN, "Anesthetic, anaesthetic."),
        ("ID20-name", "told", "The common fibular nerve is cut. Which muscle?", ["*Those of the deep peroneal nerve", "B", "C"], "E."),
        ("ID20-name", "told", "Fibularis longus and brevis: what of peroneus tertius?", PLAIN, "E."),
        ("ID20-name", "told", "There is oedema. What is edema?", PLAIN, "E."),
        ("ID20-name", "silent", "A plaster on the fibular neck: which branch of the peroneal nerve?", PLAIN, "E."),
        ("ID20-name", "silent", "The fibular (peroneal) nerve is cut. Which branch of the fibular nerve?", PLAIN, "E."),
        ("ID20-name", "silent", "The fibular or peroneal nerve is cut. Which branch?", PLAIN, "E."),
        ("ID20-old", "told", "Which nerve is now the lateral popliteal nerve?", PLAIN, "E."),
        ("ID20-old", "told", "A man 40 years old has Reiter’s syndrome. Which joint?", PLAIN, "E."),
        ("ID20-old", "told", "He has non-insulin-dependent diabetes. Which nerve?", PLAIN, "E."),
        ("ID20-old", "silent", "What was formerly called the lateral popliteal nerve?", PLAIN, "E."),
        ("ID20-old", "silent", "Which nerve is in the popliteal fossa of an adult?", PLAIN, "E."),
        ("ID20-old", "silent", "He has reactive arthritis, not Reiter syndrome. Which joint?", PLAIN, "E."),
    ],
)  # fmt: skip
def test_words_that_do_not_serve_are_told_and_their_twins_are_not(
    rule: str, verdict: str, stem: str, options: list[str], explanation: str, tmp_path: Path
) -> None:
    assert (rule in told(tmp_path / "deck.toml", stem, options, explanation, "single")) == (verdict == "told")


def test_a_slip_in_a_word_that_the_deck_writes_again_and_again_is_told(tmp_path: Path) -> None:
    path = tmp_path / "deck.toml"
    asked = [f"Where is the zygapophysis of level {number}?" for number in range(3)]
    for last, expected in (("Where is the zygapohysis?", True), ("Where are the zygapophyses?", False)):
        parts = [
            f'[[question]]\nid = "q{number}"\nkind = "recall"\nstem = "{stem}"\nanswer = "Behind."\n'
            'explanation = "E."\nsources = ["book"]\n'
            for number, stem in enumerate((*asked, last))
        ]
        path.write_text(HEAD + "".join(parts), encoding="utf-8")
        assert ("ID20" in {problem.code for problem in check([path]).problems}) == expected


@each_row(
    ("step", "verdict"),
    [
        ("At the end it heals", "told"),
        ("Initially it aches", "told"),
        ("At the end of the nerve", "silent"),
        ("It heals", "silent"),
    ],
)
def test_steps_that_say_their_order_are_told(step: str, verdict: str, tmp_path: Path) -> None:
    path = tmp_path / "deck.toml"
    items = ", ".join(
        f'{{ id = "{name}", text = "{text}" }}' for name, text in (("a", "Bulge"), ("b", step), ("c", "Rest"))
    )
    question = (
        'id = "q"\nkind = "ordering"\nstem = "Put the course in order."\nexplanation = "E."\nsources = ["book"]\n'
    )
    path.write_text(f"{HEAD}[[question]]\n{question}items = [{items}]\n", encoding="utf-8")
    assert ("OR1" in {problem.code for problem in check([path]).problems}) == (verdict == "told")
