"""What the check can-fire finds, and what it lets pass."""

from __future__ import annotations

import pytest

from tests.checks.good import Case, Change, case, shop, site

MEMORY = "{max: memory.share, by: [function], over: 15m, above: 90%, recovers-at: 80%, when-silent: resolve}"
SHARE = '"max(last_5m):max:memory.share{env:prod} by {function}"'

RATIO = (
    "ratio: {{of: {{sum: orders.all}}, minus: {{sum: orders.good}}, to: {{sum: orders.all}}, over: 10m, {}, "
    "min-traffic: 100, when-silent: show}}"
)
TOTAL = (
    "total: {{of: ["
    "{{max: memory.share, where: {{function: cart}}}}, {{max: memory.share, where: {{function: search}}}}],"
    " over: 15m, {}, when-silent: show}}"
)
CHANGE = "change: {{max: memory.share, over: 15m, against: 1d, {}, when-silent: show}}"

COUNT = "errors: {project: web, where: {feature: checkout}, more-than: 10, within: 5m}"


def beside_memory(
    condition: str, over: str = "15m", silent: str = "resolve", selected: str = "by: [function]"
) -> Change:
    """The same memory in a rule of another condition."""
    metric = f"{{max: memory.share, {selected}, over: {over}, {condition}, when-silent: {silent}}}"
    idle = f"  - id: shop-idle\n    title: Idle\n    severity: P2\n    means: Nothing runs.\n    metric: {metric}\n"
    return shop("  - id: shop-memory\n", f"{idle}  - id: shop-memory\n")


