"""Words that once reached a page, a channel or a dashboard through a field that no check read: found as made."""

from __future__ import annotations

import pytest

from monitoring.model.effective import rules_everywhere
from monitoring.sent_texts import sent_texts
from tests.checks.good import Change, oncall, platform, report, shop, teams
from tests.conftest import TODAY
from tests.factories import a_catalog

TITLE = "title: The shop is failing"
MEANS = "means: Customers cannot buy."
HANDLES, TEMPLATES, PERSONAL = "message-handles", "template-variables", "personal-data"


def tenants(title: str) -> Change:
    return "tenants.yaml", "title: Acme Stores", f"title: '{title}'"


def window(title: str) -> Change:
    return "maintenance.yaml", "title: Upgrade", f"title: '{title}'"


WRONG: dict[str, tuple[Change, str, str]] = {
    # from the inputs
    "h-team-title": (
        teams("title: Platform", "title: 'Platform @pagerduty-Other'"),
        HANDLES,
        'team "platform": its title',
    ),
    "h-tenant-title": (tenants("Acme @pagerduty-Other"), HANDLES, 'tenant "acme": its title holds the handle'),
    "title-h-slack-channel": (shop(TITLE, "title: low <!channel>"), HANDLES, 'rule "shop-failing": its title'),
    # their siblings
    "a mention in a tenant's title": (tenants("Acme <!here>"), HANDLES, 'tenant "acme": its title holds the handle'),
    "a group of Slack's": (shop(MEANS, "means: Ask <!subteam^S1> now."), HANDLES, '"<!subteam^S1>"'),
    "a member of Slack's": (shop(MEANS, "means: Ask <@U012AB> now."), HANDLES, '"<@U012AB>"'),
    "a link of Slack's with a label": (
        shop(TITLE, 'title: "low <https://evil.example|click here>"'),
        HANDLES,
        'its title holds the link "<https://evil.example|click here>", of which Slack shows the label alone; write',
    ),
    "a link of Slack's that is never closed": (
        shop(MEANS, 'means: "See <slack://open|here"'),
        HANDLES,
        'the link "<slack://open|here"',
    ),
    "a link in a tenant's title": (tenants("Acme <HTTPS://evil.example|x>"), HANDLES, 'tenant "acme": its title'),
    "a handle of a schedule": (
        oncall("title: First line", "title: 'Primary @slack-x'"),
        HANDLES,
        'schedule "primary": its title holds the handle "@slack-x"',
    ),
    "a handle of a policy": (
        oncall("title: Critical", "title: 'Critical @all'"),
        HANDLES,
        'policy "critical": its title holds the handle "@all"',
    ),
    "a handle of a service": (shop("title: Shop\n", "title: Shop @here\n"), HANDLES, 'service "shop": its title'),
    "a handle of a window": (window("Upgrade @all"), HANDLES, 'maintenance "upgrade": its title holds the handle'),
    "a handle of the platform": (
        platform("title: Agency platform", "title: Agency @all"),
        HANDLES,
        'platform: its title holds the handle "@all"',
    ),
    "a handle in the value of a tag": (
        shop("where: {feature: checkout}, more-than: 10", "where: {feature: checkout, tenant: '@all'}, more-than: 10"),
        HANDLES,
        'rule "shop-failing": its errors.where.tenant holds the handle "@all"',
    ),
    "a block that is never closed": (
        shop(TITLE, """title: '{{#is_match "x" "a{b}"}}x'"""),
        TEMPLATES,
        'rule "shop-failing": nothing fills "{{#is_match',
    ),
    "an expression": (shop(MEANS, """means: '{{eval "1+{1}"}}'"""), TEMPLATES, 'nothing fills "{{eval'),
    "a template that is never closed": (shop(TITLE, "title: 'low {{ host'"), TEMPLATES, 'nothing fills "{{ host"'),
    "a template that is never opened": (shop(TITLE, "title: 'low }} host'"), TEMPLATES, 'nothing fills "}}"'),
    "a variable in a tenant's title": (tenants("Acme {{host.name}}"), TEMPLATES, 'tenant "acme": nothing fills'),
    "a block in a team's title": (
        teams("title: Platform", "title: '{{#is_recovery}} x'"),
        TEMPLATES,
        'team "platform"',
    ),
    "a group's variable of another rule": (shop(MEANS, "means: '{{function.name}}'"), TEMPLATES, 'rule "shop-failing"'),
    "a person in a team's title": (
        teams("title: Platform", "title: 'Platform (Ana Example)'"),
        PERSONAL,
        'team "platform": its title holds the person\'s name "Ana Example"',
    ),
    "a telephone number in a tenant's title": (tenants("Acme +49 170 1234567"), PERSONAL, 'tenant "acme": its title'),
    "an address in a tenant's title": (tenants("Acme boss@youragency.com"), PERSONAL, 'tenant "acme": its title'),
    "a person in a schedule's title": (
        oncall("title: First line", "title: 'Primary: ANA-EXAMPLE'"),
        PERSONAL,
        'schedule "primary": its title holds the person\'s name "ANA-EXAMPLE"',
    ),
    "a person in a window's title": (window("Upgrade by Ben Example"), PERSONAL, 'maintenance "upgrade": its title'),
    "an address in the value of a tag": (
        shop(
            "where: {feature: checkout}, more-than: 10",
            "where: {feature: checkout, tenant: a@b.example}, more-than: 10",
        ),
        PERSONAL,
        'rule "shop-failing": its errors.where.tenant holds the e-mail address',
    ),
}


