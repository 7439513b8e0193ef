"""What all tests share."""

# notebooks in here are material for tests, some of them broken on purpose; nbval runs the course's own
collect_ignore_glob = ["*.ipynb"]
