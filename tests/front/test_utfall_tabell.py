"""The tables for pandas: what an analyst does first with them, on Exempelkommun; that no row stands twice, and every figure in its cell."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

import matplotlib as mpl
import openpyxl
import pandas as pd
import pytest

from conftest import EXEMPELKOMMUN, PROJECT, copied
from reporting import kapitel, kommunkapitel
from reporting.checksums import noted_checksums
from reporting.faults import InputFaults
from reporting.front import tables
from reporting.front.namnd import Namndkapitel
from reporting.params.root import Root
from reporting.units import read_quantity

pytestmark = pytest.mark.whole

PERIOD, NAMND = "2025-08", "socialnamnden"
NAMNDER = ["socialnamnden", "utbildningsnamnden", "kultur-och-fritidsnamnden", "byggnadsnamnden"]
PERIODS = ["2023-12", "2024-04", "2024-08", "2024-12", "2025-04", "2025-08"]
KEY = ["namnd", "matetal", "period", "kon"]


@pytest.fixture(scope="module")
def k() -> Namndkapitel:
    return kapitel(PERIOD, NAMND, str(EXEMPELKOMMUN))


@pytest.fixture
def df(k: Namndkapitel) -> pd.DataFrame:
    return k.utfall()


@pytest.fixture
def hela(df: pd.DataFrame) -> pd.DataFrame:
    return df[df["kon"] == "totalt"]


@pytest.fixture
def root(tmp_path: Path) -> Root:
    """A copy that may be changed."""
    return copied(EXEMPELKOMMUN, tmp_path / "kommun")


def outcome(table: pd.DataFrame, matetal: str, period: str) -> "pd.Series[float]":
    """The row of the whole outcome."""
    [row] = table.index[(table["matetal"] == matetal) & (table["period"] == period) & (table["kon"] == "totalt")]
    return table.loc[row]


# The ten things that an analyst does first


def test_plot(hela: pd.DataFrame, monkeypatch: pytest.MonkeyPatch) -> None:
    mpl.use("agg")
    wide = hela[hela["mattenhet"] == "procent"].pivot(index="period", columns="kortnamn", values="varde")
    yta = wide.plot()
    assert len(yta.get_lines()) == wide.shape[1] > 3
    for line in yta.get_lines():
        drawn = pd.Series(line.get_ydata()).dropna()
        assert drawn.tolist() == wide[line.get_label()].dropna().tolist()
    one = hela[hela["matetal"] == "trygga-sabo"].plot(x="period", y="varde")
    assert one.get_lines()[0].get_ydata()[0] == 86
    yta.figure.canvas.draw()
    one.figure.canvas.draw()
    mpl.pyplot.close("all")


def test_group_by_goal_and_year(hela: pd.DataFrame) -> None:
    counted = hela.groupby(["mal", hela["period"].dt.year])["varde"].count()
    assert counted.index.get_level_values("mal").unique().tolist() == [
        "barn-och-unga",
        "god-arbetsplats",
        "trygg-alderdom",
    ]
    assert counted.index.get_level_values("period").unique().tolist() == list(range(2020, 2026))
    assert counted.sum() == hela["varde"].notna().sum()


def test_pivot(df: pd.DataFrame) -> None:
    parts = df.pivot_table(index="period", columns="kon", values="varde", aggfunc="mean")
    assert parts.columns.tolist()[:3] == ["totalt", "kvinnor", "män"]
    assert parts.index.is_monotonic_increasing
    exact = df.pivot(index=["matetal", "period"], columns="kon", values="varde")  # raises where a row stands twice
    assert exact["totalt"].count() == df.loc[df["kon"] == "totalt", "varde"].count()


def test_merge_with_an_own_csv(root: Root) -> None:
    own = root.notebooks / "invanare.csv"
    own.write_text("period,invanare\n2024-12,31000\n2025-08,31200\n", encoding="utf-8")
    k = kapitel(PERIOD, NAMND, str(root.folder))
    egen = pd.read_csv(k.fil("invanare.csv"))
    egen["period"] = pd.PeriodIndex(egen["period"], freq="M")
    df = k.utfall()
    both = df.merge(egen, on="period", how="left")
    assert len(both) == len(df)
    assert both.loc[both["period"] == "2025-08", "invanare"].unique().tolist() == [31200]
    assert both.loc[both["period"] == "2024-04", "invanare"].isna().all()


def test_share_of_met_targets_over_time(hela: pd.DataFrame) -> None:
    assessed = hela[hela["status"] > "kan inte bedömas"]
    share = (assessed["status"] == "uppnått").groupby(assessed["period"]).mean()
    for period in PERIODS:
        resultat = kapitel(period, NAMND, str(EXEMPELKOMMUN)).resultat
        statuses = [r.status for r in (*resultat.matetal, *resultat.indikatorer) if r.status != "kan inte bedömas"]
        assert share[period] == pytest.approx(statuses.count("uppnått") / len(statuses))
    assert share.index.astype(str).tolist() == PERIODS  # historik.xlsx is no report, and has no status


def test_to_excel(df: pd.DataFrame, tmp_path: Path) -> None:
    df.to_excel(tmp_path / "utfall.xlsx", index=False)
    heading, *rows = openpyxl.load_workbook(tmp_path / "utfall.xlsx").active.iter_rows(values_only=True)
    assert list(heading) == list(df.columns)
    written = [row[heading.index("varde")] for row in rows]
    assert [value is None for value in written] == df["varde"].isna().tolist()
    assert [value for value in written if value is not None] == df["varde"].dropna().tolist()
    assert {row[heading.index("period")] for row in rows} == set(df["period"].astype(str))
    df.to_csv(tmp_path / "utfall.csv", index=False)
    assert pd.read_csv(tmp_path / "utfall.csv")["varde"].isna().sum() == df["varde"].isna().sum()


def test_style(hela: pd.DataFrame) -> None:
    missing = hela[hela["varde"].isna()]
    shown = missing[["kortnamn", "period", "varde", "status"]].style.format(
        {"varde": "{:.1f}"}, na_rep="–", decimal=","
    )
    page = shown.highlight_null().to_html()
    assert page.count("–</td>") >= len(missing) > 0
    assert "0,0" not in page


def test_describe(df: pd.DataFrame) -> None:
    assert df["varde"].describe()["count"] == df["varde"].notna().sum()
    assert df["varde"].describe()["min"] == df["varde"].min()
    told = df.describe(include="all")
    assert told.loc["top", "kon"] == "totalt"
    assert told.loc["count", "varde"] == df["varde"].notna().sum()


def test_filter_by_status(hela: pd.DataFrame) -> None:
    near = hela[hela["status"] >= "nära målvärde"]
    assert set(near["status"]) == {"nära målvärde", "uppnått"}
    assert len(near) == hela["status"].isin(["nära målvärde", "uppnått"]).sum()
    assert hela["status"].dropna().sort_values().iloc[0] == "kan inte bedömas"
    worse = hela[(hela["period"] == PERIOD) & (hela["utveckling"] == "försämrad")]
    resultat = kapitel(PERIOD, NAMND, str(EXEMPELKOMMUN)).resultat
    every = (*resultat.matetal, *resultat.indikatorer)
    assert set(worse["matetal"]) == {r.matetal.id for r in every if r.trend == "försämrad"} != set()


def test_two_namnder_together(k: Namndkapitel, df: pd.DataFrame) -> None:
    both = k.utfall(["byggnadsnamnden", NAMND])
    assert both["namnd"].unique().tolist() == ["byggnadsnamnden", NAMND]
    pd.testing.assert_frame_equal(both[both["namnd"] == NAMND].reset_index(drop=True), df)
    every = k.utfall("alla")
    assert every["namnd"].unique().tolist() == NAMNDER
    count = every[every["kon"] == "totalt"].groupby(["namnd_namn", "period"])["varde"].count().unstack()
    assert count.loc["Byggnadsnämnden", pd.Period(PERIOD)] == 0
    pd.testing.assert_frame_equal(k.utfall(["alla"]), every)
    pd.testing.assert_frame_equal(kommunkapitel(PERIOD, str(EXEMPELKOMMUN)).utfall(), every)


# What holds for every row


@pytest.fixture(scope="module", params=[(EXEMPELKOMMUN, PERIOD), (EXEMPELKOMMUN, "2024-12"), (PROJECT, "2024-12")])
def every(request: pytest.FixtureRequest) -> tuple[Path, str, pd.DataFrame]:
    """A whole kommun's outcomes up to a period."""
    folder, period = request.param
    return folder, period, kommunkapitel(period, str(folder)).utfall()


