"""The catalogs that are measured are good ones: a benchmark of a catalog with problems measures something else."""

from __future__ import annotations

from benchmarks import catalogs, loader
from benchmarks.corpus import mixed
from monitoring.checks import examine
from monitoring.loader import load_texts


def test_no_check_finds_anything_in_the_loaders_catalog():
    files = loader.catalog_of(20)
    assert examine(load_texts(files), loader.TODAY, loader.runbooks_of(files)).problems == ()


def test_no_check_finds_anything_in_copies_of_the_corpus_beside_one_another():
    catalog = mixed(1_000)
    assert examine(load_texts(catalog.files), loader.TODAY, catalog.runbooks).problems == ()


def test_no_check_finds_anything_but_missing_runbooks_in_a_catalog_of_any_size():
    files = {name: text.encode() for name, text in catalogs.many(40).items()}
    problems = examine(load_texts(files), loader.TODAY, {}).problems
    assert {problem.check for problem in problems} == {"rule-runbook"}
