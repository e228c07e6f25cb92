"""Every exception of secondsource, under one base.

A message says what was wrong, where, and the remedy; the command line prints it as
one line and exits with status 2. Bad records inside a batch are no exceptions: they
become `model.Rejected` and the batch goes on.
"""


class SecondsourceError(Exception):
    """Base of all errors that a user can cause and mend."""


class UnreadableInput(SecondsourceError):
    """A file, URL or folder cannot be read as reports at all."""


class UnknownField(SecondsourceError):
    """`--map` names a field of a report that does not exist, or a column that the input lacks."""


class UnknownReport(SecondsourceError):
    """No report of that id, and no file of that name."""


class UnfitJudgement(SecondsourceError):
    """A judgement lacks its name, date or reason, or its value cannot be one of its subject."""


class LibraryError(SecondsourceError):
    """The library cannot be opened: damaged, locked, not a library, or of a newer version."""


class SettingsError(SecondsourceError):
    """A configuration file holds an unknown key or an impossible value."""


class LexiconError(SecondsourceError):
    """A lexicon table breaks its own form."""


class UnsupportedLanguage(SecondsourceError):
    """There is no cue list or parser for a report's language."""


class MissingExtra(SecondsourceError):
    """A feature needs an optional dependency that is not installed."""


class DamagedModel(SecondsourceError):
    """A file of a learned model is missing, or is not the one that was shipped."""


class UndeliveredAlert(SecondsourceError):
    """An alert could not be handed to where the user wants it; it is kept and tried again."""


class EndpointError(SecondsourceError):
    """A language model's address does not answer, or refuses."""
