"""Sentences made of figures, and people's own text in its place."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from reporting.assess.resultat import Malresultat, Matetalsresultat, Namndresultat, Prognos, Status, Trend, Utsikt
from reporting.html import Html, Piece, description_list, joined
from reporting.params.kommun import Kommun
from reporting.params.malvarde import Target
from reporting.params.malvarde_words import without_long_unit
from reporting.params.plan import Matetal, Namndsmal
from reporting.periods import Period
from reporting.show import marks
from reporting.show.measurement import between_years
from reporting.show.table import MISSING_MARK, Content, noted
from reporting.swedish import MONTHS, PrintedNumber, count_word, enumeration, number, sentence_case
from reporting.texts.markdown import to_html
from reporting.texts.read import DELAR
from reporting.units import PLATS, amount, compact, says_unit


def short_period(period: Period) -> str:
    """ "dec 2024", for a column heading."""
    return f"{MONTHS[period.month - 1][:3]}\u00a0{period.year}"


def followup_name(period: Period) -> str:
    """ "delårsuppföljningen augusti 2024", in running text."""
    return f"delårsuppföljningen {period.name}" if period.is_delar else f"årsuppföljningen {period.year}"


def target_words(result: Matetalsresultat) -> str:
    """The målvärde as it is compared: "minst 90 %"; "" where there is none."""
    if result.target.operator == "none":
        return ""
    return without_long_unit(result.target, result.matetal.mattenhet)


def told_target(item: Matetal, target: Target, words: str, year: int) -> Content:
    """A målvärde as a table tells it: in the plan's own words where the plan says how they are to be read; else as it was read, with
    the plan's words beside it where some of them weren't needed."""
    planned = item.malvarde_for(year)
    if planned and item.lases_for(year):
        return planned
    return noted(words or MISSING_MARK, f"i planen: {planned}" if target.ord else "")


def foreseen_parts(result: Matetalsresultat, prognos: Prognos) -> tuple[PrintedNumber, str]:
    """("257", "(240–262)"): the forecast, and its interval, "" where it has none."""
    decimaler = prognos.decimaler
    shown = compact(prognos.varde, result.matetal.mattenhet, decimaler)
    if prognos.lag is None or prognos.hog is None:
        return shown, ""
    low, high = number(prognos.lag, decimaler), number(prognos.hog, decimaler)
    between = " till " if prognos.lag < 0 else "–"
    return shown, f"({low}{between}{high})" if low != high else ""


def foreseen(result: Matetalsresultat) -> str:
    """ "257", or with its interval "257 (240–262)"; needs a forecast."""
    if result.prognos is None:
        raise ValueError(f"{result.matetal.id} har ingen prognos")
    return " ".join(filter(None, foreseen_parts(result, result.prognos)))


def from_to(result: Matetalsresultat) -> str:
    """ "från 82 till 58 %", for a register that lags with its years: "från 82 till 58 % mellan 2023 och 2024"; needs both outcomes."""
    now, before = result.varde, result.tidigare_varde
    if now is None or before is None:
        raise ValueError(f"{result.matetal.id} har inte två utfall")
    unit, decimaler = result.matetal.mattenhet, result.decimaler
    shown = amount(before, unit, decimaler) if unit == PLATS else number(before, decimaler)
    named = says_unit(result.matetal.kortnamn, unit)
    reached = compact(now, unit, decimaler) if named else amount(now, unit, decimaler)
    return f"från {shown} till {reached}{between_years(result)}"


def summary_sentences(resultat: Namndresultat) -> Html:
    """What an executive reads first: how many målvärden are met, and what improved and declined most."""
    assessed = len(resultat.matetal) - len(resultat.with_status(Status.KAN_INTE_BEDOMAS))
    if not resultat.har_levererat:
        return _paragraph([f"{resultat.namnd.namn} har inte lämnat några utfall för {resultat.period.name}."])
    met = len(resultat.with_status(Status.UPPNATT))
    sentences = [f"{_share(met, assessed).capitalize()} bedömbara mätetal når målvärdet."]
    if not resultat.matetal:
        sentences = ["Planen har inga mätetal."]
    elif not assessed:
        sentences = ["Inget mätetal kan bedömas ännu."]
    if differing := sum(mal.skiljer for mal in resultat.mal):
        share = _share(differing, sum(mal.text.bedomning is not None for mal in resultat.mal))
        sentences.append(f"I {share} mål är nämndens bedömning en annan än den som måtten talar för.")
    if resultat.period.is_delar and (foreseen := _outlooks(resultat)):
        sentences.append(foreseen)
    since = f"sedan {resultat.jamfor_med.name}"
    paragraphs = [_paragraph(sentences)]
    for trend, label in ((Trend.FORBATTRAD, "Störst förbättring"), (Trend.FORSAMRAD, "Störst försämring")):
        changed = largest_changes(resultat.matetal, trend)[:3]
        if changed:
            items = [f"{result.matetal.kortnamn} ({from_to(result)})" for result in changed]
            paragraphs.append(Html("<p><strong>{} {}:</strong> {}.</p>").format(label, since, enumeration(items)))
    return joined(paragraphs)


def _outlooks(resultat: Namndresultat) -> str:
    """How many målvärden are likely to be met at the year's end; "" where nothing can be foreseen."""
    said = [r.prognos.utsikt for r in resultat.matetal if r.prognos and r.prognos.utsikt]
    verbs = {
        Utsikt.NAR: ("når sannolikt målet", "når sannolikt målet"),
        Utsikt.OSAKERT: ("är osäkert", "är osäkra"),
        Utsikt.NAR_INTE: ("når sannolikt inte målet", "når sannolikt inte målet"),
    }
    return f"Prognos för året för {count_word(len(said))} mätetal: {counted_in_words(said, verbs)}." if said else ""


