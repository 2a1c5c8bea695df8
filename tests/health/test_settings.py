"""The file or the variable that names the checks: every mistake in one run, with its place and what to do."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from monitoring.health.check import Budget
from monitoring.health.settings import KINDS, USUAL, SettingsError, checks_from_environment, checks_from_file

ENVIRON = {
    "CLERK_SECRET_KEY": "sk_test_planted",
    "MYSQL_URL": "mysql://root@127.0.0.1/app",
    "REDIS_URL": "redis://127.0.0.1:6379/0",
    "DATABASE_URL": "postgresql://postgres@127.0.0.1/postgres",
    "RESEND_API_KEY": "re_planted",
    "STRIPE_SECRET_KEY": "sk_planted",
    "SUPABASE_ANON_KEY": "planted",
    "SUPABASE_URL": "https://project.supabase.co",
    "VERCEL_PROJECT_ID": "prj_1",
    "VERCEL_TOKEN": "planted",
}
GOOD = '[[check]]\nname = "database"\nprobe = "postgres"\nconninfo = "$DATABASE_URL"\ncritical = true\n'


NOWHERE = 'status_page = "nowhere"\nstatus_components = ["a"]'


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "health.toml"
    path.write_text(text)
    return path


def test_a_file_becomes_checks(tmp_path: Path) -> None:
    more = '[[check]]\nname = "certificate"\nprobe = "tls"\nhost = "youragency.com"\n'
    more += "keep_for = 3600\ncalls = 30\nper = 3600\n"
    database, certificate = checks_from_file(written(tmp_path, GOOD + more), environ=ENVIRON)
    assert (database.name, database.critical, database.keep_for) == ("database", True, 15.0)
    assert (certificate.name, certificate.critical, certificate.keep_for) == ("certificate", False, 3600)
    assert certificate.budget == Budget(calls=30, per=3600)


def test_the_variable_becomes_checks() -> None:
    words = " ".join(f"part-{n}={kind}{'!' if n == 0 else ''}" for n, kind in enumerate(USUAL))
    checks = checks_from_environment({**ENVIRON, "HEALTH_CHECKS": words})
    assert [check.critical for check in checks] == [True] + [False] * (len(USUAL) - 1)
    assert len(checks) == len(USUAL)


def test_every_probe_of_the_variable_is_a_probe() -> None:
    assert USUAL.keys() <= KINDS.keys()


WRONG = [
    pytest.param("", "names no check", id="an empty file"),
    pytest.param("[[check]", "line 1", id="TOML that is none says its line"),
    pytest.param('title = "x"\n' + GOOD, 'there is no table "title"', id="an unknown table"),
    pytest.param("check = 3\n", "names no probe", id="a check that is no table"),
    pytest.param(GOOD + "\n" + GOOD, ':7: a check "database" is there already', id="the same name twice"),
    pytest.param(GOOD.replace('postgres"', 'postgrs"'), 'did you mean "postgres"?', id="a misspelt probe"),
    pytest.param(GOOD.replace('postgres"', 'x"'), "one of clerk, cpu", id="an unknown probe"),
    pytest.param(GOOD.replace("conninfo", "url"), 'has no "url"; it has conninfo, writable', id="an unknown argument"),
    pytest.param(GOOD.replace("conninfo", "url"), 'needs "conninfo"', id="a missing argument"),
    pytest.param(GOOD.replace("$DATABASE_URL", "$NOTHING"), 'no "NOTHING"; set it', id="an unset variable"),
    pytest.param(GOOD.replace("$DATABASE_URL", "postgresql://u:hunter2@[::1/x"), "cannot be read", id="a bad address"),
    pytest.param(GOOD.replace('"$DATABASE_URL"', "[1]"), "neither text nor number", id="a list as argument"),
    pytest.param(GOOD.replace("true", '"yes"'), "write true or false", id="a text as bool"),
    pytest.param(GOOD + 'deadline = "1s"', '"deadline" has a wrong type', id="a text as seconds"),
    pytest.param(GOOD + "deadline = true", '"deadline" has a wrong type', id="a truth as seconds"),
    pytest.param(GOOD + "deadline = 5", "deadline must lie between", id="a deadline beyond the answer's"),
    pytest.param(GOOD.replace('name = "database"', ""), "a check without a name", id="no name"),
    pytest.param(GOOD.replace("database", "Data Base"), "lower-case words", id="a name that is none"),
    pytest.param(GOOD + "calls = 3", "a budget needs calls and per", id="half a budget"),
    pytest.param(GOOD.replace('probe = "postgres"', ""), 'names no probe; write for example probe = "', id="no probe"),
    pytest.param(GOOD + 'status_page = "https://x.test"', 'write for example ["API"]', id="a page without parts"),
    pytest.param(GOOD + 'status_components = ["a"]', "a status page needs an address", id="parts without a page"),
    pytest.param(f"{GOOD}{NOWHERE}", "needs http:// or https://", id="a page that is none"),
    pytest.param("x" * 300_000, "longer than", id="a huge file"),
]


@pytest.mark.parametrize(("text", "says"), WRONG)
def test_a_wrong_file_is_refused(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(SettingsError) as refused:
        checks_from_file(written(tmp_path, text), environ=ENVIRON)
    assert says in str(refused.value)
    assert "hunter2" not in str(refused.value)
    assert all(line.endswith(" (health-settings)") for line in refused.value.problems)


def test_every_mistake_is_told_in_one_run(tmp_path: Path) -> None:
    text = '[[check]]\nname = "a"\nprobe = "x"\n\n[[check]]\nprobe = "disk"\n\n[[check]]\nname = "b"\nprobe = "http"\n'
    with pytest.raises(SettingsError) as refused:
        checks_from_file(written(tmp_path, text), environ={})
    assert [problem.split(": ")[0].rsplit(":", 1)[1] for problem in refused.value.problems] == ["1", "5", "8"]


def unreadable(tmp_path: Path) -> Path:
    (tmp_path / "latin.toml").write_bytes(b'name = "\xff"')
    return tmp_path / "latin.toml"


FILES = [
    pytest.param(lambda tmp_path: tmp_path / "nowhere.toml", "no such file", id="a file that is missing"),
    pytest.param(lambda tmp_path: tmp_path, "is a directory", id="a folder"),
    pytest.param(unreadable, "not UTF-8", id="a file that is not UTF-8"),
]


@pytest.mark.parametrize(("path", "says"), FILES)
def test_a_file_that_cannot_be_read_is_refused(tmp_path: Path, path: Any, says: str) -> None:
    with pytest.raises(SettingsError, match=says):
        checks_from_file(path(tmp_path), environ=ENVIRON)


NAME_AND_PROBE = "write NAME=PROBE, for example database=postgres!"
VARIABLES = [
    pytest.param({}, "HEALTH_CHECKS: names no check", id="an unset variable"),
    pytest.param(
        {"HEALTH_CHECKS": "a=dns"}, 'the probe "dns" needs "host"; write it in a file', id="what needs a file"
    ),
    pytest.param({"HEALTH_CHECKS": "nope"}, f"names no probe; {NAME_AND_PROBE}", id="a name alone"),
    pytest.param({"HEALTH_CHECKS": "nope="}, f"names no probe; {NAME_AND_PROBE}", id="a name and nothing"),
    pytest.param({"HEALTH_CHECKS": "nope!"}, f"names no probe; {NAME_AND_PROBE}", id="a name that is critical"),
    pytest.param({"HEALTH_CHECKS": "db=nope"}, 'there is no probe "nope"; one of', id="a probe that is none"),
    pytest.param({"HEALTH_CHECKS": "pay=stripe!"}, 'no "STRIPE_SECRET_KEY"', id="a vendor's variable that is unset"),
]


@pytest.mark.parametrize(("environ", "says"), VARIABLES)
def test_a_wrong_variable_is_refused(environ: dict[str, str], says: str) -> None:
    with pytest.raises(SettingsError) as refused:
        checks_from_environment(environ)
    assert says in str(refused.value)
