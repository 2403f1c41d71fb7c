"""Make the bundled outcome workbooks of Luleå's socialnämnd from the tables below, so that they can be reviewed as text.

Run: uv run python data/make_workbooks.py

The figures are those of the published Årsuppföljning 2024, section 1.10.2; splits by sex, measurement days and reasons are
from its section 1.10.1. Where the document contradicts itself, the table's figure is stored and the row's kommentar says
what the text has (see docs/metod.md, Källan säger emot sig själv).
"""

from pathlib import Path

from reporting.faults import InputFaults
from reporting.params import read_params
from reporting.periods import Period
from reporting.workbook_writer import write_workbook

HERE = Path(__file__).parent

# verksamhetsområde | id | period | utfall | kön | mätt till och med | anmärkning | kommentar
UTFALL = """
hsv         | samtal-hsv             | 2023-12 | 82,00 %
hsv         | samtal-hsv             | 2024-12 | 82,00 %
ifo         | samtal-myndighet       | 2023-12 | 82,00 %
ifo         | samtal-myndighet       | 2024-12 | 58,00 %
kvalitet    | synpunkter-svarstid    | 2023-12 | 85,00 %
kvalitet    | synpunkter-svarstid    | 2024-12 | 85,00 %  |                                | 2024-11-30 | | Avser 1 januari–30 november.
ifo         | gott-bemotande         | 2023-12 | 99,00 %
ifo         | gott-bemotande         | 2024-12 | 99,00 %  |                                |            | | Texten anger 99,1 %.
ifo         | ros-nya                | 2023-12 | 244
ifo         | ros-nya                | 2024-12 | 221      | kvinnor 120, män 101           | 2024-11-05 | | Avser 1 januari–5 november.
ifo         | foraldrasupport        | 2023-12 | 593
ifo         | foraldrasupport        | 2024-12 | 538      | kvinnor 353, män 182           |            | | Kvinnor och män ger tillsammans 535. Texten delar dessutom upp kvinnorna i 238 och 70, männen i 149 och 36.
ifo         | freda                  | 2023-12 | 100
ifo         | freda                  | 2024-12 | 273
ifo         | eq-mottagningen        | 2023-12 | 34
ifo         | eq-mottagningen        | 2024-12 | 42       | kvinnor 8, män 34, flickor 0, pojkar 0 | | | Ingen var under 18 år.
vard-omsorg | digital-tillsyn        | 2023-12 | 0
vard-omsorg | digital-tillsyn        | 2024-12 | 2
vard-omsorg | trygghetskameror       | 2023-12 | 60
vard-omsorg | trygghetskameror       | 2024-12 | 48       | kvinnor 32, män 12             | 2024-11-21 | | Fyra brukare har dubbla kameror: 44 personer, 48 kameror.
ifo         | halsosamtal-80         | 2023-12 | 250
ifo         | halsosamtal-80         | 2024-12 | 286      | kvinnor 163, män 84, par 39
ifo         | eget-kontrakt          | 2023-12 | 11,00 %
ifo         | eget-kontrakt          | 2024-12 | 27,00 %
vard-omsorg | sabo-65-79             | 2023-12 | 1,70 %   |                                | 2022-12-31
vard-omsorg | sabo-65-79             | 2024-12 | 1,80 %   |                                | 2023-12-31
ifo         | uppsokande             | 2023-12 | 32
ifo         | uppsokande             | 2024-12 | 176      |                                |            | | Texten anger 105 aktiviteter.
ifo         | delaktighet-barn       | 2023-12 |          |                                |            | Ny indikator | Enkäten i denna form infördes 2024.
ifo         | delaktighet-barn       | 2024-12 | För få svarande
ifo         | placerade-barn         | 2023-12 | 139      |                                | 2023-08-31 | | Stäms av i augusti varje år.
ifo         | placerade-barn         | 2024-12 | 144      | flickor 71, pojkar 73          | 2024-08-31 | | Stäms av i augusti varje år.
ifo         | langvarigt-bistand     | 2023-12 | 0,75 %   |                                | 2022-12-31 | | Texten anger 0,85 % för 2022.
ifo         | langvarigt-bistand     | 2024-12 | 0,75 %   |                                | 2023-12-31
ifo         | lag-ekonomisk-standard | 2023-12 | Ny nationell indikator
ifo         | lag-ekonomisk-standard | 2024-12 | Utfall kommer under första kvartalet 2025
personal    | vfu-apl                | 2023-12 | 370
personal    | vfu-apl                | 2024-12 | 305
personal    | andel-man              | 2023-12 | 21,40 %
personal    | andel-man              | 2024-12 | 23,00 %
personal    | gymnasiepoang          | 2023-12 | 56 200
personal    | gymnasiepoang          | 2024-12 | 60 900   | kvinnor 48 150, män 12 750     |            | | Fördelningen mellan könen är ungefärlig i källan.
personal    | sjukfranvaro           | 2023-12 | 8,14 %
personal    | sjukfranvaro           | 2024-12 | 8,76 %   | kvinnor 9,63 %, män 5,90 %
personal    | frisknarvaro           | 2023-12 | 65,18 %
personal    | frisknarvaro           | 2024-12 | 64,12 %
personal    | medarbetare-66         | 2023-12 | 145
personal    | medarbetare-66         | 2024-12 | 161
personal    | chefer-30              | 2023-12 | 93,75 %
personal    | chefer-30              | 2024-12 | 90,10 %  |                                | 2024-12-01 | | Avser början av december.
kvalitet    | nyttovarderade         | 2023-12 | 1
kvalitet    | nyttovarderade         | 2024-12 | 5
kvalitet    | testade-produkter      | 2023-12 | 11
kvalitet    | testade-produkter      | 2024-12 | 9
"""

