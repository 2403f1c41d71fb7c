"""Why a figure is missing: the reasons that are printed, and the whole phrases by which people say them.

A phrase is known from its first letter to its last. What may vary in it (a year, a month, a name) is said as such, and nothing else
may: «redovisas i bilaga 2» is no way to say that a figure comes later.
"""

import re

from reporting.swedish import MONTHS, NUMBER_WORDS

PROTECTED, UNCERTAIN = "skyddad uppgift", "inte tillgänglig eller för osäker"

_NOT = "(?:ej|inte|icke)"
_YEAR = r"20\d\d"
_MONTH = f"(?:{'|'.join(MONTHS)}|jan|feb|mar|apr|jun|jul|aug|sept?|okt|nov|dec)"
_PART = (
    rf"(?:(?:(?:början|mitten|slutet) av )?(?:\d\d? )?{_MONTH}|kvartal ?[1-4]|q[1-4]|(?:första|andra|tredje|fjärde) kvartalet"
    r"|tertial ?[1-3]|våren|sommaren|hösten|vintern|[vh]t|(?:vår|höst)terminen|årsskiftet|årets slut|slutet av året)"
)
_WHEN = (
    r"(?:(?:först|tidigast|senast|igen) )?(?:(?:i|under|per|efter|vid|till|den) )?"
    rf"(?:{_PART}(?: {_YEAR})?|(?:år )?{_YEAR}(?:-\d\d){{0,2}}|hel(?:år(?:et)?|åren)|delår(?:et|sbokslutet|srapporten|suppföljningen)?"
    r"|(?:års)?bokslut(?:et)?|års(?:redovisningen|rapporten|uppföljningen)"
    r"|nästa (?:år|vår|höst|termin|kvartal|månad|tertial|delår|period|rapport|uppföljning|mätning))"
)
"""A time, however it is named."""
_MEASURING = r"(?:mätning|enkät|undersökning|uppföljning)"
_MEASURE = r"(?:indikator|mätetal|mått|nyckeltal)"
_THE_MEASURE = rf"(?:{_MEASURING}en|indikatorn|måttet|mätetalet|nyckeltalet)"
_FIGURE = r"(?:utfall(?:et)?|resultat(?:et|en)?|värdet?|statistik(?:en)?|uppgift(?:en|er|erna)?|underlag(?:et)?|data|siffror(?:na)?)"
_DONE = r"(?:genomförd|genomförts?|gjord|gjorts?|utförd|utförts?)"
_WORD = r"[^\W\d][\w/-]*"
_NAME = rf"{_WORD}(?: {_WORD}){{0,11}}"
_PEOPLE = (
    "(?:personer|individer|barn|elever|brukare|klienter|kvinnor|män|flickor|pojkar|ungdomar|medarbetare|anställda"
    "|deltagare|stycken|st)"
)
_BECAUSE = r"(?:på grund av|p\.?g\.?a\.?|av|med hänsyn till|enligt)"
_TOLD = "(?:redovisas|visas|anges|publiceras|lämnas ut|saknas)"
_SECRECY = (
    r"(?:sekretess(?:skäl|reglerna|lagen)?|statistiksekretess|integritetsskäl|gdpr|skyddade personuppgifter|röjande ?risk"
    rf"|(?:att det är )?för få {_PEOPLE})"
)
_FEW = "(?:[2-9]|10|" + "|".join(word for word, count in NUMBER_WORDS.items() if 2 <= count <= 10) + ")"

