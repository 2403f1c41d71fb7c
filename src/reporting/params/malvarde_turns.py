"""The words of a målvärde that no rule needs: which may be passed over, and which may change what is said."""

import re

from reporting.swedish import MONTHS, NUMBER_WORDS

LEVEL = r"\b(minst|lägst|åtminstone|högst|maximalt|max)\b"

NO_NOUN = (
    "i|på|av|för|under|vid|inom|hos|bland|per|och|ska|skall|bör|som|till|från|med|mot|sedan|efter|enligt|om|totalt"
    r"|sammanlagt|år|senast|före|innan|gäller|jämfört|öka|minska|årligen|varje|avvik\w*|helst|eller|fram"
)
"""What may follow a figure and isn't what is counted."""

_COMPARED = r"""
    rike\w* | sverige\w* | nationell\w* | län(?:et|en)\w* | kommungrupp\w* | median\w* | medeltal\w* | genomsnittlig\w*
    | (?:andra|jämförbara|liknande|övriga|likvärdiga)\ \w*kommuner\w* | \w*kvartil\w* | percentil\w*
    | (?<!i\ )(?:genom)?snitt\w* | i\ (?:genom)?snitt\ (?:med|för|bland)
    | föregående | förra | fjol\w* | tidigare | nuvarande | dagens | nuläge\w*
    | än | lika | samma | bättre | sämre | bäst\w* | sämst\w* | främst\w* | jämför\w* | förhållande | relativt
"""
"""What a målvärde is compared with, and the plan doesn't hold."""

_TURNS = r"""
    # says no, or not all
    (?<!som\ )(?:inte|ej) | icke | aldrig | ingen | inga | inget | varken | utom | förutom | undantag\w* | delvis
    # moves, or has a sign of its own
    | ned | ner | reducer\w* | utöka\w* | krymp\w* | växa | växer | tappa\w* | förlust\w* | tiotal\w*
    # says another thing in an aside
    | minus | plus | öka[rs]? | minska[rs]? | minst | lägst | åtminstone | högst | maximalt | max
    # about, or rather
    | ca | cirka | ungefär | omkring | runt | närmare | drygt | knappt | nästan | upp(?:emot|åt)? | nedåt | däröver
    | kanske | möjlig\w* | eventuell\w* | trolig\w* | sannolik\w* | hopp\w* | förhopp\w* | uppskatt\w* | preliminär\w* | för(?:e)?sl[aå]g\w*
    | beroende | förutsatt\w* | ifall | såvida | \w*siktig\w* | önsk\w* | vill | vilja | planera\w* | försök\w* | inrikt\w*
    | helst | gärna | sträva\w* | sikt | om\ möjligt
    | negativ\w* | positiv\w* | \w*underskott\w*
    # one or the other
    | eller | respektive | alternativt | antingen | varav | samt
    # figures in words, and more or less of something
    | hälften | halv\w* | (?:tredje|fjärde|femte|tion)del\w* | dubb(?:el|l)\w* | par | dussin\w* | gånger\ så | promille
    | \w*(?:tusen|miljon|miljard|tjugo|trettio|fyrtio|femtio|sextio|sjuttio|åttio|nittio|hundra)\w* | (?:sex|sjut|ar|nit)ton
    | milj | mdr | md | mn | [khtm]
    | mer | mera | mindre | (?:läg|hög|stör|kort|läng|snabb|billig|dyr)(?:re|are) | äldre | yngre | förbättra | över(?!\ tid)
    | med\ (?:en|ett) | flera | många | några | flest\w*
    # about a mål, and no målvärde itself
    | mål | målet\w* | målen\w* | målvärde\w* | målnivå\w* | måluppfyll\w* | uppnå(?:tts?|dd|dda) | utfall\w* | prognos\w*
    # a time that isn't read
    | senast | (?<!årets\ )slut(?:et)? | planperiod\w* | utgång(?:en)? | mandatperiod\w*
    | före | innan | varannan | vartannat | halvår\w* | kvartal\w* | tertial\w* | delår\w*
    | per\ (?:dag|dygn|vecka|månad|kvartal|termin|timme)
    | \w*våren | \w*hösten | höst | vt | ht
    # each of them, where it doesn't say of what
    | (?<!av\ )(?<!inom\ )(?<!i\ )(?<!på\ )(?<!för\ )(?<!hos\ )(?<!vid\ )(?:alla|samtliga|varje)
"""

