"""Transport: policies that ask for TLS refuse every call to an emulator that speaks plain HTTP."""

from ministack import app


def build() -> None:
    """Count the loopback interface, which no one else can listen on, as the secure transport that AWS has.

    Buckets and queues of the product refuse what did not travel by TLS (`aws:SecureTransport`).
    """
    pin = app.pin_request_origin
    app.pin_request_origin = lambda source_ip, _secure: pin(source_ip, True)
