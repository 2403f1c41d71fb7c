"""What differs from what is published, told in words; and a text with what was taken away and put in."""

import re
from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from conftest import Sajt
from reporting.assess.resultat import Status
from reporting.periods import Period
from reporting.site.changes import changes_page, marked, report_differences, summed_up
from reporting.site.facts import Malfakta, Matetalsfakta, Namndfakta
from reporting.site.facts_files import as_json, from_json
from table_text import rows

pytestmark = pytest.mark.whole

KEY = ("2025-08", "socialnamnden")


def published(sajt: Sajt) -> Namndfakta:
    return next(item for item in sajt.fakta[Period.parse("2025-08")] if item.namnd == "socialnamnden")


def with_matetal(fakta: Namndfakta, matetal: str, **changed: object) -> Namndfakta:
    items = [item.model_copy(update=changed) if item.id == matetal else item for item in fakta.matetal]
    return fakta.model_copy(update={"matetal": tuple(items)})


def with_value(item: Matetalsfakta, value: Decimal | None, text: str = "") -> dict[str, object]:
    total, *parts = item.varden
    return {"varden": (total.model_copy(update={"varde": value, "text": text}), *parts)}


def with_goal(fakta: Namndfakta, mal: str, **changed: object) -> Namndfakta:
    items = [item.model_copy(update=changed) if item.id == mal else item for item in fakta.mal]
    return fakta.model_copy(update={"mal": tuple(items)})


def told(before: Namndfakta, now: Namndfakta) -> list[str]:
    return [
        str(item).replace("\u00a0", " ")
        for report in report_differences({KEY: before}, {KEY: now})
        for item in report.andringar
    ]


def goal(fakta: Namndfakta, mal: str) -> Malfakta:
    return next(item for item in fakta.mal if item.id == mal)


def test_nothing_is_told_where_nothing_differs(webbplats_exempelkommun: Sajt) -> None:
    fakta = published(webbplats_exempelkommun)
    assert report_differences({KEY: fakta}, {KEY: fakta}) == []
    again = from_json(as_json(fakta))
    assert again is not None
    assert report_differences({KEY: again}, {KEY: fakta}) == []


def test_values_status_and_targets(webbplats_exempelkommun: Sajt) -> None:
    fakta = published(webbplats_exempelkommun)
    item = next(item for item in fakta.matetal if item.id == "vantetid-sabo")
    now = with_matetal(
        fakta,
        item.id,
        **with_value(item, Decimal(71)),
        status=Status.EJ_UPPNATT,
        malvarde="inom 55 dagar",
        trend="försämrad",
    )
    assert told(fakta, now) == [
        "Mätetalet Väntetid till särskilt boende: utfallet ändras från 58 dagar till 71 dagar",
        "Mätetalet Väntetid till särskilt boende: målvärdet ändras från inom 60 dagar till inom 55 dagar",
        "Mätetalet Väntetid till särskilt boende: statusen ändras från uppnått till ej uppnått",
        "Mätetalet Väntetid till särskilt boende: utvecklingen ändras från förbättrad till försämrad",
    ]
    gone = with_matetal(fakta, item.id, **with_value(item, None, "För få svar"))
    assert told(fakta, gone) == [
        "Mätetalet Väntetid till särskilt boende: utfallet ändras från 58 dagar till För få svar"
    ]
    without = with_matetal(fakta, item.id, varden=())
    assert told(fakta, without)[0] == "Mätetalet Väntetid till särskilt boende: utfallet tas bort (var 58 dagar)"


def test_bedomning_and_texts(webbplats_exempelkommun: Sajt) -> None:
    fakta = published(webbplats_exempelkommun)
    was = goal(fakta, "trygg-alderdom")
    texts = tuple((heading, words.replace("58 dagar", "71 dagar")) for heading, words in was.texter)
    now = with_goal(fakta, was.id, bedomning=fakta.skala[1], texter=texts)
    assert told(fakta, now) == [
        "Målet Trygg ålderdom: bedömningen ändras från Uppnått till Delvis uppnått",
        "Målet Trygg ålderdom: texten Kommentar är ändrad",
    ]
    report = report_differences({KEY: fakta}, {KEY: now})
    page = changes_page("Exempelkommun", report, "Jämfört med publicering 7.", "Sidor: 2 ändrade; 341 som förut.")
    assert '<del><span class="dold">borttaget: </span>58</del>' in page
    assert '<ins><span class="dold">tillagt: </span>71</ins>' in page
    assert summed_up(report) == ["Socialnämnden, Delårsuppföljning augusti 2025: två ändringar"]


def test_what_comes_and_goes(webbplats_exempelkommun: Sajt) -> None:
    fakta = published(webbplats_exempelkommun)
    fewer = fakta.model_copy(update={"matetal": fakta.matetal[1:], "mal": fakta.mal[:-1]})
    assert told(fakta, fewer) == [
        "Målet God arbetsplats och ekonomi: målet tas bort (var Medarbetare ska vilja och orka arbeta hos oss, inom den budget vi har)",
        "Mätetalet Trygga på särskilt boende: mätetalet tas bort (var Andel äldre som känner sig trygga på sitt särskilda boende)",
    ]
    assert told(fewer, fakta)[0].endswith("(fanns inte)")
    (new,) = report_differences({}, {KEY: fakta})
    (gone,) = report_differences({KEY: fakta}, {})
    assert ((new.ny, new.borttagen), (gone.ny, gone.borttagen)) == ((True, False), (False, True))
    assert summed_up([new, gone]) == [
        "Socialnämnden, Delårsuppföljning augusti 2025: ny rapport",
        "Socialnämnden, Delårsuppföljning augusti 2025: tas bort",
    ]


# before | now | as it is shown
TEXTS = """
Platserna räckte.        | Platserna räckte inte.          | Platserna [-räckte.-] [+räckte inte.+]
en två tre               | en tre                          | en [-två-] tre
                         | Nytt.                           | [+Nytt.+]
Gammalt.                 |                                 | [-Gammalt.-]
"""


def plain(html: str) -> str:
    text = re.sub(r'<span class="dold">[^<]*</span>', "", html)
    for tag, sign in (("del", "-"), ("ins", "+")):
        text = text.replace(f"<{tag}>", f"[{sign}").replace(f"</{tag}>", f"{sign}]")
    return text


def test_a_text_shows_what_was_taken_away_and_put_in() -> None:
    for before, now, shown in rows(TEXTS):
        assert plain(marked(before, now)) == shown


def test_of_a_long_text_only_what_lies_around_is_shown() -> None:
    many = " ".join(f"ord{number}" for number in range(40))
    shown = plain(marked(f"{many} slut {many}", f"{many} början {many}"))
    assert shown == (
        "… ord32 ord33 ord34 ord35 ord36 ord37 ord38 ord39 [-slut-] [+början+] ord0 ord1 ord2 ord3 ord4 ord5 ord6 ord7 …"
    )


words = st.lists(st.sampled_from(["en", "två", "tre", "fyra"]), max_size=7).map(" ".join)


@given(before=words, now=words)
def test_without_what_was_put_in_it_is_the_old_text_and_the_other_way_round(before: str, now: str) -> None:
    assume(before != now)
    shown = re.sub(r'<span class="dold">[^<]*</span>', "", marked(before, now))

    def left(taken: str) -> list[str]:
        return re.sub(r"<[^>]+>", " ", re.sub(rf"<{taken}>.*?</{taken}>", " ", shown)).split()

    assert (left("ins"), left("del")) == (before.split(), now.split())
