"""Lists a platform as often as the repository has rows for it."""

# loses: q5 3

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
    return rows.groupby("id", as_index=False).agg({"platforms": sorted, "stars": "max"})
