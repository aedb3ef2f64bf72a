"""Mail, through Django's own SMTP backend, to the server whose address was checked."""

import smtplib
import socket
from typing import Any

from django.core.mail import EmailMessage
from django.core.mail.backends.smtp import EmailBackend

from linli.kernel.inbox.errors import Outage, Rejected
from linli.kernel.inbox.guard import Target, checked

SECONDS = 10
FOR_GOOD = 500
KEYS_AT_FAULT = {530, 534, 535, 538}


class PinnedMail(EmailBackend):
    """Django's backend, connecting to one checked address; the certificate must still carry the name."""

    def __init__(self, target: Target, **options: Any) -> None:
        super().__init__(host=target.host, port=target.port, timeout=SECONDS, **options)
        self.target = target

    @property
    def connection_class(self) -> type[smtplib.SMTP]:
        address = self.target.address

        class Pinned(smtplib.SMTP):
            def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
                return socket.create_connection((address, port), timeout)

        class PinnedTls(smtplib.SMTP_SSL, Pinned):
            pass

        return PinnedTls if self.use_ssl else Pinned


def send_mail(to: str, text: str, *, ref: str, config: dict[str, Any]) -> None:
    """One mail, or Outage or Rejected."""
    message = letter(to, text, ref=ref, config=config)
    try:
        message.send()
    except smtplib.SMTPRecipientsRefused as problem:
        codes = [code for code, _words in problem.recipients.values()]
        raise verdict(codes[0], "recipient") from problem
    except smtplib.SMTPResponseException as problem:
        raise verdict(problem.smtp_code, "answer") from problem
    except (OSError, smtplib.SMTPException) as problem:
        raise Outage(type(problem).__name__) from problem


def letter(to: str, text: str, *, ref: str, config: dict[str, Any]) -> EmailMessage:
    """``ref`` becomes the Message-ID, so that a mailbox shows a repeated mail once."""
    sender = config["from"]
    domain = sender.rsplit("@", 1)[-1].strip("> ")
    subject = config.get("subject") or " ".join(text.split())[:40]
    headers = {"Message-ID": f"<{ref}@{domain}>"}
    return EmailMessage(subject, text, sender, [to], connection=post_office(config), headers=headers)


def post_office(config: dict[str, Any]) -> PinnedMail:
    """The district's mail server: TLS from the start unless the setting says ``starttls`` or ``none``."""
    target = checked(
        config["host"], int(config.get("port", 465)), allow_private=bool(config.get("allow_private"))
    )
    security = config.get("security", "tls")
    return PinnedMail(
        target, username=config.get("user", ""), password=config.get("password", ""),
        use_ssl=security == "tls", use_tls=security == "starttls",
    )  # fmt: skip


def verdict(code: int, where: str) -> Outage | Rejected:
    said = f"SMTP {code} {where}"
    return Rejected(said) if code >= FOR_GOOD and code not in KEYS_AT_FAULT else Outage(said)