_HEAD = r"""
    minst | lägst | åtminstone | högst | maximalt | max | (?:19|20)\d\d | \d+\s*procent
    | ingen | inga | inget | varken | fler | färre | öka | ökar | ökningen | minska | minskar | minskningen
    | mellan | \w*avvik\w* | hälften | flertalet | flesta | alla | samtliga | varje
"""

_PLAIN = r"""
    ska | skall | bör | får | kan | vara | bli | ha | till | uppgå | ligga | på | nå | uppnå | motsvara | om | av | och | en | ett
"""


def _words(*alternatives: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{' | '.join(alternatives)})\b", re.IGNORECASE | re.VERBOSE)


_COMPARES, _MAY_TURN, _IN_HEAD = _words(_COMPARED), _words(_COMPARED, _TURNS, *MONTHS), _words(_COMPARED, _HEAD)
_NOTHING_SAID = _words(_PLAIN)
_COUNTED = "|".join(word for word in NUMBER_WORDS if word not in ("en", "ett"))
_HOW_FAR = re.compile(
    r"\b(?:ök|minsk|stig|sjunk|höj|sänk)\w* (?:med|till|mot|gentemot|i takt|helt|i (?:de|vissa|några|flera))(?!\w)"
    rf"(?! (?:(?:minst|högst|under|över|plats|index) )?(?:[+\-–−]?\d|(?:{_COUNTED})(?!\w)))",
    re.IGNORECASE,
)


def compares(text: str) -> bool:
    """Whether a text compares with something that the plan doesn't hold: "över rikets snitt"."""
    return _COMPARES.search(text) is not None


def is_open_share(share: str) -> bool:
    """Whether a share can't be read from one year's outcome: the words for what it is a share of compare with something the plan doesn't
    hold, cover several years or are a number: "två av tre"."""
    several = rf"\b(?:över|\w*perioden)\b|^(?:av )?(?:de |varje |alla |samtliga |\w*a )?(?:{_COUNTED})\b"
    return compares(share) or re.search(several, share, re.IGNORECASE) is not None


def turns(words: str) -> bool:
    """Whether words that the reading doesn't need may change what is said: "ca", "eller", "inte", "för hälften"."""
    return _MAY_TURN.search(words) is not None or re.search(r"(?:^| … )om \w", words) is not None


def says_how_far(text: str) -> bool:
    """Whether a direction goes on with how much, to what or where, in words: "minska med hälften", "öka till full täckning"."""
    return _HOW_FAR.search(text) is not None


def belongs_to_target(head: str) -> bool:
    """Whether what stands before "ska" says something of the target, and isn't only what is measured."""
    return (
        _IN_HEAD.search(head) is not None
        or re.search(rf"\d\s*%|^(?:\d|(?:{'|'.join(NUMBER_WORDS)})\b)|\bav (?:\d|(?:{_COUNTED})\b)", head, re.I)
        is not None
    )


def says_more(words: str) -> bool:
    """Whether words say anything beyond what is read: "av skatteintäkterna" does, "ska vara" doesn't."""
    return re.search(r"[^\W\d_]", _NOTHING_SAID.sub("", words)) is not None


def asked_of_years(text: str) -> str:
    """What to write instead, for a text with a year that may be an amount ("fler än 2023") or that is compared with; "" for any other
    text."""
    compared = r"\b(än|över|^under) 20[1-4]\d([,;]|$)|(?<!\bav )(?<!\bfrån )(?<!\bmed )(?<!\bsedan )(?<!\bmot )\b(19|20)\d\d års\b"
    if re.search(compared, text):
        return "ett tal, till exempel «minst 2 100», eller «ska öka jämfört med 2021»"
    if moved := re.search(r"^\D*\b(öka|minska)s? till (20[1-4]\d)$", text, re.IGNORECASE):
        way, year = moved[1].lower(), moved[2]
        return f"tal eller årtal: «ska {way} till {year[0]} {year[1:]}», eller «ska {way}, senast {year}»"
    if re.search(r"\bfrån (19|20)\d\d till 20[1-4]\d\b", text) and not re.search(r"\bmed\b", text):
        return "tal eller årtal: «från 2 024 till 2 026», eller «ska öka, senast 2026, från 2024»"
    return ""
