"""Builds a new Series and forgets the index, so years no longer stand beside their papers."""

# loses: q1 5

import pandas as pd


# %% q1
def clean_years(listed):
    if not isinstance(listed, pd.Series):
        raise TypeError("listed must be a Series")
    year = listed.str.strip().str.extract(r"^(\d{4})[a-z]?$", expand=False).astype("Int64")
    return pd.Series(year.array)
