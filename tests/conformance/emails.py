"""`jibu email test` against a mail server that nobody here wrote: TLS, the login, and what Python's own parser finds in the letters."""

import json
import os
import subprocess
import sys
import threading
from pathlib import Path

from checks import check, finish, until

JIBU = sys.argv[1]
FOLDER = Path(sys.argv[2])
HERE = Path(__file__).parent
CONFIG = HERE.parent.parent / "config"

# What may stand in a name, and what a mailbox is to show for it.
EVIL = [
    ("x\r\nBcc: thief@example.org\r\n\r\nx", "x Bcc: thief@example.org x"),
    ("x\rBcc: thief@example.org", "x Bcc: thief@example.org"),
    ("x\u2028Bcc: thief@example.org", "x Bcc: thief@example.org"),
    ("x\" <thief@example.org>, \"y\\", "x\" <thief@example.org>, \"y\\"),
    ("=?utf-8?q?x=0D=0ABcc:_thief@example.org?=", "= ?utf-8?q?x=0D=0ABcc:_thief@example.org?="),
    ("مياه وجير\r\nBcc: thief@example.org", "مياه وجير Bcc: thief@example.org"),
    ("longer " * 300, ("longer " * 300)[:200]),
    ("é" * 2000, "é" * 200),
]


def openssl(*words):
    subprocess.run(["openssl", *words], check=True, capture_output=True, cwd=FOLDER)


def make_certificates():
    """An authority of our own, and a certificate of it for this machine."""
    subject = ["-subj", "/CN=an authority of the tests", "-days", "2", "-nodes"]
    openssl("req", "-x509", "-newkey", "rsa:2048", *subject, "-keyout", "ca.key", "-out", "ca.pem",
            "-addext", "basicConstraints=critical,CA:TRUE", "-addext", "keyUsage=critical,keyCertSign,cRLSign")
    openssl("req", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=localhost", "-keyout", "server.key", "-out", "server.csr")
    (FOLDER / "names").write_text("subjectAltName=DNS:localhost\n")
    openssl("x509", "-req", "-in", "server.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-days", "2",
            "-extfile", "names", "-out", "server.pem")


class Server:
    def __init__(self, *options):
        self.process = subprocess.Popen([sys.executable, HERE / "mail_server.py", *options],
                                        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self.port = json.loads(self.process.stdout.readline())["port"]
        self.events = []
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self):
        for line in self.process.stdout:
            self.events.append(json.loads(line))

    def all(self, event):
        return [one for one in self.events if one["event"] == event]

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.kill()
        self.process.wait()


def letter(at, to, trusted=True, **settings):
    """Sends one; whether that went well, and what was said."""
    usual = {"server": "localhost", "port": str(at.port), "from": "jibu@example.org", "from_name": "إدارة المياه — Wajir",
             "user": "jibu", "password": "a-right-password"}
    own = {f"JIBU_EMAIL__{key.upper()}": value for key, value in (usual | settings).items()}
    kept = {key: value for key, value in os.environ.items() if not key.startswith("JIBU_")}
    trust = {"SSL_CERT_FILE": str(FOLDER / "ca.pem") if trusted else "/dev/null", "SSL_CERT_DIR": "/dev/null"}
    done = subprocess.run([JIBU, "email", "test", to, "--config", CONFIG], env=kept | own | trust, capture_output=True, text=True, timeout=60)
    return done.returncode == 0, done.stdout + done.stderr


def tells(name, result, well, words):
    check(f"emails: {name}", (result[0], words in result[1]) if words in result[1] else result, (well, True))


def check_letter(server):
    taken = until(lambda: server.all("taken"))[0]
    headers = taken["headers"]
    check("emails: the letter came encrypted, from who logged in", (taken["encrypted"], taken["user"]), (True, "jibu"))
    check("emails: the envelope's sender", taken["sender"], "jibu@example.org")
    check("emails: nothing is wrong with it", taken["defects"], [])
    check("emails: it is ASCII in short lines", (taken["ascii"], taken["longest"] <= 998), (True, True))
    check("emails: a name in Arabic", headers["From"], "إدارة المياه — Wajir <jibu@example.org>")
    check("emails: to whom", headers["To"], "halima@water.example")
    check("emails: the subject", headers["Subject"], "jibu: a test")
    check("emails: both parts", ("jibu can send email." in taken["plain"], "<p>Nobody" in taken["html"]), (True, True))
    check("emails: an id of ours", taken["message_id"].startswith("<jibu-email-") and taken["message_id"].endswith("@example.org>"), True)
    for name, value in {"Auto-Submitted": "auto-generated", "Precedence": "bulk", "X-Auto-Response-Suppress": "All"}.items():
        check(f"emails: {name}", headers[name], value)
    check("emails: each header once", len(headers), taken["count"])


make_certificates()
with Server("--tls", FOLDER) as server:
    tells("taken over STARTTLS", letter(server, "halima@water.example"), True, "took the letter")
    check_letter(server)
    usual = sorted(server.all("taken")[0]["headers"])
    for name, to, words in [
        ("greylisting", "later@water.example", "would try again later: the server asks to try later"),
        ("no such mailbox", "nobody@water.example", "knows no such mailbox"),
        ("refused once it was read", "spam@water.example", "554 5.7.1 Not wanted here"),
        ("cut off after the last byte", "cut@water.example", "it is not known whether"),
        ("no address", "halima", "is no email address"),
        ("a line end in the address", "a@water.example\nBcc: b@water.example", "is no email address"),
    ]:
        tells(name, letter(server, to), False, words)
    tells("a wrong password", letter(server, "halima@water.example", password="wrong"), False, "email.password and email.from right")
    tells("nobody logs in", letter(server, "halima@water.example", user="", password=""), False, "email.password and email.from right")
    logins = len(server.all("login"))
    tells("a certificate that nobody knows", letter(server, "halima@water.example", trusted=False), False, "could not prove that it is")
    tells("a certificate of another name", letter(server, "halima@water.example", server="127.0.0.1"), False, "could not prove that it is")
    check("emails: no password for who is not trusted", len(server.all("login")), logins)
    for evil, shown in EVIL:
        before = len(server.all("taken"))
        tells(f"a header in a name, {evil[:40]!r}", letter(server, "halima@water.example", from_name=evil), True, "took the letter")
        last = until(lambda: server.all("taken")[before:])[-1]
        [[name, address]] = last["names"]
        # Python keeps the blanks between two encoded words of a name, which RFC 2047 (section 6.2) takes out: they are not compared.
        check("emails: the name is shown as it was written, in one line", (name.split() == shown.split() or name.replace(" ", "") == shown, address),
              (True, "jibu@example.org"))
        check("emails: it became no header", sorted(last["headers"]), usual)
        check("emails: nothing is wrong with it", (last["defects"], last["count"], last["to"]), ([], len(usual), "halima@water.example"))
with Server("--tls", FOLDER, "--implicit") as server:
    tells("taken over TLS from the first byte", letter(server, "halima@water.example", tls="tls"), True, "took the letter")
    check("emails: encrypted", until(lambda: server.all("taken"))[0]["encrypted"], True)
with Server() as server:
    tells("a server without TLS", letter(server, "halima@water.example"), False, "offers no TLS")
    check("emails: it got no password", server.all("login"), [])
finish()
