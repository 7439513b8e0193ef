"""Writes its helper column into the table it was given."""

# loses: q6 2


# %% q6
def compare_domains(products, at_least):
    if at_least < 1:
        raise ValueError("at_least must be 1 or more")
    products["unclear"] = products["ml_task"] == "other"
    table = (
        products.astype({"domain": "str"})
        .groupby("domain", as_index=False)
        .agg(
            n=("unclear", "size"),
            n_unclear=("unclear", "sum"),
            median_stars=("stars_2024_04", "median"),
            mean_stars=("stars_2024_04", "mean"),
        )
    )
    table = table[table["n"] >= at_least].sort_values(["median_stars", "domain"], ascending=[False, True])
    return table.reset_index(drop=True)
