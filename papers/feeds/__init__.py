"""Atom feeds of lists of papers: in which each paper stands once, whatever becomes of it.

`entries` keeps what the feed of each list has told, in the order in which the papers came; `sources` reads a page of it
with what an ETag is made of, `asked` what an address asks for; `describe` makes entries of papers, `atom` writes them
down, and `replies` answers with them, or with a 304."""
