"""The words by which authors tell what a sentence is for. Pure.

An encoder sees what a sentence is about, and hardly what it is for: alone it put a sentence that proposes under the
experiments. Such words are plain, and few; among the sentences that have them the encoder chooses."""

import re
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt


def _cue(*words: str, unspaced: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(words)})|{unspaced}", re.IGNORECASE)


_WE = r"(?:we|this (?:paper|work|article|study|thesis)|the authors)\b(?:\W+\w+){0,3}?\W+"

# By question, in the order of library.answers.questions.
CUES = (
    _cue(
        "however", "challeng", "problem", "difficult", "bottleneck", "limited", "suffer", "lacks?\\b", "fails? to",
        "gap\\b", "remains?\\b", "insufficient", "expensive", "unclear", "unknown", "open question", "little is known",
        "hinder", "struggle", "we (?:address|tackle)", "how to", "not (?:yet )?(?:well )?understood", "crucial",
        unspaced="然而|但是|挑战|问题|困难|不足|局限",
    ),
    _cue(
        "(?:previous|prior|existing|earlier|current|recent|traditional|conventional|related)(?: \\w+)?"
        " (?:works?|approach|approaches|methods?|studies|results|techniques|models|research|advances|algorithms"
        "|literature)",
        "(?:has|have) been (?:\\w+ )?(?:proposed|studied|shown|used|developed|investigated|considered|introduced)",
        "state[- ]of[- ]the[- ]art (?:methods?|approaches|models)", "in the literature", "et al\\.",
        "\\w+ and \\w+ \\((?:19|20)\\d\\d",
        "(?:un)?like (?:previous|prior|existing|earlier|other)", "compared (?:to|with) (?:previous|existing)",
        unspaced="已有|现有|相关工作|前人|以往",
    ),
    _cue(
        f"{_WE}(?:propose|introduce|present|develop|design|devise|formulate|construct|derive|describe|combine|employ|adopt"
        "|extend|apply|use|build|create|provide|give|integrate)",
        "our (?:\\w+ )?(?:method|approach|framework|model|algorithm|system|architecture|technique|idea|pipeline|proof)",
        "the (?:key|main|core|central) idea", "the proposed", "consists? of", "is based on", "by (?:using|means of)",
        "(?:is|are) (?:proposed|introduced|presented|developed)",
        unspaced="提出|设计|引入|构建|采用|我们的方法",
    ),
    _cue(
        "experiment", "evaluat", "outperform", "benchmark", "ablation", "data ?sets?\\b", "corpus\\b",
        "corpora\\b", "baseline",
        "results? (?:\\w+ )?(?:show|demonstrate|indicate|suggest|reveal|confirm)", "achiev", "surpass", "accuracy",
        "simulations?\\b", "we measure", "improve\\w* (?:\\w+ )?by", "\\d(?:\\.\\d+)? ?(?:\\\\?%|percent)", "empirical",
        "participants", "observations?\\b", "case stud", unspaced="实验|结果表明|数据集|评估|准确率|优于",
    ),
    _cue(
        "future", "limitations?\\b", "open (?:problems?|questions?|issues?)", "(?:is|are|we) left?\\b|leave",
        "further (?:research|work|investigation|studies|study|exploration|improve\\w*)", "we plan",
        "could be (?:extended|improved|applied)", "potential(?:ly)? (?:to|for|applications?|directions?)",
        "pav\\w+ the way", "remains? to be", "opens? (?:up )?", "promising direction", "next step",
        unspaced="未来|今后|局限|进一步",
    ),
    _cue(
        f"{_WE}(?:show|demonstrate|study|investigate|find|prove|examine|explore|consider|analy[sz]e|report|argue"
        "|establish)",
        "in (?:this|the present) (?:paper|work|study|article)", "in (?:summary|conclusion|short)", "conclu",
        "contribution", "overall", "findings?\\b", "our (?:results|work)", unspaced="本文|总之|综上|结论|贡献",
    ),
)  # fmt: skip
SUMMARY = len(CUES) - 1


def holds(sentences: Sequence[str]) -> npt.NDArray[np.bool_]:
    """Whether each sentence has words of each question, of shape (N, Q)."""
    return np.array([[cue.search(each) is not None for cue in CUES] for each in sentences], bool).reshape(-1, len(CUES))