def counted_in_words(said: Sequence[str], verbs: Mapping[Any, tuple[str, str]], *, en: bool = False) -> str:
    """Say how many there are of each word: "ett är klart och tre pågår". said: the words, repeated; verbs: each word's ending for one
    and for several, in the order to tell them; en: "en är klar" instead of "ett är klart"."""
    found = [(said.count(word), words) for word, words in verbs.items() if word in said]
    return enumeration(f"{count_word(count, en=en)} {words[count > 1]}" for count, words in found)


def _share(part: int, whole: int) -> str:
    """ "fem av åtta", "12 av 24": words or digits, never both in one breath."""
    return f"{count_word(part)} av {count_word(whole)}" if whole <= 12 else f"{part} av {whole}"


def key_figures(resultat: Namndresultat) -> Html:
    """The counts that sum up the period (målvärden met, near, and so on) as a description list; empty HTML where there is nothing to
    count."""
    if not resultat.har_levererat or not resultat.matetal:
        return Html("")
    judged = [mal for mal in resultat.mal if mal.text.bedomning]
    near = resultat.with_status(Status.NARA)
    figures = [
        ("uppnådda målvärden", str(len(resultat.with_status(Status.UPPNATT)))),
        ("nära målvärdet", str(len(near)) if near else ""),
        ("ej uppnådda", str(len(resultat.with_status(Status.EJ_UPPNATT)))),
        ("kan inte bedömas", str(len(resultat.with_status(Status.KAN_INTE_BEDOMAS)))),
        ("mål bedömda annorlunda än måtten talar för", f"{sum(m.skiljer for m in resultat.mal)} av {len(judged)}"),
    ]
    return description_list("nr-figures", figures)


def goal_heading(mal: Malresultat, resultat: Namndresultat) -> Html:
    """The goal's name, the nämnd's bedömning, trend and prognos, and a note where bedömning and förslag part."""
    said: list[Piece] = [marks.steg(mal.text.bedomning)] if mal.text.bedomning else []
    if mal.text.trend:
        since = Html(" sedan {}").format(followup_name(resultat.trend_mot))
        said.append(Html("<span>{}{}</span>").format(marks.trend(mal.text.trend), since))
    if mal.text.prognos:
        said.append(Html("<span>Nämndens prognos för året: {}</span>").format(mal.text.prognos))
    if mal.prognos_skiljer or (mal.utsikt and not mal.text.prognos):
        said.append(Html('<span class="nr-quiet">Måtten talar för: {}</span>').format(mal.utsikt))
    parts = goal_name(mal.mal, resultat.kommun)
    parts += [Html('<p class="nr-judgement">{}</p>').format(joined(said, " "))] if said else []
    if mal.skiljer:
        parts.append(_difference(mal, resultat))
    elif mal.text.motiv:
        parts.append(Html("<p><strong>Motiv:</strong> {}</p>").format(mal.text.motiv))
    return joined(parts)


