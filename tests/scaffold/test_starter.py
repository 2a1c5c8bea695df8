"""What somebody may ask for: a name, and vendors that can both see something and wake somebody."""

from __future__ import annotations

import pytest

from monitoring.errors import UsageError
from monitoring.scaffold import Starter, named, vendors_of


@pytest.mark.parametrize(
    ("text", "vendors"),
    [
        pytest.param("pagerduty,datadog,sentry", ("datadog", "sentry"), id="all three"),
        pytest.param("sentry,pagerduty,datadog", ("datadog", "sentry"), id="the order does not matter"),
        pytest.param("pagerduty, datadog", ("datadog",), id="Datadog alone, with a space"),
        pytest.param("pagerduty,sentry,sentry", ("sentry",), id="Sentry alone, written twice"),
    ],
)
def test_vendors_are_read(text: str, vendors: tuple[str, ...]) -> None:
    assert vendors_of(text) == vendors


@pytest.mark.parametrize(
    ("text", "message"),
    [
        pytest.param("", 'no vendor is called ""; there is datadog, pagerduty, sentry', id="none"),
        pytest.param("pagerduty,datadgo", 'no vendor is called "datadgo"; did you mean "datadog"?', id="misspelled"),
        pytest.param("PagerDuty,sentry", 'no vendor is called "PagerDuty"; did you mean "pagerduty"?', id="capitals"),
        pytest.param("datadog", "pagerduty is missing, and it is what wakes people; add it", id="nobody is woken"),
        pytest.param("pagerduty", "nothing can fire with pagerduty alone; add datadog or sentry", id="nothing fires"),
    ],
)
def test_vendors_that_cannot_be_are_refused(text: str, message: str) -> None:
    with pytest.raises(UsageError) as refused:
        vendors_of(text)
    assert str(refused.value) == f"--vendors: {message}"


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("", id="nothing"),
        pytest.param("Acme", id="a capital letter"),
        pytest.param("a b", id="a space"),
        pytest.param("../acme", id="a path"),
        pytest.param("ümlaut", id="a letter outside of ASCII"),
        pytest.param("${NAME}", id="a placeholder"),
        pytest.param("a" * 61, id="too long"),
    ],
)
def test_a_name_that_is_no_id_is_refused_with_its_remedy(name: str) -> None:
    with pytest.raises(UsageError, match=r"use small letters, digits and single dashes.*, as in --name acme"):
        named(name)


def test_a_platform_is_called_as_people_read_it() -> None:
    starter = Starter(named("parcel-desk"), ("sentry",))
    assert (starter.title, starter.vendor_titles) == ("Parcel desk", "PagerDuty, Sentry")