def test_no_row_stands_twice_and_all_have_their_types(every: tuple[Path, str, pd.DataFrame]) -> None:
    _, period, table = every
    assert not table.duplicated(KEY).any()
    assert table["period"].max() == pd.Period(period, freq="M")
    assert isinstance(table.index, pd.RangeIndex)
    for name, kind in tables.UTFALL_COLUMNS.items():
        if isinstance(kind, tuple):
            assert table[name].cat.categories.tolist() == list(kind)
            assert table[name].cat.ordered == (name != "kon")
        else:
            assert str(table[name].dtype) == kind, name
    words = [name for name, kind in tables.UTFALL_COLUMNS.items() if kind == tables.AS_TEXT]
    assert not table[words].isna().any().any()
    for key, name in (("matetal", "kortnamn"), ("mal", "mal_namn")):
        assert table.groupby(["namnd", key])[name].nunique().max() == 1


def test_missing_is_never_0_and_says_why(every: tuple[Path, str, pd.DataFrame]) -> None:
    table = every[2]
    missing = table["varde"].isna()
    assert missing.any()
    assert (table.loc[missing, "saknas"] != "").all()
    assert (table.loc[~missing, "saknas"] == "").all()
    assert table.loc[missing, "matt_till"].isna().all()
    assert table.loc[~missing, "matt_till"].notna().all()
    assert set(table.loc[missing, "status"].dropna()) <= {"kan inte bedömas"}
    sums = table[missing].groupby("mattenhet")["varde"].sum(min_count=1)
    assert sums.isna().all()
    known = table.groupby("matetal")["varde"]
    assert (known.sum(min_count=1).isna() == (known.count() == 0)).all()


