"""Keeps the first row of each repository, and with it only one of its platforms."""

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
            "platforms": [[platform.strip()] for platform in listing["platform"]],
            "stars": pd.to_numeric(listing["stars"].str.replace(",", ""), errors="coerce").astype("Int64"),
        }
    )
    return rows.drop_duplicates("id").sort_values("id").reset_index(drop=True)
