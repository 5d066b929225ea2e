"""How dates read in each language: names that the `date` filter takes in place of letters.

A language's file has every name of the English one.
"""