@cache
def book(path: Path) -> openpyxl.Workbook:
    return openpyxl.load_workbook(path, data_only=True)


def test_every_figure_stands_in_its_cell(every: tuple[Path, str, pd.DataFrame]) -> None:
    folder, _, table = every
    there = table[table["varde"].notna()]
    assert len(there) > 50
    for row in there.itertuples():
        cell = book(folder / row.fil)[row.blad][row.cell]
        if isinstance(cell.value, str):
            written = read_quantity(cell.value).value
        else:
            written = Decimal(str(cell.value)) * (100 if "%" in cell.number_format else 1)
        assert float(written) == pytest.approx(row.varde, rel=1e-14), (row.fil, row.cell)


def test_each_period_says_what_its_own_report_said() -> None:
    every = kapitel(PERIOD, NAMND, str(EXEMPELKOMMUN)).utfall("alla")
    for period in PERIODS:
        for namnd in kommunkapitel(period, str(EXEMPELKOMMUN)).namnder:
            for r in (*namnd.matetal, *namnd.indikatorer):
                row = outcome(every[every["namnd"] == namnd.namnd.id], r.matetal.id, period)
                assert (row["status"], row["utveckling"], row["orsak"]) == (r.status, r.trend, r.orsak)
                for name in ("varde", "malniva", "avvikelse"):
                    said = getattr(r, name)
                    assert pd.isna(row[name]) if said is None else row[name] == float(said)


def test_a_later_period_is_not_looked_at(root: Root) -> None:
    for path in (root.data / PERIOD / NAMND).glob("*.xlsx"):
        path.write_bytes(b"ingen arbetsbok")
    then = kapitel("2024-12", NAMND, str(root.folder)).utfall()
    assert then["period"].max() == pd.Period("2024-12")


