"""The public pages, as a person (or whoever took her phone) meets them."""

import gzip
import re
from datetime import timedelta
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError
from django.test import Client

from spean.intake.actions import portal
from spean.intake.models import Message, Receipt, Request
from spean.intake.web.portal import limits
from spean.kernel import clock
from tests import cast

pytestmark = pytest.mark.django_db

TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="[^"]*"')
HARD = "ជួយ 🙏🏽 救命\r\n\t\0\x07 \u202eevil\u202c \u2066x\u2069 <b>&amp;</b>  "
# What must not stand in a title or a path on a watched phone; also as part of a longer word.
TELLING = {
    "en": "traffick|victim|police|rescue|ministr|government|help|danger|hotline|embassy|slave|"
    "report|crime|abuse|spean",
    "km": "ជួញដូរ|រងគ្រោះ|ប៉ូលិស|នគរបាល|សង្គ្រោះ|ក្រសួង|រដ្ឋាភិបាល|ជួយ|គ្រោះថ្នាក់|ស្ថានទូត|បណ្តឹង|ស្ពាន",
    "zh-hans": "贩卖|拐卖|受害|警|公安|救|政府|部门|大使馆|举报|危险|帮助",
    "vi": "buôn|nạn nhân|công an|cảnh sát|cứu|chính phủ|đại sứ|tố cáo|nguy hiểm|giúp",
    "th": "ค้ามนุษย์|เหยื่อ|ตำรวจ|ช่วย|กระทรวง|รัฐบาล|สถานทูต|อันตราย|แจ้งความ",
}
OPEN_PATHS = ("/", "/first/", "/write/", "/back/")
VISIT_PATHS = ("/back/", "/back/number/", "/back/delete/", "/back/withdraw/")


@pytest.fixture(autouse=True)
def _hotline():
    cast.agency("HOTLINE")
    limits.pleas._left.clear()


@pytest.fixture
def phone():
    """A browser that keeps cookies, reads English and is checked for the CSRF token."""
    return Client(enforce_csrf_checks=True, headers={"accept-language": "en"})


def token(phone, path="/write/"):
    return re.search(r'csrfmiddlewaretoken" value="([^"]+)"', phone.get(path).content.decode())[1]


def post(phone, path, **fields):
    return phone.post(path, {"csrfmiddlewaretoken": token(phone), **fields})


def digits_of(answer):
    shown = re.search(r"<p[^>]*data-receipt[^>]*>([^<]*)</p>", answer.content.decode())[1]
    return re.sub(r"\D", "", shown)


def write(phone, words="I cannot go out.", **fields):
    return digits_of(post(phone, "/write/", words=words, **fields))


def come_back(phone, number):
    answer = post(phone, "/back/", number=number)
    assert answer.status_code == 302, answer.content
    return phone.get("/back/").content.decode()


def test_a_few_words_are_kept_and_the_two_numbers_shown(phone):
    answer = post(phone, "/write/", words="I cannot go out.")
    number = digits_of(answer)
    assert answer.status_code == 200
    assert len(number) == 16
    request = Request.objects.get()
    assert request.words == "I cannot go out."
    assert (request.may_reply, request.may_contact_elsewhere, request.language) == (
        True,
        False,
        "en",
    )
    assert portal.find(number) == request


def test_all_choices_are_kept(phone):
    write(
        phone,
        for_whom="group",
        where="Sihanoukville",
        held_by="the boss",
        may_reply="no",
        elsewhere="yes",
        danger="yes",
        watched="no",
    )
    request = Request.objects.get()
    assert (request.for_whom, request.where, request.held_by) == (
        "group",
        "Sihanoukville",
        "the boss",
    )
    assert (request.may_reply, request.may_contact_elsewhere) == (False, True)
    assert (request.danger_now, request.watched) == (True, False)


def test_what_is_no_choice_is_no_answer_and_never_refused(phone):
    write(phone, for_whom="mafia", may_reply="perhaps", danger="maybe")
    request = Request.objects.get()
    assert (request.for_whom, request.may_reply, request.danger_now) == ("", True, None)


