"""Calls a share of nothing 0 instead of refusing it."""
# loses: q1 1


# %% q1
def share(part, whole):
    return part / whole if whole else 0.0
