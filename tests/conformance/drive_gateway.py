"""The gateway's Python SDK drives the sandbox: what the real gateway's customers do, the sandbox must bear.

`drive_gateway.py BASE NAME`: BASE is the sandbox, or a checker in front of it.
"""

import secrets
import sys
from datetime import datetime, timedelta, timezone

import requests
from twilio.base.exceptions import TwilioRestException
from twilio.http.http_client import TwilioHttpClient
from twilio.rest import Client

from checks import ACCOUNT_SID, AUTH_PASSWORD, AUTH_USER, BASE, LINE, check, finish, until

API, NAME = sys.argv[1], sys.argv[2]
# A phone of its own, so that a second run finds its own texts only.
PHONE = f"+2547{secrets.randbelow(10**8):08}"


class Redirected(TwilioHttpClient):
    """The SDK's own client, but for the host."""

    def request(self, method, url, *args, **kwargs):
        return super().request(method, url.replace("https://api.twilio.com", API), *args, **kwargs)


def client(password=AUTH_PASSWORD):
    return Client(AUTH_USER, password, account_sid=ACCOUNT_SID, http_client=Redirected())


def told(name, seen, expected):
    check(f"{NAME}: {name}", seen, expected)


def refused(name, expected, call):
    """The SDK's exception has the HTTP status and the error code."""
    try:
        call()
        told(name, "accepted", expected)
    except TwilioRestException as error:
        told(name, (error.status, error.code), expected)


def create(body="Habari", to=PHONE, **more):
    return client().messages.create(to=to, body=body, **({"from_": LINE} | more))


def have_fault(mode):
    requests.post(f"{BASE}/sandbox/faults", json={"mode": mode}, timeout=10).raise_for_status()


def makes_and_fetches():
    message = create("Maji hakuna siku 5 – 100% + & zaidi")
    told("a text is queued", (message.status, message.direction), ("queued", "outbound-api"))
    told("its numbers stand", (message.to, message.from_), (PHONE, LINE))
    told("its price is open", (message.price, message.error_code), (None, None))
    fetched = client().messages(message.sid).fetch()
    told("it is fetched as it was written", fetched.body, "Maji hakuna siku 5 – 100% + & zaidi")
    told("its segments are counted", fetched.num_segments, "1")
    told("its time is read as a time", fetched.date_created.tzinfo is not None, True)

    redacted = client().messages(message.sid).update(body="")
    told("its words are forgotten on request", redacted.body, "")
    told("it is deleted on request", client().messages(message.sid).delete(), True)
    refused("a deleted text is not found", (404, 20404), lambda: client().messages(message.sid).fetch())

    service = create(from_=None, messaging_service_sid="MG" + "a" * 32)
    told("a messaging service takes it without a number", (service.status, service.from_), ("accepted", None))
    client().messages(service.sid).delete()


def lists_page_by_page():
    sids = [create(f"number {number}").sid for number in range(5)]
    listed = [message.sid for message in client().messages.list(to=PHONE, page_size=2)]
    told("a list in pages of two is whole, newest first", listed, sids[::-1])
    told("a limit is kept", len(client().messages.list(to=PHONE, from_=LINE, limit=3)), 3)
    told("a stranger's list is empty", client().messages.list(to=PHONE, from_="+254700999999"), [])
    page = client().messages.page(to=PHONE, page_size=2)
    following = page.next_page()
    told("the next page follows", [message.sid for message in following], sids[::-1][2:4])
    told("and the one before it", [message.sid for message in following.previous_page()], sids[::-1][:2])
    yesterday = datetime.now(timezone.utc) - timedelta(days=1)
    sent = until(lambda: len(client().messages.list(to=PHONE, date_sent_after=yesterday)) == 5)
    told("all were sent since yesterday", sent, True)
    told("none was sent before", client().messages.list(to=PHONE, date_sent_before=yesterday), [])
    for sid in sids:
        client().messages(sid).delete()


def refuses_as_the_gateway_does():
    refused("an invalid recipient", (400, 21211), lambda: create(to="+15005550001"))
    refused("a recipient who opted out", (400, 21610), lambda: create(to="+15005550004"))
    refused("a sender that is not ours", (400, 21606), lambda: create(from_="+254700999999"))
    refused("wrong credentials", (401, 20003), lambda: client("guess").messages(f"SM{0:032}").fetch())
    have_fault("too-many-requests")
    refused("too many requests", (429, 20429), create)
    have_fault("none")


def refuses_what_no_checker_lets_through():
    refused("a recipient that is no number", (400, 21211), lambda: create(to="garbage"))
    refused("no words", (400, 21602), lambda: create(body=""))
    refused("too many words", (400, 21617), lambda: create(body="x" * 1601))
    refused("neither number nor service", (400, 21603), lambda: create(from_=None))


makes_and_fetches()
lists_page_by_page()
refuses_as_the_gateway_does()
if API == BASE:
    refuses_what_no_checker_lets_through()
finish()
