"""Surnames with a special reading (姓氏读音): ``resources/rules/surnames.json``."""

from expertpool.foundation.data_file import DataFile, Day, Text


class Surnames(DataFile):
    """Surname → its syllables; compound surnames (复姓) first."""

    path = "rules/surnames.json"
    version: Day
    source: Text
    readings: dict[Text, Text]
