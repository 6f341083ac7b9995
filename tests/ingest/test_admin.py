"""What an operator can do: see the dead and try them again, switch a source off, clear an alarm."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from ingest import jobs
from ingest.harvest import state
from ingest.models import Alarm, Job, Queue, Source

pytestmark = pytest.mark.django_db


def give_up(key: str) -> Job:
    jobs.enqueue([jobs.Wanted("edition", key, Queue.VENUES, {"source": "cvf", "edition": key})])
    jobs.fail(jobs.take(keys=[key])[0], "the host answers 500 <b>loudly</b>", for_good=True)
    return Job.objects.get(key=key)


def act(client: Client, model: str, action: str, *ids: Any) -> None:
    address = reverse(f"admin:ingest_{model}_changelist")
    response = client.post(address, {"action": action, "_selected_action": ids}, follow=True)
    assert response.status_code == 200


def test_dead_jobs_are_listed_with_their_reason(admin_client: Client) -> None:
    give_up("CVPR.2023")
    page = admin_client.get(reverse("admin:ingest_job_changelist") + "?state__exact=dead").content.decode()
    assert "CVPR.2023" in page
    assert "the host answers 500 &lt;b&gt;loudly" in page


def test_dead_jobs_can_be_tried_again(admin_client: Client) -> None:
    one, other = give_up("CVPR.2023"), give_up("CVPR.2022")
    act(admin_client, "job", "try_again", one.pk, other.pk)
    assert set(Job.objects.values_list("state", "attempts")) == {("waiting", 0)}
    assert {job.key for job in jobs.take(limit=9)} == {"CVPR.2023", "CVPR.2022"}


def test_an_alarm_can_be_cleared(admin_client: Client) -> None:
    state.raise_alarm("x", "something")
    act(admin_client, "alarm", "clear", Alarm.objects.get().pk)
    assert Alarm.objects.get().cleared


def test_a_source_can_be_switched_off(admin_client: Client) -> None:
    state.succeeded("cvf")
    form = {
        "form-TOTAL_FORMS": 1, "form-INITIAL_FORMS": 1, "form-0-name": "cvf", "_save": "Save",
    }  # fmt: skip
    admin_client.post(reverse("admin:ingest_source_changelist"), form, follow=True)
    assert not Source.objects.get().enabled
    assert not state.is_enabled("cvf")


@pytest.mark.parametrize(
    "model", ["job", "source", "alarm", "announcedlist", "harvestededition", "setaside", "importrun"]
)
def test_every_list_opens_and_strangers_are_kept_out(admin_client: Client, client: Client, model: str) -> None:
    address = reverse(f"admin:ingest_{model}_changelist")
    assert admin_client.get(address).status_code == 200
    assert client.get(address).status_code == 302
