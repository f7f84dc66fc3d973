import os
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]="1"
import pytest
from playwright.sync_api import sync_playwright
from spean.intake.actions import desk, portal
from spean.intake.actions.desk import Claim
from spean.people import actions as people
from tests.cast import actor, agency, client_as
from spean.intake.models import Request

@pytest.mark.django_db(transaction=True)
def test_shots(live_server, settings):
    for n in ("sophal","dara","sokha","rith","maly"): actor(n)
    hers,_=portal.receive(words="I was told I would work. They married me to a man. I cannot go out. No SIM card.", language="en", for_whom="me", where="near a river, Henan", danger_now=True, watched=True)
    desk.add_person(hers, actor=actor("dara"), claim=Claim(names=[("Sophea","alias")], sex="female"))
    m=desk.record(actor=actor("rith"), channel="walk_in", words="My daughter went to China.", requester_relation="mother", requester_name="Mother", country="CHN", persons=[Claim(names=[("Chan Sophea","full")], sex="female", born="2004", home_province="02")], send_to=agency("HOTLINE"))
    n=desk.record(actor=actor("maly"), channel="ngo", words="Three women", persons=[Claim(names=[("Chan Sophea","full"),("Sophea","alias")], born="2004", sex="female"),Claim(names=[("Kim Lina","full")])], send_to=agency("HOTLINE"))
    portal.receive(words="help", language="km", for_whom="somebody")
    h=Request.objects.get(pk=hers.pk)
    desk.triage(h, actor=actor("dara"), seen=h.version, urgency="danger", country="CHN", province="CN-HA", missing=["place","holder"])
    desk.ask(h, actor=actor("dara"), missing="place")
    portal.answer(h, "place", "I see a red shop sign")
    c=client_as("dara"); sid=c.cookies["s"].value
    with sync_playwright() as p:
        b=p.chromium.launch(executable_path="/usr/bin/chromium")
        for w in (1280, 360):
            ctx=b.new_context(viewport={"width":w,"height":900}, locale="en-GB")
            ctx.add_cookies([{"name":"s","value":sid,"url":live_server.url}])
            pg=ctx.new_page()
            errs=[]; pg.on("console", lambda msg: errs.append(msg.text) if msg.type=="error" else None)
            for name,u in (("queue","/desk/pleas/"),("record","/desk/pleas/record/"),("plea",f"/desk/pleas/{hers.pk}/"),("mother",f"/desk/pleas/{m.pk}/"),("case",f"/desk/cases/")):
                pg.goto(live_server.url+u); pg.screenshot(path=f"/tmp/spean-r-shots/{name}-{w}.png", full_page=True)
                print(name,w,pg.evaluate("() => document.documentElement.scrollWidth + [...document.querySelectorAll('*')].filter(e=>e.getBoundingClientRect().right>innerWidth).map(e=>e.tagName+e.className+e.id).slice(0,9).join(' ')"))
            if w==1280:
                pg.goto(live_server.url+"/desk/pleas/record/")
                pg.fill("[name=p0-name]","Chan Sophea"); pg.fill("[name=p0-born]","2004"); pg.keyboard.press("Tab"); pg.wait_for_timeout(1500)
                print(pg.inner_text("#likely-1"))
            print(errs)
        b.close()