def goal_name(mal: Namndsmal, kommun: Kommun) -> list[Html]:
    """A goal's heading, and which of the kommun's goals it belongs to."""
    heading = Html('<h3 id="mal-{}">{}</h3>').format(mal.id, mal.namn)
    wider = {item.id: item.namn for item in kommun.overgripande_mal}
    names = enumeration(wider.get(name, name) for name in mal.overgripande_mal)
    note = Html('<p class="nr-note">Bidrar till kommunens övergripande mål: {}.</p>').format(names)
    return [heading, note] if names else [heading]


def _difference(mal: Malresultat, resultat: Namndresultat) -> Html:
    proposed, judged = mal.forslag.steg, mal.text.bedomning
    if proposed is None or judged is None:
        raise ValueError(f"{mal.mal.id} har inte både bedömning och förslag")
    partly = sum(r.svar is not None and r.svar.svar == "delvis" for r in mal.kvalitativa)
    near = len(mal.with_status(Status.NARA))
    met, counted = mal.forslag.uppnadda, mal.forslag.bedombara
    word = "uppnått" if met <= 1 else "uppnådda"
    parts = [f"{count_word(met)} av målets {count_word(counted)} bedömbara mått är {word}"]
    parts += [f"{count_word(partly)} delvis"] if partly else []
    parts += [f"{count_word(near)} är nära målvärdet"] if near else []
    basis = sentence_case(enumeration(parts))
    where = f"Skriv i {resultat.textfil}, på raden motiv: under ## {mal.mal.id}."
    motive = Html('<p><strong>Motiv saknas.</strong> <span class="nr-where">{}</span></p>').format(where)
    if mal.text.motiv:
        motive = Html("<p><strong>Motiv:</strong> {}</p>").format(mal.text.motiv)
    return Html(
        '<div class="nr-differs"><p><strong>Bedömningen är en annan än måtten talar för.</strong> {}, vilket talar för '
        '<span class="nr-nowrap">{}.</span></p>{}</div>'
    ).format(basis, marks.steg(proposed), motive)


def goal_text(mal: Malresultat) -> Html:
    """The goal's description and every part that people have written."""
    parts = [Html('<p class="nr-description">{}</p>').format(mal.mal.beskrivning)] if mal.mal.beskrivning else []
    shown = Html('<h4>{}</h4>\n<div class="nr-text">{}</div>')
    written = [(name, mal.text.delar[name]) for name in DELAR if name in mal.text.delar]
    return joined([*parts, *(shown.format(name, to_html(text, first_level=5)) for name, text in written)])


def goal_finding(mal: Malresultat) -> str:
    """The chart's title: how many mätetal meet their målvärde, and the change that most needs saying."""
    assessed = [result for result in mal.matetal if result.status is not Status.KAN_INTE_BEDOMAS]
    met = len(mal.with_status(Status.UPPNATT))
    if not assessed:
        return "Inget mätetal kan bedömas"
    only = assessed[0] if len(assessed) == 1 else None
    some = "" if len(assessed) == len(mal.matetal) else "bedömbara "
    if only:
        finding = f"{only.matetal.kortnamn} {'når' if met else 'når inte'} målvärdet"
    elif met == len(assessed):
        finding = f"{'Båda' if met == 2 else f'Alla {count_word(met)}'} {some}mätetalen når målvärdet"
    else:
        finding = f"{count_word(met).capitalize()} av {count_word(len(assessed))} {some}mätetal når målvärdet"
    worst = largest_changes(mal.matetal, Trend.FORSAMRAD)
    change = worst or ([] if met == len(assessed) else largest_changes(mal.matetal, Trend.FORBATTRAD))
    if not change:
        return finding
    if change[0] is only:
        return f"{finding} och gick {from_to(only)}"
    return f"{finding}; {lowered(change[0].matetal.kortnamn)} gick {from_to(change[0])}"


def largest_changes(results: Sequence[Matetalsresultat], trend: Trend) -> list[Matetalsresultat]:
    """The mätetal with this trend, the one that changed most first: in per cent of the earlier outcome, those of 0 aside."""

    def size(result: Matetalsresultat) -> Decimal:
        before, change = result.tidigare_varde, result.forandring
        return abs(change / before) if before and change is not None else Decimal(0)

    return sorted((r for r in results if r.trend is trend and r.tidigare_varde), key=size, reverse=True)


def lowered(name: str) -> str:
    """A name inside a sentence; an abbreviation keeps its capital."""
    return name if name[1:2].isupper() else name[:1].lower() + name[1:]


def _paragraph(sentences: Sequence[str]) -> Html:
    return Html("<p>{}</p>").format(" ".join(sentences))
