"""Why a figure is missing: the reasons that are printed, and the whole phrases by which people say them.

A phrase is known from its first letter to its last. What may vary in it (a year, a month, a name) is said as such, and nothing else
may: «redovisas i bilaga 2» is no way to say that a figure comes later.
"""

import re

from reporting.swedish import MONTHS, NUMBER_WORDS
from reporting.units import Unit

PROTECTED, UNCERTAIN = "skyddad uppgift", "inte tillgänglig eller för osäker"

_NOT = "(?:ej|inte|icke)"
_YEAR = r"20\d\d"
_MONTH = f"(?:{'|'.join(MONTHS)}|jan|feb|mar|apr|jun|jul|aug|sept?|okt|nov|dec)"
_PART = (
    rf"(?:(?:(?:början|mitten|slutet) av )?(?:\d\d? )?{_MONTH}|kvartal ?[1-4]|q[1-4]|(?:första|andra|tredje|fjärde) kvartalet"
    r"|tertial ?[1-3]|(?:vecka|v\.?) ?\d\d?|vår(?:en)?|sommar(?:en)?|höst(?:en)?|vinter(?:n)?"
    r"|[vh]t|(?:vår|höst)terminen|årsskiftet|årets slut|slutet av året)"
)
_WHEN = (
    r"(?:(?:först|tidigast|senast|igen|bara|endast) )?(?:(?:i|på|under|per|efter|vid|till|den) )?"
    rf"(?:{_PART}(?: {_YEAR})?|(?:år )?{_YEAR}(?:-\d\d){{0,2}}|hel(?:år(?:et)?|åren)"
    r"|delår(?:et|sbokslutet|srapporten|suppföljningen)?|(?:års)?bokslut(?:et)?|års(?:redovisningen|rapporten|uppföljningen)"
    r"|nästa (?:år|vår|höst|termin|kvartal|månad|tertial|period|mätning|(?:delår|års)?(?:rapport|uppföljning)|delår))"
)
"""A time, however it is named."""
_THIS_YEAR = rf"(?:i år|under året|för perioden|för året|(?:för )?{_WHEN})"
_SELDOM = r"(?:bara |endast )?(?:vart ?annat år|vart? (?:tredje|fjärde|femte|[2-5]:e) år|(?:jämna|udda|ojämna) år)"
_YEARLY = rf"(?:en gång|1 gång) ?(?:om|per|/) ?år(?:et)?,?(?: {_WHEN})?"
_MEASURING = r"(?:mätning|enkät|undersökning|uppföljning)"
_MEASURE = r"(?:indikator|mätetal|mått|nyckeltal)"
_THE_MEASURE = rf"(?:{_MEASURING}en|indikatorn|måttet|mätetalet|nyckeltalet)"
_FIGURE = r"(?:utfall(?:et)?|resultat(?:et|en)?|värdet?|statistik(?:en)?|uppgift(?:en|er|erna)?|underlag(?:et)?|data|siffror(?:na)?)"
_IS_DONE = r"(?:genomförs|görs|sker)"
_DONE = r"(?:genomförd|genomför(?:des|ts)|gjord|gjor(?:des|ts)|utförd|utför(?:des|ts))"
_COMES = (
    r"(?:kommer|inkommer|finns|publiceras|redovisas|presenteras|rapporteras|levereras|kompletteras|väntas|följs upp)"
)
_WORD = r"[^\W\d][\w/-]*"
_SOURCE = "(?:kolada|scb|brå|skr|skolverket|socialstyrelsen|region(?:en)?)"
_NAME = rf"{_WORD}(?: {_WORD}){{0,11}}"
_PEOPLE = (
    "(?:personer|individer|barn|elever|brukare|klienter|kvinnor|män|flickor|pojkar|ungdomar|medarbetare|anställda"
    "|deltagare|stycken|st)"
)
_TOO_FEW = (
    r"(?:för få (?:(?:enkät)?svar(?:ande|anden)?|respondenter|underlag|ärenden|observationer)|för låg svars(?:frekvens|andel)"
    r"|för (?:litet|lågt|tunt) (?:svars)?underlag|för lågt antal svar(?:ande)?)"
)
_SECRECY = (
    r"(?:sekretess?(?:skäl|reglerna|lagen)?|statistiksekretess|integritetsskäl|gdpr|skyddade personuppgifter|röjande ?risk"
    rf"|(?:att det är )?(?:för )?få {_PEOPLE})"
)
_TOLD = "(?:redovisas|visas|anges|publiceras|lämnas ut|saknas)"
_UNTOLD_BECAUSE = (
    rf"(?:(?:{_FIGURE} )?(?:kan |får )?(?:{_NOT} )?{_TOLD}(?: {_NOT})? )?"
    r"(?:på grund av|p\.? ?g\.? ?a\.?|av|med hänsyn till|enligt)"
)
_FEW = "(?:[2-9]|10|" + "|".join(word for word, count in NUMBER_WORDS.items() if 2 <= count <= 10) + ")"

