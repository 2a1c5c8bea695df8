"""An address that Sentry asks."""

from __future__ import annotations

from tests.signals.case import BrokenSignal, SignalCase, SuspectSignal

EARLY = "Sentry takes any status of 2xx, and looks into answers for its early adopters alone; write uptime: {asks: {"
CHOSEN = "Sentry asks from one region after the other and chooses them itself; take it out (shape)"
ASKED = "sentry-uptime: {project: web, every: 1m, "

CASE = SignalCase(
    word="sentry-uptime",
    rules="""
  - id: shop-seen
    title: The shop does not answer Sentry
    severity: P1
    means: Nobody can reach the shop.
    sentry-uptime: {project: web, path: /cart, every: 1m}
    same-symptom-as: [shop-up]
  - id: shop-seen-ready
    title: The shop is not ready
    severity: P2
    means: The shop is not ready.
    sentry-uptime: {project: web, health: readiness, method: HEAD, within: 5s, every: 5m, failures: 1, successes: 2}
  - id: shop-seen-abroad
    title: A partner does not answer
    severity: P3
    means: Parcels cannot be booked.
    sentry-uptime:
      project: web
      url: https://partner.example.com/book
      method: POST
      sends: {headers: {X-Probe: shop}, body: {type: json, text: '{"probe": true}'}}
      within: 30s
      every: 1h
""",
    declares={
        "shop-seen": (["Alert", "UptimeMonitor"], "a path that Sentry asks"),
        "shop-seen-ready": (["Alert", "UptimeMonitor"], "a question that Sentry asks"),
        "shop-seen-abroad": (["Alert", "UptimeMonitor"], "an address that Sentry asks with a body"),
    },
    sentences={
        "shop-seen": "GET of /cart does not answer 2xx within 10s, 3 times in a row, redirects followed",
        "shop-seen-ready": "HEAD of the readiness question does not answer 2xx within 5s, once, redirects followed",
        "shop-seen-abroad": (
            "POST of https://partner.example.com/book does not answer 2xx within 30s, 3 times in a row, redirects "
            "followed"
        ),
    },
    detected={
        "sentry finds a failure, and waits for as many more as it takes": (
            {"project": "web", "path": "/cart", "every": "1m"},
            4 * 60 + 10,
        ),
        "sentry finds a failure, and waits for one more": (
            {"project": "web", "path": "/cart", "every": "10m", "failures": 1, "within": "30s"},
            2 * 600 + 30,
        ),
    },
    rewords={
        "project": ("shop-seen", {"project": "jobs"}),
        "health": ("shop-seen-ready", {"health": "full"}),
        "url": ("shop-seen-abroad", {"url": "https://partner.example.com/search"}),
        "path": ("shop-seen", {"path": "/search"}),
        "method": ("shop-seen", {"method": "HEAD"}),
        "sends": ("shop-seen-abroad", {"sends": {"headers": {"X-Probe": "cart"}}}),
        "within": ("shop-seen", {"within": "9s"}),
        "every": ("shop-seen", {"every": "5m"}),
        "failures": ("shop-seen", {"failures": 2}),
        "successes": ("shop-seen", {"successes": 2}),
    },
    broken=(
        BrokenSignal(
            "a monitor of sentry that asks nothing",
            "sentry-uptime: {project: web, every: 1m}",
            "sentry-uptime: asks nothing; write exactly one of health, url, path (shape)",
        ),
        BrokenSignal(
            "a monitor of sentry that asks two things",
            f"{ASKED}path: /cart, health: readiness}}",
            "sentry-uptime: has health and path, and asks one thing; write exactly one of health, url, path (shape)",
        ),
        BrokenSignal(
            "a pace that sentry does not take",
            "sentry-uptime: {project: web, path: /cart, every: 2m}",
            'sentry-uptime.every: "2m" is not a pace that Sentry takes; it is one of 1m, 5m, 10m, 20m, 30m, 1h (shape)',
        ),
        BrokenSignal(
            "an answer that sentry waits too long for",
            f"{ASKED}path: /cart, within: 31s}}",
            'sentry-uptime.within: "31s" is not how long Sentry waits; it takes 1s to 30s (shape)',
        ),
        BrokenSignal(
            "a monitor of sentry that never fails",
            f"{ASKED}path: /cart, failures: 0}}",
            'sentry-uptime.failures: "0" is not a number of failures; write 1 to 100 (shape)',
        ),
        BrokenSignal(
            "a monitor of sentry that never ends",
            f"{ASKED}path: /cart, successes: 0}}",
            'sentry-uptime.successes: "0" is not a number of successes; write 1 to 100 (shape)',
        ),
        BrokenSignal(
            "a body with a method that carries none",
            f"{ASKED}path: /cart, sends: {{body: {{type: text, text: probe}}}}}}",
            'sentry-uptime.method: "GET" carries no body; write method: POST, or take the body out (shape)',
        ),
        BrokenSignal(
            "a request that is too long for sentry",
            f"{ASKED}path: /cart, method: POST, sends: {{body: {{type: text, text: {'p' * 746}}}}}}}",
            "sentry-uptime.sends: carries 746 bytes, and Sentry takes 1000 with the address and the first line; send "
            "745 bytes or fewer (shape)",
        ),
        BrokenSignal(
            "an address that is too long for sentry",
            f"{ASKED}url: https://youragency.com/{'p' * 240}}}",
            "sentry-uptime.url: is 263 characters long, and Sentry takes 255; ask a shorter address (shape)",
        ),
        BrokenSignal(
            "a header that sentry would not keep secret",
            f"{ASKED}path: /cart, sends: {{secret-headers: {{Authorization: probe-token}}}}}}",
            "sentry-uptime.sends.secret-headers: Sentry shows a monitor's headers to everybody who sees its project; "
            "let uptime ask, which hides them (shape)",
        ),
        BrokenSignal(
            "echoes that sentry does not ask for",
            f"{ASKED}ping: {{}}}}",
            "sentry-uptime.ping: Sentry asks for pages alone; write uptime: {asks: {ping: {host: vpn.example.com}}, …} "
            "(shape)",
        ),
        BrokenSignal(
            "regions that sentry chooses",
            f"{ASKED}path: /cart, regions: [aws:eu-central-1]}}",
            f"sentry-uptime.regions: {CHOSEN}",
        ),
        BrokenSignal(
            "places of which some must fail",
            f"{ASKED}path: /cart, failing-in: 2}}",
            f"sentry-uptime.failing-in: {CHOSEN}",
        ),
        BrokenSignal(
            "a status that sentry does not compare",
            f"{ASKED}path: /cart, status: 204}}",
            f"sentry-uptime.status: {EARLY}page: {{path: /cart, status: 204}}}}, …}} (shape)",
        ),
        BrokenSignal(
            "a text that sentry does not look for",
            f"{ASKED}path: /cart, contains: cart}}",
            f"sentry-uptime.contains: {EARLY}page: {{path: /cart, contains: cart}}}}, …}} (shape)",
        ),
        BrokenSignal(
            "a retry that sentry does not make",
            f"{ASKED}path: /cart, retry: {{times: 1, after: 5s}}}}",
            "sentry-uptime.retry: Sentry asks again when it is due alone; write failures: 3 (shape)",
        ),
        BrokenSignal(
            "two methods of one monitor of sentry",
            f"{ASKED}path: /cart, methods: [GET, HEAD]}}",
            "sentry-uptime.methods: a monitor of Sentry asks by one method; write method: GET, and a rule for each "
            "other one (shape)",
        ),
        BrokenSignal(
            "what a test asks, at sentry",
            "sentry-uptime: {project: web, every: 1m, asks: {page: {path: /cart}}}",
            "sentry-uptime.asks: the address stands in the signal itself; write one of health: readiness, path: /cart, "
            "url: https://youragency.com (shape)",
        ),
    ),
    suspect=(
        SuspectSignal(
            "a path that is too long for sentry below the environment's address",
            f"{ASKED}path: /{'c' * 240}}}",
            "uptime-says",
            "becomes an address of 271 characters, and Sentry takes 255; ask a path of 225 characters or fewer",
        ),
        SuspectSignal(
            "the health endpoint, asked by sentry as a path",
            f"{ASKED}path: /readyz}}",
            "uptime-says",
            '"/readyz" is the health endpoint, asked as a page; write health: readiness',
        ),
        SuspectSignal(
            "the health endpoint, asked by sentry with a method that it has not",
            f"{ASKED}health: full, method: POST}}",
            "uptime-says",
            "the endpoint does not answer POST; ask with GET or HEAD",
        ),
        SuspectSignal(
            "one environment's address in all of them, asked by sentry",
            f"{ASKED}url: https://app.youragency.com/cart}}",
            "uptime-says",
            'asks "https://app.youragency.com/cart" in every environment, which is one environment\'s own; write path: '
            "instead, below each environment's address",
        ),
        SuspectSignal(
            "a host of one's own whose certificate nobody watches, asked by sentry",
            f"{ASKED}url: https://www.youragency.com/cart}}",
            "certificate-watched",
            'asks "www.youragency.com", and no rule watches the certificate of that host; write a rule with asks: '
            "{certificate: {host: www.youragency.com, valid-for: 21d}}",
        ),
    ),
)
