"""Texts from a phone are answered by way of the checker, which refuses a request or an answer against the specification.

`texts_through_prism.py PRISM`: the checker, which the service takes for its gateway.
"""

import secrets
import sys

import requests

from checks import ACCOUNT_SID, AUTH_PASSWORD, AUTH_USER, BASE, LINE, check, finish, until

PRISM = sys.argv[1]

TEXTS = [
    "Borehole at Habasswein is broken, no water 5 days",
    "Hakuna dawa katika hospitali ya Griftu",
    "HELP",
    "مساعدة",
]


def replies_to(phone):
    accepted = requests.get(f"{BASE}/sandbox/messages", timeout=10).json()
    return [text for text in accepted if text["to"] == phone]


# The checker is awake: what the specification does not allow does not pass.
path = f"2010-04-01/Accounts/{ACCOUNT_SID}/Messages.json"
endless = {"To": "+254700100200", "From": LINE, "Body": "Habari", "ValidityPeriod": "36001"}
answer = requests.post(f"{PRISM}/{path}", data=endless, auth=(AUTH_USER, AUTH_PASSWORD), timeout=20)
check("prism between: a validity of over ten hours is refused", answer.status_code, 422)

for words in TEXTS:
    phone = f"+2547{secrets.randbelow(10**8):08}"
    sent = requests.post(f"{BASE}/sandbox/texts", json={"from": phone, "to": LINE, "body": words}, timeout=20)
    check(f"prism between: the service takes {words!r}", sent.json().get("webhook"), 200)
    arrived = until(lambda: [text for text in replies_to(phone) if text["status"] == "delivered"])
    check(f"prism between: one reply to {words!r}", len(arrived), 1)
    check(f"prism between: it names its outbox row for {words!r}", all(text["outbox_id"] for text in arrived), True)
finish()
