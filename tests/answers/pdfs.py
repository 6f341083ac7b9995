"""PDFs made by hand: small ones with text, and hostile ones."""

import zlib
from collections.abc import Sequence


def pdf(pages: Sequence[Sequence[str]], *, filters: int = 0) -> bytes:
    """A PDF whose pages have these lines, from top to bottom. With `filters` each page's content is packed so often."""
    objects: list[bytes] = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    kids = []
    for lines in pages:
        content = (
            b"BT /F1 10 Tf 50 780 Td 12 TL\n" + b"".join(b"(%s) Tj T*\n" % _escaped(line) for line in lines) + b"ET"
        )
        objects.append(stream(content, filters))
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R "
            b"/Resources << /Font << /F1 3 0 R >> >> >>" % len(objects)
        )
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (b" ".join(kids), len(kids))
    return _file(objects)


def stream(content: bytes, filters: int = 0) -> bytes:
    for _ in range(filters):
        content = zlib.compress(content)
    names = b"/Filter [%s] " % b" ".join([b"/FlateDecode"] * filters) if filters else b""
    return b"<< %s/Length %d >>\nstream\n%s\nendstream" % (names, len(content), content)


def bomb() -> bytes:
    """A page whose content is small in the file, and gigabytes when unpacked twice."""
    inner = zlib.compress(b" " * 200_000_000)
    packed = zlib.compress(inner * 20)
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [4 0 R] /Count 1 >>",
        b"<< /Filter [/FlateDecode /FlateDecode] /Length %d >>\nstream\n%s\nendstream" % (len(packed), packed),
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 3 0 R /Resources << >> >>",
    ]
    return _file(objects)


def circle() -> bytes:
    """A tree of pages that is its own parent and child."""
    return _file([b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 1000000 >>"])


def deep() -> bytes:
    return _file([b"<< /Type /Catalog /Pages " + b"[" * 100_000 + b" >>"])


def toil() -> bytes:
    """A page with so many operators that reading them takes minutes."""
    return pdf([["x"] * 6_000_000], filters=1)


def _file(objects: Sequence[bytes]) -> bytes:
    out = bytearray(b"%PDF-1.5\n")
    places = []
    for number, each in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    return bytes(out)


def _escaped(text: str) -> bytes:
    return text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)").encode("latin-1", "replace")
