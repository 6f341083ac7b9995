"""How dates and numbers are written, by language. Templates name a format: `{{ day|date:"DATE_FORMAT" }}`.

Names beside Django's own, in each language: `WEEKDAY_DATE_FORMAT` (Tuesday, 18 March 2025), `WEEKDAY_FORMAT` (Tuesday,
18 March), `SHORT_DAY_FORMAT` (18 Mar), `SHORT_DAY_YEAR_FORMAT` (18 Mar 2025)."""
