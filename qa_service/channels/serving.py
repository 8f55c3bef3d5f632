"""Runs the HTTP channel: the port, the sample's index where there is none, the server."""

from __future__ import annotations

import errno
import logging
import socket
import sys
from typing import TYPE_CHECKING

from index import generations
from index.errors import IndexMissing
from qa_service.channels.feedback import FeedbackFile
from qa_service.channels.progress import shown_progress
from qa_service.errors import ServiceError
from qa_service.settings import Settings, cannot_be_used

if TYPE_CHECKING:
    from fastapi import FastAPI
    from uvicorn import Config

_SHUTDOWN_SECONDS = 5
_log = logging.getLogger(__name__)


class ListenError(ServiceError):
    """The address or port that the service should listen on cannot be had."""


def serve(settings: Settings) -> None:
    """Serves until it is stopped.

    Raises ListenError at once, and what kept the service from opening after it has stopped.
    """
    with _listener(settings.host, settings.port) as listener:
        _log_to_stderr(settings.log_level)
        _ensure_feedback(settings)
        _ensure_index(settings)
        _run(settings, listener)


def server_config(app: FastAPI) -> Config:
    """How the server runs the app; X-Forwarded-For it leaves to us, who know the proxies."""
    from uvicorn import Config

    return Config(
        app,
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=_SHUTDOWN_SECONDS,
    )


def _listener(host: str, port: int) -> socket.socket:
    """A socket that holds the port from now on. Raises ListenError."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
    except OSError as problem:
        raise ListenError(
            f"地址 {host} 不能用：{problem.strerror}。用 --host 另给一个"
        ) from problem
    listener = socket.socket(family, kind, protocol)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind(address)
        listener.listen()
    except OSError as problem:
        listener.close()
        raise _listen_error(host, port, problem) from problem
    return listener


def _listen_error(host: str, port: int, problem: OSError) -> ListenError:
    if problem.errno == errno.EADDRINUSE:
        return ListenError(f"端口 {port} 已被占用。停掉占用它的程序，或用 --port 另给一个")
    if problem.errno in (errno.EACCES, errno.EPERM):
        return ListenError(f"没有权限使用端口 {port}。用 --port 给一个 1024 以上的")
    return ListenError(f"不能在 {host} 的端口 {port} 上监听：{problem.strerror}")


def _ensure_feedback(settings: Settings) -> None:
    """Raises SettingError where the file that is named for feedback cannot be written."""
    try:
        FeedbackFile(settings.feedback_file).check()
    except OSError as problem:
        why = f"不能写入：{problem.strerror or problem}"
        if settings.is_given("feedback_file"):
            raise cannot_be_used("feedback_file", settings.feedback_file, why) from problem
        _log.warning("评价文件 %s %s", settings.feedback_file, why)


def _ensure_index(settings: Settings) -> None:
    """Builds the sample's index in the default place where there is none.

    Raises SettingError for a folder that is named and holds no index: it would be served as if
    it were what was meant.
    """
    try:
        generations.current(settings.index_dir)
    except IndexMissing as problem:
        if settings.is_given("index_dir"):
            raise cannot_be_used("index_dir", settings.index_dir, str(problem)) from problem
        from qa_service.wiring import build_index, sample_names

        names = "、".join(sample_names())
        print(  # noqa: T201
            f"还没有索引，先收录自带的样例，仅供试用：{names}。"
            "要回答自己的文件，先运行 budget-qa index 文件…",
            file=sys.stderr,
            flush=True,
        )
        with shown_progress() as progress:
            report = build_index(settings, (), progress, fresh=False, reencode=False)
        if report.refused:
            raise report.refused[0] from None


def _run(settings: Settings, listener: socket.socket) -> None:
    import uvicorn

    from qa_service.channels.http import create_app

    problems: list[Exception] = []

    def told(problem: Exception | None) -> None:
        if problem is not None:
            problems.append(problem)
            server.should_exit = True
        else:
            at = _address(settings)
            print(f"服务已就绪：{at}　接口说明：{at}/docs　按 Ctrl-C 停止", flush=True)  # noqa: T201

    server = uvicorn.Server(server_config(create_app(settings, told)))
    try:
        server.run(sockets=[listener])
    except KeyboardInterrupt:  # the server has shut down in order before it passes this on
        return
    if problems:
        raise problems[0]


def _address(settings: Settings) -> str:
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(settings.host, settings.host)
    return f"http://{f'[{host}]' if ':' in host else host}:{settings.port}"


def _log_to_stderr(level: str) -> None:
    """Our own log at the level, the vendors' warnings only: those may quote what was asked."""
    logging.basicConfig(
        level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s %(message)s"
    )
    for name in ("index", "qa_service"):
        logging.getLogger(name).setLevel(level.upper())
