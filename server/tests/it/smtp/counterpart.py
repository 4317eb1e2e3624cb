"""A mail server that is not ours, for server/tests/it/smtp: aiosmtpd, with the faults that a recipient's name asks for.

Its settings are one JSON object in the first argument. It prints one JSON object a line: first the port that it listens
on, then whatever happens. It ends when its standard input does.
"""

import asyncio
import json
import ssl
import sys

from aiosmtpd.smtp import SMTP, AuthResult

SETTINGS = {
    "port": 0,
    "tls": "none",  # or "starttls" or "implicit"
    "offer_starttls": True,
    "certificate": None,
    "key": None,
    "user": None,
    "password": None,
    "greeting_delay": 0,
    "mails_a_connection": None,
    "refuse_sender": False,
    **json.loads(sys.argv[1]),
}


def tell(event, **more):
    print(json.dumps({"event": event, **more}), flush=True)


class Server(SMTP):
    async def _handle_client(self):
        tell("connection")
        await asyncio.sleep(SETTINGS["greeting_delay"])
        await super()._handle_client()


class Handler:
    cut = set()

    def encrypted(self, session):
        return SETTINGS["tls"] == "implicit" or session.ssl is not None

    async def handle_MAIL(self, server, session, envelope, address, options):
        tell("MAIL", encrypted=self.encrypted(session))
        session.mails = getattr(session, "mails", 0) + 1
        if SETTINGS["mails_a_connection"] and session.mails > SETTINGS["mails_a_connection"]:
            asyncio.get_running_loop().call_later(0.05, server.transport.close)
            return "421 4.7.0 Enough on this connection"
        if SETTINGS["refuse_sender"]:
            return "550 5.7.1 Not a sender of ours"
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):
        answers = {
            "later": "451 4.7.1 Greylisted, come again",
            "unknown": "550 5.1.1 No such user here",
            "limited": "421 4.7.28 Too fast",
        }
        refusal = answers.get(address.split("@")[0])
        if refusal:
            return refusal
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        name = envelope.rcpt_tos[0].split("@")[0]
        if name == "full":
            return "452 4.2.2 Mailbox full"
        if name == "spam":
            return "554 5.7.1 Not wanted"
        if name == "hangs":
            await asyncio.sleep(3600)
        tell(
            "mail",
            to=envelope.rcpt_tos,
            text=envelope.content.decode("ascii"),
            encrypted=self.encrypted(session),
            user=session.auth_data,
        )
        if name == "cut" and envelope.rcpt_tos[0] not in self.cut:
            # The mail was taken, and nobody is told.
            self.cut.add(envelope.rcpt_tos[0])
            server.transport.abort()
            await asyncio.sleep(3600)
        if name == "leaves":
            # Taken, and gone before anybody says goodbye.
            asyncio.get_running_loop().call_later(0.05, server.transport.abort)
        return "250 OK"


def authenticate(server, session, envelope, mechanism, data):
    login, password = data.login.decode(), data.password.decode()
    good = (login, password) == (SETTINGS["user"], SETTINGS["password"])
    tell("AUTH", mechanism=mechanism, good=good)
    return AuthResult(success=good, handled=False, auth_data=login)


async def main():
    context = None
    if SETTINGS["certificate"]:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(SETTINGS["certificate"], SETTINGS["key"])
    starttls = SETTINGS["tls"] == "starttls"
    handler = Handler()

    def protocol():
        return Server(
            handler,
            hostname="localhost",
            tls_context=context if starttls and SETTINGS["offer_starttls"] else None,
            require_starttls=starttls and SETTINGS["offer_starttls"],
            auth_required=SETTINGS["user"] is not None,
            auth_require_tls=starttls,
            authenticator=authenticate,
        )

    implicit = context if SETTINGS["tls"] == "implicit" else None
    loop = asyncio.get_running_loop()
    server = await loop.create_server(protocol, "127.0.0.1", SETTINGS["port"], ssl=implicit)
    tell("listening", port=server.sockets[0].getsockname()[1])
    await loop.run_in_executor(None, sys.stdin.read)


# What is still being slept through is left where it is.
runner = asyncio.new_event_loop()
runner.run_until_complete(main())
