"""What the portal's pages may load and who may frame them: headers of every answer, as a pure table."""

from collections.abc import Mapping, Sequence

SECURITY_HEADERS: Mapping[str, str] = {
    "Strict-Transport-Security": "max-age=63072000; includeSubDomains",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}


def content_security_policy(*, services: Sequence[str], files: Sequence[str]) -> str:
    """Return the policy of the portal's pages.

    `services` are the origins that its scripts call, `files` those that its videos and pictures come from.
    Pictures may also be `blob:`: files that are about to be uploaded are measured first.
    """
    own, read = "'self'", ["blob:", *files]
    directives: Mapping[str, Sequence[str]] = {
        "default-src": ["'none'"],
        "script-src": [own],
        "style-src": [own],
        "font-src": [own],
        "img-src": [own, *read],
        "media-src": read,
        **_connect(services, files),
        "base-uri": ["'none'"],
        "form-action": ["'none'"],
        "frame-ancestors": ["'none'"],
        "object-src": ["'none'"],
    }
    return _written(directives)


def connections(*, services: Sequence[str], files: Sequence[str]) -> str:
    """Return the one directive of that policy that says what scripts may call."""
    return _written(_connect(services, files))


def _connect(services: Sequence[str], files: Sequence[str]) -> dict[str, Sequence[str]]:
    return {"connect-src": ["'self'", *services, *files]}


def _written(directives: Mapping[str, Sequence[str]]) -> str:
    return "; ".join(f"{name} {' '.join(sources)}" for name, sources in directives.items())
