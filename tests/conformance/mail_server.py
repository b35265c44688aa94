"""A mail server that does what the address says, for tests/it/emails (see its post.rs) and emails.py; PyPI's aiosmtpd does the talking.

It tells what happens as lines of JSON, first of all its port. With `--tls FOLDER` it has the certificate there and lets in
only who encrypts and logs in as `jibu` with `a-right-password`; with `--implicit` it is encrypted from the first byte."""

import argparse
import asyncio
import email
import email.policy
import json
import ssl

from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword

PASSWORD = b"a-right-password"


def tell(event, **more):
    print(json.dumps({"event": event, **more}), flush=True)


async def wait(address):
    """No answer, until the other side is gone."""
    tell("waiting", to=address)
    await asyncio.Event().wait()


def parsed(content):
    message = email.message_from_bytes(content, policy=email.policy.default)
    part = lambda kind: (body := message.get_body((kind,))) and body.get_content()
    return {
        "message_id": message["Message-ID"],
        "headers": {name: str(value) for name, value in message.items()},
        "names": [[one.display_name, one.addr_spec] for one in message["From"].addresses],
        "count": len(message.items()),
        "plain": part("plain"),
        "html": part("html"),
        "defects": [str(defect) for one in [message, *message.values()] for defect in one.defects],
        "ascii": content.isascii(),
        "longest": max(len(line) for line in content.split(b"\r\n")),
    }


class Moods:
    async def handle_MAIL(self, server, session, envelope, address, options):
        if address.startswith("mail@"):
            await wait(address)
        envelope.mail_from = address
        return "250 2.1.0 Ok"

    async def handle_RCPT(self, server, session, envelope, address, options):
        match address.split("@")[0]:
            case "rcpt":
                await wait(address)
            case "later":
                return "451 4.7.1 Greylisted, come back later"
            case "nobody":
                return f"550 5.1.1 <{address}>: no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 Ok"

    async def handle_DATA(self, server, session, envelope):
        to = envelope.rcpt_tos[0]
        if to.startswith("spam@"):
            return "554 5.7.1 Not wanted here"
        tell("taken", to=to, sender=envelope.mail_from, encrypted=server.transport.get_extra_info("sslcontext") is not None, user=str(session.auth_data),
             **parsed(envelope.content))
        if to.startswith("cut@"):
            server.transport.abort()
        if to.startswith("hang@"):
            await wait(to)
        return "250 2.0.0 Taken"


class Server(SMTP):
    """What must happen in the middle of a letter, where the library asks nobody."""

    async def smtp_DATA(self, arg):
        to = self.envelope.rcpt_tos[0] if self.envelope.rcpt_tos else ""
        mood = to.split("@")[0]
        if mood == "data":
            await wait(to)
        if mood in ("middle", "drop"):
            await self.push("354 Go ahead")
            await self._reader.readline()
            if mood == "middle":
                await wait(to)
            self.transport.abort()
            return
        await super().smtp_DATA(arg)


def let_in(server, session, envelope, mechanism, auth_data):
    right = isinstance(auth_data, LoginPassword) and auth_data.login == b"jibu" and auth_data.password == PASSWORD
    tell("login", right=right)
    return AuthResult(success=right, handled=right, auth_data="jibu" if right else None)


async def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--tls")
    arguments.add_argument("--implicit", action="store_true")
    arguments = arguments.parse_args()
    options, context = {}, None
    if arguments.tls:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(f"{arguments.tls}/server.pem", f"{arguments.tls}/server.key")
        options = {"authenticator": let_in, "auth_required": True}
        if not arguments.implicit:
            options |= {"tls_context": context, "require_starttls": True}
        else:
            options |= {"auth_require_tls": False}

    def factory():
        return Server(Moods(), hostname="mail.example", **options)

    listening = await asyncio.get_running_loop().create_server(
        factory, "127.0.0.1", 0, ssl=context if arguments.implicit else None
    )
    tell("listening", port=listening.sockets[0].getsockname()[1])
    await listening.serve_forever()


asyncio.run(main())
