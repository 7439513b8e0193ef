"""What the kit raises when a person has to do something."""


class KitError(Exception):
    """One sentence for the person at the keyboard: what is wrong, where, and what to do about it.

    The command line prints it on stderr and exits with code 1; nothing else of the program is shown.
    """
