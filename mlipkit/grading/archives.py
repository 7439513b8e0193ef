"""What is inside the files that are to be collected, and whether it is safe to unpack them."""

import hashlib
import io
import re
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
    """A file as it will lie after unpacking: its path, a digest of it, and its text when it is a timestamp."""

    path: PurePosixPath
    digest: str
    timestamp: str | None = None


def digest(content):
    """A text that is the same for the same bytes only."""
    return hashlib.sha256(content).hexdigest()


def members(path, limit):
    """All files in a zip, a folder or a notebook given on its own, zips inside zips included, clutter left out.

    limit  bytes that one file may have

    Raises KitError naming the file and the member when something is broken, too big, or would land outside.
    """
    if not path.exists():
        raise KitError(f"{path} is missing: name a zip, a folder or a notebook that exists.")
    if path.is_dir():
        found = _in_folder(path, limit)
    elif path.suffix.lower() == ".zip":
        found = _in_zip(path, PurePosixPath(_unpacked(path.name)), str(path), limit, _DEPTH)
    elif path.suffix == ".ipynb":
        found = [_file(PurePosixPath(path.name), path.read_bytes())]
    else:
        raise KitError(f"{path} is neither a zip, nor a folder, nor a notebook.")
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
        else:
            found.append(_file(inside, file.read_bytes()))
    return found


def _file(path, content):
    text = content.decode("utf-8", errors="replace") if path.name == "timestamp.txt" else None
    return Member(path, digest(content), text)


def _in_zip(file, inside, shown, limit, depth):
    """Members of a zip: `file` is its path or bytes, `inside` where it is unpacked, `shown` its name in messages."""
    if depth == 0:
        raise KitError(f"{shown} holds zips inside zips deeper than {_DEPTH} levels: unpack the outer ones first.")
    found = []
    try:
        with zipfile.ZipFile(io.BytesIO(file) if isinstance(file, bytes) else file) as archive:
            for info in archive.infolist():
                _refuse_unsafe(info, shown, limit)
            for info in archive.infolist():
                if not info.is_dir():
                    found += _member(archive, info, inside, shown, limit, depth)
    except (zipfile.BadZipFile, zlib.error, EOFError) as error:
        raise KitError(f"{shown} is not a zip, or a broken one ({error}): download it again.") from None
    except (NotImplementedError, RuntimeError, OSError) as error:
        raise KitError(f"{shown} cannot be unpacked ({error}): pack it again as an ordinary zip.") from None
    return found


def _member(archive, info, inside, shown, limit, depth):
    path = inside / info.filename
    content = archive.read(info)
    if path.suffix.lower() == ".zip":
        nested = f"{shown}, in it {info.filename}"
        return _in_zip(content, path.with_name(_unpacked(path.name)), nested, limit, depth - 1)
    return [_file(path, content)]


def _refuse_unsafe(info, shown, limit):
    """Raises KitError for a member that would land outside of its folder, that is a link, locked, or too big."""
    name = info.orig_filename.replace("\\", "/")
    if re.match(r"/|[A-Za-z]:", name) or ".." in name.split("/") or "\0" in name:
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
