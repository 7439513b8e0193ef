"""What is inside the files that are to be collected, and whether it is safe to unpack them."""

import io
import stat
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import PurePosixPath

from mlipkit.errors import KitError

_DEPTH = 3  # the LMS' zip, a student's zip in it, and one more; a zip that holds itself would never end
_CLUTTER = ("__MACOSX", ".ipynb_checkpoints", "__pycache__")


@dataclass(frozen=True)
class Member:
    """A file as it will lie after unpacking: its path, and its text when it is a timestamp."""

    path: PurePosixPath
    timestamp: str | None = None


def members(path, limit):
    """All files in a zip, a folder or a notebook given on its own, zips inside zips included, clutter left out.

    limit  bytes that one file may have

    Raises KitError naming the file and the member when something is broken, too big, or would land outside.
    """
    if path.is_dir():
        found = _in_folder(path, limit)
    elif path.suffix.lower() == ".zip":
        found = _in_zip(path, PurePosixPath(_unpacked(path.name)), str(path), limit, _DEPTH)
    elif path.suffix == ".ipynb" and path.is_file():
        found = [Member(PurePosixPath(path.name))]
    elif path.exists():
        raise KitError(f"{path} is neither a zip, nor a folder, nor a notebook.")
    else:
        raise KitError(f"{path} is missing: name a zip, a folder or a notebook that exists.")
    return [member for member in found if not _is_clutter(member.path)]


def _is_clutter(path):
    return path.name.startswith(".") or any(part in _CLUTTER for part in path.parts)


def _unpacked(name):
    """Name of the folder that nbgrader unpacks a zip into."""
    return name[: -len(".zip")].removesuffix(".tar")


def _in_folder(folder, limit):
    found = []
    for file in sorted(folder.rglob("*")):
        inside = PurePosixPath(folder.resolve().name, file.relative_to(folder).as_posix())
        if file.is_symlink():
            raise KitError(f"{file} is a link, which could lead anywhere: replace it by the file itself.")
        if not file.is_file():
            continue
        if file.suffix.lower() == ".zip":
            found += _in_zip(file, inside.with_name(_unpacked(file.name)), str(file), limit, _DEPTH)
        elif file.name == "timestamp.txt":
            found.append(Member(inside, file.read_text(encoding="utf-8", errors="replace")))
        else:
            found.append(Member(inside))
    return found


def _in_zip(file, inside, shown, limit, depth):
    """Members of a zip: `file` is its path or bytes, `inside` where it is unpacked, `shown` its name in messages."""
    if depth == 0:
        raise KitError(f"{shown} holds zips inside zips deeper than {_DEPTH} levels: unpack the outer ones first.")
    found = []
    try:
        with zipfile.ZipFile(io.BytesIO(file) if isinstance(file, bytes) else file) as archive:
            for info in archive.infolist():
                _refuse_unsafe(info, shown, limit)
            broken = archive.testzip()
            if broken:
                raise KitError(f"{shown} is broken at {broken}: download it again.")
            for info in archive.infolist():
                if not info.is_dir():
                    found += _member(archive, info, inside, shown, limit, depth)
    except (zipfile.BadZipFile, zlib.error, EOFError):
        raise KitError(f"{shown} is not a zip, or a broken one: download it again.") from None
    except (NotImplementedError, RuntimeError, OSError) as error:
        raise KitError(f"{shown} cannot be unpacked ({error}): pack it again as an ordinary zip.") from None
    return found


def _member(archive, info, inside, shown, limit, depth):
    path = inside / info.filename
    if path.suffix.lower() == ".zip":
        nested = f"{shown}, member {info.filename},"
        return _in_zip(archive.read(info), path.with_name(_unpacked(path.name)), nested, limit, depth - 1)
    if path.name == "timestamp.txt":
        return [Member(path, archive.read(info).decode("utf-8", errors="replace"))]
    return [Member(path)]


def _refuse_unsafe(info, shown, limit):
    """Raises KitError for a member that would land outside of its folder, that is a link, locked, or too big."""
    name = info.orig_filename.replace("\\", "/")
    if name.startswith("/") or ":" in name.split("/")[0] or ".." in name.split("/") or "\0" in name:
        raise KitError(f"{shown}: the member {info.orig_filename!r} would be unpacked outside; nothing was collected.")
    if stat.S_ISLNK(info.external_attr >> 16):
        raise KitError(
            f"{shown}: the member {info.filename} is a link, which could lead anywhere; nothing was collected."
        )
    if info.flag_bits & 1:
        raise KitError(f"{shown}: the member {info.filename} is encrypted; ask for a zip without a password.")
    if info.file_size > limit:
        size = f"{info.file_size / 1e6:.0f} MB, more than the {limit / 1e6:.0f} MB of CourseDirectory.max_file_size"
        raise KitError(f"{shown}: the member {info.filename} has {size}; nothing was collected.")