_PHRASES: dict[str, tuple[str, ...]] = {
    "ej mätt ännu": (
        rf"(?:(?:har|är) )?(?:ännu )?{_NOT}(?: ännu| än)? (?:upp)?mätts?(?: ännu| än)?",
        rf"{_MEASURING}(?:en)?(?: är| har)? {_NOT}(?: är| har)? {_DONE}(?: ännu| än)?",
        rf"{_MEASURING}en genomfördes {_NOT}|ingen {_MEASURING}(?: är| har)?(?: {_DONE})?(?: ännu| än)?",
        rf"kan {_NOT} (?:mätas|bedömas|mätas/bedömas|mätas eller bedömas)(?: ännu| än)?",
        rf"mäts (?:senare|{_WHEN})",
    ),
    "mäts inte i år": (
        rf"mäts {_NOT}(?: i år| under året| {_WHEN})?|{_MEASURING}en (?:genomförs|görs|sker) {_NOT} (?:i år|under året|{_WHEN})",
        rf"ingen {_MEASURING}(?: (?:{_DONE}|genomförs|görs|sker))? (?:i år|under året|{_WHEN})",
        r"(?:mäts|genomförs|görs|sker) (?:bara |endast )?(?:vartannat|vart (?:tredje|fjärde|femte)) år",
        rf"nästa (?:gång|{_MEASURING})(?: (?:är|blir|sker|görs|genomförs))? {_WHEN}",
    ),
    "för få svar": (
        r"för få (?:enkät)?svar(?:ande|anden)?|för få (?:underlag|ärenden|observationer)|för låg svars(?:frekvens|andel)",
        r"för (?:litet|lågt|tunt) (?:svars)?underlag|svars(?:frekvensen|andelen) (?:är|var) för låg|otillräckligt underlag",
    ),
    "ny indikator": (
        rf"ny(?:tt)? (?:nationellt? )?(?:{_MEASURE}|{_MEASURING})(?: (?:i år|(?:för|från|från och med|sedan) {_YEAR}|{_WHEN}))?",
        rf"{_THE_MEASURE} är ny(?:tt)?(?: (?:i år|för året|(?:för|från|från och med|sedan) {_YEAR}|{_WHEN}))?",
    ),
    "utfall kommer senare": (
        rf"(?:{_FIGURE} )?(?:kommer|publiceras|redovisas|presenteras|rapporteras|levereras|väntas) (?:senare|{_WHEN})",
        rf"redovisas {_NOT} förrän {_WHEN}|(?:{_FIGURE} )?(?:är )?{_NOT}(?: ännu| än)? klar[at]?(?: ännu| än)?",
        rf"(?:inväntar|väntar på) {_FIGURE}",
    ),
    "ej jämförbart": (
        rf"{_NOT} jämförbar[at]?(?: över tid| med (?:tidigare|föregående) år)?|kan {_NOT} jämföras(?: över tid)?",
    ),
    "ej tillämpligt": (rf"(?:är )?{_NOT} (?:tillämplig|aktuell|relevant)[at]?",),
    "utgått": (
        rf"(?:{_THE_MEASURE} )?(?:(?:har|är) )?(?:utgått|utgånget|utgången|upphört|borttaget|borttagen)(?: {_WHEN})?",
        rf"(?:{_THE_MEASURE} )?utgår(?: {_WHEN})?",
        rf"(?:{_THE_MEASURE} )?(?:(?:har|är) )?(?:ersatts|ersatt|ersätts) (?:av|med) {_NAME}",
    ),
    "uppgift saknas": (
        rf"(?:{_FIGURE} )?saknas|saknar {_FIGURE}|(?:ingen|inga|inget) (?:uppgift|uppgifter|data|utfall|underlag)(?: finns)?",
        r"#?n/a|n\.a|#saknas!?",
    ),
    UNCERTAIN: (
        rf"\.\.|(?:uppgift(?:en)? )?(?:är )?{_NOT} tillgänglig[at]?(?: eller för osäkert?)?|för osäkert?(?: uppgift| värde)?",
    ),
    PROTECTED: (
        r"(?:uppgift(?:en)? är )?skydda(?:d|de|t)(?: (?:av )?sekretess)?(?: (?:uppgift|uppgifter|tal|värde))?",
        r"(?:uppgift(?:en)? är )?sekretess(?:belagd|belagda|belagt|skyddad|skyddade|skyddat|skäl|uppgift)?",
        rf"sekretessbelag(?:d|da) uppgift(?:er)?|omfattas av sekretess|{_BECAUSE} {_SECRECY}",
        rf"(?:{_FIGURE} )?(?:kan |får )?(?:{_NOT} )?{_TOLD}(?: {_NOT})? {_BECAUSE} {_SECRECY}|för få {_PEOPLE}",
        r"risk för (?:röjande|identifiering)|röjanderisk|kan röja (?:en )?enskilda?|maskera[dt]|prickad",
    ),
}
_SMALL = rf"(?:[<≤] ?|<= ?|(?:färre|mindre|lägre) än |under |[01] ?(?:[–-]|till) ?){_FEW}(?: {_PEOPLE})?"
"""How a small count of people is said without saying it."""

