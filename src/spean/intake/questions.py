"""The approved questions: one a missing piece, said to the person herself or to who writes for her.

They name no place, office or plan, so that they may stand on a phone that somebody else holds.
"""

from __future__ import annotations

from spean.intake.states import ForWhom, Missing
from spean.kernel.text import Sentence

TO_HER: dict[Missing, Sentence] = {
    Missing.PLACE: Sentence(
        "Where are you now? Anything helps: a town, a street, a shop sign, the name of the Wi-Fi, "
        "what you see from the window."
    ),
    Missing.NAME: Sentence(
        "What is your name, or the name your family calls you? A part is enough."
    ),
    Missing.PHOTO: Sentence(
        "Is there a page or a picture that shows you? Write where it is. Take no new picture if "
        "somebody could notice."
    ),
    Missing.HOLDER: Sentence(
        "Who keeps you there? A name, a telephone number, or what they look like."
    ),
    Missing.SAFE_TIME: Sentence("At what times is it safe for you to read here?"),
    Missing.DOCUMENTS: Sentence("Do you have a passport or an identity card? Who keeps it?"),
    Missing.HOW_MANY: Sentence("Are you alone, or are others there too? How many?"),
    Missing.ORIGIN: Sentence("Which village or town is your home?"),
}
TO_ANOTHER: dict[Missing, Sentence] = {
    Missing.PLACE: Sentence(
        "Where is the person now? Anything helps: a town, a street, a shop sign, a picture that "
        "she or he sent."
    ),
    Missing.NAME: Sentence(
        "What is the person's name, or the name the family uses? A part is enough."
    ),
    Missing.PHOTO: Sentence(
        "Is there a page or a picture that shows the person? Write where it is."
    ),
    Missing.HOLDER: Sentence(
        "Who keeps the person there? A name, a telephone number, or what they look like."
    ),
    Missing.SAFE_TIME: Sentence("At what times is it safe to reach the person, and how?"),
    Missing.DOCUMENTS: Sentence(
        "Does the person have a passport or an identity card? Who keeps it?"
    ),
    Missing.HOW_MANY: Sentence("Is the person alone, or are others there too? How many?"),
    Missing.ORIGIN: Sentence("Which village or town is the person's home?"),
}
AGAIN = Sentence("We still need this to go on. A few words are enough, whenever it is safe.")

LABELS: dict[Missing, Sentence] = {
    Missing.PLACE: Sentence("place"),
    Missing.NAME: Sentence("name"),
    Missing.PHOTO: Sentence("picture"),
    Missing.HOLDER: Sentence("who holds"),
    Missing.SAFE_TIME: Sentence("safe time"),
    Missing.DOCUMENTS: Sentence("documents"),
    Missing.HOW_MANY: Sentence("how many"),
    Missing.ORIGIN: Sentence("home village"),
}


def question(code: Missing, for_whom: str) -> Sentence:
    """Return the approved question for ``code``, as one says it to whoever wrote."""
    return (TO_HER if for_whom == ForWhom.ME else TO_ANOTHER)[code]
