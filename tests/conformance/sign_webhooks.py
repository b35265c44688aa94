"""The gateway's Python SDK signs webhooks; the service must believe these and no others."""

import secrets

import requests
from multidict import MultiDict
from twilio.request_validator import RequestValidator

from checks import ACCOUNT_SID, BASE, LINE, PUBLIC_URL, SIGNATURE_KEY, check, finish

HEADER = "X-Twilio-Signature"


def webhook(**fields):
    """A text to the line, under a new id."""
    sid = "SM" + secrets.token_hex(16)
    return {
        "MessageSid": sid,
        "SmsSid": sid,
        "SmsMessageSid": sid,
        "AccountSid": ACCOUNT_SID,
        "From": f"+2547{secrets.randbelow(10**8):08}",
        "To": LINE,
        "Body": "Borehole is broken",
        "NumMedia": "0",
        "NumSegments": "1",
        "ApiVersion": "2010-04-01",
        **fields,
    }


def sign(target, form, key=SIGNATURE_KEY):
    return RequestValidator(key).compute_signature(f"{PUBLIC_URL}{target}", form)


def post(form, signature, target="/gateway/inbound"):
    headers = {} if signature is None else {HEADER: signature}
    return requests.post(f"{BASE}{target}", data=list(form.items()), headers=headers, timeout=20)


def believes(name, form, target="/gateway/inbound"):
    check(f"python signs, believed: {name}", post(form, sign(target, form), target).status_code, 200)


def turns_away(name, form, signature, target="/gateway/inbound"):
    check(f"python signs, turned away: {name}", post(form, signature, target).status_code, 403)


form = webhook()
answer = post(form, sign("/gateway/inbound", form))
check("python signs: the answer is TwiML", answer.headers["content-type"].split(";")[0], "text/xml")
check("python signs: the answer texts nothing", answer.text.strip().endswith("<Response/>"), True)
check("python signs: the same again", post(form, sign("/gateway/inbound", form)).status_code, 200)

believes("signs and accents", webhook(Body="Grüße 👍 & = + %"))
believes("Arabic", webhook(Body="لا يوجد ماء منذ خمسة أيام"))
believes("white space around the words", webhook(Body="  maji \n"))
believes("no words, a picture", webhook(Body="", NumMedia="1", MediaUrl0="https://media.example/1?a=b", MediaContentType0="image/jpeg"))
believes("blank parameters", webhook(FromCity="", FromZip=""))
believes("parameters that nobody knows", webhook(ZNew="1", aNew="2", **{"with space": "x y"}))
believes("a name given twice", MultiDict([*webhook().items(), ("Extra", "b"), ("Extra", "a"), ("Extra", "a")]))
believes("1,600 characters", webhook(Body="ж" * 1600))
believes("a query in the URL", webhook(), "/gateway/inbound?county=wajir&x=%20y")

get = webhook(Body="kwa GET")
url = requests.Request("GET", f"{PUBLIC_URL}/gateway/inbound", params=get).prepare().url
answer = requests.get(url.replace(PUBLIC_URL, BASE), headers={HEADER: RequestValidator(SIGNATURE_KEY).compute_signature(url, {})}, timeout=20)
check("python signs, believed: GET", answer.status_code, 200)

good = webhook()
turns_away("no signature", good, None)
turns_away("an empty signature", good, "")
turns_away("another key", good, sign("/gateway/inbound", good, "another"))
turns_away("altered words", good | {"Body": "Nothing is broken"}, sign("/gateway/inbound", good))
turns_away("a parameter more", good | {"OptOutType": "STOP"}, sign("/gateway/inbound", good))
turns_away("another door", good, sign("/gateway/status", good))
turns_away("another query", good, sign("/gateway/inbound?a=1", good), "/gateway/inbound?a=2")
turns_away("another host", good, RequestValidator(SIGNATURE_KEY).compute_signature("https://evil.example/gateway/inbound", good))

status = {"MessageSid": "SM" + secrets.token_hex(16), "MessageStatus": "delivered", "AccountSid": ACCOUNT_SID, "From": LINE, "To": "+254700100200"}
target = "/gateway/status?oid=999999999"
check("python signs, believed: a status callback", post(status, sign(target, status), target).status_code in (200, 204), True)
turns_away("a status callback for another row", status, sign(target, status), "/gateway/status?oid=1")
finish()
