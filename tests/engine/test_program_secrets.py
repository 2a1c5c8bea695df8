"""No secret of any kind leaves the engine in clear: not in state, history, previews, outputs, logs or errors."""

from __future__ import annotations

import base64
import dataclasses
from collections.abc import Iterable, Iterator, Mapping

import pytest

from tests.engine.accounts.faults import Fault
from tests.engine.workspace import CREDENTIALS, PASSPHRASE, Run, Workspace

INTEGRATION = "pagerduty:index/serviceIntegration:ServiceIntegration"
ROW = "sentry:index/integrationPagerduty:IntegrationPagerduty"
CONFIGURED = "a-token-in-encrypted-configuration"
LOUDEST_SAFE = ("--logtostderr", "-v=8")
TOO_LOUD = ("--logtostderr", "-v=9")
"""From this level on the engine logs every value that it sends, secrets too (seen with 3.259.0)."""


def canaries(workspace: Workspace) -> Mapping[str, list[str]]:
    """One or more of each kind of secret, by kind."""
    keys = [str(body["integrationKey"]) for body in workspace.account.objects(INTEGRATION).values()]
    assert len(keys) > 5
    return {"key": keys, "token": list(CREDENTIALS.values()), "passphrase": [PASSPHRASE], "configuration": [CONFIGURED]}


def leaks(known: Mapping[str, list[str]], texts: Iterable[bytes]) -> set[str]:
    """The kinds of secret that some text holds, as it is or in Base64."""
    kept = list(texts)
    return {kind for kind, secrets in known.items() for secret in secrets if any(holds(text, secret) for text in kept)}


def holds(text: bytes, secret: str) -> bool:
    """Whether a text holds a secret, as it is or in Base64."""
    return secret.encode() in text or base64.b64encode(secret.encode()) in text


def written(workspace: Workspace) -> Iterator[bytes]:
    """Every file that the engine wrote, and the stack's own."""
    return (path.read_bytes() for path in workspace.files() if "catalog" not in path.parts)


def said(runs: Iterable[Run]) -> Iterator[bytes]:
    """Both streams of each run."""
    return (run.said.encode() for run in runs)


def configure_token(workspace: Workspace) -> None:
    """Put a token into the stack's configuration, encrypted; the next `up` takes it in place of the environment's."""
    workspace.must("config", "set", "--secret", "pagerduty:token", CONFIGURED)


def test_what_a_comparison_says_and_keeps_holds_no_secret(ours):
    configure_token(ours)
    words = [
        ("refresh", "--preview-only", "--json"),
        ("refresh", "--preview-only", "--diff", *LOUDEST_SAFE),
        ("stack", "export"),
        ("stack", "output", "--json"),
    ]
    runs = [ours.must(*these) for these in words]
    ours.account.cause(Fault.REFUSE, method="read", type_=ROW)
    failed = ours.run("refresh", "--preview-only")
    assert failed.code != 0
    assert leaks(canaries(ours), said([*runs, failed])) == set()
    assert leaks(canaries(ours), written(ours)) == set()


def test_the_search_would_have_found_each_kind(ours):
    configure_token(ours)
    known = canaries(ours)
    assert leaks(known, said([ours.must("stack", "export", "--show-secrets")])) == {"key"}
    assert leaks(known, said([ours.must("refresh", "--preview-only", *TOO_LOUD)])) == {"key"}
    assert leaks(known, said([ours.must("config", "get", "pagerduty:token")])) == {"configuration"}
    careless = {"monitoring:token": CREDENTIALS["SENTRY_AUTH_TOKEN"], "monitoring:passphrase": PASSPHRASE}
    for name, value in careless.items():
        ours.must("config", "set", "--plaintext", name, value)
    assert leaks(known, written(ours)) == {"token", "passphrase"}


@pytest.mark.full
def test_what_the_program_does_first_and_later_holds_no_secret(ours_untouched):
    configure_token(ours_untouched)
    workspace = dataclasses.replace(ours_untouched, extra={"PAGERDUTY_TOKEN": ""})
    first = [workspace.must("preview", "--json"), workspace.up(*LOUDEST_SAFE)]
    ours_untouched.account.cause(Fault.REFUSE, method="read", type_=ROW, times=100)
    later = [workspace.must("preview", "--diff"), workspace.try_up("--refresh", "--debug")]
    assert later[1].code != 0
    known = canaries(workspace)
    assert leaks(known, said([*first, *later])) == set()
    assert leaks(known, written(workspace)) == set()
