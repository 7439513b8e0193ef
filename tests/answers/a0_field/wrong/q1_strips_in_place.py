"""Cleans the Series it was given in place before it reads the years."""

# loses: q1 2

import pandas as pd


# %% q1
def clean_years(listed):
    if not isinstance(listed, pd.Series):
        raise TypeError("listed must be a Series")
    listed[:] = listed.str.strip().where(listed.str.strip().str.fullmatch(r"\d{4}[a-z]?", na=False))
    return listed.str[:4].astype("Int64")
