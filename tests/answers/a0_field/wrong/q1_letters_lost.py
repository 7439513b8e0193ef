"""Converts what pandas can read as a number and loses every year with a letter behind it."""

# loses: q1 5

import pandas as pd


# %% q1
def clean_years(listed):
    if not isinstance(listed, pd.Series):
        raise TypeError("listed must be a Series")
    return pd.to_numeric(listed.str.strip(), errors="coerce").astype("Int64")
