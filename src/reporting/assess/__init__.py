"""Everything is decided here: status, trend, prognos, förslag, and what ought to be looked at. Values in, values out."""
