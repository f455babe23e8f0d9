"""History: what git knows of the content, handed to the model as finished values.

Read only. Nothing that a repository's configuration names is run: no hook, filter, diff
driver, fsmonitor or alias. Only `repository` imports pygit2, and is itself imported when git
is first asked.
"""
