"""How sure a measured share is: intervals for an accuracy, and the test items that a claim needs."""

import math

Z_95 = 1.959964  # quantile of the normal distribution that leaves 2.5 % on each side


def wilson(successes, trials, z=Z_95):
    """Interval for a share, as (low, high), from `successes` in `trials` independent items.

    Wilson's score interval (E. B. Wilson 1927), which behaves for small samples and for shares near 0 and 1.
    Raises ValueError unless 0 <= successes <= trials and trials > 0.
    """
    if not 0 <= successes <= trials or trials == 0:
        raise ValueError(f"{successes} of {trials} is no share: give 0 to {trials} successes in at least one trial.")
    share = successes / trials
    centre = share + z * z / (2 * trials)
    spread = z * math.sqrt(share * (1 - share) / trials + z * z / (4 * trials * trials))
    scale = 1 + z * z / trials
    return max(0.0, (centre - spread) / scale), min(1.0, (centre + spread) / scale)


def items_needed(margin, accuracy=0.5, z=Z_95):
    """Test items for an interval of about ± `margin` around an accuracy: z² p (1 - p) / margin², rounded up.

    The normal approximation; 0.5 is the worst case. Raises ValueError for a margin outside (0, 1).
    """
    if not 0 < margin < 1:
        raise ValueError(f"a margin lies between 0 and 1, not at {margin}.")
    return math.ceil(z * z * accuracy * (1 - accuracy) / margin**2)