_PHRASES: dict[str, tuple[str, ...]] = {
    "ej mätt ännu": (
        rf"(?:(?:har|är) )?(?:ännu )?{_NOT}(?: ännu| än)? (?:upp)?mätts?(?: ännu| än)?",
        rf"{_MEASURING}(?:en)?(?: är| har)? {_NOT}(?: är| har)? {_DONE}(?: ännu| än)?",
        rf"{_MEASURING}en {_DONE} {_NOT}|ingen {_MEASURING}(?: är| har)?(?: {_DONE})?(?: ännu| än)?",
        rf"kan {_NOT} (?:mätas|bedömas|mätas/bedömas|mätas eller bedömas)(?: ännu| än)?|går {_NOT} att mäta(?: ännu| än)?",
        rf"(?:är )?{_NOT} (?:mätbart?|uppföljt|uppföljd)(?: ännu| än)?|{_MEASURING}(?:en)? pågår",
        rf"mäts (?:senare|{_YEARLY}|{_WHEN})|{_MEASURING}(?:en)? {_IS_DONE} (?:senare|{_YEARLY}|{_WHEN})",
    ),
    "mäts inte i år": (
        rf"(?:mäts|mättes) {_NOT}(?: {_THIS_YEAR})?|(?:har )?{_NOT} (?:upp)?mätts? {_THIS_YEAR}",
        rf"{_MEASURING}en (?:{_IS_DONE}|{_DONE}) {_NOT} {_THIS_YEAR}",
        rf"ingen {_MEASURING}(?: (?:{_DONE}|{_IS_DONE}))? {_THIS_YEAR}",
        rf"(?:mäts|(?:{_MEASURING}(?:en)? )?{_IS_DONE}) {_SELDOM}",
        rf"mäts (?:från|från och med|fr\.?o\.?m\.?) (?:år )?{_YEAR}|{_MEASURING}en (?:ställdes in|blev inställd|är inställd)",
        rf"nästa (?:gång|{_MEASURING}):?(?: (?:är|blir|{_IS_DONE}))? {_WHEN}",
    ),
    "för få svar": (
        rf"{_TOO_FEW}|{_UNTOLD_BECAUSE} {_TOO_FEW}",
        rf"(?:färre|mindre) än {_FEW} (?:enkät)?(?:svar(?:ande|anden)?|respondenter)",
        r"svars(?:frekvensen|andelen) (?:(?:är|var) )?för låg|otillräckligt underlag",
    ),
    "ny indikator": (
        rf"ny(?:tt)? (?:nationellt? )?(?:{_MEASURE}|{_MEASURING})(?: (?:i år|(?:för|från|från och med|sedan) {_YEAR}|{_WHEN}))?",
        rf"{_THE_MEASURE} är ny(?:tt)?(?: (?:i år|för året|(?:för|från|från och med|sedan) {_YEAR}|{_WHEN}))?",
    ),
    "utfall kommer senare": (
        rf"(?:{_FIGURE} )?{_COMES} (?:(?:i|av|från) {_SOURCE} )?(?:senare|{_WHEN})|redovisas {_NOT} förrän {_WHEN}",
        rf"(?:{_FIGURE} )?(?:har )?{_NOT}(?: ännu| än)? inkommit(?: ännu| än)?",
        rf"(?:{_FIGURE} )?(?:är )?(?:ännu )?{_NOT}(?: ännu| än)? (?:klar[at]?|färdig[at]?|publicera[dt])(?: ännu| än)?",
        rf"(?:inväntar|väntar på) {_FIGURE}(?: från {_SOURCE})?",
    ),
    "ej jämförbart": (
        rf"{_NOT} jämförbar[at]?(?: över tid| med (?:(?:tidigare|föregående) år|{_YEAR}))?|kan {_NOT} jämföras(?: över tid)?",
    ),
    "ej tillämpligt": (rf"(?:är )?{_NOT} (?:tillämplig|aktuell|relevant|applicerbar)[at]?(?: {_THIS_YEAR})?",),
    "utgått": (
        rf"(?:{_THE_MEASURE} )?(?:(?:har|är) )?(?:utgått|utgånget|utgången|upphört|borttaget|borttagen)(?: {_WHEN})?",
        rf"(?:{_THE_MEASURE} )?utgår(?: {_WHEN})?",
        rf"(?:{_THE_MEASURE} )?(?:(?:har|är) )?(?:ersatts|ersatt|ersätts) (?:av|med) {_NAME}(?: {_WHEN})?",
    ),
    "uppgift saknas": (
        rf"(?:{_FIGURE} )?saknas(?: {_THIS_YEAR})?|saknar {_FIGURE}",
        r"(?:ingen|inga|inget) (?:uppgift|uppgifter|data|utfall|underlag|värde)(?: finns)?(?: ännu| än)?",
        rf"kan {_NOT} tas fram|#?n/a|n\.a|#saknas!?",
    ),
    UNCERTAIN: (
        rf"\.\.|(?:{_FIGURE} )?(?:är )?{_NOT} tillgänglig[at]?(?: eller för osäkert?)?|för osäkert?(?: uppgift| värde)?",
    ),
    PROTECTED: (
        r"(?:uppgift(?:en)? är )?skydda(?:d|de|t)(?: (?:av )?sekretess)?(?: (?:uppgift|uppgifter|tal|värde))?",
        rf"sekretess,? {_UNTOLD_BECAUSE} {_SECRECY}",
        r"(?:uppgift(?:en)? är )?sekretess?(?:belagd|belagda|belagt|skyddad|skyddade|skyddat|skäl|uppgift)?",
        r"sekretessbelag(?:d|da) uppgift(?:er)?|(?:omfattas av )?sekretess(?: enligt (?:osl|offentlighets- och sekretesslagen))?",
        rf"{_UNTOLD_BECAUSE} {_SECRECY}|för få {_PEOPLE}|risk för (?:röjande|identifiering)|röjanderisk",
        r"kan röja (?:en )?enskilda?|maskera[dt]|prickad",
    ),
}
_SMALL = (
    rf"(?:(?:[<≤] ?|<= ?|(?:färre|mindre|lägre) än ){_FEW}|(?:under |[01] ?(?:[–-]|till) ?)(?:[3-5]|tre|fyra|fem)"
    rf"|{_FEW} eller (?:färre|mindre))"
)
"""How a small count of people is said without saying it; a wider interval, as 0–10, may be a count that nobody has made."""

