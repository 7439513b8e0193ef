"""Hand-ins from files: looked through first, then taken in by nbgrader's zip_collect.

Every file is kept as it came in `downloaded/ID/archive/`, unpacked in `downloaded/ID/extracted/`, both in a folder
named by the file's content, so that collecting it again changes nothing; a student's newest notebook is then in
`submitted/NAME/ID/`.
"""

import hashlib
import re
import shutil
from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from mlipkit.assignments import STUDENT, require, require_student
from mlipkit.errors import KitError
from mlipkit.grading.archives import Member, digest, members
from mlipkit.grading.engine import Course, NbgraderError, run, timestamp
from mlipkit.terminal import progress


@dataclass
class HandIn:
    """One student's notebook in a file: where it will lie unpacked, when it was handed in, what became of it."""

    file: str
    student: str
    member: Member
    submitted: datetime | None
    outcome: str = ""

    def row(self):
        """The same for a table."""
        return [self.student, self._submitted() or "time unknown", self.outcome, self.file]

    def as_json(self):
        """The same for other programs."""
        return {"student": self.student, "outcome": self.outcome, "submitted": self._submitted(), "file": self.file}

    def _submitted(self):
        return f"{self.submitted:%Y-%m-%dT%H:%M:%SZ}" if self.submitted else None


def default_pattern(assignment):
    """Regular expression for names made by `mlipkit submit`, wherever in a path an LMS has put them."""
    stamp = r"(?P<timestamp>\d{8}T\d{6}Z)"
    return rf".*(?<![A-Za-z0-9]){re.escape(assignment)}__(?P<student_id>{STUDENT})__{stamp}"


def collect(folder, assignment, files, pattern=None):
    """Take in hand-ins from zips, folders and notebooks.

    pattern  regular expression, searched in each notebook's path, with a group student_id and perhaps a group timestamp

    Returns the hand-ins, each with its outcome (new, replaced, unchanged, older), and the paths that are nobody's.
    Raises KitError, and has then written nothing, when a file is not what it should be or the pattern does not fit.
    """
    require(folder, assignment)
    course = Course(folder)
    expression = _compiled(pattern or default_pattern(assignment))
    limit = course.directory(assignment).max_file_size * 1000  # nbgrader counts in kB
    plans = []
    unmatched = []
    for file in map(Path, files):
        found = members(file, limit)
        hand_ins, rest = _match(file, found, assignment, expression)
        plans.append((file, hand_ins))
        unmatched += [f"{file}: {path}" for path in rest]
        if not found:
            unmatched.append(f"{file}: it is empty")
    if not any(hand_ins for _, hand_ins in plans):
        raise KitError(
            f"No hand-in of {assignment} was found in {', '.join(map(str, files))} (for example {unmatched[0]}): the "
            "names do not fit; give a --pattern with a group (?P<student_id>...)."
        )
    seen = _seen(course, assignment, expression)
    for file, hand_ins in progress(plans, "Collecting"):
        _take_in(course, assignment, file, hand_ins, seen)
        seen.update((hand_in.student, hand_in.member.digest) for hand_in in hand_ins)
    return [hand_in for _, hand_ins in plans for hand_in in hand_ins], unmatched


def _compiled(pattern):
    try:
        expression = re.compile(pattern)
    except re.error as error:
        raise KitError(f"The pattern {pattern} is not a regular expression ({error}).") from None
    if "student_id" not in expression.groupindex:
        raise KitError(f"The pattern {pattern} needs a group (?P<student_id>...) that says whose hand-in it is.")
    return expression


def _match(file, found, assignment, expression):
    """The newest hand-in of each student among the members of a file, and the paths that are nobody's."""
    stamps = {member.path.parent: member.timestamp for member in found if member.timestamp is not None}
    best = {}
    rest = []
    for member in found:
        if member.timestamp is not None:
            continue
        match = expression.search(str(member.path))
        if member.path.suffix != ".ipynb" or not match:
            rest.append(str(member.path))
            continue
        student = _student(match, file)
        hand_in = HandIn(str(file), student, member, _time(match, stamps.get(member.path.parent), file))
        rank = (hand_in.submitted or datetime.min, member.path.name == f"{assignment}.ipynb", str(member.path))
        if student not in best or rank > best[student][0]:
            best[student] = rank, hand_in
    return [hand_in for _, hand_in in best.values()], rest


def _student(match, file):
    name = match["student_id"] or ""
    try:
        return require_student(name)
    except KitError as error:
        raise KitError(f"{file}: in {match.string} the pattern finds a wrong part: {error}") from None


