"""How an outcome workbook is laid out: its sheets, its columns, and what stands in each."""

OM, MATETAL, KVALITATIVA = "Om leveransen", "Mätetal", "Kvalitativa mått"
"""The sheets: who delivers what, the mätetal, the kvalitativa mått."""

OM_ROWS = ("nämnd", "period", "verksamhetsområde", "lämnad av", "lämnad")
"""The labels in column A of Om leveransen; the value stands in column B. The first two are required."""

KON_COLUMNS = ("kvinnor", "män", "flickor", "pojkar", "par")
MATETAL_COLUMNS = (
    "id", "mätetal", "enhet", "målvärde", "utfall", *KON_COLUMNS, "antal svar", "mätt till och med", "anmärkning", "kommentar",
)  # fmt: skip
KVALITATIVA_COLUMNS = ("id", "mått", "svar", "kommentar")
"""The headings. id and utfall (id and svar) are required; the others may be left out."""
EARLIER_COLUMN = r"utfall 20\d\d-\d\d"
"""The heading of a column with an earlier period's outcomes, as help for whoever fills in; not read."""
HJALP = ("mätetal", "enhet", "målvärde", "mått")
"""Columns that are help for whoever fills in, and that say nothing alone."""

ATT_RATTA, ATT_KONTROLLERA = "Att rätta", "Att kontrollera"
"""The sheet that tells a sender what to mend, and how the comments begin that do so in the cells; passed over when the workbook comes
back."""

STAMP_NAMND, STAMP_PERIOD, STAMP_PLAN = "namndrapport-namnd", "namndrapport-period", "namndrapport-plan"
"""Custom properties of a workbook made by `reporting template`: for which nämnd, period and state of the plan."""

HISTORIK, HISTORIK_FIL = "Historik", "historik.xlsx"
"""The sheet, and the file in data/, with outcomes from before the tool was taken into use: one column per period."""
HISTORIK_COLUMNS = ("nämnd", "id", "mätetal", "kön", "kommentar")

YEAR = r"20\d\d"
"""The heading of a column that holds one year."""
