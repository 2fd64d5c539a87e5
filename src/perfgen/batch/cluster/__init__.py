"""The same work on other machines (集群), through Dask: nothing of the transport is home-made.

Needs the extra `perfgen[cluster]`. Workers make documents and send them back; only the one who
asked writes, so that each report is written once, however often a task was tried.
"""
