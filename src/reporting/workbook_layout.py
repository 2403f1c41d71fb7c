"""How an outcome workbook is laid out: its sheets, its columns, and what stands in each."""

OM, MATETAL, KVALITATIVA = "Om leveransen", "Mätetal", "Kvalitativa mått"
"""The sheets: who delivers what, the mätetal, the kvalitativa mått."""

OM_ROWS = ("nämnd", "period", "verksamhetsområde", "lämnad av", "lämnad")
"""The labels in column A of Om leveransen; the value stands in column B. The first two are required."""

KON_COLUMNS = ("kvinnor", "män", "flickor", "pojkar", "par")
MATETAL_COLUMNS = ("id", "mätetal", "utfall", *KON_COLUMNS, "mätt till och med", "anmärkning", "kommentar")
KVALITATIVA_COLUMNS = ("id", "mått", "svar", "kommentar")
"""The headings in row 1. id and utfall (id and svar) are required; the others may be left out."""

HISTORIK, HISTORIK_FIL = "Historik", "historik.xlsx"
"""The sheet, and the file in data/, with outcomes from before the tool was taken into use: one column per period."""
HISTORIK_COLUMNS = ("nämnd", "id", "mätetal", "kön", "kommentar")

YEAR = r"20\d\d"
"""The heading of a column that holds one year."""
