"""What sentences state (文字里写的数): sentences, quantities, what each is about.

text → sentences and clauses → quantities and words → statements; checks compare these with the
figures. Nothing here knows a layout, an office or a rule.
"""
