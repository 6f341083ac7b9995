import threading
from typing import Any

import pytest
from django.db import connection

from papers.models import Paper
from search.indexing import follow, vectors
from search.models import Embedding, EmbeddingModel, EmbedJob
from search.retrieval import dense
from tests.search.conftest import WordEncoder, key_of, papers, put

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("word_encoder")]


def embed_all() -> int:
    row, wanted = vectors.target()
    follow.enqueue_vectors()
    return vectors.embed_all(row, wanted)


def nearest(text: str, depth: int = 3) -> list[str]:
    model = dense.active_model()
    return [key_of(hit.paper_id) for hit in dense.search(model, dense.encode_query(model, text).vector, depth).hits]


def test_without_a_model_there_are_no_vectors_to_search() -> None:
    with pytest.raises(dense.NoVectors):
        dense.active_model()


def test_papers_stored_before_and_after_the_first_worker_get_vectors() -> None:
    put(*papers()[:3])
    assert embed_all() == 3
    put(*papers()[3:])
    assert embed_all() == 2
    assert EmbedJob.objects.count() == 0
    assert nearest("black hole galaxy")[0] == "2503.00003"


def test_only_a_changed_text_is_embedded_again() -> None:
    put(*papers())
    embed_all()
    put(*papers([("Attention is all you need", "Revised text.")], first=2))
    assert embed_all() == 1
    Paper.objects.filter(key="2503.00003").update(content_hash=b"other", comments="8 pages")
    assert embed_all() == 0
    stored = {bytes(row.text_hash) for row in Embedding.objects.all()}
    assert stored == {bytes(paper.text_hash) for paper in Paper.objects.all()}


def test_two_workers_never_lease_the_same_paper() -> None:
    put(*papers())
    row, _ = vectors.target()
    follow.enqueue_vectors()
    first = vectors.lease(row.pk, 3)
    other: list[vectors.Job] = []
    worker = threading.Thread(target=lambda: (other.extend(vectors.lease(row.pk, 10)), connection.close()))
    worker.start()
    worker.join()
    assert len(first) == 3
    assert len(other) == 2
    assert not {job.paper_id for job in first} & {job.paper_id for job in other}


def test_the_lease_of_a_worker_that_is_gone_is_free_at_once() -> None:
    put(*papers())
    row, _ = vectors.target()
    follow.enqueue_vectors()
    gone = threading.Thread(target=lambda: (vectors.lease(row.pk), connection.close(), connection.close_pool()))
    gone.start()
    gone.join()
    connection.ensure_connection()
    for _attempt in range(600):
        if again := vectors.lease(row.pk):
            break
        threading.Event().wait(0.05)
    assert len(again) == 5


def test_a_lease_that_ran_out_is_free() -> None:
    put(*papers())
    row, _ = vectors.target()
    follow.enqueue_vectors()
    assert len(vectors.lease(row.pk)) == 5
    assert vectors.lease(row.pk) == []
    with connection.cursor() as cursor:
        cursor.execute("UPDATE search_embedjob SET leased_until = now() - interval '1 second'")
    assert len(vectors.lease(row.pk)) == 5


def test_one_paper_that_cannot_be_encoded_does_not_hold_up_the_others(word_encoder: dict[str, WordEncoder]) -> None:
    put(*papers())
    vectors.target()
    word_encoder[""].fails_on = "black hole"
    assert embed_all() == 4
    assert EmbedJob.objects.get().attempts == 1  # it is put off, not tried again and again
    for _later in range(vectors.MAX_ATTEMPTS):
        EmbedJob.objects.update(leased_until=None)
        assert embed_all() == 0
    job = EmbedJob.objects.get()
    assert job.attempts == vectors.MAX_ATTEMPTS
    assert "cannot encode" in job.error
    word_encoder[""].fails_on = "\x00never"
    put(*papers([("A black hole in our galaxy, revised", "Better.")], first=3))
    assert embed_all() == 1


def test_a_text_that_changes_while_it_is_encoded_keeps_its_job() -> None:
    put(*papers())
    row, wanted = vectors.target()
    follow.enqueue_vectors()
    jobs = vectors.lease(row.pk)
    put(*papers([("Attention is all you need", "Revised text.")], first=2))
    vectors.write(row.pk, jobs, wanted.encode([job.text for job in jobs]))
    assert list(EmbedJob.objects.values_list("paper__key", flat=True)) == ["2503.00002"]
    embed_all()
    assert EmbedJob.objects.count() == 0


def test_a_paper_deleted_while_it_is_encoded_is_no_error() -> None:
    put(*papers())
    row, wanted = vectors.target()
    follow.enqueue_vectors()
    jobs = vectors.lease(row.pk)
    Paper.objects.filter(key="2503.00002").delete()
    vectors.write(row.pk, jobs, wanted.encode([job.text for job in jobs]))
    assert Embedding.objects.count() == 4


def test_another_model_takes_over_when_it_is_complete_and_search_never_stops(settings: Any) -> None:
    put(*papers())
    embed_all()
    settings.ENCODER = "other"
    row, wanted = vectors.target()
    assert dense.active_model().name == "words"
    vectors.write(row.pk, jobs := vectors.lease(row.pk, 2), wanted.encode([job.text for job in jobs]))
    assert dense.active_model().name == "words"
    assert nearest("black hole galaxy")[0] == "2503.00003"
    embed_all()
    assert dense.active_model().name == "wordsother"
    assert nearest("black hole galaxy")[0] == "2503.00003"
    assert list(EmbeddingModel.objects.values_list("name", flat=True)) == ["wordsother"]
    assert Embedding.objects.count() == 5


def test_scores_of_given_papers_are_those_of_the_search() -> None:
    put(*papers())
    embed_all()
    model = dense.active_model()
    vector = dense.encode_query(model, "attention").vector
    found = dense.search(model, vector, 5)
    assert dense.score(model, vector, found.paper_ids) == pytest.approx(found.scores, abs=1e-5)
    assert dense.score(model, vector, []) == {}


def test_the_index_is_used_and_returns_as_many_rows_as_asked_for() -> None:
    put(*papers([(f"Subject number {number}", f"word{number % 7} word{number % 11}") for number in range(400)]))
    embed_all()
    model = dense.active_model()
    found = dense.search(model, dense.encode_query(model, "word3 word5").vector, 200)
    assert len(found.hits) == 200
    with connection.cursor() as cursor:
        cursor.execute("SET enable_seqscan = off")
        cursor.execute(
            f"EXPLAIN SELECT paper_id FROM search_embedding WHERE model_id = {model.pk} "
            f"ORDER BY vector::halfvec(32) <=> '[{','.join('0' for _ in range(32))}]'::halfvec LIMIT 10"
        )
        plan = "\n".join(row[0] for row in cursor.fetchall())
        cursor.execute("RESET enable_seqscan")
    assert f"search_embedding_hnsw_{model.pk}" in plan
