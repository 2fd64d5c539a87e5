"""Many workbooks at once (批量): found, built in parallel, each once, and told of in one table.

`perfgen.batch.running` works through them on this machine; `perfgen.batch.cluster` on others.
"""
