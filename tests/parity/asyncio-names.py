#!/usr/bin/env python3
"""Prints the public names of asyncio: python3.13 asyncio-names.py > asyncio-names.txt

The functions and classes that the package exports, and the members of its classes, each where it is first declared.
`loop.` stands for AbstractEventLoop. What CPython 3.13 does not have, or cannot say of itself, is in BY_HAND.
"""

import asyncio
import asyncio.staggered
import asyncio.subprocess
import inspect
import sys

BY_HAND = """
asyncio.__main__
loop.slow_callback_duration
BaseEventLoop
SelectorEventLoop
ProactorEventLoop
ProactorEventLoop.create_pipe_connection
ProactorEventLoop.start_serving_pipe
IocpProactor
WindowsSelectorEventLoopPolicy
WindowsProactorEventLoopPolicy
IncompleteReadError.partial
IncompleteReadError.expected
LimitOverrunError.consumed
StreamReader.__aiter__
TaskGroup.cancel
capture_call_graph
format_call_graph
print_call_graph
FrameCallGraphEntry
FutureCallGraph
future_add_to_awaited_by
future_discard_from_awaited_by
asyncio.tools
staggered.staggered_race
subprocess.PIPE
subprocess.STDOUT
subprocess.DEVNULL
subprocess.Process.pid
subprocess.Process.stdin
subprocess.Process.stdout
subprocess.Process.stderr
contextlib.aclosing
contextlib.AsyncExitStack
contextlib.asynccontextmanager
contextvars.Context
contextvars.ContextVar
contextvars.copy_context
"""

exported = {name: getattr(asyncio, name) for name in asyncio.__all__ if not name.startswith("_")}
exported["subprocess.Process"] = asyncio.subprocess.Process
names = set(BY_HAND.split())


def first_declared_here(cls, member):
    return not any(member in vars(base) for base in cls.__mro__[1:] if base is not object and is_asyncio(base))


def is_asyncio(cls):
    return cls.__module__.split(".")[0] in ("asyncio", "_asyncio")


for name, value in exported.items():
    names.add(name)
    if inspect.isclass(value) and is_asyncio(value) and not name.endswith(("Policy", "Watcher")):
        prefix = "loop" if name == "AbstractEventLoop" else name
        for member, what in vars(value).items():
            if member.startswith("_") or not first_declared_here(value, member):
                continue
            if callable(what) or isinstance(what, (property, classmethod)) or inspect.isgetsetdescriptor(what):
                names.add(prefix + "." + member)

if sys.version_info[:2] != (3, 13):
    sys.exit("run it with CPython 3.13: other versions have other names")
print("# The public names of asyncio, as asyncio-names.py prints them. docs/coming-from-python.md has to name each.")
print("\n".join(sorted(names, key=lambda name: (name.lower(), name))))