TOGETHER = (
    'services/site.yaml: rule "everything-down": can never fire, since "shop-memory" and "shop-idle" never fire '
    "together; take one of the two out (can-fire)"
)
CASES = [
    case(
        "more than all of a share never happens",
        shop("above: 90%, recovers-at: 80%", "above: 120%"),
        says=[
            (
                'services/shop.yaml: rule "shop-memory": can never fire above "120%", since the value lies between 0%'
                " and 100%; write a value inside that (can-fire)"
            ),
        ],
    ),
    case(
        "all of a share is never exceeded",
        shop("above: 90%, recovers-at: 80%", "above: 100%"),
        says=[
            (
                'services/shop.yaml: rule "shop-memory": can never fire above "100%", since the value lies between 0%'
                " and 100%; write a value inside that (can-fire)"
            ),
        ],
    ),
    case(
        "a threshold in fractions is a share too",
        shop("above: 90%, recovers-at: 80%", "above: 1 fraction"),
        says=[
            (
                'services/shop.yaml: rule "shop-memory": can never fire above "1 fraction", since the value lies '
                "between 0% and 100%; write a value inside that (can-fire)"
            ),
        ],
    ),
    case(
        "at least more than all of a share never happens",
        shop("above: 90%, recovers-at: 80%", "at-least: 101%"),
        says=[
            (
                'services/shop.yaml: rule "shop-memory": can never fire at or above "101%", since the value lies '
                "between 0% and 100%; write a value inside that (can-fire)"
            ),
        ],
    ),
    case(
        "at least nothing of a share is always so",
        shop("above: 90%, recovers-at: 80%", "at-least: 0%"),
        says=[
            (
                'services/shop.yaml: rule "shop-memory": fires always at or above "0%", since the value lies between '
                "0% and 100%; write a value inside that (can-fire)"
            ),
        ],
    ),
    case(
        "at most all of a share is always so",
        shop("above: 90%, recovers-at: 80%", "at-most: 100%"),
        says=[
            (
                'services/shop.yaml: rule "shop-memory": fires always at or below "100%", since the value lies between '
                "0% and 100%; write a value inside that (can-fire)"
            ),
        ],
    ),
    case("all of a share can be reached", shop("above: 90%, recovers-at: 80%", "at-least: 100%")),
    case("nothing of a share can be reached", shop("above: 90%, recovers-at: 80%", "at-most: 0%")),
    case(
        "below nothing never happens",
        shop("above: 90%, recovers-at: 80%", "below: 0%"),
        says=[
            (
                'services/shop.yaml: rule "shop-memory": can never fire below "0%", since the value lies between 0% '
                "and 100%; write a value inside that (can-fire)"
            ),
        ],
    ),
    case(
        "below more than all is always so",
        shop("above: 90%, recovers-at: 80%", "below: 101%"),
        says=[
            (
                'services/shop.yaml: rule "shop-memory": fires always below "101%", since the value lies between 0% '
                "and 100%; write a value inside that (can-fire)"
            ),
        ],
    ),
    case(
        "above a negative time is always so",
        shop("above: 2s, recovers-at: 1500ms", "above: -1s"),
        says=[
            (
                'services/shop.yaml: rule "shop-slow": fires always above "-1s", since the value lies at 0 or above; '
                "write a value inside that (can-fire)"
            ),
        ],
    ),
    case(
        "a failure rate above all never happens",
        shop("above: 5%", "above: 100%"),
        says=[
            (
                'services/shop.yaml: rule "shop-error-rate": can never fire above "100%", since the value lies '
                "between 0% and 100%; write a value inside that (can-fire)"
            ),
        ],
    ),
    case(
        "a recovery beyond what is possible never comes",
        shop("recovers-at: 1500ms", "recovers-at: -1s"),
        says=[
            (
                'services/shop.yaml: rule "shop-slow": never recovers at "-1s", since the value lies at 0 or above; '
                "write a value inside that (can-fire)"
            ),
        ],
    ),
    case(
        "an answer within no time never comes",
        site("within: 3s", "within: 0s"),
        says=[
            (
                'services/site.yaml: rule "site-down": fires always, since no answer comes within "0s"; write 1s or '
                "more (can-fire)"
            ),
        ],
    ),
    case(
        "no share at all is always exceeded",
        shop("above: 5%, at-least", "above: 0%, at-least"),
        says=[
            (
                'services/shop.yaml: rule "shop-error-rate": fires always above "0%", since the value lies between 0% '
                "and 100%; write a value inside that (can-fire)"
            ),
        ],
    ),
    case(
        "more errors than anybody can have are a slip of the hand",
        shop("more-than: 10, within: 5m", "more-than: 999999999999999, within: 5m"),
        says=[
            (
                'services/shop.yaml: rule "shop-failing": can never fire above "999999999999999", which is over '
                "10000 a second for 5m; write a number that has been seen, like 10 (can-fire)"
            ),
        ],
    ),
    case(
        "a count that falls to nothing does not fire unless silence does",
        shop(MEMORY, "{sum: orders.all, over: 10m, below: 1, when-silent: resolve}"),
        says=[
            (
                'services/shop.yaml: rule "shop-memory": does not fire when nothing at all is counted, because then no '
                "data come and nothing is compared; write when-silent: alert (can-fire)"
            ),
        ],
    ),
    case(
        "logs that fall to nothing do not fire unless silence does",
        shop(
            '"avg(last_5m):avg:trace.request{env:prod} by {page}", above: 3',
            """'logs("env:prod").rollup("count").last("5m")', below: 5""",
        ),
        says=[
            (
                'services/shop.yaml: rule "shop-queue": does not fire when nothing at all is counted, because then no '
                "data come and nothing is compared; write when-silent: alert (can-fire)"
            ),
        ],
    ),
    case(
        "logs of a raw query are at least none, always",
        shop(
            '"avg(last_5m):avg:trace.request{env:prod} by {page}", above: 3',
            """'logs("env:prod").rollup("count").last("5m")', at-least: 0""",
        ),
        says=[
            (
                'services/shop.yaml: rule "shop-queue": fires always at or above "0", since the value lies at 0 or '
                "above; write a value inside that (can-fire)"
            ),
        ],
    ),
    *(
        case(
            f"a new issue hardly ever meets {words}",
            shop(COUNT, f"issues: {{project: web, when: [new], {words}}}"),
            says=[
                (
                    'services/shop.yaml: rule "shop-failing": hardly ever fires: only an issue that another '
                    f"environment has seen before is new and meets {word}; take {word} out, or count with errors: "
                    "{project: web, more-than: 10, within: 1h, per-issue: true} (can-fire)"
                ),
            ],
        )
        for word, words in (("seen-at-least", "seen-at-least: 2"), ("older-than", "older-than: 1d"))
    ),
    *(
        case(
            f"an issue can be {changes} and {words}",
            shop(COUNT, f"issues: {{project: web, when: [{changes}], {words}}}"),
        )
        for changes, words in (
            ("new", "seen-at-least: 1"),
            ("new", "younger-than: 1d"),
            ("regressed", "seen-at-least: 2"),
            ("new, regressed", "older-than: 1d"),
        )
    ),
    case(
        "a raw query on a share is bounded like the share",
        shop('"avg(last_5m):avg:trace.request{env:prod} by {page}", above: 3', f"{SHARE}, above: 90"),
        says=[
            (
                'services/shop.yaml: rule "shop-queue": can never fire above "90 fraction", since the value lies '
                "between 0% and 100%; write a value inside that (can-fire)"
            ),
        ],
    ),
    case(
        "a raw query that computes its value is not bounded",
        shop(
            '"avg(last_5m):avg:trace.request{env:prod} by {page}", above: 3',
            f"{SHARE.replace('function}', 'function} * 100')}, above: 90",
        ),
    ),
    case(
        "a count below a number is right where silence alerts",
        shop(MEMORY, "{sum: orders.all, over: 10m, below: 1, when-silent: alert}"),
    ),
    case(
        "a part of a whole is never more than all of it",
        shop(f"metric: {MEMORY}", RATIO.format("above: 100%")),
        says=[
            (
                'services/shop.yaml: rule "shop-memory": can never fire above "100%", since the value lies at 100% or '
                "below; write a value inside that (can-fire)"
            ),
        ],
    ),
    case("a part of a whole can be half of it", shop(f"metric: {MEMORY}", RATIO.format("above: 50%"))),
    case(
        "a ratio of two counts may exceed the whole",
        shop(
            f"metric: {MEMORY}", RATIO.format("above: 150%").replace("to: {sum: orders.all}", "to: {sum: orders.good}")
        ),
    ),
    case(
        "shares added up are no more than all of each",
        shop(f"metric: {MEMORY}", TOTAL.format("above: 200%")),
        says=[
            (
                'services/shop.yaml: rule "shop-memory": can never fire above "200%", since the value lies between 0%'
                " and 200%; write a value inside that (can-fire)"
            ),
        ],
    ),
    case("shares added up may exceed one whole", shop(f"metric: {MEMORY}", TOTAL.format("above: 150%"))),
    case(
        "a share does not change by more than all of it",
        shop(f"metric: {MEMORY}", CHANGE.format("above: 100%")),
        says=[
            (
                'services/shop.yaml: rule "shop-memory": can never fire above "100%", since the value lies between '
                "-100% and 100%; write a value inside that (can-fire)"
            ),
        ],
    ),
    case("a share may double", shop(f"metric: {MEMORY}", CHANGE.format("relative: true, above: 100%"))),
    case(
        "nothing falls by more than all of it",
        shop(f"metric: {MEMORY}", CHANGE.format("relative: true, at-most: -120%")),
        says=[
            (
                'services/shop.yaml: rule "shop-memory": can never fire at or below "-120%", since the value lies at '
                "-100% or above; write a value inside that (can-fire)"
            ),
        ],
    ),
    case(
        "shares that are added up over their sources have no highest value",
        shop(MEMORY, "{sum: memory.share, over: 15m, above: 150%, when-silent: show}"),
    ),
    case(
        "what one tenant has of its own is judged as well",
        site("except: {acme: {more-than: 5}}", "except: {acme: {more-than: 999999999999}}"),
        says=[
            (
                'services/site.yaml: rule "site-trial": for "acme" can never fire above "999999999999", which is over '
                "10000 a second for 5m; write a number that has been seen, like 10 (can-fire)"
            ),
        ],
    ),
    case(
        "a tenant's own share is judged as well",
        site(
            "errors: {project: web, where: {feature: search}, more-than: 10, within: 5m}",
            "sentry-metric: {project: web, measure: failure_rate, over: 10m, above: 5%, at-least: 100 events}",
        ),
        site("except: {acme: {more-than: 5}}", "except: {acme: {above: 100%}}"),
        says=[
            (
                'services/site.yaml: rule "site-trial": for "acme" can never fire above "100%", since the value lies '
                "between 0% and 100%; write a value inside that (can-fire)"
            ),
        ],
    ),
    case(
        "a composite of a part that never fires never does",
        shop("above: 90%, recovers-at: 80%", "above: 120%"),
        site("all-of: [shop-ready, site-down]", "all-of: [shop-memory, site-down]"),
        says=[
            (
                'services/shop.yaml: rule "shop-memory": can never fire above "120%", since the value lies between 0%'
                " and 100%; write a value inside that (can-fire)"
            ),
            (
                'services/site.yaml: rule "everything-down": can never fire, since its part "shop-memory" never does; '
                'mend "shop-memory", or take it out (can-fire)'
            ),
        ],
    ),
    case(
        "a composite that waits for the end of what fires always never fires",
        shop("above: 90%, recovers-at: 80%", "at-least: 0%"),
        site("all-of: [shop-ready, site-down]", "all-of: [site-down], none-of: [shop-memory]"),
        says=[
            (
                'services/shop.yaml: rule "shop-memory": fires always at or above "0%", since the value lies between '
                "0% and 100%; write a value inside that (can-fire)"
            ),
            (
                'services/site.yaml: rule "everything-down": can never fire, since its part "shop-memory" fires always,'
                ' and it waits for that to end; mend "shop-memory", or take it out (can-fire)'
            ),
        ],
    ),
    case(
        "a composite of any of its parts needs one of them that can fire",
        shop("above: 90%, recovers-at: 80%", "above: 120%"),
        site("all-of: [shop-ready, site-down]", "any-of: [shop-memory, site-down]"),
        says=[
            (
                'services/shop.yaml: rule "shop-memory": can never fire above "120%", since the value lies between 0%'
                " and 100%; write a value inside that (can-fire)"
            ),
        ],
    ),
    case(
        "a composite of a value above one threshold and below a lower one never fires",
        beside_memory("below: 70%"),
        site("all-of: [shop-ready, site-down]", "all-of: [shop-memory, site-down, shop-idle]"),
        says=[TOGETHER],
    ),
    case(
        "a value above one threshold that has recovered below the other one can fire",
        beside_memory("below: 81%"),
        site("all-of: [shop-ready, site-down]", "all-of: [shop-memory, shop-idle]"),
    ),
    case(
        "at its recovery a rule may still fire",
        beside_memory("at-most: 80%"),
        site("all-of: [shop-ready, site-down]", "all-of: [shop-memory, shop-idle]"),
    ),
    case(
        "below its recovery it does not",
        beside_memory("below: 80%"),
        site("all-of: [shop-ready, site-down]", "all-of: [shop-memory, shop-idle]"),
        says=[TOGETHER],
    ),
    case(
        "above and below the same threshold never fire together",
        shop("above: 90%, recovers-at: 80%", "above: 90%"),
        beside_memory("at-most: 90%"),
        site("all-of: [shop-ready, site-down]", "all-of: [shop-memory, shop-idle]"),
        says=[TOGETHER],
    ),
    case(
        "at the same threshold both fire",
        shop("above: 90%, recovers-at: 80%", "at-least: 90%"),
        beside_memory("at-most: 90%"),
        site("all-of: [shop-ready, site-down]", "all-of: [shop-memory, shop-idle]"),
    ),
    case(
        "over another time it is another value",
        beside_memory("below: 70%", over="10m"),
        site("all-of: [shop-ready, site-down]", "all-of: [shop-memory, shop-idle]"),
    ),
    case(
        "what is shown while nothing comes changes no value",
        beside_memory("below: 70%", silent="show"),
        site("all-of: [shop-ready, site-down]", "all-of: [shop-memory, shop-idle]"),
        says=[TOGETHER],
    ),
    case(
        "the order of values in a filter, and of what it is split by, changes no value",
        shop("by: [function], over: 15m", "where: {function: [cart, search]}, by: [function, env], over: 15m"),
        beside_memory("below: 70%", "15m", "resolve", "where: {function: [search, cart]}, by: [env, function]"),
        site("all-of: [shop-ready, site-down]", "all-of: [shop-memory, shop-idle]"),
        says=[TOGETHER],
    ),
    case(
        "a part that waits for new groups does not fire whenever the other does",
        beside_memory("above: 50%, new-groups-after: 1h"),
        site("all-of: [shop-ready, site-down]", "all-of: [shop-memory], none-of: [shop-idle]"),
    ),
    case(
        "as late as data come it is another value",
        beside_memory("below: 70%, arrives-after: 15m"),
        site("all-of: [shop-ready, site-down]", "all-of: [shop-memory, shop-idle]"),
    ),
    case(
        "what fires when nothing comes may fire with anything",
        beside_memory("below: 70%", silent="alert"),
        site("all-of: [shop-ready, site-down]", "all-of: [shop-memory, shop-idle]"),
    ),
    case(
        "a composite that waits for the end of what every part of it brings never fires",
        beside_memory("above: 50%"),
        site("all-of: [shop-ready, site-down]", "all-of: [shop-memory], none-of: [shop-idle]"),
        says=[
            (
                'services/site.yaml: rule "everything-down": can never fire, since "shop-idle" fires whenever '
                '"shop-memory" does, and it waits for that to end; take one of the two out (can-fire)'
            )
        ],
    ),
    case(
        "and one that waits for the end of less can",
        beside_memory("above: 80%"),
        site("all-of: [shop-ready, site-down]", "all-of: [shop-memory], none-of: [shop-idle]"),
    ),
    case(
        "at its recovery a rule brings what fires there",
        beside_memory("at-least: 80%"),
        site("all-of: [shop-ready, site-down]", "all-of: [shop-memory], none-of: [shop-idle]"),
        says=[
            (
                'services/site.yaml: rule "everything-down": can never fire, since "shop-idle" fires whenever '
                '"shop-memory" does, and it waits for that to end; take one of the two out (can-fire)'
            )
        ],
    ),
    case(
        "one of any is enough",
        beside_memory("below: 70%"),
        site("all-of: [shop-ready, site-down]", "all-of: [shop-memory], any-of: [shop-idle, site-down]"),
    ),
    case(
        "one of any that never fires leaves only the other one",
        beside_memory("below: 70%"),
        shop("above: 2s, recovers-at: 1500ms", "below: 0s"),
        site("all-of: [shop-ready, site-down]", "all-of: [shop-memory], any-of: [shop-idle, shop-slow]"),
        says=[
            (
                'services/shop.yaml: rule "shop-slow": can never fire below "0s", since the value lies at 0 or above; '
                "write a value inside that (can-fire)"
            ),
            TOGETHER,
        ],
    ),
    *(
        case(
            f"a composite that is nothing but what fires always does too: {parts}",
            shop("above: 90%, recovers-at: 80%", "at-least: 0%"),
            site("all-of: [shop-ready, site-down]", parts),
            says=[
                (
                    'services/shop.yaml: rule "shop-memory": fires always at or above "0%", since the value lies '
                    "between 0% and 100%; write a value inside that (can-fire)"
                ),
                (
                    'services/site.yaml: rule "everything-down": fires always, since its part "shop-memory" does; '
                    'mend "shop-memory", or take it out (can-fire)'
                ),
            ],
        )
        for parts in ("all-of: [shop-memory]", "any-of: [site-down, shop-memory]")
    ),
    *(
        case(
            f"a composite that waits for another part does not fire always: {parts}",
            shop("above: 90%, recovers-at: 80%", "at-least: 0%"),
            site("all-of: [shop-ready, site-down]", parts),
            says=[
                (
                    'services/shop.yaml: rule "shop-memory": fires always at or above "0%", since the value lies '
                    "between 0% and 100%; write a value inside that (can-fire)"
                ),
            ],
        )
        for parts in ("all-of: [shop-memory, site-down]", "all-of: [shop-memory], none-of: [site-down]")
    ),
    case(
        "a composite that waits for the end of an answer that never comes cannot fire",
        site("within: 3s", "within: 0s"),
        site("all-of: [shop-ready, site-down]", "all-of: [shop-ready], none-of: [site-down]"),
        says=[
            (
                'services/site.yaml: rule "site-down": fires always, since no answer comes within "0s"; write 1s or '
                "more (can-fire)"
            ),
            (
                'services/site.yaml: rule "everything-down": can never fire, since its part "site-down" fires always, '
                'and it waits for that to end; mend "site-down", or take it out (can-fire)'
            ),
        ],
    ),
    case(
        "and none of any is not",
        beside_memory("below: 70%"),
        site("all-of: [shop-ready, site-down]", "all-of: [shop-memory, site-down], any-of: [shop-idle]"),
        says=[TOGETHER],
    ),
]


@pytest.mark.parametrize("one", CASES)
def test_can_fire(one: Case) -> None:
    assert one.found("can-fire") == one.says
