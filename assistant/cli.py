"""The command line: finds the verbs that the packages bring as entry points and imports only the one that is called."""

from __future__ import annotations

import ast
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from importlib.machinery import PathFinder
from importlib.metadata import EntryPoint, entry_points, version
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import typer

GROUP = "sales_assistant.commands"
PROGRAM = "sales-assistant"
USAGE_ERROR = 2  # the exit code of getopt, argparse and click


@dataclass(frozen=True, kw_only=True, slots=True)
class Verb:
    """One verb: its entry point, and the source file of the module behind it."""

    entry: EntryPoint
    source: Path

    @property
    def name(self) -> str:
        return self.entry.name

    def summary(self) -> str:
        """Return the verb's one-line help, read from the source so that nothing has to be imported for it."""
        return summary_in(self.source.read_text(encoding="utf-8"), verb=self.name, function=self.entry.attr)

    def run(self, arguments: Sequence[str]) -> None:
        """Import the module behind the verb and run it; ends by raising SystemExit, as every command does."""
        _runnable(self.entry.load(), self.name)(args=list(arguments), prog_name=f"{PROGRAM} {self.name}")


def main(argv: Sequence[str] | None = None) -> None:
    """Run `sales-assistant VERB …`; raises SystemExit with the command's exit code."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    verbs = {verb.name: verb for verb in installed_verbs(entry_points(group=GROUP))}
    match arguments:
        case [] | ["-h" | "--help", *_]:
            sys.stdout.write(overview(verbs.values()))
        case ["--version", *_]:
            sys.stdout.write(f"{PROGRAM} {version(PROGRAM)}\n")
        case [name, *rest] if name in verbs:
            verbs[name].run(rest)
        case [name, *_]:
            sys.stderr.write(unknown(name, verbs))
            sys.exit(USAGE_ERROR)


def installed_verbs(entries: Iterable[EntryPoint]) -> list[Verb]:
    """Return the verbs whose module exists, by name; one that is declared but not installed is left out."""
    found = [(entry, source_of(entry.module)) for entry in sorted(entries, key=lambda entry: entry.name)]
    return [Verb(entry=entry, source=source) for entry, source in found if source is not None]


def source_of(module: str) -> Path | None:
    """Return a module's source file without importing it or its parents, or None where there is no such file."""
    path: Sequence[str] | None = None
    origin: str | None = None
    for part in module.split("."):
        spec = PathFinder.find_spec(part, path)
        if spec is None:
            return None
        path, origin = spec.submodule_search_locations, spec.origin
    return Path(origin) if origin is not None and origin.endswith(".py") else None


def overview(verbs: Iterable[Verb]) -> str:
    """Return the text of `sales-assistant --help`."""
    lines = [f"  {verb.name:<14}{verb.summary()}".rstrip() for verb in verbs]
    return "\n".join(
        [f"用法:{PROGRAM} 命令 [参数]    {PROGRAM} 命令 --help 查看一个命令", "", "命令 (commands):", *lines, ""]
    )


def unknown(name: str, verbs: Iterable[str]) -> str:
    """Return what is said of a verb that does not exist, with the nearest one that does."""
    near = get_close_matches(name, list(verbs), n=1)
    hint = f",是不是 {near[0]}?" if near else ""
    return f"没有命令 {name}{hint}  (no such command; see {PROGRAM} --help)\n"


def summary_in(source: str, *, verb: str, function: str) -> str:
    """Return a verb's one-line help from a module's source: its `help=` if given, else its function's docstring."""
    for node in ast.walk(ast.parse(source)):
        text = _help_of_function(node, verb, function) or (isinstance(node, ast.Call) and _help_of_call(node, verb))
        if text:
            return text.strip().splitlines()[0]
    return ""


def _help_of_function(node: ast.AST, verb: str, function: str) -> str | None:
    if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        return None
    own_name = node.name.strip("_").replace("_", "-")
    for call in (each for each in node.decorator_list if isinstance(each, ast.Call)):
        if _attribute(call) == "command" and (_named(call) or own_name) == verb:
            return _keyword(call, "help") or ast.get_docstring(node)
    return ast.get_docstring(node) if node.name == function else None


def _help_of_call(call: ast.Call, verb: str) -> str | None:
    """A group of commands is `Typer(name=verb, help=…)` or `add_typer(…, name=verb, help=…)`."""
    return _keyword(call, "help") if _keyword(call, "name") == verb else None


def _attribute(call: ast.Call) -> str | None:
    return call.func.attr if isinstance(call.func, ast.Attribute) else None


def _named(call: ast.Call) -> str | None:
    return _text(call.args[0]) if call.args else _keyword(call, "name")


def _keyword(call: ast.Call, name: str) -> str | None:
    return next((_text(each.value) for each in call.keywords if each.arg == name), None)


def _text(node: ast.expr) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def _runnable(loaded: typer.Typer | Callable[..., object], verb: str) -> Callable[..., object]:
    """Return what runs a verb: the app's command of that name, the app's only command, or a plain function."""
    import typer.core
    import typer.main

    app = loaded if isinstance(loaded, typer.Typer) else _app_of(loaded)
    command = typer.main.get_command(app)
    if isinstance(command, typer.core.TyperGroup):
        command = command.commands.get(verb, command)
    return command.main


def _app_of(function: Callable[..., object]) -> typer.Typer:
    import typer

    app = typer.Typer(add_completion=False)
    app.command()(function)
    return app
