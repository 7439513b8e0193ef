"""Plain loops, dictionaries and sorted() instead of pandas' own operations."""

import pandas as pd


# %% q1
def clean_years(listed):
    if not isinstance(listed, pd.Series):
        raise TypeError("a Series is needed")
    found = []
    for entry in listed:
        text = entry.strip() if isinstance(entry, str) else ""
        if len(text) == 5 and text[-1] in "abcdefghijklmnopqrstuvwxyz":
            text = text[:-1]
        found.append(int(text) if len(text) == 4 and text.isdigit() else pd.NA)
    return pd.Series(found, index=listed.index, dtype="Int64")


# %% q2
def papers_per_year(papers, first, last):
    if last < first:
        raise ValueError("the span is empty")
    counts = dict.fromkeys(range(first, last + 1), 0)
    for year in papers["year"]:
        if not pd.isna(year) and int(year) in counts:
            counts[int(year)] += 1
    return pd.Series(counts)


# %% q3
import re  # noqa: E402


def papers_per_author(papers, same_as):
    found = {}
    for position, names in enumerate(papers["authors"]):
        if not isinstance(names, list):
            raise TypeError("authors must be lists")
        for name in names:
            words = name.split()
            kept = []
            for place, word in enumerate(words):
                inside = 0 < place < len(words) - 1
                if inside and re.fullmatch(r"[A-Z.]+", word):
                    continue
                kept.append(word)
            short = " ".join(kept)
            if short in same_as:
                short = same_as[short]
            found.setdefault(short, set()).add(position)
    rows = sorted(found.items(), key=lambda item: item[0])
    rows = sorted(rows, key=lambda item: len(item[1]), reverse=True)
    return pd.Series([len(where) for _, where in rows], index=[name for name, _ in rows], dtype=int)


# %% q4
def most_used(papers, lectures, at_least):
    rows, seen = [], set()
    for _, paper in papers.iterrows():
        if paper["id"] in seen:
            raise ValueError(f"{paper['id']} is there twice")
        seen.add(paper["id"])
        n_lectures = 0
        for _, lecture in lectures.iterrows():
            if paper["id"] in lecture["reading_paper_ids"] or paper["id"] in lecture["mentioned_paper_ids"]:
                n_lectures += 1
        n_chapters = len(set(paper["chapter_numbers"]))
        if n_chapters + n_lectures >= at_least:
            rows.append((paper["id"], paper["title"], n_chapters, n_lectures))
    rows.sort(key=lambda row: (-(row[2] + row[3]), row[0]))
    return pd.DataFrame(rows, columns=["id", "title", "n_chapters", "n_lectures"])


# %% q5
def one_row_each(listing):
    missing = {"repo", "platform", "stars"} - set(listing.columns)
    if missing:
        raise ValueError("missing: " + ", ".join(sorted(missing)))
    found = {}
    for repo, platform, stars in zip(listing["repo"], listing["platform"], listing["stars"], strict=True):
        platforms, counts = found.setdefault(repo.strip().lower(), (set(), []))
        platforms.add(platform.strip())
        try:
            counts.append(int(stars.replace(",", "")))
        except (ValueError, AttributeError):
            continue
    ids = sorted(found)
    most = [max(found[repo][1]) if found[repo][1] else pd.NA for repo in ids]
    return pd.DataFrame(
        {"id": ids, "platforms": [sorted(found[repo][0]) for repo in ids], "stars": pd.array(most, dtype="Int64")}
    )


# %% q6
def compare_domains(products, at_least):
    if at_least < 1:
        raise ValueError("at_least is too small")
    rows = []
    for domain in sorted(set(products["domain"])):
        part = products[(products["domain"] == domain).to_numpy()]
        stars = sorted(int(count) for count in part["stars_2024_04"] if not pd.isna(count))
        middle = len(stars) // 2
        median = stars[middle] if len(stars) % 2 else (stars[middle - 1] + stars[middle]) / 2
        unclear = len([task for task in part["ml_task"] if task == "other"])
        rows.append((domain, len(part), unclear, median, sum(stars) / len(stars)))
    rows = [row for row in rows if row[1] >= at_least]
    rows.sort(key=lambda row: row[3], reverse=True)
    return pd.DataFrame(rows, columns=["domain", "n", "n_unclear", "median_stars", "mean_stars"])


# %% q7
def plot_stars(stars, ax):
    values = sorted(float(count) for count in stars if not pd.isna(count))
    if values == []:
        raise ValueError("no stars to draw")
    factor = (values[-1] / values[0]) ** (1 / 20)
    edges = [values[0] * factor**step for step in range(20)] + [values[-1]]
    heights = [0] * 20
    for value in values:
        place = 0
        while place < 19 and value >= edges[place + 1]:
            place += 1
        heights[place] += 1
    widths = [edges[place + 1] - edges[place] for place in range(20)]
    ax.bar(edges[:20], heights, width=widths, align="edge")
    ax.axvline(pd.Series(values).median(), label="Median of all", linestyle="solid", color="C1")
    ax.axvline(sum(values) / len(values), label="Mean of all", linestyle="dotted", color="C2")
    ax.set(xscale="log", xlabel="Stars", ylabel="Products in the bar", title="How many stars they have")
    ax.legend(loc="upper right")
    return ax
