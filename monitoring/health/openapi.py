"""The endpoint's published description, OpenAPI 3.1, derived from the contract."""

from __future__ import annotations

from typing import Any

from .contract import (
    ALLOW,
    DEFAULT_QUESTION,
    HEADERS,
    MEDIA_TYPE,
    PARAMETER,
    PATH,
    PROBLEM_TYPE,
    SHORT_PATHS,
    Question,
    body_schema,
)

_MEANS = {200: "pass or warn", 400: "a type that is none of the three", 503: "fail"}
_OTHERS = f"Any other method is answered 405 with `Allow: {ALLOW}`."


def openapi(*, title: str = "Health") -> dict[str, Any]:
    """The whole OpenAPI document of the public endpoint."""
    short = {path: _path(_short_answers(question), []) for path, question in SHORT_PATHS.items()}
    by_query = _path((200, 400, 503), [_type_parameter()])
    return {
        "openapi": "3.1.0",
        "info": {"title": title, "version": "1"},
        "paths": {PATH: by_query, **short},
        "components": {"schemas": {"Health": body_schema(), "Problem": _problem_schema()}},
    }


def _short_answers(question: Question) -> tuple[int, ...]:
    return (200,) if question is Question.LIVENESS else (200, 503)


def _path(statuses: tuple[int, ...], parameters: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "description": _OTHERS,
        "get": _operation(statuses, parameters, with_body=True),
        "head": _operation(statuses, parameters, with_body=False),
    }


def _operation(statuses: tuple[int, ...], parameters: list[dict[str, Any]], *, with_body: bool) -> dict[str, Any]:
    return {
        "parameters": parameters,
        "responses": {str(status): _response(status, with_body=with_body) for status in statuses},
    }


def _response(status: int, *, with_body: bool) -> dict[str, Any]:
    response: dict[str, Any] = {
        "description": _MEANS[status],
        "headers": {
            name: {"required": True, "schema": {"type": "string", "const": value}} for name, value in HEADERS.items()
        },
    }
    return response | {"content": _content(status)} if with_body else response


def _content(status: int) -> dict[str, Any]:
    if status == 400:
        return {PROBLEM_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Health"}}}


def _type_parameter() -> dict[str, Any]:
    words = [str(question) for question in Question]
    schema = {"type": "string", "enum": words, "default": str(DEFAULT_QUESTION)}
    return {"name": PARAMETER, "in": "query", "required": False, "schema": schema}


def _problem_schema() -> dict[str, Any]:
    return {
        "type": "object",
        "required": ["title", "status"],
        "properties": {"title": {"type": "string"}, "status": {"type": "integer", "enum": [400]}},
        "additionalProperties": False,
    }
