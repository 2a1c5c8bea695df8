"""What happens to declared resources on the real engine: created, unchanged, updated, replaced, drifted."""

from tests.engine import declarations as d


def test_everything_is_created_once_and_then_nothing_differs(workspace):
    workspace.declare(*d.one_of_each())
    promised = workspace.preview()
    assert set(promised.changes.values()) == {"create"}
    workspace.up()
    assert {step.urn for step in promised.steps} == set(workspace.state())
    assert workspace.preview("--expect-no-changes").changes == {}
    drift = workspace.drift()
    assert drift.code == 0, drift.said
