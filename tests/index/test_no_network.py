"""A build, the opening of the service and an answer open no connection at all.

They run in a process of their own that is guarded twice: Python's audit hook
records and refuses each address that is looked up or connected to, loopback
included; and the kernel (seccomp, on Linux) kills the process as soon as
anything in it, compiled code too, makes an internet socket.
"""

from __future__ import annotations

import platform
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from index.encoder import SHIPPED

AUDITED = """
import sys

def refuse(event, args):
    if event in ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname",
                 "socket.sendto", "socket.sendmsg"):
        print("NETWORK", event, args, flush=True)
        raise OSError("no network here")

sys.addaudithook(refuse)
"""
SECCOMP = """
import ctypes, platform
import urllib3  # makes a socket when it is imported, to see if there is IPv6; connects to nothing

class Line(ctypes.Structure):
    _fields_ = [("code", ctypes.c_ushort), ("true", ctypes.c_ubyte), ("false", ctypes.c_ubyte),
                ("k", ctypes.c_uint)]

class Program(ctypes.Structure):
    _fields_ = [("length", ctypes.c_ushort), ("lines", ctypes.POINTER(Line))]

LOAD, JUMP_IF_EQUAL, RETURN, KILL, ALLOW = 0x20, 0x15, 0x06, 0x80000000, 0x7FFF0000
SOCKET = {"x86_64": 41, "aarch64": 198}[platform.machine()]
AF_INET, AF_INET6 = 2, 10
lines = (Line * 7)(
    Line(LOAD, 0, 0, 0),                    # which call
    Line(JUMP_IF_EQUAL, 0, 4, SOCKET),
    Line(LOAD, 0, 0, 16),                   # its first argument: the family
    Line(JUMP_IF_EQUAL, 1, 0, AF_INET),
    Line(JUMP_IF_EQUAL, 0, 1, AF_INET6),
    Line(RETURN, 0, 0, KILL),
    Line(RETURN, 0, 0, ALLOW),
)
libc = ctypes.CDLL(None, use_errno=True)
assert libc.prctl(38, 1, 0, 0, 0) == 0, "PR_SET_NO_NEW_PRIVS"
assert libc.prctl(22, 2, ctypes.byref(Program(7, lines)), 0, 0) == 0, "PR_SET_SECCOMP"
"""
WORK = """
from pathlib import Path
from qa_service.settings import Settings
from qa_service.types import Question
from qa_service.wiring import build_index, open_service

class Progress:
    def stage(self, name, steps): pass
    def step(self, count=1): pass

settings = Settings(index_dir=Path(sys.argv[1]))
assert build_index(settings, (), Progress()).published
with open_service(settings) as service:
    for text in ("公务接待费预算是多少？", "三公经费是什么意思？"):
        print(service.ask(Question(text)).status)
print("posthog" in sys.modules)
"""
# What the guards must notice, so that silence means something.
LOOKS_UP = "import socket\nsocket.getaddrinfo('localhost', 80)\n"
CONNECTS = "import socket\nsocket.create_connection(('127.0.0.1', 9))\n"
MAKES_A_SOCKET = "import socket\nsocket.socket()\nprint('made')\n"

HAS_SECCOMP = sys.platform == "linux" and platform.machine() in ("x86_64", "aarch64")
GUARD = AUDITED + SECCOMP if HAS_SECCOMP else AUDITED


def run(script: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", script, *arguments],
        cwd=SHIPPED.parents[1],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_a_build_and_an_answer_open_no_connection(tmp_path: Path) -> None:
    done = run(GUARD + WORK, str(tmp_path / "index"))
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == ["answered", "answered", "False"]


@pytest.mark.parametrize("script", [LOOKS_UP, CONNECTS])
def test_the_audit_notices_what_it_is_for(script: str) -> None:
    done = run(AUDITED + script)
    assert done.returncode != 0
    assert done.stdout.startswith("NETWORK socket.")


@pytest.mark.skipif(not HAS_SECCOMP, reason="seccomp is Linux's")
def test_the_kernel_notices_what_it_is_for() -> None:
    done = run(GUARD + MAKES_A_SOCKET)
    assert done.stdout == ""
    assert done.returncode == -signal.SIGSYS
