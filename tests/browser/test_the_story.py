"""The first crossing: one plea walked to a safe return and a true figure, in English and Khmer.

Each step is done by its own role through the real pages, and refused to a wrong role with a
sentence. docs/how-to/the-first-crossing.md tells the same with the pictures taken here.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from spean.agencies.models import Agency, User
from spean.cases import actions as cases
from spean.kernel import clock
from spean.kernel.digits import to_khmer
from spean.shell.jobs import run_due
from tests import cast
from tests.browser import steps
from tests.browser.screens import Screens
from tests.domain.command import spean
from tests.traces import everything_kept, traces_of

pytestmark = pytest.mark.django_db(transaction=True)

HERE = ZoneInfo("Asia/Phnom_Penh")
SHE, MOTHER = "Keo Sreypov", "Nuon Chanthou"
ALIAS, OTHERS = "Srey Pov", ("Chea Kanitha", "Tep Molyka")
PLEA = {
    "en": (
        "They told me it was a job. It was a marriage I never wanted.\n"
        "I cannot go out, the door is locked by day.\n"
        "This phone has no SIM card. I use the neighbour's line at night.\n"
        "I am Keo Srey Pov. My mother lives in Battambang."
    ),
    "km": (
        "គេប្រាប់ថាមានការងារ តែគេបង្ខំខ្ញុំរៀបការ។\n"
        "ខ្ញុំចេញក្រៅមិនបាន ពេលថ្ងៃគេចាក់សោទ្វារ។\n"
        "ទូរស័ព្ទនេះគ្មានស៊ីមកាតទេ ខ្ញុំប្រើអ៊ីនធឺណិតអ្នកជិតខាងពេលយប់។\n"
        "ខ្ញុំឈ្មោះ កែវ ស្រីពៅ។ ម្តាយខ្ញុំនៅបាត់ដំបង។"
    ),
}
# How the desk writes her down: as she wrote herself, and as she may be called.
NAMED = {
    "en": {"name": "Keo Srey Pov"},
    "km": {"name": "កែវ ស្រីពៅ", "alias": ALIAS},
}
ANSWER = {
    "en": "A village near Zhoukou. From the window I see a water tower and a brick kiln.",
    "km": "ភូមិមួយជិតចូវខូវ។ តាមបង្អួចខ្ញុំឃើញធុងទឹកខ្ពស់ និងឡឥដ្ឋ។",
}
REPLY = {
    "en": "We have read your words. You did nothing wrong. Write here whenever it is safe for you.",
    "km": "យើងបានអានពាក្យរបស់អ្នកហើយ។ អ្នកមិនមានកំហុសអ្វីទេ។ សរសេរមកទីនេះពេលណាដែលអ្នកមានសុវត្ថិភាព។",
}

THANKS = {
    "en": "Thank you. That helps. Write again when it is safe for you.",
    "km": "អរគុណ។ វាមានប្រយោជន៍ណាស់។ សរសេរមកម្តងទៀតពេលអ្នកមានសុវត្ថិភាព។",
}


class Story:
    """Who sits at which browser, what was typed, and what time it is."""

    def __init__(self, chromium: Browser, address: str, language: str) -> None:
        self.address, self.language = address, language
        self.typed: list[str] = []
        self.screens = Screens(chromium, language)
        self._chromium = chromium
        self._desks: dict[str, Page] = {}
        self.links: dict[str, str] = {}

    def browser(self, *, width: int, height: int, **more: object) -> BrowserContext:
        locale = {"en": "en-GB", "km": "km-KH"}[self.language]
        viewport = {"width": width, "height": height}
        held = self._chromium.new_context(locale=locale, viewport=viewport, **more)  # type: ignore[arg-type]
        held.set_default_timeout(10_000)
        return held

    def phone(self) -> Page:
        """Return a narrow phone that runs no script and has never been here."""
        return self.browser(width=320, height=640, java_script_enabled=False).new_page()

    def desk(self, name: str, path: str = "/desk/") -> Page:
        """Return the desk of one person, signed in, at ``path``."""
        page = self._desks.get(name) or self.browser(width=1280, height=900).new_page()
        self._desks[name] = page
        page.goto(self.address + path)
        if "/sign-in/" in page.url:
            steps.sign_in(page, name)
            if not page.url.endswith(path):
                page.goto(self.address + path)
        return page

    def refuse(self, name: str, path: str, status: int) -> str:
        """Let somebody try a page that is not theirs; return what they are told."""
        told = steps.refused(self.desk(name), self.address + path, status)
        assert len(told) > 40
        return told

    def send(self, page: Page, ending: str, /, **given: object) -> None:
        steps.send(page, ending, self.typed, **given)
        self.later(minutes=1)

    def at(self, day: int, hour: int, minute: int = 0) -> None:
        clock.set_now(datetime(2025, 3, day, hour, minute, tzinfo=HERE))
        run_due()

    def later(self, **step: float) -> None:
        clock.advance(timedelta(**step))
        run_due()

    def close(self) -> None:
        for page in self._desks.values():
            page.context.close()


def path_of(page: Page) -> str:
    return "/" + page.url.split("/", 3)[3].partition("?")[0]


@pytest.fixture(params=["en", "km"])
def story(request, chromium, live_server) -> Iterator[Story]:
    for code in cast.AGENCIES:
        cast.agency(code)
    told = Story(chromium, live_server.url, request.param)
    yield told
    told.close()


def test_one_plea_comes_home(story):
    she_writes_at_night(story)
    the_desk_reads_it_at_once(story)
    her_mother_goes_to_the_police(story)
    an_ngo_names_her_alias_and_two_others(story)
    the_desk_finds_that_they_are_one(story)
    one_case_holds_the_three_pleas(story)
    she_comes_back_and_answers(story)
    the_desk_answers_her(story)
    consent_is_written_down(story)
    the_case_goes_to_the_ministry_and_its_embassy(story)
    the_embassy_is_silent_and_the_clock_climbs(story)
    the_embassy_answers_and_asks_the_police_there(story)
    she_is_found_rescued_and_waits(story)
    she_travels_and_arrives(story)
    she_is_received_and_chooses_home(story)
    a_week_later_she_is_visited(story)
    the_month_counts_one(story)
    nothing_that_was_typed_stands_in_what_is_kept(story)
    story.screens.check()


def she_writes_at_night(story: Story) -> None:
    story.at(3, 0, 20)
    phone = story.phone()
    phone.goto(story.address + "/")
    story.screens.take(phone, "portal-first-page")
    steps.follow(phone, "/first/")
    story.screens.take(phone, "portal-safe-to-write")
    steps.send(phone, "/first/", watched="no", danger="yes")
    form = steps.form_to(phone, "/write/")
    steps.fill(form, story.typed, words=PLEA[story.language], where="Zhoukou, Henan")
    phone.locator("details summary").click()
    steps.fill(form, story.typed, for_whom="me", held_by="Old Zhang and his mother")
    story.screens.take(phone, "portal-write")
    steps.press(form)
    numbers = phone.locator("[data-receipt]").inner_text().split("\n")
    assert len(numbers) == 2
    assert all(len(number.replace(" ", "")) == 8 for number in numbers)
    story.screens.take(phone, "portal-two-numbers")
    story.links["numbers"] = " ".join(numbers)
    story.typed += ["".join(numbers).replace(" ", ""), *numbers]
    phone.context.close()


def the_desk_reads_it_at_once(story: Story) -> None:
    story.at(3, 0, 40)
    desk = story.desk("dara", "/desk/pleas/")
    story.screens.take(desk, "queue-of-pleas")
    steps.follow(desk, "/desk/pleas/")
    if path_of(desk) == "/desk/pleas/record/":  # the first link records; the next opens a line
        desk.go_back()
        desk.locator("th a.ref").first.click()
    desk.wait_for_url("**/desk/pleas/*-*/")
    story.links["plea"] = path_of(desk)
    story.send(desk, "/take/")
    story.send(
        desk, "/triage/", urgency="danger", child="no", country="CHN", province="Henan",
        missing=["name", "documents"],
    )  # fmt: skip
    story.send(desk, "/reply/", words=REPLY[story.language])
    # A reply that gives something away does not leave the house.
    form = steps.form_to(desk, "/reply/")
    steps.fill(form, story.typed, words="The police will rescue you on Friday.")
    steps.press(form)
    assert steps.wrongs(desk)
    story.refuse("chenda", story.links["plea"], 404)
    story.refuse("samnang", "/desk/pleas/", 403)


def her_mother_goes_to_the_police(story: Story) -> None:
    story.at(3, 8, 30)
    desk = story.desk("rith", "/desk/pleas/record/")
    form = steps.own_form(desk)
    steps.fill(
        form, story.typed, danger_now="yes", child="no", country="CHN", for_whom="somebody",
        requester_relation="mother", requester_name=MOTHER, requester_contact="092 555 0143",
        safe_contact="Only her aunt may pick up. Say it is about the rice.",
        words="My daughter went to China with a broker in January. She has not called for weeks.",
        channel="walk_in", send_to=str(Agency.objects.get(code="HOTLINE").pk),
    )  # fmt: skip
    fill_person(form, story, name=SHE, sex="female", born="2003", home_province="Battambang",
                home_place="Ta Krey village", phone="092 555 0199")  # fmt: skip
    story.screens.take(desk, "record-a-plea")
    steps.press(form, "button[name=go][value=save]:visible")
    assert not steps.wrongs(desk), steps.wrongs(desk)
    story.links["mother"] = path_of(desk)
    assert story.refuse("rith", story.links["plea"], 404)


def fill_person(form, story: Story, number: int = 0, **given: str) -> None:
    """Fill the fields of one person; typing alone starts the search, so let it end."""
    steps.fill(form, story.typed, **{f"p{number}-{name}": value for name, value in given.items()})


def an_ngo_names_her_alias_and_two_others(story: Story) -> None:
    story.at(3, 10)
    desk = story.desk("maly", "/desk/pleas/record/")
    for _ in OTHERS:
        steps.press(steps.own_form(desk), "button[name=go][value=more]")
    form = steps.own_form(desk)
    steps.fill(
        form, story.typed, danger_now="yes", country="CHN", province="Henan", for_whom="group",
        persons_claimed="3", requester_relation="ngo", words="Three women, sold as brides there.",
        channel="ngo", send_to=str(Agency.objects.get(code="HOTLINE").pk),
    )  # fmt: skip
    fill_person(form, story, alias=ALIAS, sex="female", born="2003", home_province="Battambang")
    for number, name in enumerate(OTHERS, start=1):
        fill_person(form, story, number, name=name, sex="female", home_province="Pursat")
    steps.press(form, "button[name=go][value=save]:visible")
    assert not steps.wrongs(desk), steps.wrongs(desk)
    story.links["ngo"] = path_of(desk)
    story.refuse("stranger", story.links["ngo"], 404)


def the_desk_finds_that_they_are_one(story: Story) -> None:
    story.at(3, 10, 30)
    desk = story.desk("dara", story.links["plea"])
    story.send(desk, "/person/", sex="female", home_province="Battambang", **NAMED[story.language])
    story.screens.take(desk, "a-plea")
    for plea in ("mother", "ngo"):
        desk = story.desk("dara", story.links["plea"])
        theirs = f'li:has(a[href="{story.links[plea]}"]) a.work-list__act'
        with desk.expect_navigation():
            desk.locator(theirs).first.click()
        if plea == "mother":
            story.links["pair"] = "/" + desk.url.split("/", 3)[3]
            story.refuse("pisey", story.links["pair"], 403)
            desk = story.desk("dara", story.links["pair"])
        story.send(desk, "/open/", purpose="identify")
        if plea == "mother":
            assert SHE in steps.texts(desk, ".compare")
            story.screens.take(desk, "same-person")
        story.send(desk, "/decide/", decision="same", reason="Same alias, same mother, same place.")


def one_case_holds_the_three_pleas(story: Story) -> None:
    story.at(3, 11)
    desk = story.desk("dara", story.links["plea"])
    story.send(
        desk, "/open-case/", form="forced_marriage",
        summary="Deceived into a marriage, locked in, reached only through the receipt.",
        lead_agency=str(Agency.objects.get(code="AHTJP").pk),
    )  # fmt: skip
    story.links["case"] = path_of(desk)
    for plea in ("mother", "ngo"):
        desk = story.desk("dara", story.links[plea])
        story.send(desk, "/triage/", urgency="danger", country="CHN", province="Henan")
        with desk.expect_navigation():
            desk.locator('form[action$="/link/"] button').first.click()
        assert not steps.wrongs(desk), steps.wrongs(desk)
    # Who wrote by an office is reached by that office's telephone.
    desk = story.desk("dara", story.links["ngo"])
    story.send(desk, "/note/", words="Called the NGO: the two others were seen in the same lane.")
    # What is missing is asked through the receipt.
    desk = story.desk("dara", story.links["plea"])
    with desk.expect_navigation():
        desk.locator('form[action$="/ask/"] button[value=place]').click()
    for name in ("stranger", "rith", "lim", "kunthea"):
        story.refuse(name, story.links["case"], 404)
    story.refuse("samnang", story.links["case"], 403)
    seen = story.desk("nary", story.links["case"])
    assert seen.locator("h1 .ref").inner_text().startswith("C-")
    steps.names_nobody(steps.texts(seen, "main"), [SHE, ALIAS, *OTHERS, "Deceived into"])
    story.screens.take(seen, "case-seen-by-the-coordinator")


def she_comes_back_and_answers(story: Story) -> None:
    story.at(4, 0, 30)
    phone = story.phone()
    phone.goto(story.address + "/")
    steps.follow(phone, "/back/")
    story.screens.take(phone, "portal-come-back")
    # As somebody types them from the list of contacts: Khmer digits, other spaces.
    typed = to_khmer(story.links["numbers"])
    steps.send(phone, "/back/", number=f" {typed[:5]}  {typed[5:]} ")
    assert REPLY[story.language].split("\n")[0] in steps.texts(phone, "main")
    story.screens.take(phone, "portal-what-we-still-need")
    form = phone.locator('form[action$="/back/answers/"]').last
    steps.fill(form, story.typed, words=ANSWER[story.language])
    steps.press(form)
    assert ANSWER[story.language] in steps.texts(phone, "main")
    phone.context.close()
    wrong = story.phone()
    wrong.goto(story.address + "/back/")
    steps.press(steps.form_to(wrong, "/back/"))
    assert steps.wrongs(wrong)
    wrong.context.close()


def the_desk_answers_her(story: Story) -> None:
    story.at(4, 1)
    desk = story.desk("dara", story.links["plea"])
    assert ANSWER[story.language] in steps.texts(desk, "main")
    story.send(desk, "/reply/", words=THANKS[story.language])


def consent_is_written_down(story: Story) -> None:
    story.at(4, 8)
    desk = story.desk("vanna", story.links["case"])
    story.screens.take(desk, "a-case")
    people = [
        a.get_attribute("href") or "" for a in desk.locator("#people .work-list__what a").all()
    ]
    assert len(people) == 3  # her, once, and the two others
    desk.goto(story.address + story.links["case"])
    story.refuse("vanna", "/desk/journal/", 403)
    # Before consent the page says what is missing.
    sending = story.links["case"].replace("/cases/", "/referrals/of/") + "send/?receiver=MFAIC"
    desk = story.desk("vanna", sending)
    assert desk.locator(".differs").count() == 3
    story.screens.take(desk, "no-consent-no-names")
    for place, person in enumerate(people):
        needed = ["share_embassy", "share_host_state"]
        for purpose in [*needed, "assist"] if place == 0 else needed:
            desk = story.desk("vanna", person + "consent/")
            story.send(
                desk, "", purpose=purpose, basis="written" if place == 0 else "danger_to_life",
                note="She wrote yes." if place == 0 else "Locked in, no way to ask her alone.",
            )  # fmt: skip
    # Where somebody could not be asked, a second person looks at it.
    for person in people[1:]:
        for _ in range(2):
            desk = story.desk("sokha", person)
            story.send(desk, "/second/")
    story.screens.take(desk, "consent-seconded")
    story.links["person"] = people[0]
    story.links["other"] = people[1]
    story.refuse("pisey", people[0], 403)


def the_case_goes_to_the_ministry_and_its_embassy(story: Story) -> None:
    story.at(4, 9)
    desk = story.desk("vanna", story.links["case"])
    with desk.expect_navigation():
        desk.locator('form[action$="/send/"] button').first.click()
    desk.locator('[name="receiver"]').select_option("MFAIC")
    desk.wait_for_selector("#sharing .agrees")
    form = steps.own_form(desk)
    steps.fill(
        form, story.typed, purpose="ask_host", fields_shown=["names", "born", "home"],
        words="Held near Zhoukou by a man called Zhang. She can read at night only.",
    )  # fmt: skip
    story.screens.take(desk, "refer-a-case")
    steps.press(form)
    assert not steps.wrongs(desk), steps.wrongs(desk)
    refer_onward(story)


def refer_onward(story: Story) -> None:
    story.at(4, 11)
    desk = story.desk("chenda")
    with desk.expect_navigation():
        desk.locator('main a[href*="/desk/referrals/"]').first.click()
    story.links["to_ministry"] = path_of(desk)
    story.refuse("lim", story.links["to_ministry"], 404)
    story.send(desk, "/accept/")
    with desk.expect_navigation():
        desk.locator('form[action$="/send/"] button').first.click()
    desk.locator('[name="receiver"]').select_option("EMB-CHN")
    desk.wait_for_selector("#sharing .agrees")
    story.send(
        desk, "", purpose="rescue", fields_shown=["names", "born"],
        words="Please ask the police of Henan at once.",
    )  # fmt: skip


def the_embassy_is_silent_and_the_clock_climbs(story: Story) -> None:
    story.at(5, 12)
    raised = cases.tick(clock.now())
    assert ("EMB-CHN", "MFAIC") in {(one.owner, one.told) for one in raised}
    desk = story.desk("chenda")
    overdue = steps.texts(desk, ".work-list--overdue")
    assert Agency.objects.get(code="EMB-CHN").name_in(story.language) in overdue
    story.screens.take(desk, "the-clock-has-climbed")
    assert cases.tick(clock.now()) == []


def the_embassy_answers_and_asks_the_police_there(story: Story) -> None:
    story.at(5, 14)
    desk = story.desk("lim")
    story.screens.take(desk, "my-work")
    with desk.expect_navigation():
        desk.locator(".work-list--overdue a").first.click()
    story.links["to_embassy"] = path_of(desk)
    another = another_embassy()
    story.refuse(another, story.links["to_embassy"], 404)
    story.refuse(another, story.links["case"], 404)
    story.send(desk, "/accept/")
    story.screens.take(desk, "a-referral")
    story.links["ask_host"] = story.links["case"].replace("/cases/", "/referrals/of/") + "ask-host/"
    desk = story.desk("lim", story.links["case"])
    with desk.expect_navigation():
        desk.locator('form[action$="/ask-host/"] button').click()
    story.send(
        desk, "", country="CHN", authority="Public Security Bureau of Zhoukou",
        words="Three women are held as brides near the brick kiln.",
    )  # fmt: skip
    story.refuse("vanna", story.links["ask_host"], 403)
    answer_referral(story, "lim", "to_embassy", "The bureau there was asked today.")
    answer_referral(story, "chenda", "to_ministry", "Our embassy is on it.")


def answer_referral(story: Story, who: str, which: str, words: str) -> None:
    desk = story.desk(who, story.links[which])
    with desk.expect_navigation():
        desk.locator('form[action$="/answer/"] button').click()
    story.send(desk, "", answer="partly", words=words)


def she_is_found_rescued_and_waits(story: Story) -> None:
    story.at(8, 9)
    desk = story.desk("lim", story.links["case"])
    with desk.expect_navigation():
        desk.locator('main a[href*="/referrals/host/"]').first.click()
    story.send(
        desk, "", answer="located", words="A house behind the kiln; the two others were moved on."
    )
    desk = story.desk("lim", story.links["case"])
    with desk.expect_navigation():
        desk.locator('form[action$="/plan/"] button').click()
    story.send(
        desk, "", person=story.links["person"].rstrip("/").rpartition("/")[2], country="CHN",
        own_wish="Home, to my mother.",
    )  # fmt: skip
    desk.wait_for_selector('main a[href*="/desk/returns/"]')
    steps.follow(desk, "/desk/returns/")
    story.links["return"] = path_of(desk)
    step(story, "lim", "locate")
    story.refuse("vanna", story.links["return"] + "rescue/", 403)
    story.refuse("bopha", story.links["return"] + "rescue/", 403)
    story.at(9, 9)
    step(story, "lim", "rescue")
    step(story, "lim", "wait", place="police_guest_house", where="Guest house, room 4")
    story.screens.take(story.desk("lim", story.links["return"]), "the-way-home")


def step(story: Story, who: str, verb: str, **given: object) -> Page:
    """Take one step of the way home, from the button on the return's page."""
    desk = story.desk(who, story.links["return"])
    with desk.expect_navigation():
        desk.locator(f'form[action$="/{verb}/"] button').first.click()
    story.send(desk, "", **given)
    return desk


