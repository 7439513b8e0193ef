"""Takes any four digits in an entry for a year, so 20180 and a forthcoming year count too."""

# loses: q1 2

import pandas as pd


# %% q1
def clean_years(listed):
    if not isinstance(listed, pd.Series):
        raise TypeError("listed must be a Series")
    return listed.str.extract(r"(\d{4})", expand=False).astype("Int64")
