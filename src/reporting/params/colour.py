"""Colours and how well they can be read: contrast as WCAG 2.1 reckons it, and the nearest shade that has enough of it."""

import colorsys
from collections.abc import Sequence

ENOUGH = 4.5
"""The contrast that text needs (WCAG 2.1, 1.4.3)."""
LJUSA = ("#ffffff", "#f1f5f9", "#fdf6e7")
MORKA = ("#141a21", "#1e2732", "#2b2416")
"""What text and links of the page stand on, light and dark: --nr-paper, --nr-soft and --nr-ask of page.css."""


def contrast(farg: str, botten: str) -> float:
    """The contrast ratio of two colours (#rrggbb), from 1 to 21."""
    darker, lighter = sorted((_luminance(farg), _luminance(botten)))
    return (lighter + 0.05) / (darker + 0.05)


def least_contrast(farg: str, bottnar: Sequence[str]) -> float:
    """The contrast that a colour has at the worst, on any of these."""
    return min(contrast(farg, botten) for botten in bottnar)


def readable(farg: str, bottnar: Sequence[str]) -> str:
    """The shade of the same hue nearest to the colour that can be read on all of these: itself, or a darker one where they are light and
    a lighter one where they are dark."""
    hue, lightness, saturation = colorsys.rgb_to_hls(*_parts(farg))
    step = -0.001 if _luminance(bottnar[0]) > 0.5 else 0.001
    shade = farg.lower()
    while least_contrast(shade, bottnar) < ENOUGH:
        lightness += step
        parts = colorsys.hls_to_rgb(hue, min(max(lightness, 0), 1), saturation)
        shade = "#" + "".join(f"{round(part * 255):02x}" for part in parts)
    return shade


def _parts(farg: str) -> tuple[float, float, float]:
    red, green, blue = bytes.fromhex(farg.removeprefix("#"))
    return red / 255, green / 255, blue / 255


def _luminance(farg: str) -> float:
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in _parts(farg))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