def she_travels_and_arrives(story: Story) -> None:
    story.at(18, 9)
    step(story, "lim", "papers",
         papers="temporary_travel_document", number="TTD-556677")  # fmt: skip
    story.refuse("bopha", story.links["return"], 404)
    story.at(20, 6)
    step(
        story, "lim", "depart", checkpoint="GDI-PNH", receiver="MOSVY",
        words="On the morning flight, with Officer Roth of the consulate.",
    )  # fmt: skip
    story.at(20, 13)
    desk = story.desk("bopha")
    steps.follow(desk, "/desk/returns/")
    assert path_of(desk) == story.links["return"]
    step(story, "bopha", "arrive")
    desk = step(story, "bopha", "hand-over")
    assert desk.url.endswith("/slip/")
    steps.names_nobody(steps.texts(desk, "main"), [SHE, ALIAS])
    story.screens.take(desk, "hand-over-slip")
    story.refuse("thida", story.links["return"], 404)


def she_is_received_and_chooses_home(story: Story) -> None:
    story.at(20, 15)
    desk = story.desk("kunthea")
    steps.follow(desk, "/desk/care/")
    story.links["care"] = path_of(desk)
    care(story, "receive", needs="Sleep, a doctor, and to call her mother.")
    story.at(21, 9)
    care(story, "place", choice="home", province="02", words="I want to sleep in my own bed.")
    desk = story.desk("kunthea", story.links["care"])
    story.screens.take(desk, "care")
    # What she told her social worker stays there.
    seen = story.desk("vanna", story.links["case"])
    assert "Sleep, a doctor" not in steps.texts(seen, "main")
    story.refuse("bopha", story.links["care"], 403)


