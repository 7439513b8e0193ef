"""The description of the shared tables (`data/datapackage.json`): where it is, what it says, whether it is true.

Validation is Frictionless' own; added here is only what its standard has no word for: keys and allowed values inside
list cells (`"1; 4; 7"`), written in the description as `references` and `itemEnum` of a list field.
"""

import hashlib
import json
import os
from pathlib import Path

from mlipkit.errors import KitError

DESCRIPTION = "datapackage.json"


def data_folder():
    """Folder of the shared tables: `data/` of a checkout, or the copy inside an installed wheel."""
    installed = Path(__file__).parent / "_data"
    return installed if installed.is_dir() else Path(__file__).parents[1] / "data"


def read_description(folder=None):
    """The description as a dict. Raises KitError when it is missing or not JSON."""
    path = (folder or data_folder()) / DESCRIPTION
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise KitError(f"{path} is missing: it describes every table; restore it with `git checkout`.") from None
    except ValueError as error:
        raise KitError(f"{path} is not valid JSON ({error}); correct it or restore it with `git checkout`.") from None


def resource(name, description):
    """The description of one table. Raises KitError with the known names when there is no such table."""
    known = {entry["name"]: entry for entry in description["resources"]}
    if name not in known:
        raise KitError(f'There is no table "{name}"; the tables are {", ".join(known)}.')
    return known[name]


def file_facts(path):
    """Size in bytes and SHA-256 of a file, in the form that the description holds."""
    content = path.read_bytes()
    return {"bytes": len(content), "hash": "sha256:" + hashlib.sha256(content).hexdigest()}


def problems(folder=None, replaced=None):
    """What is wrong with the tables, as a list of sentences, each with file, row and column; empty when all is well.

    folder    where the tables and their description are (default: the kit's own)
    replaced  {table name: path of a CSV that stands in for it}; only these are then reported on, keys into the
              other tables included
    """
    from frictionless import Package

    folder = folder or data_folder()
    description = read_description(folder)
    replaced = {name: Path(path) for name, path in (replaced or {}).items()}
    paths = {entry["name"]: replaced.get(entry["name"], folder / entry["path"]) for entry in description["resources"]}
    found = [
        f"{_shown(path)}, which holds the table {name}, is missing: restore it, or correct its path."
        for name, path in paths.items()
        if not path.is_file()
    ]
    if found:
        return found
    # All paths relative to one root, because Frictionless refuses absolute ones in a description.
    root = Path(os.path.commonpath([path.resolve() for path in paths.values()] + [folder.resolve()]))
    for entry in description["resources"]:
        path = paths[entry["name"]]
        entry["path"] = path.resolve().relative_to(root).as_posix()
        if entry["name"] in replaced:  # an own table has its own length
            for fact in ("bytes", "hash", "rows"):
                entry.pop(fact, None)
    package = Package.from_descriptor(description, basepath=str(root))
    names = list(replaced) or list(paths)
    again = "load it again" if replaced else "run `mlipkit data check` again"
    advice = f"Correct it, then {again}."
    for name in names:
        report = package.get_resource(name).validate(_list_checklist(package, name))
        for task in report.tasks:
            found += [f"{_what(error, paths[name])}. {advice}" for error in task.errors]
        found += [f"{_shown(paths[name])}: {error.note}." for error in report.errors]
    return found


def _list_checklist(package, name):
    """A Frictionless checklist for keys and allowed values inside the list cells of one table."""
    from frictionless import Check, Checklist, errors

    allowed = {}
    for field in package.get_resource(name).schema.fields:
        if "itemEnum" in field.custom:
            allowed[field.name] = set(field.custom["itemEnum"]), "the allowed values"
        elif "references" in field.custom:
            table, column = field.custom["references"].split(".")
            keys = {row[column] for row in package.get_resource(table).read_rows()}
            allowed[field.name] = keys, f"column {column} of {table}"

    class ListItems(Check):
        type = "list-items"
        Errors = (errors.ForbiddenValueError,)

        def validate_row(self, row):
            for column, (values, place) in allowed.items():
                for item in row[column] or []:
                    if item not in values:
                        yield errors.ForbiddenValueError.from_row(
                            row, note=f'"{item}" is not in {place}', field_name=column
                        )

    return Checklist(checks=[ListItems()] if allowed else [])


