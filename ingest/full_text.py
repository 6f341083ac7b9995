"""Paper -> the text of its PDF: looked up, or fetched, read and kept. Registered at papers.full_texts."""

import logging
import zlib
from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from ingest.http.client import fetch
from ingest.http.errors import FetchFailed, Unavailable
from ingest.models import PdfText
from ingest.pdf import addresses
from ingest.pdf.extract import NotReadable, extract
from ingest.pdf.prose import running_text
from papers import versions
from papers.full_texts import FullText, NotNow
from papers.models import Paper

log = logging.getLogger(__name__)
_BELIEVED = timedelta(days=3)  # a PDF that was not there, or could not be read, is asked for again
_LEAST = 500  # characters; with less it is a scan, or a notice


def of(paper: Paper) -> FullText | None:
    """The text, which is fetched where it is not here; None where there is none. Raises NotNow."""
    address = address_of(paper)
    if not address:
        return None
    row = PdfText.objects.filter(paper=paper, address=address).first()
    if row is None or (row.reason and row.fetched < timezone.now() - _BELIEVED):
        row = _fetched(paper, address) if settings.CONTACT else None
    return _told(row) if row and not row.reason else None


def address_of(paper: Paper) -> str:
    """Where its PDF is asked for: the latest version at arXiv before any other; "" where we ask nobody."""
    if preprint := versions.preprint(paper):
        return addresses.of_arxiv(preprint.arxiv_id, preprint.version)
    return addresses.of_url(paper.pdf_url)


def _fetched(paper: Paper, address: str) -> PdfText:
    """Fetched and kept, in place of what there was of another version. Raises NotNow."""
    row = PdfText(paper=paper, address=address, fetched=timezone.now())
    try:
        pages = extract(fetch(address).body)
        text = running_text(pages.texts)
        if len(text) < _LEAST:
            raise NotReadable("it has hardly any text")
        row.text, row.pages, row.is_whole = zlib.compress(text.encode()), pages.total, len(pages.texts) == pages.total
    except Unavailable as error:
        raise NotNow(error.reason, error.retry_after) from error
    except (FetchFailed, NotReadable) as error:
        row.reason = str(error)[:500].replace("\x00", "\ufffd")
        log.warning("no text of %s: %s", paper.key, row.reason)
    row.save()
    return row


def _told(row: PdfText) -> FullText:
    return FullText(zlib.decompress(bytes(row.text)).decode(), row.pages, row.is_whole)
