"""The one door for characters: every text from outside comes in as it is meant to be read, whatever signs it was written with. What was
broken before it came can't be mended here: it is known, so that it can be told."""

import re
import unicodedata
from string import ascii_letters, digits

_ODD_SPACES = dict.fromkeys([0x1680, *range(0x2000, 0x200B), 0x205F, 0x3000], " ") | dict.fromkeys(
    (0x2007, 0x2009, 0x202F), "\u00a0"
)
"""As ordinary spaces; those that stand between thousands as the no-break space."""
_FULL_WIDTH = {ord(sign) + 0xFEE0: sign for sign in f"{ascii_letters}{digits}%,.+-/"}
_FOLDED = (
    _ODD_SPACES
    | _FULL_WIDTH
    | dict.fromkeys((0x2010, 0x2011, 0xFE63), "-")
    | dict.fromkeys((0xFE6A, 0x066A), "%")
    | {0x066B: ",", 0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl"}
)
_INVISIBLE = re.compile(
    "[\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]"
    # a joiner says something in scripts that join their letters, and between pictures
    "|(?<![\u0600-\u0dff\u2600-\u27bf\ufe0f\U0001f000-\U0001faff])[\u200c\u200d]"
)
_OTHER_DIGITS = re.compile(r"[^\D0-9]")

_UNREADABLE = re.compile("[\x80-\x9f\ud800-\udfff\ufffd]")
_C1 = {chr(byte): bytes([byte]).decode("cp1252", "ignore") for byte in range(0x80, 0xA0)}
_TAKEN_FOR_OTHERS = {
    "".join(bytes([byte]).decode(page, "ignore") or chr(byte) for byte in sign.encode()): sign
    for page in ("cp1252", "latin-1", "mac_roman", "cp850", "cp437")
    for sign in (*"ÅÄÖÉÜÃÂ–—’“”„•…€", *map(chr, (*range(0xA0, 0xC0), *range(0xDF, 0x100))))
}
"""What each of these signs in UTF-8 looks like in a program that takes it for something else; Ã and Â where that was done twice."""
_UTF_8 = re.compile("|".join(map(re.escape, sorted(_TAKEN_FOR_OTHERS, key=len, reverse=True))))
_LEADS = frozenset(seen[0] for seen in _TAKEN_FOR_OTHERS)
_CODE_PAGES = (
    # from DOS, read as Windows; the quotation mark only where none of them quotes
    (
        r"[a-z][„†][a-z]|(?<!\w)(?:(?:p|s|d|f|g|m|st|tv)†|†(?:r|ren|ret|rs\w*|tg\w*))(?!\w)|(?<!\w)™[a-z]",
        "(?!)",
        "†„”Ž™",
        "åäöÄÖ",
    ),
    (r"[A-Za-z]”[a-z]", r"(?<![A-Za-z])”|”(?![a-z])|[åäö]", "†„”Ž™", "åäöÄÖ"),
    # from an old Mac, read as Windows, and the other way round
    (r"[a-z][ŒŠ]|(?<!\w)(?:fšr|Šr|Šn)(?!\w)", "(?!)", "ŒŠš", "åäö"),
    (r"[A-Za-z][‰ˆ][a-z]|(?<!\w)‰[rn](?!\w)|[a-z]Â", "(?!)", "Â‰ˆ", "åäö"),
    # from Windows, read as DOS
    (r"[A-Za-z]÷[a-z]|[a-z]Õ|(?<!\w)õr(?!\w)", "[σΣ]", "Õõ÷", "åäö"),
    (r"[A-Za-z][σΣ÷][a-z]|[a-z][σΣ]|(?<!\w)[σΣ][a-z]", "(?!)", "σΣ÷", "åäö"),
)
"""(what no word has, where it may be right all the same, letters as they are seen, as they were meant)."""


def cleaned(text: str) -> str:
    """A text as it is compared, read and printed: composed letters, no signs that can't be seen, ordinary digits and letters. Lines stay
    the lines that they are."""
    if text.isascii():
        return text
    shown = _OTHER_DIGITS.sub(lambda digit: str(unicodedata.decimal(digit[0])), text.translate(_FOLDED))
    return unicodedata.normalize("NFC", _INVISIBLE.sub("", shown))


def broken(text: str) -> tuple[str, str] | None:
    """(the words that were broken before the text came, what they probably were or ""), or None for a text that can be read: one in UTF-8
    that some program has taken for another encoding, or the other way round."""
    if text.isascii():
        return None
    meant = as_meant(text)
    if meant == text:
        lost = [word for word in text.split() if _UNREADABLE.search(word)]
        return (" ".join(lost), "") if lost else None
    was, now = text.split(), meant.split()
    if len(was) != len(now):
        return text.strip(), meant.strip()
    differing = [pair for pair in zip(was, now, strict=True) if pair[0] != pair[1]]
    return " ".join(was for was, _ in differing), " ".join(now for _, now in differing)


def as_meant(text: str) -> str:
    """The text as it probably was before it was broken; as it is where it can be read, or nobody can know."""
    meant, signs = text, set(text)
    while (
        not _LEADS.isdisjoint(meant) and (again := _UTF_8.sub(lambda seen: _TAKEN_FOR_OTHERS[seen[0]], meant)) != meant
    ):
        meant = again
    for sign, unless, seen, letters in _CODE_PAGES if meant == text else ():
        if not signs.isdisjoint(seen) and re.search(sign, text) and not re.search(unless, text):
            return text.translate(str.maketrans(seen, letters))
    return re.sub("[\x80-\x9f]", lambda sign: _C1[sign[0]] or sign[0], meant)