def test_the_answers_about_danger_go_on_to_the_writing_page(phone):
    page = post(phone, "/first/", danger="yes", watched="yes")
    text = page.content.decode()
    assert re.search(r'name="danger"\s+value="yes"', text)
    assert re.search(r'name="watched"\s+value="yes"', text)
    assert "Write where you are first" in text
    assert text.index('id="where"') < text.index('id="words"')
    assert post(phone, "/first/").status_code == 200


@pytest.mark.parametrize("words", [HARD, "ក" * 66_000, "🙏"])
def test_words_are_kept_as_written(phone, words):
    write(phone, words)
    assert Request.objects.get().words.encode() == words.encode()


def test_one_word_is_kept_and_more_is_gently_asked_for(phone):
    page = post(phone, "/write/", words="help").content.decode()
    assert "Can you tell us a little more?" in page
    more = unescape(re.search(r'name="more" value="([^"]+)"', page)[1])
    answer = post(phone, "/back/messages/", words="a blue door in Poipet", more=more)
    assert answer.status_code == 200
    assert "Thank you" in answer.content.decode()
    assert Message.objects.get().words == "a blue door in Poipet"
    assert "a little more" not in post(phone, "/write/", words="x" * 40).content.decode()


def test_the_pass_to_write_more_does_not_let_anybody_read(phone):
    page = post(phone, "/write/", words="help").content.decode()
    more = unescape(re.search(r'name="more" value="([^"]+)"', page)[1])
    empty = post(phone, "/back/messages/", words="", more=more)
    assert empty.status_code == 422
    assert "What was written" not in phone.get("/back/").content.decode()
    forged = post(phone, "/back/messages/", words="x", more=more[:-1] + "~")
    assert forged.status_code == 422
    clock.set_now(clock.now() + timedelta(hours=1))
    assert not Message.objects.exists()


def test_a_place_without_words_is_enough(phone):
    write(phone, words="", where="Room 4, above the casino")
    assert Request.objects.get().where == "Room 4, above the casino"


@pytest.mark.parametrize("words", ["", " \n\t"])
def test_nothing_at_all_is_answered_with_a_sentence(phone, words):
    answer = post(phone, "/write/", words=words, held_by="")
    assert answer.status_code == 422
    assert "Write a few words first" in answer.content.decode()
    assert not Request.objects.exists()


def test_too_long_is_answered_with_a_sentence_and_nothing_typed_is_lost(phone):
    words = "long " * 90_000
    answer = post(phone, "/write/", words=words, where="Bavet", danger="yes")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "This is too long to send at once" in page
    assert words in page
    assert 'value="Bavet"' in page
    assert re.search(r'name="danger"\s+value="yes"', page)


def test_a_page_open_too_long_keeps_the_words_to_send_again(phone):
    answer = phone.post("/write/", {"words": "<help> me", "where": "here", "may_reply": "no"})
    page = answer.content.decode()
    assert answer.status_code == 403
    assert "&lt;help&gt; me</textarea>" in page
    assert '<input type="hidden" name="where" value="here">' in page
    assert not Request.objects.exists()
    fresh = re.search(r'action="/write/".*?csrfmiddlewaretoken" value="([^"]+)"', page, re.DOTALL)[
        1
    ]
    again = phone.post(
        "/write/", {"words": "<help> me", "where": "here", "csrfmiddlewaretoken": fresh}
    )
    assert len(digits_of(again)) == 16


def test_a_stale_page_never_shows_a_number_again(phone):
    number = write(phone)
    answer = phone.post("/back/", {"number": number})
    assert answer.status_code == 403
    assert number not in answer.content.decode()


@pytest.mark.parametrize(
    "style",
    [
        lambda n: n,
        lambda n: f"{n[:2]} {n[2:5]} {n[5:8]}\n{n[8:10]}-{n[10:13]}-{n[13:]}",
        lambda n: n.translate(str.maketrans("0123456789", "០១២៣៤៥៦៧៨៩")),
        lambda n: n.translate(str.maketrans("0123456789", "０１２３４５６７８９")),
        lambda n: n.translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")),
        lambda n: n[8:] + " / " + n[:8],
        lambda n: n.replace("0", "O").replace("1", "l"),
    ],
)
def test_one_comes_back_with_the_number_however_it_is_typed(phone, style):
    assert "I cannot go out." in come_back(phone, style(write(phone)))


