"""What was typed into a field for a password is found in the HTML that a recorder keeps, and nothing else is."""

from __future__ import annotations

import pytest

from monitoring.model.recording import PageElement
from monitoring.model.references import Names

TYPED = [
    pytest.param('<input type="password" value="hunter2">', True, id="a password"),
    pytest.param("<INPUT VALUE=hunter2 TYPE=PASSWORD>", True, id="without quotes, in large letters"),
    pytest.param('<input value="a>b" type="password">', True, id="a password that holds the end of a tag"),
    pytest.param('<input type="password" value="hunter', True, id="HTML that is cut off"),
    pytest.param('<form><input value="ana"><input type="password" value="x"></form>', True, id="one field of a form"),
    pytest.param('<form><input value="ana"><input type="password" value=""></form>', False, id="an empty one beside"),
    pytest.param('<input type="password" data-value="x">', False, id="another attribute"),
    pytest.param('<input type="text" value="lamp">', False, id="a text"),
    pytest.param('<button value="go">type=password</button>', False, id="no field at all"),
]


@pytest.mark.parametrize(("html", "is_refused"), TYPED)
def test_a_password_in_what_was_recorded(html: str, is_refused: bool):
    element = PageElement.model_construct(multi_locator='{"ab":"/input"}', target_outer_html=html, user_locator=None)
    problems = [problem.what for problem in element.entry_problems(Names())]
    assert problems == ["holds what was typed into a field for a password"] * is_refused
