"""Hand-ins from zips and folders, as students and learning management systems make them."""

import io
import json
import os
import stat
import zipfile

import nbformat
import pytest

from mlipkit import desk as students
from mlipkit.grading.notebook import write

from .conftest import tree

FIRST, SECOND = "20261120T100000Z", "20261121T100000Z"


def notebook_text(words):
    return nbformat.writes(nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell(words, id="words")]))


def zipped(members):
    """Bytes of a zip; members is {name: text or bytes}."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name, text in members.items():
            archive.writestr(name, text)
    return content.getvalue()


def hand_in(folder, student, words, stamp=FIRST, prefix=""):
    """A zip as `mlipkit submit` makes it, perhaps renamed by an LMS; returns its path."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{prefix}mini__{student}__{stamp}.zip"
    path.write_bytes(zipped({"mini.ipynb": notebook_text(words)}))
    return path


def collected(course):
    """What lies in submitted/: {student: (words, timestamp or None)}."""
    found = {}
    for folder in (course / "submitted").glob("*/mini"):
        stamp = folder / "timestamp.txt"
        words = nbformat.read(folder / "mini.ipynb", as_version=4).cells[0].source
        found[folder.parent.name] = words, stamp.read_text(encoding="utf-8") if stamp.exists() else None
    return found


def outcomes(course, run, *words):
    target = course.parent / "collected.json"
    code, out, err = run(course, "collect", "mini", *words, "--json", target)
    assert (code, err) == (0, ""), err
    found = json.loads(target.read_text(encoding="utf-8"))
    return {each["student"]: each["outcome"] for each in found["hand_ins"]}, found["unmatched"], out


def test_what_submit_made_is_collected(course, desk, run):
    path = course / "assignments" / "mini" / "mini.ipynb"
    path.parent.mkdir(parents=True)
    write(desk.notebook({"q3_answer": "mine"}), path)
    made = students.submit(course, "mini", "smith_j")
    assert outcomes(course, run, made)[:2] == ({"smith_j": "new"}, [])
    assert (course / "submitted" / "smith_j" / "mini" / "mini.ipynb").read_bytes() == path.read_bytes()
    stamp = made.stem.split("__")[2]
    there = (course / "submitted" / "smith_j" / "mini" / "timestamp.txt").read_text(encoding="utf-8")
    assert there.replace("-", "").replace(":", "").replace(" ", "T") + "Z" == stamp


def test_a_later_hand_in_replaces_an_earlier_one_only(course, run, tmp_path):
    early, late = hand_in(tmp_path, "smith", "early", FIRST), hand_in(tmp_path, "smith", "late", SECOND)
    assert outcomes(course, run, early)[0] == {"smith": "new"}
    assert outcomes(course, run, late)[0] == {"smith": "replaced"}
    assert outcomes(course, run, early)[0] == {"smith": "older"}
    assert collected(course) == {"smith": ("late", "2026-11-21 10:00:00")}
    kept = sorted(path.name for path in course.glob("downloaded/mini/archive/*/*"))
    assert kept == [early.name, late.name]


def test_the_order_of_the_files_does_not_matter(course, run, tmp_path):
    early, late = hand_in(tmp_path, "smith", "early", FIRST), hand_in(tmp_path, "smith", "late", SECOND)
    outcomes(course, run, late, early)
    assert collected(course)["smith"][0] == "late"


def test_collecting_twice_changes_nothing(course, run, tmp_path):
    files = [hand_in(tmp_path, name, name) for name in ("smith", "jones")]
    outcomes(course, run, *files)
    before = {path: (path.stat().st_mtime_ns, path.read_bytes()) for path in course.glob("submitted/*/mini/*")}
    archive = tree(course / "downloaded" / "mini" / "archive")
    assert outcomes(course, run, *files)[0] == {"smith": "unchanged", "jones": "unchanged"}
    assert {path: (path.stat().st_mtime_ns, path.read_bytes()) for path in before} == before
    assert tree(course / "downloaded" / "mini" / "archive") == archive


def test_an_lms_export_of_zips_with_prefixes(course, run, tmp_path):
    inner = hand_in(tmp_path / "a", "smith", "late", SECOND).read_bytes()
    older = hand_in(tmp_path / "b", "smith", "early", FIRST).read_bytes()
    other = hand_in(tmp_path / "c", "jones", "other").read_bytes()
    export = tmp_path / "submissions.zip"
    export.write_bytes(
        zipped(
            {
                f"Smith John_4711_assignsubmission_file_/mini__smith__{SECOND}.zip": inner,
                f"Smith John_4711_assignsubmission_file_/old/mini__smith__{FIRST}.zip": older,
                f"jonesamy_LATE_12_34_mini__jones__{FIRST}-1.ZIP": other,
                "Grey Ann_4712_assignsubmission_file_/essay.pdf": b"%PDF \xff",
                "__MACOSX/._mini.ipynb": b"\x00",
                ".DS_Store": b"\x00",
            }
        )
    )
    found, unmatched, out = outcomes(course, run, export)
    assert found == {"smith": "new", "jones": "new"}
    assert [path.rpartition("/")[2] for path in unmatched] == ["essay.pdf"]
    assert "essay.pdf" in out
    assert collected(course) == {"smith": ("late", "2026-11-21 10:00:00"), "jones": ("other", "2026-11-20 10:00:00")}