SAKNAS_ORSAKER = {reason: re.compile("|".join((re.escape(reason), *phrases))) for reason, phrases in _PHRASES.items()}
"""Why a value is missing, as written in a report, and the phrases by which people say it."""

BESIDE_A_NUMBER = ("ny indikator", "ej jämförbart", "utgått")
"""Reasons that may stand beside a number."""
GUARDED = (PROTECTED, UNCERTAIN, "för få svar")
"""Reasons for which a number is withheld that other numbers may give away."""
MOST_READ = 200
"""A longer text is neither a value nor a reason, and the patterns would take their time over it."""
_BETWEEN = re.compile(
    r"\s*(?:[;:()]|,(?!\d)|\.\s| [–-] | och (?=(?:ersatt|ersätts|nästa|mäts|redovisas|kommer|för)\b))\s*"
)
_UNTOLD = re.compile(rf"(?:{_FIGURE} )?{_TOLD} {_NOT}")
_MAY_PROTECT = re.compile(r"[<≤]|sekretess|skydda|röja|maskera|integritet|för få|färre än|mindre än|enstaka|fåtal")


def untagged(text: str) -> str:
    """The text without the tags of HTML, each of which ends a line."""
    return re.sub(r"</?[a-z]+>", "\n", text).strip("\n")


def plain_text(text: str) -> str:
    """The text without tags, with single ordinary spaces."""
    return " ".join(untagged(text).split())


def reason_for_missing(text: str, mattenhet: str = "") -> str | None:
    """The key of SAKNAS_ORSAKER that `text` is a way of saying, or None. Of several reasons, and nothing else, the first; but what protects
    wins. mattenhet: in what the missing value is counted; only where that is antal is «<5» a count of people."""
    found = _reasons(text, mattenhet)
    if not found or None in found:
        return None
    return PROTECTED if PROTECTED in found else found[0]


def has_reason(text: str, mattenhet: str = "") -> bool:
    """Whether a part of the text, but not all of it, is a reason why a value is missing; mattenhet as in reason_for_missing."""
    found = _reasons(text, mattenhet)
    return any(found) and None in found


def may_protect(text: str) -> bool:
    """Whether the text seems to be about a number that mustn't be told, however that is put."""
    return bool(_MAY_PROTECT.search(text[:MOST_READ].lower()))


def _reasons(text: str, mattenhet: str) -> list[str | None]:
    """The reason in each part of a text, None for a part that is none; that nothing is told is no reason, nor anything else."""
    clean = plain_text(text[: 2 * MOST_READ]).lower()
    if not clean or len(clean) > MOST_READ:
        return []
    whole = clean if clean == ".." else clean.rstrip(".!")
    if reason := _of_phrase(whole, mattenhet):
        return [reason]
    return [_of_phrase(part, mattenhet) for part in _BETWEEN.split(whole) if part and not _UNTOLD.fullmatch(part)]


def _of_phrase(part: str, mattenhet: str) -> str | None:
    if mattenhet == "antal" and re.fullmatch(_SMALL, part):
        return PROTECTED
    return next((reason for reason, phrases in SAKNAS_ORSAKER.items() if phrases.fullmatch(part)), None)
