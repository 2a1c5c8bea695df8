"""What a test asks and what must be in its answer: hosts, addresses and headers of RFC 3986 and RFC 9110, and narrower.

Left out of the RFCs' alphabets is what a page, a table or a message would read as its own: ( ) " < > | and @.
"""

from __future__ import annotations

import json
import re
from typing import Annotated, Any
from urllib.parse import urlsplit

from monitoring.model.scalars import MAX_QUERY, ScalarType, as_text, invalid_value, parse_line, quoted, shown

MAX_ADDRESS = 1_000
MAX_LITERAL_TEXT = 500
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9\-]{0,61}[A-Za-z0-9])?"
_HOST = re.compile(rf"(?=.{{1,253}}\Z){_LABEL}(?:\.{_LABEL})+", re.ASCII)
_AFTER_HOST = re.compile(r"(?:[A-Za-z0-9\-._~!$&'*+,;=:/?]|%[0-9A-Fa-f]{2})*", re.ASCII)
_ADDRESS = re.compile(r"https://(?P<host>[^/?#:]+)(?::(?P<port>\d{1,5}))?(?P<rest>[/?].*)?", re.ASCII)
_HEADER = re.compile(r"[A-Za-z0-9\-]{1,100}", re.ASCII)
# A name, a number, or every element, one after the other: RFC 9535 without filters, slices and functions.
_JSON_PATH = re.compile(r"\$(?:\.[A-Za-z_][A-Za-z0-9_\-]{0,99}|\[(?:\d{1,6}|\*)\]){1,30}", re.ASCII)
_HEADER_VALUE = re.compile(r"[ -~]{1,500}", re.ASCII)

_A_URL = "write it as https://app.youragency.com/path"
_A_HOST = "write it as app.youragency.com"
_A_PATH = "begin it with /, and write blanks and other signs as %20"


def _host_in(text: str) -> str:
    """The host that somebody means who wrote a whole address, or nothing."""
    try:
        host = urlsplit(text if "//" in text else f"//{text}").hostname or ""
    except ValueError:
        return ""
    return host if _HOST.fullmatch(host) else ""


def parse_host(value: Any) -> str:
    """A host by its name in small letters, without https://, port and path; hosts have no case (RFC 3986, 3.2.2)."""
    text = as_text(value, "a host", _A_HOST)
    if not _HOST.fullmatch(text):
        meant = _host_in(text)
        raise invalid_value(f"{shown(value)} is not a host", f"write {quoted(meant)}" if meant else _A_HOST)
    return text.lower()


def parse_path(value: Any) -> str:
    """A path below an address, with its query."""
    text = as_text(value, "a path", _A_PATH)
    if not text.startswith("/") or len(text) > MAX_ADDRESS or not _AFTER_HOST.fullmatch(text):
        raise invalid_value(f"{shown(value)} is not a path", _A_PATH)
    return text


def parse_url(value: Any) -> str:
    """An https address without credentials and fragment, its host in small letters."""
    text = as_text(value, "an address", _A_URL)
    match = _ADDRESS.fullmatch(text) if len(text) <= MAX_ADDRESS else None
    if not match or not _HOST.fullmatch(match["host"]) or not _AFTER_HOST.fullmatch(match["rest"] or ""):
        raise invalid_value(f"{shown(value)} is not an https address", _A_URL)
    if match["port"] and not 1 <= int(match["port"]) <= 65_535:
        raise invalid_value(f"{quoted(match['port'])} is not a port", "write one from 1 to 65535")
    return f"{text[: match.start('host')]}{match['host'].lower()}{text[match.end('host') :]}"


_KEPT_VALUE = re.compile(r"\$\{[a-z0-9\-]{1,60}\}", re.ASCII)


def parse_path_template(value: Any) -> str:
    """A path in which values of earlier steps may stand, as ${name}."""
    text = as_text(value, "a path", _A_PATH)
    parse_path(_KEPT_VALUE.sub("x", text))
    return text


def parse_url_template(value: Any) -> str:
    """An https address in which values of earlier steps may stand behind the host, as ${name}."""
    text = as_text(value, "an address", _A_URL)
    host = re.split("[/?]", text.removeprefix("https://"), maxsplit=1)[0]
    if _KEPT_VALUE.search(host):
        raise invalid_value(f"{shown(value)} leaves open which host is asked", "write the host out")
    read, end = parse_url(_KEPT_VALUE.sub("x", text)), len("https://") + len(host)
    return read[:end] + text[end:]


_GRPC_SERVICE = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,99}(?:\.[A-Za-z_][A-Za-z0-9_]{0,99}){0,19}", re.ASCII)
_DNS_LABEL = r"[A-Za-z0-9_](?:[A-Za-z0-9_\-]{0,61}[A-Za-z0-9_])?"
_DNS_NAME = re.compile(rf"(?=.{{1,253}}\Z){_DNS_LABEL}(?:\.{_DNS_LABEL})+", re.ASCII)


def parse_grpc_service(value: Any) -> str:
    """The full name of a gRPC service: the identifiers of Protocol Buffers, with dots between them."""
    text = as_text(value, "a service", "write its full name, like shop.v1.Orders")
    if not _GRPC_SERVICE.fullmatch(text):
        raise invalid_value(f"{shown(value)} is not the name of a gRPC service", "write it like shop.v1.Orders")
    return text