def care(story: Story, verb: str, **given: object) -> None:
    desk = story.desk("kunthea", story.links["care"])
    with desk.expect_navigation():
        desk.locator(f'form[action$="/{verb}/"] button').first.click()
    story.send(desk, "", **given)


def a_week_later_she_is_visited(story: Story) -> None:
    story.at(28, 10)
    desk = story.desk("kunthea")
    steps.follow(desk, "/desk/care/")
    with desk.expect_navigation():
        desk.locator(
            'form[action*="/follow-up/"] button, main a[href*="/follow-up/"]'
        ).first.click()
    story.send(
        desk, "", mode="phone", result="well", words="She works in her aunt's shop. No broker came."
    )
    story.screens.take(story.desk("vanna", story.links["case"]), "the-story-of-a-case")


def the_month_counts_one(story: Story) -> None:
    story.at(31, 17)
    asked = "requests,victims_reported,cases,victims_rescued,victims_repatriated"
    asked += ",persons_followed_up"
    made = spean("statement", "make", "--from", "2025-03-01", "--to", "2025-03-31",
                 "--measures", asked, "--format", "json")  # fmt: skip
    assert made.code == 0, made.err
    figures = {
        (f["measure"], f["key"]): f["quantity"]
        for f in json.loads(made.out)["figures"]
        if not f["by"]
    }
    for measure, key in (
        ("victims_repatriated", "person"),
        ("victims_repatriated", "case"),
        ("victims_repatriated", "return"),
        ("victims_rescued", "person"),
        ("persons_followed_up", "person"),
        ("cases", "case"),
    ):
        assert figures[measure, key] == 1, (measure, key, figures[measure, key])
    assert figures["requests", "request"] == 3
    assert figures["victims_reported", "person"] == 3  # she once, and the two others
    story.refuse("dara", "/desk/statements/", 403)
    desk = story.desk("pisey", "/desk/statements/")
    form = desk.locator("main form").first
    steps.fill(form, None, first="2025-03-01", last="2025-03-31", measures="victims_repatriated")
    steps.press(form)
    story.screens.take(desk, "the-months-statement")
    story.refuse("pisey", story.links["person"], 403)


def nothing_that_was_typed_stands_in_what_is_kept(story: Story) -> None:
    names = [SHE, ALIAS, MOTHER, *OTHERS, *SHE.split(), *(n for o in OTHERS for n in o.split())]
    wanted = [*story.typed, *names, *PLEA[story.language].split("\n")]
    assert traces_of([text for text in wanted if len(text) > 3], everything_kept()) == []


def another_embassy() -> str:
    """Make an embassy to a third country, and return who works there."""
    cast.AGENCIES.setdefault(
        "EMB-THA",
        ("Embassy in Bangkok", "ស្ថានទូតនៅបាងកក", "embassy", "MFAIC", "THA", "", "THA"),
    )
    cast.PEOPLE.setdefault("sina", ("Sina", "EMB-THA", ["consular_officer"]))
    held: User = cast.user("sina")
    return held.username
