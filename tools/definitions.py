"""Definitions as they stand in the source: docstrings, parameters, and the strings below fields.

They are read from the text of the modules, so that a page says what a reader of the code sees, whatever the
version of Python: defaults and annotations as they are written.
"""

from __future__ import annotations

import ast
import importlib
import inspect
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_IN_PARTS = "kg.api."
"""Where a class is written in parts, which its reader need not know of."""


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a class."""

    name: str
    type: str
    """Its annotation."""
    default: str
    """As it is written; empty where it has none."""
    text: str
    """The string below it."""


@dataclass(frozen=True, slots=True)
class Function:
    """A function, method or property."""

    name: str
    parameters: tuple[str, ...]
    """Each as it is written, without ``self``; empty for a property."""
    returns: str
    """Its annotation."""
    is_property: bool
    text: str
    """Its docstring, its indentation taken away."""

    def signature(self, width: int = 88) -> str:
        """The function as it is called; one line for each parameter where one line does not hold all."""
        returns = f" -> {self.returns}" if self.returns else ""
        if self.is_property:
            return f"{self.name}{returns}"
        line = f"{self.name}({', '.join(self.parameters)}){returns}"
        if len(line) <= width:
            return line
        inner = "".join(f"    {parameter},\n" for parameter in self.parameters)
        return f"{self.name}(\n{inner}){returns}"


@dataclass(frozen=True, slots=True)
class Class:
    """A class with its public parts."""

    name: str
    bases: tuple[str, ...]
    """Names of our own classes that it is built on."""
    text: str
    fields: tuple[Field, ...]
    """In order, those of its bases first."""
    functions: tuple[Function, ...]
    """Its public methods and properties, in order: its own, and those of the parts that it is written in."""


def find(name: str) -> object:
    """The object that a dotted name stands for, such as ``kg.api.Graph``."""
    module, _, attribute = name.rpartition(".")
    found: object = getattr(importlib.import_module(module), attribute)
    return found


def class_of(cls: type) -> Class:
    """What the source says of a class."""
    node = _definition(cls.__module__, cls.__name__)
    assert isinstance(node, ast.ClassDef), cls
    ours = [base for base in cls.__mro__[1:] if base.__module__.startswith("kg.")]
    fields: dict[str, Field] = {}
    for base in (*reversed(ours), cls):
        of_base = _definition(base.__module__, base.__name__)
        assert isinstance(of_base, ast.ClassDef), base
        fields |= {field.name: field for field in _fields(of_base)}
    parts = [base for base in reversed(ours) if base.__module__.startswith(_IN_PARTS)]
    nodes = [*(_definition(base.__module__, base.__name__) for base in parts), node]
    functions = [
        _function(each)
        for each_class in nodes
        if isinstance(each_class, ast.ClassDef)
        for each in each_class.body
        if isinstance(each, ast.FunctionDef)
    ]
    kinds = [base for base in cls.__bases__ if base in ours and base not in parts]
    return Class(
        name=cls.__name__,
        bases=tuple(base.__name__ for base in kinds),
        text=ast.get_docstring(node) or "",
        fields=tuple(fields.values()),
        functions=tuple(each for each in functions if not each.name.startswith("_")),
    )


def function_of(function: object) -> Function:
    """What the source says of a function."""
    assert inspect.isfunction(function), function
    node = _definition(function.__module__, function.__name__)
    assert isinstance(node, ast.FunctionDef), function
    return _function(node)


def module_text(name: str) -> str:
    """The docstring of a module."""
    return ast.get_docstring(_tree(name)) or ""


@cache
def _tree(module: str) -> ast.Module:
    file = importlib.import_module(module).__file__
    assert file, module
    return ast.parse(Path(file).read_text(encoding="utf-8"))


def _definition(module: str, name: str) -> ast.ClassDef | ast.FunctionDef:
    for node in _tree(module).body:
        if isinstance(node, ast.ClassDef | ast.FunctionDef) and node.name == name:
            return node
    raise LookupError(f"{module} defines no {name}")


def _fields(node: ast.ClassDef) -> Iterator[Field]:
    """Annotated names of a class, and what its constructor sets and says something of."""
    for field, text in _with_text(node.body):
        if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name):
            kind = ast.unparse(field.annotation)
            if not field.target.id.startswith("_") and not kind.startswith("ClassVar"):
                yield Field(field.target.id, kind, _default(field.value), text)
        elif isinstance(field, ast.FunctionDef) and field.name == "__init__":
            for attribute, meaning in _with_text(field.body):
                if isinstance(attribute, ast.Assign) and meaning:
                    target = ast.unparse(attribute.targets[0])
                    kind = ast.unparse(attribute.value).partition("(")[0]
                    yield Field(target.removeprefix("self."), kind, "", meaning)


def _with_text(body: list[ast.stmt]) -> Iterator[tuple[ast.stmt, str]]:
    """Each statement with the string below it, empty where there is none."""
    for statement, below in zip(body, [*body[1:], ast.Pass()], strict=True):
        text = ""
        if isinstance(below, ast.Expr) and isinstance(below.value, ast.Constant):
            text = " ".join(str(below.value.value).split())
        yield statement, text


def _default(value: ast.expr | None) -> str:
    """A default as it is written; that of ``field(default=...)``, and none of ``field()``."""
    if isinstance(value, ast.Call) and ast.unparse(value.func) == "field":
        given = {keyword.arg: ast.unparse(keyword.value) for keyword in value.keywords}
        return given.get("default", given.get("default_factory", ""))
    return ast.unparse(value) if value else ""


def _function(node: ast.FunctionDef) -> Function:
    decorators = {ast.unparse(each).rpartition(".")[2] for each in node.decorator_list}
    return Function(
        name=node.name,
        parameters=tuple(_parameters(node.args)),
        returns=ast.unparse(node.returns) if node.returns else "",
        is_property=bool(decorators & {"property", "cached_property"}),
        text=ast.get_docstring(node) or "",
    )


def _parameters(args: ast.arguments) -> Iterator[str]:
    named = [*args.posonlyargs, *args.args]
    defaults = [None] * (len(named) - len(args.defaults)) + list(args.defaults)
    for number, (arg, default) in enumerate(zip(named, defaults, strict=True)):
        if number or arg.arg not in ("self", "cls"):
            yield _parameter(arg, default)
    if args.vararg:
        yield f"*{_parameter(args.vararg)}"
    elif args.kwonlyargs:
        yield "*"
    for arg, default in zip(args.kwonlyargs, args.kw_defaults, strict=True):
        yield _parameter(arg, default)
    if args.kwarg:
        yield f"**{_parameter(args.kwarg)}"


def _parameter(arg: ast.arg, default: ast.expr | None = None) -> str:
    text = f"{arg.arg}: {ast.unparse(arg.annotation)}" if arg.annotation else arg.arg
    return f"{text} = {ast.unparse(default)}" if default else text
