"""Trains the title model. Two losses on each query with its title and some that are like it: the likelihood of the
title's identifier, and the title's place before the others by the judge of whole candidates."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from random import Random

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor
from torch.nn import functional

from search.multilingual import MultilingualEncoder
from search.title.model import TitleModel
from search.training.batches import Read, Written, chance_of, read_queries, write_candidates
from search.training.corpus import Corpus
from search.training.queries import Reversed, synthetic
from search.training.rivals import Rivals

BATCH, NEGATIVES = 64, 3
LIKE = 1  # of the negatives are titles that share a word, whatever was asked; the others are the first stage's
SAMPLED = 3_000  # tokens against which the right one must win, beside all right ones of the batch
RATE, WARM_UP, COOL_DOWN = 1e-3, 300, 0.2
EMPTY = 0.08  # share of queries that are hidden, which teaches the prior
NORMALISED = 0.05  # weight of the loss that keeps the sum over all tokens near one
JUDGED = 0.5
SAVE_EVERY = 250


Frequency = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Material:
    """What examples are made of; `identifiers` are those of corpus.examples, `frequency` is each token's share."""

    corpus: Corpus
    identifiers: list[list[int]]
    encoder: MultilingualEncoder
    chinese: Reversed
    frequency: Frequency
    rivals: Rivals


@dataclass(frozen=True, slots=True)
class Losses:
    """`first` is the share of queries whose own title the judge puts first."""

    written: float
    judged: float
    first: float


Progress = Callable[[int, Losses], object]


def train(material: Material, folder: Path, steps: int, seed: int, on_progress: Progress) -> TitleModel:
    """Trains to `steps`, going on from the checkpoint in the folder if there is one. Every step draws its examples
    from a chance of its own: a resumed training sees what an unbroken one would."""
    torch.manual_seed(seed)
    model = TitleModel()
    optimizer = torch.optim.AdamW(model.parameters(), RATE, betas=(0.9, 0.98), weight_decay=0.01, fused=True)
    begin = _resume(folder / "checkpoint.pt", model, optimizer, seed)
    # One thread learns while another reads the next queries: two that share each operation wait for each other.
    torch.set_num_threads(1)
    with ThreadPoolExecutor(1) as reader:
        ahead = reader.submit(_batch, material, begin, seed)
        for step in range(begin, steps):
            batch, ahead = ahead.result(), reader.submit(_batch, material, step + 1, seed)
            for group in optimizer.param_groups:
                group["lr"] = RATE * _share_of_rate(step, steps)
            torch.manual_seed(seed * 1_000_003 + step)
            on_progress(step + 1, _step(model, *batch, material.frequency, optimizer))
            if (step + 1) % SAVE_EVERY == 0 or step + 1 == steps:
                _save(folder / "checkpoint.pt", model, optimizer, step + 1, seed)
    return model.eval()


def _batch(material: Material, step: int, seed: int) -> tuple[Read, Written]:
    queries, candidates = _examples(material, step, seed)
    return read_queries(material.encoder, queries), write_candidates(candidates)


def _step(
    model: TitleModel, read: Read, written: Written, frequency: Frequency, optimizer: torch.optim.Optimizer
) -> Losses:
    empty = torch.rand(len(read.base)) < EMPTY
    with torch.autocast("cpu", torch.bfloat16):
        memory, seen = model.read(read.base, read.base_seen, read.grams, read.words_seen)
        nothing, _ = model.nothing_read()
        memory = torch.where(empty[:, None, None], functional.pad(nothing, (0, 0, 0, memory.shape[1] - 1)), memory)
        seen = torch.where(
            empty[:, None], functional.pad(torch.ones(1, 1, dtype=torch.bool), (0, seen.shape[1] - 1)), seen
        )
        states = model.write(written.tokens, written.depths, written.mask, memory, seen)
        likelihood = _likelihood_loss(model, states, written, frequency)
        verdicts = model.judge(states.gather(1, written.ends[..., None].expand(-1, -1, states.shape[-1])))[..., 0]
    verdicts = verdicts.float()[~empty]
    judged = functional.cross_entropy(verdicts, torch.zeros(len(verdicts), dtype=torch.long))
    optimizer.zero_grad()
    (likelihood + JUDGED * judged).backward()
    torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
    optimizer.step()
    return Losses(likelihood.item(), judged.item(), (verdicts.argmax(1) == 0).float().mean().item())


