"""Groups by the names as they were typed, so capitals and spaces make new repositories."""

# loses: q5 7

import pandas as pd


# %% q5
def one_row_each(listing):
    for column in ("repo", "platform", "stars"):
        if column not in listing.columns:
            raise ValueError(f"no column {column}")
    rows = listing.rename(columns={"repo": "id", "platform": "platforms"})
    rows["stars"] = pd.to_numeric(rows["stars"].str.replace(",", ""), errors="coerce").astype("Int64")
    clean = rows.groupby("id", as_index=False).agg({"platforms": lambda given: sorted(set(given)), "stars": "max"})
    return clean.assign(id=clean["id"].str.lower())
