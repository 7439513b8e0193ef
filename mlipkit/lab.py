"""JupyterLab on the course folder, with the start page open."""

import os
import subprocess
import sys

START_PAGE = "notebooks/00_start_here.ipynb"


def serve(course, port=None, browser=True):
    """Run JupyterLab on 127.0.0.1 until it is stopped; returns its exit code."""
    command = [
        sys.executable,
        "-m",
        "jupyterlab",
        "--ip=127.0.0.1",
        f"--LabApp.default_url=/lab/tree/{START_PAGE}",
    ]
    if port:
        command += [f"--port={port}", "--ServerApp.port_retries=0"]
    if not browser:
        command.append("--no-browser")
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        command.append("--allow-root")  # a container's only user is often root; Jupyter refuses it unless told
    running = subprocess.Popen(command, cwd=course, env={**os.environ, "PATH": _path()})
    while True:
        try:
            return running.wait()
        except KeyboardInterrupt:
            continue  # Ctrl-C reaches Lab as well, which asks, then ends its kernels; `subprocess.run` would kill it


def _path():
    """Where Lab's terminals look for commands: beside this Python first, so `mlipkit` is found without activation."""
    return os.pathsep.join([os.path.dirname(sys.executable), os.environ.get("PATH", os.defpath)])