def test_the_conversation_is_newest_first_and_takes_more(phone):
    number = write(phone)
    request = Request.objects.get()
    start = clock.now()
    for n, (incoming, question, words) in enumerate(
        [(False, "", "We read this."), (False, "place", "Where are you?")], 1
    ):
        Message.objects.create(
            request=request,
            incoming=incoming,
            question=question,
            words=words,
            at=start + timedelta(minutes=n),
        )
    clock.set_now(start + timedelta(minutes=5))
    page = come_back(phone, number)
    assert "We have it." in page
    assert "What we still need" in page
    sent = post(phone, "/back/messages/", words="There are three of us.")
    assert sent.status_code == 302
    clock.set_now(start + timedelta(minutes=6))
    post(phone, "/back/answers/", words="Behind the market", question="place")
    page = phone.get("/back/").content.decode()
    order = [
        "Behind the market",
        "There are three of us.",
        "Where are you?",
        "We read this.",
        "I cannot go out.",
    ]
    assert sorted(order, key=page.index) == order
    assert "What we still need" not in page


def test_an_empty_message_is_answered_with_a_sentence(phone):
    come_back(phone, write(phone))
    answer = post(phone, "/back/messages/", words="  ")
    assert answer.status_code == 422
    assert "Write a few words first" in answer.content.decode()


def test_a_long_letter_is_shown_by_its_beginning(phone):
    page = come_back(phone, write(phone, "begin " + "x" * 100_000))
    assert len(page) < 20_000
    assert "Only the beginning is shown" in page


