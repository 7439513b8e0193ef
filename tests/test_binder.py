"""Binder, as far as it can be had without Docker: what environment.yml installs is enough, and no more than that."""

import json
import os
import subprocess
import sys
import tomllib

import pytest
import yaml

from tests.browser import lab

MEGABYTES = 900


@pytest.fixture(scope="module")
def repository(tmp_path_factory):
    """A copy of the repository, as Binder would clone it."""
    return lab.copy_of_the_course(tmp_path_factory.mktemp("binder"))


@pytest.fixture(scope="module")
def named(repository):
    """What environment.yml names, as (conda's part, pip's part)."""
    *conda, pip = yaml.safe_load((repository / "environment.yml").read_text())["dependencies"]
    return conda, pip["pip"]


@pytest.fixture(scope="module")
def environment(repository, named, tmp_path_factory):
    """Folder of a fresh environment with what environment.yml names, after postBuild."""
    folder = tmp_path_factory.mktemp("environment") / "env"
    # conda, too, hands its pip part over as a requirements file beside environment.yml
    requirements = repository / "pip-part-of-environment.txt"
    requirements.write_text("\n".join(named[1]))
    uv = [sys.executable, "-m", "uv"]
    run(repository, None, *uv, "venv", "--quiet", "--python", sys.executable, folder)
    run(repository, None, *uv, "pip", "install", "--quiet", "--python", folder, "--requirement", requirements)
    run(repository, folder, "./postBuild")
    return folder


def run(repository, environment, *command):
    """Run a command in the repository, with the environment's programs first; returns what it printed."""
    done = subprocess.run(
        command, cwd=repository, env={**os.environ, **in_it(environment)}, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def in_it(environment):
    """The variables of a shell in which the environment is active."""
    return {"PATH": os.pathsep.join([f"{environment}/bin", os.environ["PATH"]])} if environment else {}


def test_environment_names_python_and_this_package_at_the_tested_versions(named):
    conda, pip = named

    assert [line.partition("=")[0] for line in conda] == ["python", "pip"]
    assert pip == ["--constraint constraints.txt", "--editable ."]


def test_no_tool_of_the_tests_is_installed(repository, environment):
    project = tomllib.loads((repository / "pyproject.toml").read_text())["project"]
    tools = {line.partition(">")[0] for line in project["optional-dependencies"]["test"]}
    listed = run(repository, None, sys.executable, "-m", "uv", "pip", "list", "--format=json", "--python", environment)

    installed = {package["name"] for package in json.loads(listed)}

    assert "mlipkit" in installed
    assert not installed & tools


def test_it_is_small_enough_for_binder(environment):
    size = sum(path.lstat().st_size for path in environment.rglob("*")) / 1e6

    assert size <= MEGABYTES, f"{size:.0f} MB"


def test_tables_are_as_described(repository, environment):
    run(repository, environment, "mlipkit", "data", "check")


def test_pages_that_need_a_shared_server_are_off(environment):
    page = json.loads((environment / "etc/jupyter/labconfig/page_config.json").read_text())

    assert all(page["disabledExtensions"][f"@jupyter/nbgrader:{name}"] for name in ("assignment-list", "course-list"))


def test_lab_starts(repository, environment, tmp_path):
    command = [repository / "start", *("jupyter", "lab", "--no-browser", "--allow-root", "--ip=127.0.0.1")]

    with lab.Lab([*map(str, command), "--port={port}"], repository, tmp_path, in_it(environment)) as started:
        assert json.loads(started.ask("/api"))["version"]
        assert b"jupyter-config-data" in started.ask("/lab/tree/notebooks/00_start_here.ipynb")


@pytest.mark.filterwarnings("ignore:pythonjsonlogger:DeprecationWarning")
def test_repo2docker_builds_it_from_environment_yml(repository, monkeypatch):
    from repo2docker.app import Repo2Docker
    from repo2docker.buildpacks import CondaBuildPack

    monkeypatch.chdir(repository)
    app = Repo2Docker()

    pack = next(pack for pack in (kind(app.base_image) for kind in app.buildpacks) if pack.detect())

    assert type(pack) is CondaBuildPack
    pack.platform = "linux/amd64"
    steps = pack.render({})
    # the package and its constraints are in the repository, so its files must be there before the environment is made
    order = [steps.index(step) for step in (" src/ ${REPO_DIR}/", "env update", "./postBuild", "R2D_ENTRY")]
    assert order == sorted(order)
    assert steps.count("env update") == 1