def test_a_measurement_told_again_has_the_same_day(hela: pd.DataFrame) -> None:
    told = hela[hela["matetal"] == "trygga-sabo"].set_index("period")["matt_till"]
    assert told["2023-12"] == told["2024-04"] == pd.Timestamp(date(2023, 5, 31))
    once = hela.dropna(subset="varde").drop_duplicates(["matetal", "matt_till"], keep="last")
    assert once.loc[once["matetal"] == "trygga-sabo", "matt_till"].is_unique


def test_a_matetal_that_has_got_another_name_is_called_by_it_all_the_way(root: Root) -> None:
    old = root.params / "planer" / "kultur-och-fritidsnamnden-2023-2024.yml"
    words = old.read_text(encoding="utf-8")
    assert words.count("id: simkunnighet\n        namn: ") == 1
    old.write_text(
        words.replace("id: simkunnighet\n        namn: ", "id: simkunnighet\n        namn: Förr, "), encoding="utf-8"
    )
    df = kapitel(PERIOD, "kultur-och-fritidsnamnden", str(root.folder)).utfall().query("matetal == 'simkunnighet'")
    assert df["period"].nunique() > 5
    assert not df["namn"].str.startswith("Förr").any()
    assert df["namn"].nunique() == df["kortnamn"].nunique() == 1


# What was told afterwards, and what is wrong


def change(path: Path, edit: Callable[[openpyxl.Workbook], None]) -> None:
    workbook = openpyxl.load_workbook(path)
    edit(workbook)
    workbook.save(path)


def test_a_saved_cell_of_an_earlier_period_is_seen_at_once(root: Root, df: pd.DataFrame) -> None:
    before = outcome(kapitel(PERIOD, NAMND, str(root.folder)).utfall(), "halsosamtal", "2024-08")
    assert before["varde"] == outcome(df, "halsosamtal", "2024-08")["varde"]
    change(root.folder / before["fil"], lambda book: book[before["blad"]].__setitem__(before["cell"], 9999))
    after = outcome(kapitel(PERIOD, NAMND, str(root.folder)).utfall(), "halsosamtal", "2024-08")
    assert after["varde"] == 9999


def test_what_an_analyst_does_to_a_table_is_not_in_the_next(k: Namndkapitel) -> None:
    table = k.utfall()
    table["varde"] = 0
    assert k.utfall()["varde"].max() > 0


def test_a_figure_that_came_after_the_report_stands_in_its_row_without_a_status(root: Root, df: pd.DataFrame) -> None:
    was = outcome(df, "halsosamtal", "2024-08")
    change(root.folder / was["fil"], lambda book: book[was["blad"]].__setitem__(was["cell"], None))

    def add(book: openpyxl.Workbook) -> None:
        sheet = book["Historik"]
        column = sheet.max_column + 1
        sheet.cell(1, column).value = "2024-08"
        [row] = [
            cells[0].row for cells in sheet.iter_rows() if (cells[0].value, cells[1].value) == (NAMND, "halsosamtal")
        ]
        sheet.cell(row, column).value = 77

    change(root.data / "historik.xlsx", add)
    now = outcome(kapitel(PERIOD, NAMND, str(root.folder)).utfall(), "halsosamtal", "2024-08")
    assert (now["varde"], now["fil"], now["saknas"]) == (77, "data/historik.xlsx", "")
    assert pd.isna(now["status"])


def test_what_is_wrong_in_an_earlier_period_is_told_or_left_out(root: Root, df: pd.DataFrame) -> None:
    was = outcome(df, "halsosamtal", "2024-08")
    change(root.folder / was["fil"], lambda book: book[was["blad"]].__setitem__(was["cell"], "många"))
    with pytest.raises(InputFaults) as caught:
        kapitel(PERIOD, NAMND, str(root.folder)).utfall()
    assert [(fault.fil, fault.cell, fault.stod) for fault in caught.value.faults] == [
        (was["fil"], was["cell"], "många")
    ]
    shown = kapitel(PERIOD, NAMND, str(root.folder), visa_fel=True).utfall()
    assert pd.isna(outcome(shown, "halsosamtal", "2024-08")["varde"])
    assert shown["varde"].count() == df["varde"].count() - 1


