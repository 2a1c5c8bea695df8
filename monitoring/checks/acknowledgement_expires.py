"""An acknowledged page that wakes comes back: whoever fell asleep again after it is asked once more."""

from __future__ import annotations

from collections.abc import Iterator

from monitoring.checks._check import Subjects, catalog_check
from monitoring.checks._context import Context, Finding

SUBJECTS = Subjects("policies of severities that wake", lambda context: frozenset(context.waking_policies))


@catalog_check("acknowledgement-expires", about=SUBJECTS)
def acknowledgement_expires(context: Context) -> Iterator[str | Finding]:
    """Looks at each policy that a waking severity pages; finds those whose acknowledgement never expires."""
    for name, policy in context.waking_policies.items():
        yield name
        if policy.acknowledgement_expires == "never":
            what = "is acknowledged for ever, so a page that wakes and is then forgotten never comes back"
            remedy = "write acknowledgement-expires: 30m"
            path = "acknowledgement-expires"
            yield context.finding("policy", name, path, key="never expires", what=what, remedy=remedy)
