"""The teaching kit for Machine Learning in Production: data, interactives, assignments and grading."""

__version__ = "0.1.0"
