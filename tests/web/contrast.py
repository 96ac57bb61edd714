"""How well the text of the shown page stands out, from the colours that the browser computed."""

import re

from tests.web.browser import Browser

_TEXTS = """
const shown = e => { const b = e.getBoundingClientRect(); return b.width > 1 && b.height > 1 };
const own = e => [...e.childNodes].filter(n => n.nodeType === 3).map(n => n.data).join("").trim();
const grounds = e => e ? [getComputedStyle(e).backgroundColor, ...grounds(e.parentElement)] : [];
const colour = e => getComputedStyle(e)[e instanceof SVGElement ? "fill" : "color"];
const texts = [...document.body.querySelectorAll(":not(title)")].filter(e => own(e) && shown(e));
return texts.map(e => [own(e), colour(e), grounds(e)]);
"""

Rgb = tuple[float, float, float]


def faint_texts(browser: Browser, *, least: float) -> list[tuple[str, float]]:
    """Return the texts whose WCAG contrast with what they stand on is under `least`, with that contrast."""
    texts = [(text, _contrast(colour, grounds)) for text, colour, grounds in browser.run(_TEXTS)]
    assert texts, "the page shows no text"
    return [(text, contrast) for text, contrast in texts if contrast < least]


def luminance(colour: str) -> float:
    """Return the relative luminance, 0 (black) to 1 (white), of a computed colour (WCAG 2.2)."""
    return _luminance(_channels(colour)[0])


def _contrast(colour: str, grounds: list[str]) -> float:
    ground: Rgb = (255, 255, 255)
    for layer in reversed(grounds):  # from the root up, each over the one below
        rgb, alpha = _channels(layer)
        r, g, b = (alpha * over + (1 - alpha) * under for over, under in zip(rgb, ground, strict=True))
        ground = (r, g, b)
    dark, light = sorted((luminance(colour), _luminance(ground)))
    return (light + 0.05) / (dark + 0.05)


def _channels(colour: str) -> tuple[Rgb, float]:
    r, g, b, *alpha = (float(number) for number in re.findall(r"[\d.]+", colour))
    return (r, g, b), alpha[0] if alpha else 1.0


def _luminance(rgb: Rgb) -> float:
    r, g, b = (c / 12.92 if (c := v / 255) <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for v in rgb)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b
