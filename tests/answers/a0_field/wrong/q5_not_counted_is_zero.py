"""Puts zero where nobody counted."""

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
            "stars": pd.to_numeric(listing["stars"].str.replace(",", ""), errors="coerce").fillna(0).astype("Int64"),
        }
    )
    return rows.groupby("id", as_index=False).agg({"platforms": lambda given: sorted(set(given)), "stars": "max"})
