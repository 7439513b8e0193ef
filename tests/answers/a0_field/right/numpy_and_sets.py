"""numpy and sets for the counts, pivoting tables, and a figure drawn from ready-made bins."""

import numpy as np
import pandas as pd


# %% q1
def clean_years(listed):
    if type(listed) is not pd.Series:
        raise TypeError("not a Series")

    def year(entry):
        text = entry.strip() if isinstance(entry, str) else ""
        digits, letter = set(text[:4]), set(text[4:])
        shaped = len(text) in (4, 5) and digits <= set("0123456789") and letter <= set("abcdefghijklmnopqrstuvwxyz")
        return int(text[:4]) if shaped else None

    return pd.Series([year(entry) for entry in listed], index=listed.index, name="year", dtype="Int64")


# %% q2
def papers_per_year(papers, first, last):
    if first > last:
        raise ValueError("no such span")
    known = papers["year"].astype("float64").to_numpy(na_value=np.nan)
    years = np.arange(first, last + 1)
    return pd.Series([int(np.sum(known == year)) for year in years], index=years, dtype="int64")


# %% q4
def most_used(papers, lectures, at_least):
    ids = list(papers["id"])
    if len(set(ids)) != len(ids):
        raise ValueError("duplicate id")
    per_lecture = [set(row.reading_paper_ids).union(row.mentioned_paper_ids) for row in lectures.itertuples()]
    table = pd.DataFrame({"id": ids, "title": list(papers["title"])})
    table["n_chapters"] = [np.unique(numbers).size for numbers in papers["chapter_numbers"]]
    table["n_lectures"] = [sum(paper in named for named in per_lecture) for paper in ids]
    order = np.lexsort((table["id"], -(table["n_chapters"] + table["n_lectures"])))
    table = table.iloc[order]
    return table[table["n_chapters"] + table["n_lectures"] >= at_least].reset_index(drop=True)


# %% q6
def compare_domains(products, at_least):
    if at_least <= 0:
        raise ValueError("at_least must be positive")
    domain = products["domain"].to_numpy(dtype=object)
    task = products["ml_task"].to_numpy(dtype=object)
    stars = products["stars_2024_04"].to_numpy(dtype=float, na_value=np.nan)
    names, sizes = np.unique(domain.astype(str), return_counts=True)
    table = pd.DataFrame({"domain": names, "n": sizes})
    table["n_unclear"] = [int(np.sum((domain == name) & (task == "other"))) for name in names]
    table["median_stars"] = [np.nanmedian(stars[domain == name]) for name in names]
    table["mean_stars"] = [np.nanmean(stars[domain == name]) for name in names]
    table = table[table["n"] >= at_least]
    return table.sort_values(by=["median_stars", "domain"], ascending=[False, True], ignore_index=True)


# %% q7
def plot_stars(stars, ax):
    counts = stars.astype("float64").to_numpy(na_value=np.nan)
    counts = counts[~np.isnan(counts)]
    if len(counts) < 1:
        raise ValueError("stars is empty")
    edges = np.exp(np.linspace(np.log(counts.min()), np.log(counts.max()), 21))
    edges[[0, -1]] = counts.min(), counts.max()
    heights, edges = np.histogram(counts, bins=edges)
    ax.stairs(heights, edges, fill=True, alpha=0.3)
    ax.bar(edges[:-1], heights, width=np.diff(edges), align="edge", alpha=0.6)
    ax.semilogx()
    ax.axvline(np.quantile(counts, 0.5), label="median", color="tab:red")
    ax.axvline(np.average(counts), label="mean", color="tab:green", linestyle="-.")
    ax.set(xlabel="number of stars", ylabel="count of products", title="Stars are far from evenly spread")
    ax.legend()
    return ax
