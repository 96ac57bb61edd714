"""How people are invited to label: the e-mail that their user pool sends, and the page that it names."""

SUBJECT = "Your invitation to label for brandlens"

_WITHOUT_PAGE = "<br>Whoever invited you knows the address of the page."
_LOOPBACK = "127.0.0.1:"


def page_address(site: str) -> str:
    """Return the address of a work team's page, by its host, and port if it is no usual one."""
    # A site on this very machine has no certificate.
    return f"{'http' if site.startswith(_LOOPBACK) else 'https'}://{site}"


def invitation(page: str | None, *, user: str, code: str, days: int) -> str:
    """Return the message as HTML, to be answered within so many days; `page` is None where it is not known.

    `user` and `code` are what Cognito puts the person's name and temporary password in the place of.
    """
    where = "" if page is None else f' at <a href="{page}">{page}</a>'
    return (
        f"You are invited to label pictures for brandlens{where}.<br>Your user name is {user}, your temporary"
        f" password {code}: choose one of your own within {days} days.{'' if page else _WITHOUT_PAGE}"
    )
