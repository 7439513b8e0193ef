"""A JupyterLab of its own and a browser that looks at it: for the browser tests, the Binder test and the benchmarks."""

import contextlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path

REPOSITORY = Path(__file__).parents[2]
COMMAND = str(Path(sys.executable).with_name("mlipkit"))
TOKEN = "a-token-of-the-tests"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
# the first line because root may not use the browser's own sandbox, the rest because nothing may leave this machine
FLAGS = ["--no-sandbox", "--disable-gpu"] + [
    *("--disable-quic", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync"),
]
SETTINGS = {
    "@jupyterlab/notebook-extension/tracker": {"autoStartDefaultKernel": True},
}
WINDOW = {"width": 1280, "height": 1000}
PATIENCE = 90  # seconds for anything at all: a cold cache on a busy machine is slow, and nothing here measures time


def find_browser():
    """The path of a Chromium-like browser, or None."""
    return next(filter(None, map(shutil.which, BROWSERS)), None)


def copy_of_the_course(target):
    """Copy what git tracks, or would if it were added, into the folder `target`; returns it."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=REPOSITORY, check=True, capture_output=True, text=True,
    ).stdout  # fmt: skip
    for name in filter(None, listed.split("\0")):
        source, copy = REPOSITORY / name, Path(target) / name
        if source.is_file():  # not when it was deleted and git has not been told yet
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(source, copy)
    return Path(target)


def free_port():
    """A port on 127.0.0.1 that nobody listens on."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


def wait_until(condition, what, patience=PATIENCE):
    """Ask `condition()` again and again until it returns something true, and return that; AssertionError if never."""
    end = time.monotonic() + patience
    while not (answer := condition()):
        assert time.monotonic() < end, f"waited {patience} seconds in vain for {what}"
        time.sleep(0.05)
    return answer


class Lab:
    """A running JupyterLab with its own configuration, stopped at the end of the `with` block.

    command: how to start it, with `{port}` where the port goes; folder: where to start it, and the root of what it
    serves; home: an empty folder for its configuration, data and log; environment: changes to the present one; stdin:
    where it reads answers to its questions.
    """

    def __init__(self, command, folder, home, environment=None, stdin=subprocess.DEVNULL):
        self.folder, self.home, self._stdin = Path(folder), Path(home), stdin
        self.log = self.home / "lab.log"
        self.port = free_port()
        self.root = f"http://127.0.0.1:{self.port}"
        self._command = [word.format(port=self.port) for word in command]
        self._environment = {**os.environ, **self._configured(), **(environment or {})}

    def _configured(self):
        """Write the configuration; returns the variables that make Jupyter use it and nobody else's."""
        config = self.home / "config"
        for plugin, settings in SETTINGS.items():
            path = config / "lab" / "user-settings" / f"{plugin}.jupyterlab-settings"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(json.dumps(settings))
        lab = {"expose_app_in_browser": True, "extension_manager": "readonly"}
        (config / "jupyter_lab_config.json").write_text(json.dumps({"LabApp": lab}))
        # a Lab that is started from a terminal opens such shells: the usual one with the environment it was started in
        server = {"terminado_settings": {"shell_command": ["bash"]}}
        (config / "jupyter_server_config.json").write_text(json.dumps({"ServerApp": server}))
        folders = {"JUPYTER_CONFIG_DIR": config, "JUPYTER_DATA_DIR": self.home / "data"}
        folders |= {"JUPYTER_RUNTIME_DIR": self.home / "runtime", "IPYTHONDIR": self.home / "ipython"}
        return {name: str(folder) for name, folder in folders.items()} | {"JUPYTER_TOKEN": TOKEN}

    def __enter__(self):
        with self.log.open("w") as log:
            self.process = subprocess.Popen(
                self._command, cwd=self.folder, env=self._environment, stdin=self._stdin, stdout=log,
                stderr=subprocess.STDOUT, start_new_session=True,
            )  # fmt: skip
        try:
            wait_until(self._answers, f"an answer at {self.root}/api", patience=300)
        except BaseException:
            self._kill()
            raise
        return self

    def __exit__(self, *_):
        try:
            with contextlib.suppress(OSError):  # it may close the connection before it has answered
                self.ask("/api/shutdown", data=b"")
            self.process.wait(timeout=30)
        finally:
            self._kill()

    def _answers(self):
        assert self.process.poll() is None, f"JupyterLab ended:\n{self.log.read_text()}"
        with contextlib.suppress(OSError):
            return self.ask("/api")

    def _kill(self):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)

    def ask(self, path, data=None):
        """The body (bytes) that the server answers at a path; OSError when it does not answer, or not with success."""
        request = urllib.request.Request(self.root + path, data, {"Authorization": f"token {TOKEN}"})
        with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
            return answer.read()

    def address(self, path=""):
        """The address of a notebook in Lab, in a workspace that starts empty; without a path, of the server itself."""
        where = f"/lab/workspaces/test/tree/{urllib.parse.quote(path)}?reset&" if path else "/?"
        return f"{self.root}{where}token={TOKEN}"


def mlipkit_lab(folder, home, **options):
    """The Lab that `mlipkit lab` starts in a course folder."""
    return Lab([COMMAND, "lab", "--no-browser", "--port={port}"], folder, home, **options)


class Visitor:
    """A page in the browser that may ask nobody but 127.0.0.1.

    `strangers` are the addresses elsewhere that were asked for (and refused), `complaints` the errors of the console;
    at the end of the `with` block there must be none.
    """

    def __init__(self, browser):
        self.strangers, self.complaints = [], []
        # a service worker's requests would pass by the route below
        self._context = browser.new_context(service_workers="block", viewport=WINDOW)
        self._context.set_default_timeout(PATIENCE * 1000)
        self._context.route("**/*", self._guard)
        self.page = self._context.new_page()
        self.page.on("console", lambda message: message.type == "error" and self.complaints.append(message.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._context.close()
        assert not self.strangers, f"the page asked {self.strangers}"
        assert not self.complaints, "\n".join(self.complaints)

    def _guard(self, route):
        if urllib.parse.urlsplit(route.request.url).hostname == "127.0.0.1":
            route.continue_()
        else:
            self.strangers.append(route.request.url)
            route.abort()

    def open(self, lab, path):
        """Open a notebook and wait until its kernel can be used."""
        self.page.goto(lab.address(path))
        self.page.wait_for_selector(".jp-NotebookPanel .jp-CodeCell")
        self.wait_for_kernel()

    def wait_for_kernel(self):
        """Wait until the open notebook's kernel is connected and idle (Lab's own indicator says so too early)."""
        self.page.wait_for_function(
            """() => {
                const session = window.jupyterapp?.shell.currentWidget?.sessionContext?.session;
                return session?.kernel?.status === "idle" && session.kernel.connectionStatus === "connected";
            }"""
        )

    def command(self, name):
        """Run a command of JupyterLab by its id, without waiting for its end."""
        self.page.evaluate("name => { window.jupyterapp.commands.execute(name); }", name)

    def run_all(self):
        """Run all cells of the open notebook and wait until each has run."""
        self.command("notebook:run-all-cells")
        self.page.wait_for_function(
            r"""() => {
                const cells = window.jupyterapp.shell.currentWidget.content.widgets.map(cell => cell.model);
                const code = cells.filter(model => model.type === "code" && model.sharedModel.source.trim());
                return code.every(model => model.executionCount && model.executionState !== "running");
            }"""
        )
        self.wait_for_kernel()
