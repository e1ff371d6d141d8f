"""The rules of the house: which package may import which, and what the command line may load."""

from __future__ import annotations

import ast
import importlib.util
import re
import subprocess
import sys
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGES = ("assistant", "intents", "tools", "crm_store", "channels", "prompts", "eval")
HEAVY = ("fastapi", "langchain_core", "numpy", "pydantic", "sqlalchemy", "torch", "typer", "yaml")


def test_imports_follow_the_contracts() -> None:
    # In a process of its own: the linter sets up logging anew and silences every logger that there is.
    linter = Path(sys.executable).with_name("lint-imports")
    run = subprocess.run([linter, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout


@pytest.mark.parametrize("package", PACKAGES)
def test_a_package_is_ours_and_no_other_of_that_name(package: str) -> None:
    spec = importlib.util.find_spec(package)
    assert spec is not None
    assert spec.origin == str(ROOT / package / "__init__.py")


@pytest.mark.parametrize("module", ["assistant.cli", *PACKAGES])
def test_importing_the_outside_of_a_package_loads_nothing_heavy(module: str) -> None:
    script = f"import sys, {module}; print(*[name for name in {HEAVY!r} if name in sys.modules])"
    run = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert run.stdout.strip() == ""


@pytest.mark.parametrize("package", PACKAGES)
def test_every_module_opens_with_a_sentence(package: str) -> None:
    silent = [str(path) for path in (ROOT / package).rglob("*.py") if not _opens_with_docstring(path)]
    assert silent == []


def _opens_with_docstring(path: Path) -> bool:
    return path.read_text(encoding="utf-8").lstrip().startswith(('"""', 'r"""'))


@pytest.mark.parametrize("package", PACKAGES)
def test_what_a_package_imports_is_in_the_lock(package: str) -> None:
    locked = set(re.findall(r"^([a-z0-9-]+)==", "".join(map(_requirements, ("all", "torch"))), re.M))
    distributions = packages_distributions()
    foreign = {name for path in (ROOT / package).rglob("*.py") for name in _imported(path)} - {*PACKAGES}
    unknown = {name for name in foreign - sys.stdlib_module_names if not locked & _normal(distributions.get(name, []))}
    assert unknown == set()


def _requirements(name: str) -> str:
    return (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8")


def _normal(names: list[str]) -> set[str]:
    return {re.sub(r"[-_.]+", "-", name).lower() for name in names}


def _imported(path: Path) -> Iterator[str]:
    """Give the top-level names that a module imports, inside functions too; relative imports are our own."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            yield node.module.partition(".")[0]
