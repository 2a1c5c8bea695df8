"""Secrets of the stack's configuration: read without being shown, asked for all at once, hidden in what is declared."""

from __future__ import annotations

import pytest

from monitoring.errors import UsageError
from monitoring.naming import type_tokens
from monitoring.plan import HIDDEN
from monitoring.resources.secrets import SecretKind, read_secrets, secrets_of
from tests.resources.every_signal import declared, every_signal

WEBHOOK, HEADER = SecretKind.WEBHOOK, SecretKind.HEADER
REFUSED = [
    pytest.param(WEBHOOK, "https://hooks.youragency.com", "holds nothing by name", id="an address without a name"),
    pytest.param(WEBHOOK, {"board": "http://hooks.youragency.com"}, '"board" is no address', id="one without tls"),
    pytest.param(WEBHOOK, {"board": "hooks"}, '"board" is no address', id="no address"),
    pytest.param(WEBHOOK, {"board": "https://[::1"}, '"board" is no address', id="a broken address"),
    pytest.param(WEBHOOK, {"board": "https://hooks.youragency.com/a b"}, '"board" is no address', id="a blank inside"),
    pytest.param(WEBHOOK, {"board": ""}, '"board" is no address', id="an empty address"),
    pytest.param(HEADER, "Bearer hooks.youragency.com", "holds nothing by name", id="a value without a name"),
    pytest.param(HEADER, ["hooks.youragency.com"], "holds nothing by name", id="a list"),
    pytest.param(HEADER, {"token": ""}, '"token" is no value of a header', id="an empty value"),
    pytest.param(HEADER, {"token": True}, '"token" is no value of a header', id="a value that is true"),
    pytest.param(HEADER, {"token": {"of": "hooks.youragency.com"}}, '"token" is no value', id="a value with parts"),
    pytest.param(HEADER, {"token": "hooks.youragency.com\r\nx: y"}, '"token" is no value', id="a value of two lines"),
    pytest.param(HEADER, {"token": "hooks.youragency.com \u00e9"}, '"token" is no value', id="a letter outside ASCII"),
]


@pytest.mark.parametrize(("kind", "value", "reason"), REFUSED)
def test_a_secret_that_is_not_fit_is_refused_and_not_shown(kind: SecretKind, value: object, reason: str):
    with pytest.raises(UsageError, match=reason) as refused:
        read_secrets(kind, value)
    assert "hooks.youragency.com" not in str(refused.value)


TAKEN = [
    pytest.param(HEADER, {"token": " Bearer a.b "}, {"token": "Bearer a.b"}, id="a value, without the blanks around"),
    pytest.param(HEADER, {"token": 123456}, {"token": "123456"}, id="a number"),
    pytest.param(HEADER, None, {}, id="nothing"),
]


@pytest.mark.parametrize(("kind", "value", "read"), TAKEN)
def test_a_secret_is_read(kind: SecretKind, value: object, read: dict[str, str]):
    assert read_secrets(kind, value) == read


def test_all_that_is_missing_is_named_at_once_with_the_commands():
    configured = {WEBHOOK: {"board": "https://hooks.youragency.com/7"}, HEADER: {}}
    with pytest.raises(UsageError) as refused:
        secrets_of({WEBHOOK: ["board", "pager"], HEADER: ["token"]}, configured, offline=False)
    assert str(refused.value) == (
        'monitoring:webhooks has no address of "pager" and monitoring:secrets has no value of "token"; '
        "write pulumi config set --secret --path 'monitoring:webhooks.pager' https://HOST/PATH and "
        "pulumi config set --secret --path 'monitoring:secrets.token' VALUE"
    )


def test_what_nobody_needs_is_not_handed_on():
    configured = {WEBHOOK: {}, HEADER: {"token": "a", "other": "b"}}
    assert secrets_of({HEADER: ["token"]}, configured, offline=False) == {HEADER: {"token": "a"}}


def test_nobody_is_asked_for_a_secret_offline():
    found = secrets_of({WEBHOOK: ["board"], HEADER: ["token"]}, {}, offline=True)
    assert found == {WEBHOOK: {"board": "https://board.invalid"}, HEADER: {"token": "unknown-token"}}


def test_a_secret_is_a_variable_of_its_environment_and_its_test_names_it():
    plan = declared(every_signal(), "staging")
    variable = plan.by_key[f"{type_tokens.SYNTHETICS_VARIABLE}::probe-token"]
    name = "AGENCY__STAGING__PROBE_TOKEN"
    assert variable.inputs["name"] == name
    assert variable.inputs["secure"] is True
    assert variable.inputs["value"] == {"secret": HIDDEN}
    assert "value" in variable.secret_outputs
    test = plan.by_key[f"{type_tokens.SYNTHETICS_TEST}::shop-buy"]
    assert test.inputs["requestHeaders"]["authorization"] == f"{{{{ {name} }}}}"
    known = {"name": name, "type": "global", "id": {"ref": variable.key, "output": "id"}}
    assert test.inputs["configVariables"] == [known]
