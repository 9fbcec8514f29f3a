"""Runs a program; prints seconds, peak memory in kB and exit code, and passes its output on to standard error.

A process's peak counts from the size of whoever started it, so it is started from here, where next to nothing is loaded.
"""

import os
import sys
import time

begun = time.perf_counter()
child = os.posix_spawn(sys.argv[1], sys.argv[1:], os.environ, file_actions=[(os.POSIX_SPAWN_DUP2, 2, 1)])
_, status, usage = os.wait4(child, 0)
print(time.perf_counter() - begun, usage.ru_maxrss, os.waitstatus_to_exitcode(status))
