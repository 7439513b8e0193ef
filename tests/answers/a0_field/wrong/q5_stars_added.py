"""Adds the stars of both rows, as if the two listings were two audiences."""

# loses: q5 7

import pandas as pd


# %% q5
def one_row_each(listing):
    for column in ("repo", "platform", "stars"):
        if column not in listing.columns:
            raise ValueError(f"no column {column}")
    rows = pd.DataFrame(
        {
            "id": listing["repo"].str.strip().str.lower(),
            "platforms": listing["platform"].str.strip(),
            "stars": pd.to_numeric(listing["stars"].str.replace(",", ""), errors="coerce").astype("Int64"),
        }
    )
    grouped = rows.groupby("id")
    stars = grouped["stars"].sum(min_count=1)
    return pd.concat([grouped["platforms"].agg(lambda given: sorted(set(given))), stars], axis=1).reset_index()
