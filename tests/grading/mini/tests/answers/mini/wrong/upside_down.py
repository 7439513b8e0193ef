"""Divides the whole by the part."""
# loses: q1 4


# %% q1
def share(part, whole):
    if whole == 0:
        raise ValueError("no whole")
    return whole / part
