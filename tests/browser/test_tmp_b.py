import time
from pathlib import Path
import tests.browser.test_the_story as t
from tests.browser.test_the_story import story, pytestmark
STEPS=[l.strip()[:-7] for l in Path(t.__file__).read_text().splitlines() if l.startswith("    ") and l.strip().endswith("(story)")]
def test_prof(story):
    try:
        for n in STEPS:
            a=time.time(); c=time.process_time(); getattr(t,n)(story); print(f"{n:60} {time.time()-a:.1f} cpu {time.process_time()-c:.1f}", flush=True)
    except BaseException:
        for who, p in story._desks.items():
            p.screenshot(path=f"/tmp/speanB/fail-{who}.png", full_page=True); print(who, p.url)
        raise
    story.screens.check()