def _what(error, path):
    """One Frictionless error in words of the kit: file, row, column, what is wrong."""
    place = [_shown(path)]
    if getattr(error, "row_number", None):
        place.append(f"row {error.row_number}")
    column = getattr(error, "field_name", None) or ", ".join(getattr(error, "field_names", None) or [])
    if column and error.type != "blank-row":
        place.append(f"column {column}")
    return f"{', '.join(place)}: {_meaning(error)}"


def _meaning(error):
    cell = getattr(error, "cell", "")
    match error.type:
        case "type-error":
            return f'"{cell}" does not fit: {error.note.replace("/default", "").replace("type is", "the type is")}'
        case "constraint-error":
            return f'"{cell}" breaks the rule {error.note.removeprefix("constraint ")}'
        case "foreign-key":
            return f"the key has no match in the table it points to ({error.note})"
        case "primary-key" | "unique-error":
            return f"the key stands in an earlier row already ({error.note})"
        case "blank-row":
            return "the row is empty"
        case "extra-cell":
            return f'there is one cell too many, "{cell}"'
        case "missing-cell":
            return "the row ends before this column"
        case "hash-count" | "byte-count":
            return "its bytes are not those described; if the change is meant, run `mlipkit data describe`"
        case "encoding-error":
            return "it is not UTF-8"
        case _:
            return error.note.strip(". ") or error.message.strip(". ")


def _shown(path):
    """A path as short as it can be said from the working folder."""
    try:
        return path.resolve().relative_to(Path.cwd()).as_posix()
    except ValueError:
        return str(path)


def refresh(folder=None):
    """Write each table's size, hash and row count into the description, and make `README.md` from it again.

    Returns the paths written. A table with problems is described all the same: `problems` is what judges.
    """
    import csv

    folder = folder or data_folder()
    description = read_description(folder)
    for entry in description["resources"]:
        path = folder / entry["path"]
        entry.update(file_facts(path))
        with path.open(encoding="utf-8", newline="") as lines:
            entry["rows"] = sum(1 for _ in csv.reader(lines)) - 1
    readme = folder / "README.md"
    target = folder / DESCRIPTION
    target.write_text(json.dumps(description, indent=2, ensure_ascii=False) + "\n", encoding="utf-8", newline="\n")
    readme.write_text(readme_text(description), encoding="utf-8", newline="\n")
    return [target, readme]


def readme_text(description):
    """The text of `data/README.md` for a description."""
    lines = [
        f"# {description['title']}",
        "",
        "<!-- Made from datapackage.json by `mlipkit data describe`; a change here would be lost. -->",
        "",
        description["description"],
        "",
        "CSV in UTF-8, one record a line, lists inside a cell separated by `; `. `mlipkit data check` holds every "
        "table against this description.",
        "",
        "| table | rows | class | what it holds |",
        "|---|---:|---|---|",
    ]
    resources = description["resources"]
    lines += [
        f"| [{entry['name']}](#{entry['name']}) | {entry['rows']} | {entry['class']} | {entry['title']} |"
        for entry in resources
    ]
    for entry in resources:
        lines += ["", *_readme_section(entry)]
    return "\n".join(lines) + "\n"


def _readme_section(entry):
    keys = {key["fields"][0]: key["reference"] for key in entry["schema"].get("foreignKeys", [])}
    yield f"## {entry['name']}"
    yield ""
    yield f"{entry['description']} Key: `{entry['schema']['primaryKey'][0]}`."
    for source in entry.get("sources", []):
        yield ""
        yield (
            f"Source: [{source['title']}]({source['path']}) at commit `{source['commit'][:12]}` of {source['date']}, "
            f"licence there: {source['license']} (checked {source['licenseChecked']})."
        )
    yield ""
    yield "| column | type | meaning |"
    yield "|---|---|---|"
    for field in entry["schema"]["fields"]:
        kind = f"list of {field['itemType']}" if field["type"] == "list" else field["type"]
        meaning = field["description"]
        if field["name"] in keys:
            meaning += " Key into {resource}.{fields[0]}.".format(**keys[field["name"]])
        if "references" in field:
            meaning += f" Keys into {field['references']}."
        values = field.get("itemEnum") or field.get("constraints", {}).get("enum")
        if values:
            meaning += f" One of: {', '.join(values)}."
        yield f"| `{field['name']}` | {kind} | {meaning} |"
