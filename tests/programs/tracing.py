"""The system calls of a running process and its threads, in the order in which the kernel has them (python-ptrace)."""

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

from ptrace.debugger import NewProcessEvent, ProcessExit, ProcessSignal, PtraceDebugger
from ptrace.func_call import FunctionCallOptions

WALL = 0x40000000  # of waitpid: threads as well


@dataclass(frozen=True, slots=True)
class Call:
    """A system call that a thread enters (`result` None) or comes back from."""

    thread: int
    name: str
    arguments: tuple[int, ...]
    result: int | None


@contextmanager
def traced(pid: int) -> Iterator[Iterator[Call]]:
    """The calls from now on. The process is killed at the end, whose threads stand still between two calls that are read."""
    debugger = PtraceDebugger()
    debugger.traceClone()
    try:
        for thread in map(int, os.listdir(f"/proc/{pid}/task")):
            debugger.addProcess(thread, is_attached=False, is_thread=thread != pid).syscall()
        yield _calls(debugger)
    finally:
        os.kill(pid, signal.SIGKILL)
        for thread in debugger.dict:
            if thread != pid:  # the process itself is left to whoever started it
                with suppress(ChildProcessError):
                    os.waitpid(thread, WALL)


def _calls(debugger: PtraceDebugger) -> Iterator[Call]:
    while True:
        try:
            event = debugger.waitSyscall()
        except ProcessSignal as got:
            got.process.syscall(got.signum)
        except NewProcessEvent as new:
            new.process.syscall()
            new.process.parent.syscall()
        except ProcessExit as ended:
            if not debugger.list:
                raise AssertionError("the process has ended") from ended
        else:
            thread = event.process
            call = thread.syscall_state.event(FunctionCallOptions())
            arguments = tuple(each.value for each in call.arguments)
            yield Call(thread.pid, call.name, arguments, call.result)
            thread.syscall()