def test_another_namnds_fault_stops_its_own_table_alone_and_is_left_out_of_the_kommuns(root: Root) -> None:
    (root.data / PERIOD / "utbildningsnamnden" / "utfall-forskola.xlsx").write_bytes(b"ingen arbetsbok")
    k = kapitel(PERIOD, NAMND, str(root.folder))
    with pytest.raises(InputFaults, match=r"utfall-forskola\.xlsx"):
        k.utfall("alla")
    assert len(k.utfall([NAMND, "byggnadsnamnden"])) > len(k.utfall())
    kommun = kommunkapitel(PERIOD, str(root.folder))
    assert set(kommun.utfall()["namnd"]) == {item.namnd.id for item in kommun.namnder}
    assert "utbildningsnamnden" not in set(kommun.mal_tabell()["namnd"])


def test_what_another_namnd_delivers_makes_the_chapter_out_of_date(root: Root) -> None:
    k = kapitel(PERIOD, NAMND, str(root.folder))
    before = list(map(Path, noted_checksums()))
    k.utfall()
    assert list(map(Path, noted_checksums())) == before
    k.utfall("byggnadsnamnden")
    noted = {path.relative_to(root.folder).as_posix() for path in list(map(Path, noted_checksums()))[len(before) :]}
    assert {"data", "data/2025-08/byggnadsnamnden", "data/2023-12/byggnadsnamnden/utfall-bygglov.xlsx"} <= noted
    assert not [name for name in noted if "utbildningsnamnden" in name or NAMND in name]


def test_a_namnd_that_there_is_not_is_answered_with_the_nearest(k: Namndkapitel) -> None:
    with pytest.raises(InputFaults) as caught:
        k.mal_tabell("byggnadsnämnden")
    assert f"id för en nämnd: {', '.join(NAMNDER)}, alla." in caught.value.text()
    assert "Menade du «byggnadsnamnden»?" in caught.value.text()


# The goals


def test_the_goals_are_told_as_their_reports_told_them(k: Namndkapitel) -> None:
    table = k.mal_tabell("alla")
    assert not table.duplicated(["namnd", "mal", "period"]).any()
    for name in ("bedomning", "forslag"):
        assert table[name].cat.ordered
        assert table[name].cat.categories.tolist() == ["Kan inte bedömas", "Ej uppnått", "Delvis uppnått", "Uppnått"]
    for period in PERIODS:
        for namnd in kommunkapitel(period, str(EXEMPELKOMMUN)).namnder:
            for mal in namnd.mal:
                here = (table["namnd"] == namnd.namnd.id) & (table["period"] == period) & (table["mal"] == mal.mal.id)
                [row] = table[here].to_dict("records")
                for name, said in {"trend": mal.text.trend, "prognos": mal.text.prognos, "utsikt": mal.utsikt}.items():
                    assert pd.isna(row[name]) if said is None else row[name] == said
                for name, steg in {"bedomning": mal.text.bedomning, "forslag": mal.forslag.steg}.items():
                    assert pd.isna(row[name]) if steg is None else row[name] == steg.namn
                assert (row["uppnadda"], row["bedombara"]) == (mal.forslag.uppnadda, mal.forslag.bedombara)
                assert pd.isna(row["andel"]) == (mal.forslag.andel is None)


def test_steps_of_different_scales_have_no_order() -> None:
    k = kapitel("2024-12", NAMND, str(PROJECT))
    steps = k.mal_tabell()["bedomning"].cat
    assert steps.categories.tolist() == [
        *(steg.namn for steg in k.resultat.skala.steg),
        "Målet har inte uppnåtts",
        "Målet har delvis uppnåtts",
        "Målet har uppnåtts",
    ]
    assert not steps.ordered


# A sheet