SAKNAS_ORSAKER = {reason: re.compile("|".join((re.escape(reason), *phrases))) for reason, phrases in _PHRASES.items()}
"""Why a value is missing, as written in a report, and the phrases by which people say it."""

BESIDE_A_NUMBER = ("ny indikator", "ej jämförbart", "utgått")
"""Reasons that may stand beside a number."""
GUARDED = (PROTECTED, UNCERTAIN, "för få svar")
"""Reasons for which a number is withheld that other numbers may give away."""
MOST_READ = 200
"""A longer text is neither a value nor a reason, and the patterns would take their time over it."""
MOST_PARTS = 4
"""More reasons than so after each other are none."""
_BETWEEN = re.compile(
    r"\s*(?:[;:()]|,(?!\d)|\.\s| [–-] | och (?=(?:ersatts?|ersätts|nästa|mäts|redovisas|kommer|för)\b))\s*"
)
_UNTOLD = re.compile(rf"(?:{_FIGURE} )?{_TOLD} {_NOT}")
_COUNT = rf"(?:\d|{'|'.join(NUMBER_WORDS)})"
_MAY_PROTECT = re.compile(
    rf"[<≤]|sekretes|skydda(?:d|de|t)\b(?! (?:boende|arbete|natur|område|miljö))|skydda enskild|röja|maskera|integritet|för få"
    rf"|(?:färre|mindre) än {_COUNT}|(?:enstaka|fåtal) {_PEOPLE}|^(?:under |[01] ?(?:[–-]|till) ?)\d\d?$"
)


def untagged(text: str) -> str:
    """The text without the tags of HTML, each of which ends a line."""
    return re.sub(r"</?[a-z]+>", "\n", text).strip("\n")


def plain_text(text: str) -> str:
    """The text without tags, with single ordinary spaces."""
    return " ".join(untagged(text).split())


def reason_for_missing(text: str, mattenhet: Unit | None = None) -> str | None:
    """The key of SAKNAS_ORSAKER that `text` is a way of saying, or None. Of several reasons, and nothing else, the first; but what protects
    wins. mattenhet: in what the missing value is counted; only where that is a count is «<5» a count of people."""
    found = _reasons(text, mattenhet)
    if not found or None in found:
        return None
    return PROTECTED if PROTECTED in found else found[0]


def has_reason(text: str, mattenhet: Unit | None = None) -> bool:
    """Whether a part of the text, but not all of it, is a reason why a value is missing; mattenhet as in reason_for_missing."""
    found = _reasons(text, mattenhet)
    return any(found) and None in found


def may_protect(text: str) -> bool:
    """Whether the text seems to be about a number that mustn't be told, however that is put."""
    return bool(_MAY_PROTECT.search(text[:MOST_READ].lower()))


def _reasons(text: str, mattenhet: Unit | None) -> list[str | None]:
    """The reason in each part of a text, None for a part that is none; that nothing is told is no reason, nor anything else."""
    clean = plain_text(text[: 2 * MOST_READ]).lower()
    if not clean or len(clean) > MOST_READ:
        return []
    whole = clean if clean == ".." else clean.rstrip(".!")
    if reason := _of_phrase(whole, mattenhet):
        return [reason]
    parts = [part for part in _BETWEEN.split(whole, maxsplit=MOST_PARTS) if part and not _UNTOLD.fullmatch(part)]
    return [_of_phrase(part, mattenhet) for part in parts]


def _of_phrase(part: str, mattenhet: Unit | None) -> str | None:
    if mattenhet and mattenhet.kind == "antal":
        counted = "|".join((_PEOPLE, *map(re.escape, mattenhet.spellings)))
        if re.fullmatch(rf"{_SMALL}(?: (?:{counted}))?", part):
            return PROTECTED
    return next((reason for reason, phrases in SAKNAS_ORSAKER.items() if phrases.fullmatch(part)), None)
