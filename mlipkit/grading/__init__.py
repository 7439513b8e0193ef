"""Assignments from source to marks, with nbgrader as the system of record."""
