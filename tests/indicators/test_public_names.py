"""The public names of `indicators`: few, lazy, typed, and each with an example that runs (the examples themselves are doctests)."""

import ast
import doctest
import inspect
import subprocess
import sys
from pathlib import Path

import pytest

import indicators

SOURCE = Path(indicators.__file__).read_text("utf-8")


@pytest.mark.parametrize("name", indicators.__all__)
def test_a_public_name_says_what_it_is_with_an_example_and_types(name):
    found = getattr(indicators, name)
    assert doctest.DocTestParser().get_examples(inspect.getdoc(found) or "")
    if inspect.isfunction(found):
        signature = inspect.signature(found)
        assert signature.return_annotation is not inspect.Signature.empty
        assert all(parameter.annotation is not inspect.Parameter.empty for parameter in signature.parameters.values())


def test_what_a_type_checker_sees_is_what_is_loaded():
    (block,) = [node for node in ast.parse(SOURCE).body if isinstance(node, ast.If)]
    seen = {
        alias.asname or alias.name: (str(node.module).removeprefix("indicators."), alias.name)
        for node in block.body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    assert seen == indicators._HOMES
    assert sorted(seen) == sorted(indicators.__all__)
    assert Path(indicators.__file__).with_name("py.typed").exists()


def test_no_public_name_hides_a_module():
    modules = {path.stem for path in Path(indicators.__file__).parent.glob("*.py")}
    assert not modules & set(indicators.__all__)


def test_a_name_that_is_not_there_is_refused():
    with pytest.raises(AttributeError, match="no_such_name"):
        _ = indicators.no_such_name


def test_importing_the_package_loads_nothing_heavy():
    heavy = "{'pandas', 'pandera', 'numpy', 'matplotlib'} & set(sys.modules)"
    asked = f"import sys, indicators; assert not {heavy}; dir(indicators); assert not {heavy}; indicators.interval"
    subprocess.run([sys.executable, "-c", asked], check=True)
