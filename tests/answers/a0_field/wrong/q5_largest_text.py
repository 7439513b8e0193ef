"""Takes the largest count while the counts are still text, where 960 is above 1,204."""

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
            "stars": listing["stars"].str.strip().where(listing["stars"].str.contains(r"\d", na=False)),
        }
    )
    clean = rows.groupby("id", as_index=False).agg({"platforms": lambda given: sorted(set(given)), "stars": "max"})
    clean["stars"] = pd.to_numeric(clean["stars"].str.replace(",", "")).astype("Int64")
    return clean