def _examples(material: Material, step: int, seed: int) -> tuple[list[str], list[list[list[int]]]]:
    """BATCH queries, each with the identifiers of its own title (first) and of NEGATIVES others."""
    corpus, queries, candidates = material.corpus, [], []
    for place in range(BATCH):
        chance = chance_of(seed, step, place)
        number = chance.randrange(len(corpus))
        example = corpus.examples[number]
        query = synthetic(example.title, example.abstract, material.chinese, chance)
        others = [_other(material, number, query if place >= LIKE else "", chance) for place in range(NEGATIVES)]
        queries.append(query)
        candidates.append([material.identifiers[each] for each in (number, *others)])
    return queries, candidates


def _other(material: Material, number: int, query: str, chance: Random) -> int:
    """Another work: one that the first stage finds for the query, or that is like this one."""
    found = material.rivals.of(query, chance) if query else None
    examples = material.corpus.examples
    if found is not None and examples[found].title_key != examples[number].title_key:
        return found
    return material.corpus.like(number, chance)


def _likelihood_loss(model: TitleModel, states: Tensor, written: Written, frequency: Frequency) -> Tensor:
    """Cross-entropy of the own title's tokens against a sample of all tokens, each weighed by its chance to be in it,
    so that what is learned is the likelihood among all."""
    wanted = written.next[:, 0]
    length = wanted.shape[1]
    before = torch.cat([states[:, :1], states[:, 1:length]], 1)  # the root, then each node but the last
    there = wanted >= 0
    right = wanted[there]
    among, chance = _sample(right, frequency)
    scores = model.logits(before[there], among).float() - chance.log()
    total = scores.logsumexp(-1)
    return (total - scores.gather(1, torch.searchsorted(among, right)[:, None])[:, 0]).mean() + NORMALISED * (
        total**2
    ).mean()


def _sample(right: Tensor, frequency: Frequency) -> tuple[Tensor, Tensor]:
    """Tokens to choose among, in ascending order, and the chance of each to be there."""
    drawn = torch.randint(0, len(frequency), (SAMPLED,))
    among = torch.unique(torch.cat([right, drawn]))
    uniform = 1 - (1 - 1 / len(frequency)) ** SAMPLED
    by_text = 1 - (1 - torch.from_numpy(frequency)[among]) ** len(right)
    return among, (1 - (1 - uniform) * (1 - by_text)).float()


def _share_of_rate(step: int, steps: int) -> float:
    """Warm-up, a plateau, and a straight way down: only the last part hangs on how many steps there are."""
    return min((step + 1) / WARM_UP, 1.0, (steps - step) / (COOL_DOWN * steps))


def _resume(file: Path, model: TitleModel, optimizer: torch.optim.Optimizer, seed: int) -> int:
    if not file.exists():
        return 0
    kept = torch.load(file, weights_only=True)
    if kept["seed"] != seed:
        raise ValueError(f"{file} was trained with seed {kept['seed']}: give that seed, or remove the file")
    model.load_state_dict(kept["model"])
    optimizer.load_state_dict(kept["optimizer"])
    return int(kept["step"])


def _save(file: Path, model: TitleModel, optimizer: torch.optim.Optimizer, step: int, seed: int) -> None:
    """Replaces the checkpoint at once: killed at any moment, a whole one is there."""
    file.parent.mkdir(parents=True, exist_ok=True)
    fresh = file.with_suffix(".new")
    torch.save({"model": model.state_dict(), "optimizer": optimizer.state_dict(), "step": step, "seed": seed}, fresh)
    fresh.replace(file)