# verksamhetsområde | id | period | svar
SVAR = """
kvalitet    | brukardialoger      | 2024-12 | Ja
kvalitet    | anhorigas-nojdhet   | 2024-12 | Delvis
kvalitet    | brottsforebyggande  | 2024-12 | Ja
vard-omsorg | boendebeslut-i-tid  | 2024-12 | Delvis
ifo         | beslut-foljs-upp    | 2024-12 | Ja
vard-omsorg | genomforandeplan    | 2024-12 | Ja
vard-omsorg | brukare-delaktig    | 2024-12 | Ja
"""


def rows(table: str) -> list[list[str]]:
    """The lines of a table above, split into eight fields."""
    lines = [[field.strip() for field in line.split("|")] for line in table.strip().splitlines()]
    return [fields + [""] * (8 - len(fields)) for fields in lines]


def main(folder: Path = HERE) -> None:
    """Write data/<period>/socialnamnden/utfall-<verksamhetsområde>.xlsx for both periods."""
    params, faults = read_params(HERE.parent / "params", Period.parse("2024-12"))
    plan = params.plan("socialnamnden") if params else None
    if params is None or plan is None:
        raise InputFaults(faults)
    names = {item.id: item.namn for item in (*plan.matetal, *plan.kvalitativa_matt)}
    for period in ("2023-12", "2024-12"):
        for omrade in params.namnd("socialnamnden").verksamhetsomraden:
            matetal = [
                {"id": name, "mätetal": names[name], "utfall": utfall, "mätt till och med": day,
                 "anmärkning": anmarkning, "kommentar": kommentar,
                 **dict(part.strip().split(" ", 1) for part in kon.split(", ") if part)}
                for area, name, when, utfall, kon, day, anmarkning, kommentar in rows(UTFALL)
                if (area, when) == (omrade.id, period)
            ]  # fmt: skip
            svar = [
                {"id": name, "mått": names[name], "svar": answer}
                for area, name, when, answer, *_ in rows(SVAR)
                if (area, when) == (omrade.id, period)
            ]
            om = {"nämnd": "socialnamnden", "period": period, "verksamhetsområde": omrade.namn}
            write_workbook(folder / period / "socialnamnden" / f"utfall-{omrade.id}.xlsx", om, matetal, svar)


if __name__ == "__main__":
    main()
