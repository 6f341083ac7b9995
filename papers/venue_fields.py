"""The fields that venues belong to, in the order in which they are shown, and the field of well-known venues of which
no source tells it."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from papers.text import fold

FIELDS: Mapping[str, str | Promise] = {
    "Machine learning": _("Machine learning"),
    "Artificial intelligence": _("Artificial intelligence"),
    "Computational linguistics": _("Computational linguistics"),
    "Speech": _("Speech"),
    "Computer vision": _("Computer vision"),
    "Medical imaging": _("Medical imaging"),
    "Robotics": _("Robotics"),
    "Information retrieval and data mining": _("Information retrieval and data mining"),
    "Databases": _("Databases"),
    "Computer systems": _("Computer systems"),
    "Computer security": _("Computer security"),
    "Programming and software engineering": _("Programming and software engineering"),
    "Theory of computing": _("Theory of computing"),
    "Graphics, multimedia and interaction": _("Graphics, multimedia and interaction"),
}
OTHER = _("Other fields")

_VENUES = {
    "Machine learning": """
        ACML AISTATS ALT COLM COLT ICLR ICML JMLR L4DC LoG MLJ MLSYS NeurIPS NIPS TMLR UAI
        """,
    "Artificial intelligence": """
        AAAI AAMAS AIIDE AIJ CogSci ECAI GECCO HCOMP IAAI ICAPS ICWSM IJCAI JAIR KR
        """,
    "Computational linguistics": """
        AACL ACL ANLP CL COLING CoNLL EACL EAMT EMNLP HLT IJCNLP INLG IWSLT LREC MTSummit NAACL PACLIC RANLP SemEval
        SIGDIAL STARSEM TACL WMT
        """,
    "Speech": "ASRU ICASSP INTERSPEECH Odyssey SLT SSW",
    "Computer vision": "3DV ACCV BMVC CVPR ECCV FG ICCV ICIP IJCV TPAMI WACV",
    "Medical imaging": "IPMI ISBI MedIA MICCAI MIDL TMI",
    "Robotics": "CoRL HRI ICRA IROS RSS",
    "Information retrieval and data mining": """
        CHIIR CIKM ECIR ECML-PKDD ICDM ICTIR ISMIR KDD RecSys SDM SIGIR TREC WSDM WWW
        """,
    "Databases": "CIDR EDBT ICDE ICDT PODS SIGMOD VLDB PVLDB",
    "Computer systems": """
        ASPLOS ATC EuroSys HotOS HPCA INFOCOM ISCA MICRO MobiCom NSDI OSDI SC SIGCOMM SOSP USENIX-ATC USENIX-FAST
        """,
    "Computer security": "CCS CRYPTO EuroSP EUROCRYPT NDSS PETS RAID SOUPS SP USENIX-Sec",
    "Programming and software engineering": "ASE CAV CPP ESOP FSE ICFP ICSE ISSTA LICS MSR OOPSLA PLDI POPL",
    "Theory of computing": "CCC EC FOCS ICALP ITCS PODC SoCG SODA SPAA STACS STOC",
    "Graphics, multimedia and interaction": "ACMMM CHI CSCW EG ICMR IUI SIGGRAPH UIST VIS",
}
_FIELD_OF = {fold(venue): field for field, venues in _VENUES.items() for venue in venues.split()}


def field_of(venue: str, told: str) -> str:
    """The field of a venue: as its source told it, else as it is known, else ""."""
    return told or _FIELD_OF.get(fold(venue), "")


def field_name(field: str) -> str | Promise:
    """As readers see it."""
    return FIELDS.get(field, field) if field else OTHER