def _time(match, stamp, file):
    """When it was handed in, in UTC: from its name, else from the timestamp.txt beside it, else unknown."""
    from nbgrader.utils import parse_utc

    named = match.groupdict().get("timestamp")
    try:
        return parse_utc(named or (stamp or "").strip() or None)
    except (ValueError, OverflowError):
        if named:
            raise KitError(f'{file}: "{named}" in {match.string} is not a time; correct the pattern.') from None
        return None  # a student can write anything into a timestamp.txt


def _seen(course, assignment, expression):
    """What was collected before: {(student, digest of the notebook)}."""
    extracted = course.folder / "downloaded" / assignment / "extracted"
    paths = [path for path in extracted.rglob("*.ipynb") if path.is_file()]
    found = [(expression.search(path.relative_to(extracted).as_posix().partition("/")[2]), path) for path in paths]
    return {(match["student_id"], digest(path.read_bytes())) for match, path in found if match}


def _take_in(course, assignment, file, hand_ins, seen):
    """Keep one file in the archive, and have nbgrader unpack it and place what is newer than what is there."""
    downloaded = course.folder / "downloaded" / assignment
    for hand_in in hand_ins:
        hand_in.outcome = _outcome(course, assignment, hand_in, seen)
    key = _fingerprint(file)
    archive = downloaded / "archive" / key
    fresh = not archive.exists()
    if fresh:
        _keep(file, archive)
    try:
        app = _zip_collect(course, assignment, key, hand_ins)
        run(app, app.collect)
    except NbgraderError as failure:
        if fresh:
            shutil.rmtree(archive)
        raise KitError(f"{file} could not be collected: {failure}") from None


def _outcome(course, assignment, hand_in, seen):
    """What to do with a hand-in: only a later one replaces what is there, however often it is collected.

    seen  what was collected before. Without a time to compare, a notebook that is not in it is later; so a submission
          that an instructor repaired is not undone by the next export that holds the old one.
    """
    place = course.path("submitted", assignment, hand_in.student)
    if not place.is_dir() or not any(place.iterdir()):
        return "new"
    try:
        there = timestamp(place)
    except ValueError:
        there = None
    if there is None or hand_in.submitted is None:
        return "unchanged" if (hand_in.student, hand_in.member.digest) in seen else "replaced"
    if hand_in.submitted == there:
        return "unchanged"
    return "replaced" if hand_in.submitted > there else "older"


def _fingerprint(file):
    """Twelve characters that are the same for the same content under the same name."""
    whole = hashlib.sha256(file.name.encode())
    parts = sorted(path for path in file.rglob("*") if path.is_file()) if file.is_dir() else [file]
    for part in parts:
        whole.update(str(part.relative_to(file)).encode() + b"\0" + part.read_bytes())
    return whole.hexdigest()[:12]


def _keep(file, archive):
    """Copy a file or folder into the archive, so that it is there whole or not at all."""
    half = archive.with_name(archive.name + ".part")
    shutil.rmtree(half, ignore_errors=True)
    half.mkdir(parents=True)
    if file.is_dir():
        shutil.copytree(file, half / file.resolve().name)
    else:
        shutil.copyfile(file, half / file.name)
    half.rename(archive)


def _zip_collect(course, assignment, key, hand_ins):
    """nbgrader's ZipCollectApp for one archived file, placing only what is new or replaces something."""
    from nbgrader.apps import ZipCollectApp
    from nbgrader.plugins import FileNameCollectorPlugin
    from traitlets.config import Config

    chosen = {str(each.member.path): each for each in hand_ins if each.outcome in ("new", "replaced")}

    class Chosen(FileNameCollectorPlugin):
        """Answers nbgrader from what was matched before anything was unpacked."""

        def collect(self, submitted_file):
            hand_in = chosen.get(Path(submitted_file).relative_to(extracted).as_posix())
            return hand_in and {"student_id": hand_in.student, "file_id": assignment, "timestamp": hand_in.submitted}

    class Collect(ZipCollectApp):
        """The two steps of zip_collect, without the command line around them."""

        def collect(self):
            self.init_plugins()
            self.extract_archive_files()
            self.process_extracted_files()

    app = Collect(config=course.config, coursedir=course.directory(assignment), force=True)
    app.update_config(Config({"ExtractorPlugin": {"force": True, "zip_ext": [".zip", ".ZIP"]}}))
    app.archive_directory = f"archive/{key}"
    app.extracted_directory = f"extracted/{key}"
    app.collector_plugin = Chosen
    extracted = course.folder / "downloaded" / assignment / "extracted" / key
    return app


def counts(hand_ins):
    """How many hand-ins there are of each outcome, in words."""
    number = Counter(hand_in.outcome for hand_in in hand_ins)
    return ", ".join(
        f"{number[outcome]} {outcome}" for outcome in ("new", "replaced", "unchanged", "older") if number[outcome]
    )
