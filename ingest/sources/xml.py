"""XML of strangers -> its root element: whole, in UTF-8, and without DTD, or not at all. Pure."""

from xml.etree.ElementTree import Element, ParseError  # no parser: defusedxml parses

import defusedxml.ElementTree as SafeTree
from defusedxml import DefusedXmlException

from ingest.sources.source import NotThisPage


def tree(body: bytes, what: str) -> Element:
    """The root element. Raises NotThisPage, which says that the bytes are not `what`."""
    try:
        body.decode("utf-8")
        root: Element = SafeTree.fromstring(body, forbid_dtd=True)
    except UnicodeDecodeError as error:
        raise NotThisPage(f"bytes that are not UTF-8 at {error.start}") from error
    except (ParseError, DefusedXmlException, ValueError, RecursionError) as error:
        raise NotThisPage(f"not {what}: {error}"[:300]) from error
    return root