def test_an_lms_folder_with_a_pattern(course, run, tmp_path):
    folder = tmp_path / "export"
    for name, words in (("4711 Smith", "one"), ("4712 Jones", "two")):
        (folder / name).mkdir(parents=True)
        (folder / name / "mini.ipynb").write_text(notebook_text(words), encoding="utf-8")
    (folder / "4711 Smith" / "scratch.ipynb").write_text(notebook_text("scratch"), encoding="utf-8")
    (folder / "readme.ipynb").write_text(notebook_text("nobody's"), encoding="utf-8")
    pattern = r"export/(?P<student_id>\d+) "
    found, unmatched, _ = outcomes(course, run, folder, "--pattern", pattern)
    assert found == {"4711": "new", "4712": "new"}
    assert [path.rpartition("/")[2] for path in unmatched] == ["readme.ipynb"]
    assert collected(course) == {"4711": ("one", None), "4712": ("two", None)}


def test_without_times_what_is_collected_later_is_later(course, run, tmp_path):
    folder = tmp_path / "export" / "4711"
    folder.mkdir(parents=True)
    notebook = folder / "mini.ipynb"
    words = (tmp_path / "export", "--pattern", r"/(?P<student_id>\d+)/")
    notebook.write_text(notebook_text("first"), encoding="utf-8")
    assert outcomes(course, run, *words)[0] == {"4711": "new"}
    notebook.write_text(notebook_text("second"), encoding="utf-8")
    assert outcomes(course, run, *words)[0] == {"4711": "replaced"}
    assert collected(course)["4711"][0] == "second"
    repaired = course / "submitted" / "4711" / "mini" / "mini.ipynb"
    repaired.write_text(notebook_text("repaired by hand"), encoding="utf-8")
    (folder / "more.txt").write_text("another file, so another export", encoding="utf-8")
    assert outcomes(course, run, *words)[0] == {"4711": "unchanged"}
    assert collected(course)["4711"][0] == "repaired by hand"


def test_two_students_may_hand_in_the_same(course, run, tmp_path):
    words = ("--pattern", r"/(?P<student_id>\w+)/")
    for student, text in (("smith", "same"), ("jones", "own")):
        (tmp_path / "export" / student).mkdir(parents=True)
        (tmp_path / "export" / student / "mini.ipynb").write_text(notebook_text(text), encoding="utf-8")
    outcomes(course, run, tmp_path / "export", *words)
    (tmp_path / "export" / "jones" / "mini.ipynb").write_text(notebook_text("same"), encoding="utf-8")
    assert outcomes(course, run, tmp_path / "export", *words)[0] == {"smith": "unchanged", "jones": "replaced"}


def test_a_pattern_can_say_when(course, run, tmp_path):
    path = tmp_path / "all.zip"
    path.write_bytes(
        zipped(
            {
                "smith_2026-11-20-10-00-00_mini.ipynb": notebook_text("early"),
                "smith_2026-11-21-10-00-00_mini.ipynb": notebook_text("late"),
            }
        )
    )
    pattern = r"/(?P<student_id>[a-z]+)_(?P<timestamp>\d{4}-\d\d-\d\d)"
    assert outcomes(course, run, path, "--pattern", pattern)[0] == {"smith": "new"}
    assert collected(course) == {"smith": ("late", "2026-11-21 00:00:00")}


def test_a_notebook_on_its_own_and_one_that_is_broken(course, run, tmp_path):
    path = tmp_path / f"mini__smith__{FIRST}.ipynb"
    path.write_text("<html>", encoding="utf-8")
    assert outcomes(course, run, path)[0] == {"smith": "new"}
    assert (course / "submitted" / "smith" / "mini" / "mini.ipynb").read_text(encoding="utf-8") == "<html>"
    _, out, _ = run(course, "grade", "mini")
    assert "mini.ipynb is not a notebook: it is not JSON." in out


