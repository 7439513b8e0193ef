"""Drops the entries without a year instead of keeping them as missing."""

# loses: q1 5

import pandas as pd


# %% q1
def clean_years(listed):
    if not isinstance(listed, pd.Series):
        raise TypeError("listed must be a Series")
    year = listed.str.strip().str.extract(r"^(\d{4})[a-z]?$", expand=False)
    return year.dropna().astype("Int64")
