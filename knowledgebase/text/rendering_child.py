"""The process behind `renderer`: reads jobs from its standard input until it ends, writes answers."""

import json
import os
import resource
import signal
import struct
import sys
from dataclasses import asdict
from typing import BinaryIO

from knowledgebase.domain.errors import Fault, Invalid
from knowledgebase.text.comment_markdown import render_comment
from knowledgebase.text.markdown import render
from knowledgebase.text.renderer import MEMORY_MAX

_LENGTH = struct.Struct(">I")


def _answer(message: bytes) -> dict[str, object]:
    job = json.loads(message)
    try:
        if job["is_comment"]:
            return asdict(render_comment(job["body"]))
        return asdict(render(job["body"], sources=job["sources"]))
    except Invalid as error:
        return {"faults": [asdict(fault) for fault in error.faults]}
    except MemoryError:
        return {"faults": [asdict(Fault("too-complex", "body", values={"limit": "memory"}))]}


def serve(source: BinaryIO, target: BinaryIO) -> None:
    """Answer jobs until the parent closes the pipe, also by dying in the middle of a job.

    Raises BrokenPipeError where it is gone before its answer.
    """
    while len(header := source.read(_LENGTH.size)) == _LENGTH.size:
        (size,) = _LENGTH.unpack(header)
        message = source.read(size)
        if len(message) < size:
            return
        answer = json.dumps(_answer(message)).encode()
        target.write(_LENGTH.pack(len(answer)) + answer)
        target.flush()


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_MAX, MEMORY_MAX))
    try:
        serve(sys.stdin.buffer, sys.stdout.buffer)
    except BrokenPipeError:
        os._exit(0)  # without a last flush, for which nobody is there either
