"""Counts the words with a dictionary, and multiplies instead of dividing."""


# %% q1
def share(part, whole):
    if not whole:
        raise ValueError("nothing to divide by")
    return part * (1.0 / whole)


# %% q2
def words(text):
    counts = {}
    for word in text.split():
        counts[word.lower()] = counts.get(word.lower(), 0) + 1
    return sorted(counts)
