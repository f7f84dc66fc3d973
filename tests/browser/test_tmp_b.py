import time, cProfile
import tests.browser.test_the_story as t
from tests.browser.test_the_story import story, pytestmark
STEPS=[l.strip()[:-7] for l in __import__("pathlib").Path(t.__file__).read_text().splitlines() if l.startswith("    ") and l.strip().endswith("(story)")]
def test_prof(story):
    for n in STEPS:
        a=time.time(); c=time.process_time(); getattr(t,n)(story); print(f"{n:60} {time.time()-a:.1f} cpu {time.process_time()-c:.1f}")
