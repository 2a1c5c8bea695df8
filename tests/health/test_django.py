"""The page for Django, run as it stands: the endpoint in front of a real Django project."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]

SETTINGS = """
SECRET_KEY = "not-a-secret-of-anybody"
ALLOWED_HOSTS = ["youragency.com"]
ROOT_URLCONF = "project.urls"
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": "NAME_OF_FILE"}}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
"""

URLS = """
from django.http import HttpResponse
from django.urls import path
urlpatterns = [path("hello", lambda request: HttpResponse("hello"))]
"""

ASKS = """
import asyncio, httpx
from project.asgi import application
async def ask():
    transport = httpx.ASGITransport(app=application)
    async with httpx.AsyncClient(transport=transport, base_url="http://10.0.0.7") as client:
        for path in ("/api/health?type=full", "/readyz", "/api/health/"):
            answer = await client.get(path)
            print(path, answer.status_code, answer.text)
        answer = await client.get("/hello", headers={"host": "youragency.com"})
        print("/hello", answer.status_code, answer.text)
asyncio.run(ask())
"""


def answer_lines(folder: Path, database: str) -> list[str]:
    """What a project made by the page answers, a line for each path."""
    lines = re.search(r"```python\n(.*?)```", (ROOT / "manual/django.md").read_text(), re.DOTALL)
    assert lines is not None
    project = folder / "project"
    project.mkdir()
    texts = {"asgi": lines[1], "urls": URLS, "settings": SETTINGS.replace("NAME_OF_FILE", database), "__init__": ""}
    for name, text in texts.items():
        (project / f"{name}.py").write_text(text)
    done = subprocess.run(
        [sys.executable, "-c", ASKS], cwd=folder, env={"PYTHONPATH": f"{folder}:{ROOT}"}, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


PASSES = {name: f'"{name}":[{{"status":"pass"}}]' for name in ("database", "cache")}


def test_the_page_works(tmp_path: Path) -> None:
    assert answer_lines(tmp_path, ":memory:") == [
        f'/api/health?type=full 200 {{"status":"pass","checks":{{{PASSES["database"]},{PASSES["cache"]}}}}}',
        '/readyz 200 {"status":"pass","checks":{"database":[{"status":"pass"}]}}',
        '/api/health/ 404 {"title":"not found","status":404}',
        "/hello 200 hello",
    ]


def test_a_database_that_is_not_there_is_503_while_django_answers(tmp_path: Path) -> None:
    answers = answer_lines(tmp_path, "/nowhere/at/all.sqlite3")
    assert answers[1] == '/readyz 503 {"status":"fail","checks":{"database":[{"status":"fail"}]}}'
    assert answers[3] == "/hello 200 hello"
