"""Tokens -> what is asked for. The rule, in full:

- Words side by side rank: a paper that holds more of them, and rarer ones, stands higher; none is required.
- "A phrase" and a field are required, all of them; but a phrase in a text of more than ten other words, which reads as
  prose, is not (search.query). `-` before anything excludes papers that it holds of.
- `a OR b` takes either. Between words alone it changes nothing, since words are not required anyway; where one side is
  a phrase, a field or an exclusion, one of the sides must hold, and a word holds where the paper has it.
- `a AND b` requires both sides. OR binds tighter than AND, and AND than standing side by side.
- Parentheses after a field give each of their words the field; after `-` or in an OR they are a query of their own, of
  which all that is required and one of the words must hold; elsewhere they change nothing.

Pure, and without recursion: parentheses are a stack of bounded depth."""

import re
from dataclasses import dataclass, field

from search.language.clauses import Part, Text, clause_of, either, merged, negated, part_of, spoken
from search.language.tokens import MAX_PIECE, SPECIAL, Kind, Misread, Token, plain_words, tokens
from search.language.values import read

_EDITION_YEAR = re.compile(r"(?:19|20)\d\d\Z")


def parse(text: str) -> tuple[Part, list[Misread]]:
    """`text` is on one line, words apart by single spaces, and of bounded length."""
    found, misread = tokens(text)
    builder = _Builder(misread=misread)
    for at, token in enumerate(found):
        builder.take(token, found[at + 1] if at + 1 < len(found) else None)
    return builder.finish(), misread[:]


@dataclass(slots=True)
class _Group:
    """What stands in a pair of parentheses so far: alternatives, side by side. `joined` tells for each whether an AND
    stands before it."""

    name: str = ""
    alternatives: list[list[Part]] = field(default_factory=list)
    joined: list[bool] = field(default_factory=list)
    negate: bool = False
    operator: Kind | None = None
    next_field: str = ""


@dataclass(slots=True)
class _Builder:
    misread: list[Misread]
    stack: list[_Group] = field(default_factory=lambda: [_Group()])
    swallowed: bool = False  # the token was read with the one before it

    def take(self, token: Token, after: Token | None) -> None:
        group = self.stack[-1]
        if self.swallowed:
            self.swallowed = False
        elif token.kind is Kind.NOT:
            group.negate = not group.negate
        elif token.kind is Kind.FIELD:
            group.next_field = token.text
        elif token.kind in (Kind.OR, Kind.AND):
            self._operator(token.kind)
        elif token.kind is Kind.OPEN:
            self.stack.append(_Group(name=group.next_field or group.name))
        elif token.kind is Kind.CLOSE:
            self._close()
        else:
            self._add(self._part(token, after))

    def finish(self) -> Part:
        while len(self.stack) > 1:
            self._close()
        return self._end(self.stack[0])

    def _operator(self, kind: Kind) -> None:
        group = self.stack[-1]
        if group.alternatives and group.operator is None and not group.negate:
            group.operator = kind
        else:
            self._dangling(kind)

    def _dangling(self, kind: Kind) -> None:
        noted = Misread("operator", kind.name)
        if noted not in self.misread:
            self.misread.append(noted)

    def _close(self) -> None:
        closed = self.stack.pop()
        self._add(self._end(closed))

    def _end(self, group: _Group) -> Part:
        if group.operator or group.negate:
            self._dangling(group.operator or Kind.NOT)
        parts = [either(choices) for choices in group.alternatives]
        joined = [*group.joined[1:], False]
        for at, part in enumerate(parts):
            if (group.joined[at] or joined[at]) and part.words:
                parts[at] = _required(part)
        return merged(parts)

    def _add(self, part: Part) -> None:
        group = self.stack[-1]
        part = negated(part) if group.negate else part
        if part == Part():
            pass
        elif group.operator is Kind.OR:
            group.alternatives[-1].append(part)
        else:
            group.alternatives.append([part])
            group.joined.append(group.operator is Kind.AND)
        group.negate, group.operator, group.next_field = False, None, ""

    def _part(self, token: Token, after: Token | None) -> Part:
        group = self.stack[-1]
        name = group.next_field or group.name
        is_phrase = token.kind is Kind.PHRASE
        if not name:
            return _said(token.text) if is_phrase else Part(words=(token.text,), plain=(token.text,))
        text = token.text
        if name == "venue" and after and after.kind is Kind.WORD and _EDITION_YEAR.match(after.text) and not is_phrase:
            text, self.swallowed = f"{text}.{after.text}", not group.name
            text = text if self.swallowed else token.text
        clause = read(name, text, is_phrase)
        if clause is None:
            return self._unread(name, token.text)
        return _with_plain(part_of(clause), text if name in ("ti", "abs") else "")

    def _unread(self, name: str, value: str) -> Part:
        noted = Misread("bad-value", f"{name}:{value}"[:MAX_PIECE])
        if noted not in self.misread:
            self.misread.append(noted)
        words = tuple(plain_words(f"{name} {value}"))
        return Part(words=words, plain=words)


def _said(text: str) -> Part:
    """A phrase. One without a letter, such as an emoji, can only be read by the encoder."""
    if bare := spoken(text):
        return _with_plain(Part(required=(Text("", bare),)), bare)
    words = tuple(word for word in text.split() if SPECIAL.isdisjoint(word))
    return Part(words=words, plain=words)


def _required(part: Part) -> Part:
    return _with_plain(part_of(clause_of(part)), " ".join(part.plain))


def _with_plain(part: Part, text: str) -> Part:
    return Part(part.words, part.required, part.excluded, (text,) if text else ())
