DATE_FORMAT = "Y年n月j日"
WEEKDAY_DATE_FORMAT = "Y年n月j日 l"
WEEKDAY_FORMAT = "n月j日 l"
YEAR_MONTH_FORMAT = "Y年n月"
SHORT_DAY_FORMAT = "n月j日"
SHORT_DAY_YEAR_FORMAT = "Y年n月j日"
# As papers and statistics in China group digits; Django has none.
THOUSAND_SEPARATOR = ","
NUMBER_GROUPING = 3
