"""Tests, laid out as the package is. A package of its own, so that no other distribution of that name hides it."""
