"""The corpus: as many objects as it promises, in the forms of real ones, no two alike, nobody real."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.corpus import HERE, VendorObject, detectors, monitors, pagerduty, synthetic_tests, workflows
from tests.corpus.forms import FORMS, Form, issue_alerts

CRONS = [detector for detector in detectors() if detector["type"] == "monitor_check_in_failure"]
SIZES = [
    pytest.param(monitors(), 120, id="monitors"),
    pytest.param(pagerduty("services"), 60, id="services"),
    pytest.param(pagerduty("schedules"), 9, id="schedules"),
    pytest.param(pagerduty("escalation_policies"), 11, id="policies"),
    pytest.param(workflows(), 25, id="alerts at Sentry"),
    pytest.param(issue_alerts(), 16, id="alerts on issues"),
    pytest.param(CRONS, 25, id="jobs"),
    pytest.param(synthetic_tests(), 20, id="synthetic tests"),
]
CASES = [
    pytest.param(objects, form, id=f"a {kind} that {form.name}") for kind, objects, forms in FORMS for form in forms
]
NUMBER = re.compile(r"\d+(\.\d+)?")


@pytest.mark.parametrize(("objects", "least"), SIZES)
def test_there_are_enough(objects: Sequence[VendorObject], least: int):
    assert len(objects) >= least


@pytest.mark.parametrize(("objects", "form"), CASES)
def test_a_form_is_as_frequent_as_in_real_configurations(objects: Sequence[VendorObject], form: Form):
    assert sum(1 for each in objects if form.holds(each)) >= form.least(len(objects))


def test_no_two_monitors_differ_in_a_number_alone():
    texts = [NUMBER.sub("N", f"{monitor['query']} {monitor['message']}") for monitor in monitors()]
    assert len(set(texts)) == len(texts)


@pytest.mark.parametrize(
    "objects",
    [pagerduty("services"), workflows(), CRONS, synthetic_tests()],
    ids=["services", "alerts", "jobs", "tests"],
)
def test_no_two_have_one_name(objects: Sequence[VendorObject]):
    names = [each["name"] for each in objects]
    assert len(set(names)) == len(names)


def test_nobody_in_it_is_real():
    texts = "".join(path.read_text(encoding="utf-8") for path in HERE.rglob("*.json"))
    hosts = set(re.findall(r"[\w.+-]+@([\w-]+(?:\.[\w-]+)+)", texts))
    assert hosts == {"youragency.com", "youragency.pagerduty.com"}


@pytest.mark.parametrize("path", sorted(HERE.rglob("*.json")), ids=lambda path: path.stem)
def test_a_file_is_written_in_one_way(path: Path):
    text = path.read_text(encoding="utf-8")
    assert text == json.dumps(json.loads(text), indent=1, ensure_ascii=False) + "\n"


def test_pagerduty_refers_to_what_is_there():
    policies, schedules, users = (pagerduty(kind) for kind in ("escalation_policies", "schedules", "users"))
    ids = {row["id"] for row in (*policies, *schedules, *users)}
    of_services = {service["escalation_policy"]["id"] for service in pagerduty("services")}
    targets = {target["id"] for row in policies for rule in row["escalation_rules"] for target in rule["targets"]}
    on_call = {
        member["user"]["id"] for row in schedules for layer in row["schedule_layers"] for member in layer["users"]
    }
    assert of_services | targets | on_call <= ids


def test_sentrys_alerts_and_monitors_name_one_another():
    at_alerts = {(alert["id"], id_) for alert in workflows() for id_ in alert["detectorIds"]}
    at_monitors = {(id_, monitor["id"]) for monitor in detectors() for id_ in monitor["workflowIds"]}
    assert at_alerts == at_monitors
