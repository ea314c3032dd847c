"""What holds for every test."""

from hypothesis import settings

settings.register_profile("caserouter", deadline=None)  # how busy the machine was for a moment fails no test
settings.load_profile("caserouter")
