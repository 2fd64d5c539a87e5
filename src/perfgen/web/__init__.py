"""The page in the officer's own browser (网页): a thin room over the calls of the command line.

`app` puts it together, `safety` stands before it, `works` keeps recent work, `pool` has work done
in bounded child processes. `flows` answer, one module for each thing that an officer does, and
`tasks` are what the children do for them. No rule, figure or format is known here.
"""
