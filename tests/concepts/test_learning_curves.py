"""The picture of a learning curve says what it shows."""

import numpy as np

from mlipkit.concepts.learning_curves import learning_picture


def test_the_sentence_has_the_means_and_the_last_range():
    picture = learning_picture([10, 50], np.array([[0.5, 0.7], [0.8, 0.9]]), "titles", "accuracy")
    assert picture.alternative == (
        "Mean accuracy on new titles: 0.60 after 10, 0.85 after 50; single draws at 50 range from 0.80 to 0.90."
    )


def test_the_line_goes_through_the_means_and_the_axes_are_named():
    picture = learning_picture([10, 50], np.array([[0.5, 0.7], [0.8, 0.9]]), "titles", "accuracy")
    (axes,) = picture.figure.axes
    np.testing.assert_allclose(axes.lines[0].get_xydata(), [[10, 0.6], [50, 0.85]])
    assert (axes.get_xlabel(), axes.get_ylabel()) == ("titles to learn from", "accuracy")
