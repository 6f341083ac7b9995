"""The six questions that are answered of a paper, in both languages. Pure."""

from dataclasses import dataclass
from enum import StrEnum


class Language(StrEnum):
    """In which answers are written: each language apart, none is translated from the other."""

    EN = "en"
    ZH = "zh"


@dataclass(frozen=True, slots=True)
class Question:
    """`number` counts from 1. `texts` are what readers see; `probes` are sentences of papers, such as answer it."""

    number: int
    name: str
    texts: dict[Language, str]
    probes: tuple[str, ...]

    def text(self, language: Language) -> str:
        return self.texts[language]


def _question(number: int, name: str, en: str, zh: str, *probes: str) -> Question:
    return Question(number, name, {Language.EN: en, Language.ZH: zh}, probes)


QUESTIONS = (
    _question(
        1, "problem", "What problem does this paper try to solve?", "这篇论文试图解决什么问题？",
        "However, existing methods suffer from a serious limitation, and the problem remains open.",
        "The challenge that we address in this paper is how to do this.",
    ),
    _question(
        2, "related", "What related work is there?", "有哪些相关研究？",
        "Previous work has studied this with different approaches.",
        "Our approach is closely related to earlier methods proposed by other authors.",
    ),
    _question(
        3, "method", "How does the paper solve the problem?", "论文如何解决这个问题？",
        "We propose a new method which works as follows.",
        "Our approach consists of two components, and the key idea is to use them together.",
    ),
    _question(
        4, "experiments", "Which experiments does the paper make?", "论文做了哪些实验？",
        "Experiments on several benchmarks show that our method outperforms the baselines.",
        "We evaluate on these data sets and report the results.",
    ),
    _question(
        5, "next", "What could be explored next?", "有什么可以进一步探索的点？",
        "In future work we plan to extend this to other settings.",
        "A limitation of our work is that it has not been tested there, which is left open.",
    ),
    _question(
        6, "summary", "What is the paper about, in summary?", "总结一下论文的主要内容",
        "In this paper we present our main contributions and findings.",
        "In conclusion, we have shown that this is possible.",
    ),
)  # fmt: skip


def language_of(typed: str) -> Language | None:
    """`zh`, `zh-hans` and `ZH` mean Chinese, `en` and its kinds English; None for anything else."""
    primary = typed.strip().lower().partition("-")[0]
    return Language(primary) if primary in set(Language) else None
