"""Papers as reference managers and writers take them: one plain value, and a module for each format.

`making` turns a Paper into a CitedPaper, reading its place in print with `reference` and its people with `names`. All
formats write that down: `bibtex`, `ris`, `csl_json`, `markdown` and `table` as files (see `formats`), `highwire`,
`json_ld` and `coins` inside pages. All of it is pure."""