def test_a_hand_in_of_another_assignment_is_nobodys(course, run, tmp_path):
    mine = hand_in(tmp_path, "smith", "mine")
    other = tmp_path / f"lab01__jones__{FIRST}.zip"
    other.write_bytes(zipped({"lab01.ipynb": notebook_text("other")}))
    found, unmatched, _ = outcomes(course, run, mine, other)
    assert found == {"smith": "new"}
    assert len(unmatched) == 1


def link(name):
    info = zipfile.ZipInfo(name)
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr(info, "/etc/passwd")
    return content.getvalue()


def damaged():
    content = bytearray(zipped({"mini.ipynb": notebook_text("whole")}))
    content[60] ^= 0xFF
    return bytes(content)


def russian_doll(depth):
    content = zipped({"mini.ipynb": notebook_text("inside")})
    for _ in range(depth):
        content = zipped({"inner.zip": content})
    return content


BAD = {
    "climbs": (zipped({"../../source/mini/mini.ipynb": "x"}), "../../source/mini/mini.ipynb"),
    "climbs inside": (zipped({"a/../../b.ipynb": "x"}), "a/../../b.ipynb"),
    "absolute": (zipped({"/etc/cron.d/x": "x"}), "/etc/cron.d/x"),
    "backslashes": (zipped({"..\\..\\x.ipynb": "x"}), "outside"),
    "absolute backslash": (zipped({"\\x.ipynb": "x"}), "outside"),
    "a drive": (zipped({"C:\\x.ipynb": "x"}), "outside"),
    "a link": (link("mini.ipynb"), "is a link"),
    "nested climb": (zipped({"ok.ipynb": "x", "inner.zip": zipped({"../x": "x"})}), "in it inner.zip: the member"),
    "nested link": (zipped({"inner.zip": link("mini.ipynb")}), "is a link"),
    "nested broken": (zipped({"inner.zip": b"PK\x03\x04 but no more"}), "inner.zip"),
    "too deep": (russian_doll(4), "deeper than"),
    "damaged": (damaged(), "broken"),
    "no zip": (b"<html>please log in</html>", "is not a zip"),
    "empty file": (b"", "is not a zip"),
}


@pytest.mark.parametrize("name", BAD)
def test_what_is_broken_or_hostile_is_refused_before_anything_is_written(course, refused, tmp_path, name):
    content, part = BAD[name]
    good = hand_in(tmp_path, "smith", "good")
    bad = tmp_path / f"mini__evil__{FIRST}.zip"
    bad.write_bytes(content)
    before = tree(tmp_path)
    sentence = refused(course, "collect", "mini", good, bad)
    assert str(bad) in sentence
    assert part in sentence
    assert tree(tmp_path) == before
    assert not (course / "downloaded").exists()
    assert not (course / "submitted").exists()


def test_a_link_in_a_folder_is_refused(course, refused, tmp_path):
    folder = tmp_path / "export"
    hand_in(folder, "smith", "good")
    os.symlink("/etc/hosts", folder / "mini.ipynb")
    assert "is a link" in refused(course, "collect", "mini", folder)


def test_a_member_that_is_too_big_is_refused(course, refused, tmp_path):
    with (course / "nbgrader_config.py").open("a", encoding="utf-8") as config:
        config.write("c.CourseDirectory.max_file_size = 10\n")
    path = tmp_path / f"mini__smith__{FIRST}.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mini.ipynb", b"0" * 20_000_000)
    assert "20 MB" in refused(course, "collect", "mini", path)


@pytest.mark.parametrize(
    ("words", "part"),
    [
        (["--pattern", "("], "not a regular expression"),
        (["--pattern", r"(\d+)"], "needs a group (?P<student_id>...)"),
        (["--pattern", r"(?P<student_id>__)"], "cannot be a student's name"),
        (["--pattern", r"(?P<student_id>\.ipynb)"], "cannot be a student's name"),
        (["--pattern", r"(?P<student_id>smith)__(?P<timestamp>2026112)"], "is not a time"),
        (["--pattern", r"(?P<student_id>nobody)"], "No hand-in of mini was found"),
    ],
)
def test_a_pattern_that_does_not_fit_is_one_sentence(course, refused, tmp_path, words, part):
    path = hand_in(tmp_path, "smith", "good")
    assert part in refused(course, "collect", "mini", path, *words)
    assert not (course / "downloaded").exists()


def test_files_that_are_not_there_or_of_no_use(course, refused, tmp_path):
    (tmp_path / "notes.txt").write_text("x", encoding="utf-8")
    (tmp_path / "empty").mkdir()
    assert "is missing" in refused(course, "collect", "mini", tmp_path / "none.zip")
    assert "neither a zip" in refused(course, "collect", "mini", tmp_path / "notes.txt")
    assert "empty" in refused(course, "collect", "mini", tmp_path / "empty")
