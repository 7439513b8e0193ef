"""explode, merge, map and groupby where the reference uses loops, and the reverse."""

import numpy as np
import pandas as pd


# %% q1
def clean_years(listed):
    if not isinstance(listed, pd.Series):
        raise TypeError(f"expected a Series, got {type(listed).__name__}")
    text = listed.str.strip()
    good = text.str.fullmatch(r"\d{4}[a-z]?").fillna(False).astype(bool)
    return text.str[:4].where(good).astype("Int64")


# %% q2
def papers_per_year(papers, first, last):
    if first > last:
        raise ValueError("first is after last")
    years = pd.Index(range(first, last + 1), name="year")
    return papers.groupby("year").size().reindex(years).fillna(0).astype(int)


# %% q3
def papers_per_author(papers, same_as):
    if not papers["authors"].map(lambda names: isinstance(names, list)).all():
        raise TypeError("authors holds something other than lists")
    rows = papers[["authors"]].reset_index(drop=True).explode("authors").dropna().reset_index()
    if rows.empty:
        return pd.Series(dtype="int64")
    names = rows["authors"].str.split().str.join(" ")
    names = names.str.replace(r"(?<=\s)(?:[A-Z.]+\s)+(?=\S)", "", regex=True)
    rows["authors"] = names.replace(same_as)
    counts = rows.drop_duplicates().value_counts("authors").rename_axis("author").reset_index()
    counts = counts.sort_values(["count", "author"], ascending=[False, True])
    return counts.set_index("author")["count"]


# %% q4
def most_used(papers, lectures, at_least):
    if not papers["id"].is_unique:
        raise ValueError("papers has an id twice")
    lists = [
        lectures[["number", column]].explode(column).rename(columns={column: "id"})
        for column in ("reading_paper_ids", "mentioned_paper_ids")
    ]
    named = pd.concat(lists).dropna().drop_duplicates().groupby("id").size().rename("n_lectures")
    used = papers[["id", "title", "chapter_numbers"]].merge(named, how="left", left_on="id", right_index=True)
    used["n_lectures"] = used["n_lectures"].fillna(0).astype(int)
    used["n_chapters"] = used["chapter_numbers"].map(set).map(len).astype(int)
    used["total"] = used["n_chapters"] + used["n_lectures"]
    used = used.query("total >= @at_least").sort_values("id").sort_values("total", ascending=False, kind="stable")
    return used[["id", "title", "n_chapters", "n_lectures"]].reset_index(drop=True)


# %% q5
def one_row_each(listing):
    for column in ["repo", "platform", "stars"]:
        if column not in listing:
            raise ValueError(f"no column called {column}")
    rows = listing.assign(
        id=listing["repo"].str.lower().str.strip(),
        platforms=listing["platform"].str.strip(),
        stars=listing["stars"].str.replace(r"\D", "", regex=True).replace("", pd.NA).astype("Int64"),
    )
    grouped = rows.groupby("id")
    stars = grouped["stars"].max()
    platforms = grouped["platforms"].unique().map(lambda given: sorted(given))
    return pd.concat([platforms, stars], axis=1).reset_index()


# %% q6
def compare_domains(products, at_least):
    if not at_least >= 1:
        raise ValueError("a domain has at least one product")
    rows = products[["domain", "ml_task", "stars_2024_04"]].astype({"domain": object})
    n = rows["domain"].value_counts()
    unclear = rows.loc[(rows["ml_task"] == "other").to_numpy(), "domain"].value_counts()
    stars = rows.dropna(subset="stars_2024_04").groupby("domain")["stars_2024_04"]
    table = pd.DataFrame({"n": n, "n_unclear": unclear.reindex(n.index, fill_value=0)})
    table = table.join(stars.median().rename("median_stars")).join(stars.mean().rename("mean_stars"))
    table = table.loc[table["n"] >= at_least].rename_axis("domain").sort_index()
    return table.sort_values("median_stars", ascending=False, kind="stable").reset_index()


# %% q7
def plot_stars(stars, ax):
    if stars.count() == 0:
        raise ValueError("no stars to draw")
    stars = stars.dropna().astype(float)
    edges = 10 ** np.linspace(np.log10(stars.min()), np.log10(stars.max()), 21)
    edges[0], edges[-1] = stars.min(), stars.max()
    ax.hist(stars, bins=edges, histtype="bar", label="products")
    ax.plot([stars.mean()] * 2, [0, 1], "r:", transform=ax.get_xaxis_transform(), label="mean")
    ax.plot([stars.median()] * 2, [0, 1], "k-", transform=ax.get_xaxis_transform(), label="median")
    ax.set_xscale("log")
    ax.set_xlabel("GitHub stars of a repository")
    ax.set_ylabel("Number of products")
    ax.set_title("Stars of open products, April 2024", loc="left")
    ax.legend()
    return ax