def test_every_number_of_a_sheet_stands_in_its_row(k: Namndkapitel) -> None:
    table = k.blad_tabell("personal", "alla")
    assert not table.duplicated(["namnd", "period", "id"]).any()
    years = [name for name in table.columns if isinstance(name, int)]
    assert years == sorted(years)
    assert (table[years].dtypes == "float64").all()
    for row in table.to_dict("records"):
        sheet = book(EXEMPELKOMMUN / row["fil"])[row["blad"]]
        heading = {str(cell.value): cell.column for cell in sheet[1]}
        for year in years:
            if pd.notna(row[year]):
                cell = sheet.cell(row["rad"], heading[str(year)])
                assert float(cell.value) * (100 if "%" in cell.number_format else 1) == pytest.approx(row[year])
        assert row["mattenhet"] in ("procent", "antal")
    assert set(table.loc[table["id"] == "frisknarvaro", "nyckeltal"]) == {"Frisknärvaro"}


def test_a_sheet_of_the_kommuns_own_keeps_its_columns(root: Root) -> None:
    (root.params / "blad").mkdir()
    (root.params / "blad" / "synpunkter.yml").write_text(
        "id: synpunkter\nblad: Synpunkter\nkolumner:\n"
        "  - {namn: verksamhet, kravs: ja}\n  - {namn: antal, innehall: antal}\n  - {namn: period}\n"
        "  - {namn: kommen, innehall: dag}\n  - {namn: kostnad, innehall: belopp}\n",
        encoding="utf-8",
    )

    def add(book: openpyxl.Workbook) -> None:
        sheet = book.create_sheet("Synpunkter")
        sheet.append(["verksamhet", "antal", "period", "kommen", "kostnad"])
        sheet.append(["Hemtjänst", 34, "våren", date(2025, 5, 2), 1200])
        sheet.append(["Barn och unga", "ej mätt ännu", "", None, None])

    change(root.data / PERIOD / NAMND / "utfall-stod.xlsx", add)
    table = kapitel(PERIOD, NAMND, str(root.folder)).blad_tabell("synpunkter")
    assert table.columns.tolist() == [
        *("namnd", "namnd_namn", "period", "verksamhet", "antal", "Synpunkter: period", "kommen", "kostnad"),
        *("mattenhet", "saknas", "fil", "blad", "rad"),
    ]
    first, second = table.to_dict("records")
    assert (first["antal"], first["Synpunkter: period"], first["kostnad"], first["mattenhet"]) == (
        34,
        "våren",
        1200,
        "kr",
    )
    assert first["kommen"] == pd.Timestamp(2025, 5, 2)
    assert pd.isna(second["antal"])
    assert pd.isna(second["kostnad"])
    assert second["saknas"] == "antal: ej mätt ännu"
    assert (second["blad"], second["rad"]) == ("Synpunkter", 3)


def test_a_sheet_that_nobody_has_delivered_is_an_empty_table_with_its_columns() -> None:
    table = kapitel("2024-08", "byggnadsnamnden", str(EXEMPELKOMMUN)).blad_tabell("privata-utforare")
    assert table.empty
    assert {"kostnad", "utfall", "fil"} <= set(table.columns)


# Ids


def test_a_goal_and_a_matetal_are_found_by_id_and_number(k: Namndkapitel) -> None:
    assert k.mal["trygg-alderdom"] is k.mal[0] is list(k.mal)[0]  # noqa: RUF015 - that all three ways give it
    assert k.matetal["trygga-sabo"].matetal.id == "trygga-sabo"
    assert len(k.matetal) == len(k.resultat.matetal)
    assert k.matetal[:2] == k.resultat.matetal[:2]
    assert k.matetal[-1] in k.matetal
    assert "trygga-sabo" in k.matetal
    assert "tryga-sabo" not in k.matetal
    with pytest.raises(InputFaults, match="Menade du «trygga-sabo»"):
        k.matetal["tryga-sabo"]
    with pytest.raises(IndexError):
        k.mal[99]
    assert kommunkapitel(PERIOD, str(EXEMPELKOMMUN)).namnder[NAMND].namnd.id == NAMND