def parse_dns_name(value: Any) -> str:
    """A name in small letters that has records, also one such as _dmarc.youragency.com (RFC 8552)."""
    text = as_text(value, "a name", _A_HOST)
    if not _DNS_NAME.fullmatch(text):
        raise invalid_value(f"{shown(value)} is not a name that can be looked up", _A_HOST)
    return text.lower()


def parse_base_url(value: Any) -> str:
    """An https address to which a path is added: without a query, and without a slash at its end."""
    text = parse_url(value)
    if "?" in text or text.endswith("/"):
        meant = text.partition("?")[0].rstrip("/")
        raise invalid_value(f"{quoted(text)} cannot be followed by a path", f"write {quoted(meant)}")
    return text


def parse_header_name(value: Any) -> str:
    """The name of an HTTP header."""
    text = as_text(value, "a header", "write its name, like content-type")
    if not _HEADER.fullmatch(text):
        raise invalid_value(f"{shown(value)} is not the name of a header", "use letters, digits and dashes")
    return text


def parse_header_value(value: Any) -> str:
    """The value of an HTTP header: one line of ASCII, in which Datadog puts no variable of its own."""
    text = as_text(value, "the value of a header", "write it in quotes, on one line")
    if not _HEADER_VALUE.fullmatch(text) or "{{" in text:
        raise invalid_value(f"{shown(value)} is not the value of a header", "write one line of ASCII, without {{")
    return text


def parse_port(value: Any) -> int:
    """A port of TCP."""
    if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= 65_535:
        raise invalid_value(f"{shown(value)} is not a port", "write one from 1 to 65535")
    return value


def parse_json_path(value: Any) -> str:
    """Where a value stands in an answer of JSON, by names and numbers."""
    text = as_text(value, "a path in JSON", "write it like $.status")
    if not _JSON_PATH.fullmatch(text):
        remedy = "begin it with $, then names and numbers, like $.items[0].status"
        raise invalid_value(f"{shown(value)} is not a path in JSON", remedy)
    return text


def parse_literal_text(value: Any, at_most: int = MAX_LITERAL_TEXT) -> str:
    """One line in which Datadog puts no variable of its own."""
    text = parse_line(value, at_most)
    if "{{" in text:
        what = f'{quoted(text)} holds "{{{{", which Datadog replaces by a variable of its own'
        raise invalid_value(what, "write the text without it")
    return text


def parse_body_text(value: Any) -> str:
    """What is sent in a request, on one line."""
    return parse_literal_text(value, MAX_QUERY)


def _no_constant(word: str) -> None:
    """Raises ValueError: NaN and Infinity are words of Python's reader and none of JSON (RFC 8259, 6)."""
    raise ValueError(word)


def holds_json(text: str, kind: type = object) -> bool:
    """Whether a text is JSON of a kind."""
    try:
        return isinstance(json.loads(text, parse_constant=_no_constant), kind)
    except (ValueError, RecursionError):
        return False


def parse_json_schema(value: Any) -> str:
    """A JSON schema as text: one object of JSON."""
    text = parse_body_text(value)
    if not holds_json(text, dict):
        raise invalid_value(f"{quoted(text)} is not a JSON schema", 'write one in quotes, like \'{"type": "object"}\'')
    return text


Host = Annotated[str, ScalarType(parse_host, {"type": "string", "format": "hostname"})]
Path = Annotated[str, ScalarType(parse_path, {"type": "string", "pattern": "^/", "maxLength": MAX_ADDRESS})]
Url = Annotated[
    str, ScalarType(parse_url, {"type": "string", "format": "uri", "pattern": "^https://", "maxLength": MAX_ADDRESS})
]
PathTemplate = Annotated[
    str, ScalarType(parse_path_template, {"type": "string", "pattern": "^/", "maxLength": MAX_ADDRESS})
]
UrlTemplate = Annotated[
    str,
    ScalarType(
        parse_url_template, {"type": "string", "format": "uri", "pattern": "^https://", "maxLength": MAX_ADDRESS}
    ),
]
BaseUrl = Annotated[
    str,
    ScalarType(
        parse_base_url, {"type": "string", "format": "uri", "pattern": "^https://[^?]*[^?/]$", "maxLength": MAX_ADDRESS}
    ),
]
HeaderName = Annotated[str, ScalarType(parse_header_name, {"type": "string", "pattern": "^[A-Za-z0-9-]{1,100}$"})]
HeaderValue = Annotated[str, ScalarType(parse_header_value, {"type": "string", "minLength": 1, "maxLength": 500})]
GrpcService = Annotated[str, ScalarType(parse_grpc_service, {"type": "string", "maxLength": MAX_ADDRESS})]
DnsName = Annotated[str, ScalarType(parse_dns_name, {"type": "string", "maxLength": 253})]
Port = Annotated[int, ScalarType(parse_port, {"type": "integer", "minimum": 1, "maximum": 65_535})]
JsonPath = Annotated[str, ScalarType(parse_json_path, {"type": "string", "pattern": r"^\$[.\[]"})]
LiteralText = Annotated[
    str, ScalarType(parse_literal_text, {"type": "string", "minLength": 1, "maxLength": MAX_LITERAL_TEXT})
]
BodyText = Annotated[str, ScalarType(parse_body_text, {"type": "string", "minLength": 1, "maxLength": MAX_QUERY})]
JsonSchema = Annotated[str, ScalarType(parse_json_schema, {"type": "string", "minLength": 2, "maxLength": MAX_QUERY})]