def test_after_half_an_hour_the_number_is_asked_again_and_typed_words_are_kept(phone):
    number = write(phone)
    come_back(phone, number)
    fresh = token(phone)
    clock.set_now(clock.now() + timedelta(minutes=31))
    answer = phone.post(
        "/back/messages/", {"words": "they come at night", "csrfmiddlewaretoken": fresh}
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "they come at night</textarea>" in page
    assert 'action="/back/messages/"' in page
    post(phone, "/back/messages/", words="they come at night", number=number)
    assert Message.objects.get().words == "they come at night"


def test_using_the_pages_keeps_the_visit_alive(phone):
    come_back(phone, write(phone))
    for _ in range(4):
        clock.set_now(clock.now() + timedelta(minutes=20))
        assert "I cannot go out." in phone.get("/back/").content.decode()


def test_asking_to_stop_thanks_and_closes_nothing(phone):
    number = write(phone)
    come_back(phone, number)
    assert "Stop?" in phone.get("/back/withdraw/").content.decode()
    answer = post(phone, "/back/withdraw/")
    assert "Thank you" in answer.content.decode()
    assert Request.objects.get().state == "received"
    assert "I cannot go out." not in phone.get("/back/").content.decode()
    assert "I cannot go out." in come_back(phone, number)


def test_the_number_can_be_changed(phone):
    old = write(phone)
    come_back(phone, old)
    phone.get("/back/number/")
    new = digits_of(post(phone, "/back/number/"))
    assert post(phone, "/back/", number=old).status_code == 422
    assert "I cannot go out." in come_back(phone, new)


def test_what_was_written_can_be_deleted(phone):
    come_back(phone, write(phone))
    phone.get("/back/delete/")
    assert post(phone, "/back/delete/").status_code == 302
    assert "I cannot go out." not in phone.get("/back/").content.decode()
    assert Request.objects.get().words == ""


@pytest.mark.parametrize(
    "path",
    ["/back/messages/", "/back/answers/", "/back/withdraw/", "/back/number/", "/back/delete/"],
)
def test_without_a_visit_nothing_is_shown_or_done(phone, path):
    write(phone)
    answer = post(phone, path, words="x")
    assert answer.status_code == 422
    assert "I cannot go out." not in answer.content.decode()
    assert not Message.objects.exists()


def test_unknown_revoked_and_impossible_numbers_are_answered_with_the_same_bytes(phone):
    revoked = write(phone)
    portal.change_number(Request.objects.get())
    plain = []
    for number in (revoked, "9876543212345678", "12 34", "", "no"):
        answer = post(phone, "/back/", number=number)
        plain.append((answer.status_code, TOKEN.sub(b"", answer.content), len(answer.content)))
    assert len(set(plain)) == 1
    assert plain[0][0] == 422


def test_a_first_and_a_repeated_plea_get_the_same_page(phone):
    pages = []
    for _ in range(2):
        text = post(phone, "/write/", words="My sister is held in Bavet.").content
        text = re.sub(rb"data-receipt>[^<]*<", b"", TOKEN.sub(b"", text))
        pages.append(re.sub(rb'name="more" value="[^"]*"', b"", text))
    assert pages[0] == pages[1]


def test_the_number_stands_in_one_answer_and_nowhere_else(phone, caplog):
    answer = post(phone, "/write/", words="I cannot go out.")
    number = digits_of(answer)
    shown = re.search(r"data-receipt>([^<]*)<", answer.content.decode())[1]
    assert answer.content.decode().count(shown) == 1
    page = come_back(phone, number)
    session = dict(phone.session)
    for text in (page, str(session), caplog.text, str(phone.cookies)):
        assert number not in re.sub(r"[\s.-]", "", text)
    assert set(session) == {"visit"}
    assert set(session["visit"]) == {"receipt", "seen"}


def test_leaving_forgets_the_visit_even_from_a_stale_page(phone, settings):
    come_back(phone, write(phone))
    for leave in (phone.post, phone.get):
        answer = leave("/out/")
        assert answer.status_code == 303
        assert answer["Location"] == settings.EXIT_URL
        assert answer["Clear-Site-Data"] == '"cookies", "storage"'
        assert "I cannot go out." not in phone.get("/back/").content.decode()


def test_every_page_has_a_way_out_and_is_not_stored(phone):
    number = write(phone)
    paths = [*OPEN_PATHS, "/nowhere/"]
    come_back(phone, number)
    for path in [*paths, *VISIT_PATHS]:
        answer = phone.get(path)
        assert 'action="/out/"' in answer.content.decode(), path
        assert answer["Cache-Control"] == "no-store"
        assert "default-src 'none'" in answer["Content-Security-Policy"]
        assert 'data-exit="https://' in answer.content.decode(), path
        assert "form-action 'self' https://" in answer["Content-Security-Policy"]
        assert "<script>" not in answer.content.decode()


def test_cookies_end_with_the_browser(phone):
    come_back(phone, write(phone))
    assert len(phone.cookies) == 2
    for cookie in phone.cookies.values():
        assert (cookie["max-age"], cookie["expires"]) == ("", "")
        assert cookie["httponly"]
        assert cookie["samesite"] == "Strict"


@pytest.mark.parametrize("language", list(TELLING))
def test_no_title_and_no_path_tells_what_this_is(language):
    phone = Client(headers={"accept-language": language})
    number = digits_of(phone.post("/write/", {"words": "x"}))
    phone.post("/back/", {"number": number})
    telling = re.compile("|".join(TELLING.values()), re.IGNORECASE)
    for path in [*OPEN_PATHS, *VISIT_PATHS, "/nowhere/"]:
        page = phone.get(path).content.decode()
        title = re.search(r"<title>(.*?)</title>", page, re.DOTALL)[1]
        assert not telling.search(title), title
        assert not telling.search(path)
        assert 'href="data:,"' in page
        for target in re.findall(r'(?:href|action|src)="([^"]*)"', page):
            assert not telling.search(target), target


def test_the_first_page_is_light(phone):
    answer = phone.get("/", headers={"accept-encoding": "gzip"})
    assert answer["Content-Encoding"] == "gzip"
    page = gzip.decompress(answer.content).decode()
    files = re.findall(r'(?:src|href)="(/static/[^"]+)"', page)
    sizes = [len(answer.content)]
    sizes += [len(b"".join(phone.get(f, headers={"accept-encoding": "gzip"}))) for f in files]
    assert len(sizes) < 4
    assert sum(sizes) <= 30_000
    assert not re.search(r'(?:src|href)="(?:https?:)?//', page)


def test_a_flood_is_kept_in_the_slow_lane_and_nobody_is_refused(phone, monkeypatch):
    monkeypatch.setattr(limits, "pleas", limits.Buckets(burst=3, per_second=0.1))
    for n in range(5):
        assert len(write(phone, f"plea {n}")) == 16
    assert list(Request.objects.order_by("received").values_list("quarantined", flat=True)) == [
        False,
        False,
        False,
        True,
        True,
    ]
    clock.set_now(clock.now() + timedelta(seconds=30))
    write(phone, "later")
    assert not Request.objects.order_by("-received")[0].quarantined


def test_addresses_are_counted_apart_and_never_kept():
    buckets = limits.Buckets(burst=1, per_second=0)
    assert buckets.spend("192.0.2.1")
    assert not buckets.spend("192.0.2.1")
    assert buckets.spend("192.0.2.2")
    assert b"192.0.2.1" not in repr(buckets._left).encode()


def test_a_busy_database_loses_no_words(phone, monkeypatch):
    def busy(**_):
        raise OperationalError("database is locked")

    monkeypatch.setattr(portal, "receive", busy)
    answer = post(phone, "/write/", words="do not lose me")
    assert answer.status_code == 503
    assert "do not lose me</textarea>" in answer.content.decode()
    assert "We could not keep this just now" in answer.content.decode()


def test_a_busy_database_loses_no_message(phone, monkeypatch):
    def busy(*_):
        raise OperationalError("database is locked")

    come_back(phone, write(phone))
    monkeypatch.setattr(portal, "answer", busy)
    answer = post(phone, "/back/messages/", words="do not lose me")
    assert answer.status_code == 503
    assert "do not lose me</textarea>" in answer.content.decode()


def test_receipts_outlive_a_restart_of_the_page(phone):
    number = write(phone)
    assert Receipt.objects.count() == 1
    assert "I cannot go out." in come_back(Client(enforce_csrf_checks=True), number)


def test_with_a_new_number_every_visit_opened_by_the_old_one_is_over(phone):
    number = write(phone, words="He reads over my shoulder.")
    his, hers = Client(), Client()
    come_back(his, number)
    come_back(hers, number)
    changed = digits_of(post(hers, "/back/number/"))
    assert "over my shoulder" not in his.get("/back/").content.decode()
    assert "over my shoulder" in hers.get("/back/").content.decode()
    assert changed != number


def test_a_file_sent_along_is_never_put_on_the_disk_and_the_words_are_kept(phone, monkeypatch):
    from django.core.files import uploadedfile, uploadhandler

    def refuse(*_args, **_kwargs):
        raise AssertionError("a file was kept")

    monkeypatch.setattr(uploadedfile.tempfile, "NamedTemporaryFile", refuse)
    monkeypatch.setattr(uploadhandler, "BytesIO", refuse)
    photo = SimpleUploadedFile("photo.jpg", b"x" * 100_000)
    write(phone, words="I cannot go out.", photo=photo)
    assert Request.objects.get().words == "I cannot go out."


def test_a_body_longer_than_any_form_is_refused_before_it_is_read(phone):
    huge = SimpleUploadedFile("film.mp4", b"x" * 3_000_000)
    answer = phone.post("/write/", {"csrfmiddlewaretoken": token(phone), "film": huge})
    assert answer.status_code == 400
    assert not Request.objects.exists()


@pytest.mark.parametrize("host", ["Help.Example.org", "help.example.org.", "HELP.EXAMPLE.ORG:443"])
def test_the_portals_host_hides_the_desk_however_it_is_written(phone, settings, host):
    settings.PORTAL_HOST, settings.DESK_HOST = "help.example.org", "desk.example.org"
    settings.ALLOWED_HOSTS = [settings.PORTAL_HOST, settings.DESK_HOST]
    assert phone.get("/desk/sign-in/", headers={"host": host}).status_code == 404
    assert phone.get("/", headers={"host": host}).status_code == 200