def problems(check: str, *changes: Change) -> list[str]:
    return [str(reported.problem) for reported in report(*changes).unwaived if reported.check == check]


@pytest.mark.parametrize(("change", "check", "sentence"), WRONG.values(), ids=WRONG)
def test_it_is_found_at_the_field_from_which_it_comes(change: Change, check: str, sentence: str) -> None:
    sentences = problems(check, change)
    assert len(sentences) == 1
    assert sentence in sentences[0]
    assert sentences[0].isprintable()


RIGHT: dict[str, tuple[Change, str]] = {
    "raw-group-variable": (
        shop("means: Mails wait.", 'means: "{{page.name}} is close to its limit."'),
        TEMPLATES,
    ),
    "a threshold that Datadog fills": (
        shop("means: A function is close to its limit.", "means: 'Over {{threshold}}.'"),
        TEMPLATES,
    ),
    "an address of a team": (shop("title: Shop\n", "title: 'Shop, oncall@youragency.com'\n"), PERSONAL),
    "a sign between two numbers": (shop(TITLE, "title: Less <5 @ 3"), HANDLES),
    "an address that is shown as it is": (shop(MEANS, 'means: "See <https://youragency.com/a> or https://b"'), HANDLES),
    "a sign before a choice": (shop(MEANS, 'means: "p95 <p99: slow | slower"'), HANDLES),
}


@pytest.mark.parametrize(("change", "check"), RIGHT.values(), ids=RIGHT)
def test_it_is_right(change: Change, check: str) -> None:
    assert problems(check, change) == []


SAME_WORD = {
    "a handle": (HANDLES, "low @all"),
    "a template": (TEMPLATES, "low {{host.name}}"),
    "a person": (PERSONAL, "low Ana Example"),
    "a placeholder": ("foreign-placeholders", "low {host}"),
}


@pytest.mark.parametrize(("check", "text"), SAME_WORD.values(), ids=SAME_WORD)
def test_each_field_has_a_finding_of_its_own_and_so_a_waiver(check: str, text: str) -> None:
    """One waiver accepted a word in every field of an entry, and in another kind of entry of the same name."""
    changes = (
        shop(TITLE, f"title: '{text}'"),
        shop(MEANS, f"means: '{text}'"),
        shop("title: Shop\n", f"title: '{text}'\n"),
        ("tenants.yaml", "acme: {", f"shop: {{title: '{text}', plan: enterprise}}\nacme: {{"),
    )
    keys = [reported.finding.key for reported in report(*changes).unwaived if reported.check == check]
    assert len(keys) == len(set(keys)) == 4


def test_a_word_is_found_once_however_many_texts_it_is_in() -> None:
    assert len(problems(HANDLES, teams("title: Platform", "title: 'Platform @all'"))) == 1


def test_what_two_fields_make_together_is_found() -> None:
    """A template that opens in one field and closes in another."""
    changes = (shop(TITLE, "title: 'low {{'"), tenants("Acme }}"))
    assert len(problems(TEMPLATES, *changes)) == 2


def test_g_policy_asks_person() -> None:
    """No text names a person whom a policy asks: PagerDuty is told by id, and people read there who it is."""
    catalog = a_catalog(("oncall.yaml", "ask: [kit]", "ask: [kit, ana]"))
    texts = [text for _, sent in sent_texts(catalog, rules_everywhere(catalog, TODAY)) for text in sent]
    assert any("2 people named in PagerDuty" in text for text in texts)
    assert [text for text in texts if "Example" in text or "@" in text.replace("oncall@youragency.com", "")] == []


def test_no_text_holds_the_address_of_a_person_who_gets_mail() -> None:
    mailed = "P3: {slack: [alerts], email: [ana@youragency.com, oncall@youragency.com]}"
    catalog = a_catalog(("teams.yaml", "P3: {slack: [alerts]}", mailed), ("services/shop.yaml", "P1", "P3"))
    texts = [text for _, sent in sent_texts(catalog, rules_everywhere(catalog, TODAY)) for text in sent]
    assert any("sent to #alerts, oncall@youragency.com, a person by e-mail" in text for text in texts)
    assert not [text for text in texts if "ana@" in text]
