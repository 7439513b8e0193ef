"""Forgets that Drift and drift are one word; seen only by the hidden test."""
# loses: q2 3


# %% q2
def words(text):
    return sorted(set(text.split()))
