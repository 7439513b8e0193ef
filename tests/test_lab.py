"""`mlipkit lab`, without a browser."""

import os
import signal

from tests.browser import lab


def test_ctrl_c_twice_lets_lab_end_its_kernels(tmp_path):
    course = lab.copy_of_the_course(tmp_path / "course")
    home = tmp_path / "lab"
    home.mkdir()
    terminal, stdin = os.openpty()  # Lab asks before it stops, but only where somebody could answer
    with lab.mlipkit_lab(course, home, stdin=stdin) as running:
        assert b'"id"' in running.ask("/api/kernels", data=b"{}")

        for heard in ("interrupted", "Shutting down 1 kernel"):
            os.killpg(running.process.pid, signal.SIGINT)  # what a terminal does
            lab.wait_until(lambda heard=heard: heard in running.log.read_text(), heard)

        assert running.process.wait(timeout=lab.PATIENCE) == 0
    os.close(terminal)
    os.close(stdin)
