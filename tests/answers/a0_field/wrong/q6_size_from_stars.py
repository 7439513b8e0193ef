"""Takes the number of star counts for the number of products."""

# loses: q6 2


# %% q6
def compare_domains(products, at_least):
    if at_least < 1:
        raise ValueError("at_least must be 1 or more")
    rows = products.assign(domain=products["domain"].astype("str"), unclear=products["ml_task"] == "other")
    table = rows.groupby("domain", as_index=False).agg(
        n=("stars_2024_04", "count"),
        n_unclear=("unclear", "sum"),
        median_stars=("stars_2024_04", "median"),
        mean_stars=("stars_2024_04", "mean"),
    )
    table = table[table["n"] >= at_least].sort_values(["median_stars", "domain"], ascending=[False, True])
    return table.reset_index(drop=True)
