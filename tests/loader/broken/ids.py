"""Names that are no ids, and names that stand twice."""

# ruff: noqa: E501  a message stands in one piece

from __future__ import annotations

from tests.loader.broken.case import Broken, broken, oncall, replaced, severities, shop, teams

CASES: tuple[Broken, ...] = (
    broken(
        "an id in capitals",
        shop("shop-slow", "Shop-Slow"),
        says='services/shop.yaml:12: rule "Shop-Slow": id: "Shop-Slow" is not an id; use small letters, digits and single dashes, at most 60 characters (shape)',
    ),
    broken(
        "an id that is a number",
        shop("shop-slow", "404"),
        says='services/shop.yaml:12: rule 2: id: "404" is not an id; use small letters, digits and single dashes, at most 60 characters (shape)',
    ),
    broken(
        "an id with an emoji",
        shop("shop-slow", "shop-🔥"),
        says='services/shop.yaml:12: rule "shop-🔥": id: "shop-🔥" is not an id; use small letters, digits and single dashes, at most 60 characters (shape)',
    ),
    broken(
        "an id with a character that nobody sees",
        shop("shop-slow", '"shop-\\u200bslow"'),
        says='services/shop.yaml:12: rule "shop-\\u200bslow": id: "shop-\\u200bslow" is not an id; use small letters, digits and single dashes, at most 60 characters (shape)',
    ),
    broken(
        "an id that reads backwards",
        shop("shop-slow", '"\\u202eshop"'),
        says='services/shop.yaml:12: rule "\\u202eshop": id: "\\u202eshop" is not an id; use small letters, digits and single dashes, at most 60 characters (shape)',
    ),
    broken(
        "an id of 61 letters",
        shop("shop-slow", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"),
        says='services/shop.yaml:12: rule "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa...": id: "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa..." is not an id; use small letters, digits and single dashes, at most 60 characters (shape)',
    ),
    broken(
        "a person's name in capitals",
        oncall("kit: {name", "Kit: {name"),
        oncall("ask: [kit", "ask: [Kit"),
        says='oncall.yaml:7: person "Kit": "Kit" is not an id; use small letters, digits and single dashes, at most 60 characters (shape)',
    ),
    broken(
        "a severity that does not exist, promised",
        severities("P3: {", "P4: {"),
        teams("P3: {slack: [alerts]}\n", ""),
        says='severities.yaml:13: severity "P4": "P4" is not a severity; it is one of P0, P1, P2, P3 (shape)',
    ),
    broken(
        "two rules of one file with one id",
        shop("shop-slow", "shop-failing"),
        says='services/shop.yaml:12: rule "shop-failing": id: is defined twice; rename one; the first is at services/shop.yaml:7 (duplicate-id)',
    ),
    broken(
        "one key twice",
        shop("platform", "platform\nteam: platform"),
        says='services/shop.yaml:5: the key "team" is defined twice; take one out; the first is on line 4 (duplicate-key)',
    ),
    broken(
        "one person twice",
        oncall("ben: {name: Ben", "ana: {name: Ben"),
        oncall("ana, ben", "ana"),
        says='oncall.yaml:5: the key "ana" is defined twice; take one out; the first is on line 3 (duplicate-key)',
    ),
    replaced(
        "two services in two files with one name",
        "services/store.yaml",
        "service: shop\ntitle: Store\nteam: platform\ntier: standard\n",
        says='services/store.yaml:1: service "shop": service: is defined twice; rename one; the first is at services/shop.yaml:2 (duplicate-id)',
    ),
    replaced(
        "two rules of two files with one id",
        "services/store.yaml",
        "service: store\ntitle: Store\nteam: platform\ntier: standard\nrules:\n"
        "  - {id: shop-slow, title: S, severity: P2, means: M, errors: {project: web, each-event: true}}\n",
        says='services/store.yaml:6: rule "shop-slow": id: is defined twice; rename one; the first is at services/shop.yaml:12 (duplicate-id)',
    ),
)
