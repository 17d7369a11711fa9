"""The embedded engine's failures in our words; a panic of its Rust code is not even an Exception."""

from types import TracebackType

from knowledgebase.domain.errors import SearchUnavailable

_KINDS = (ValueError, RuntimeError, OSError)  # what its binding raises


class translated:  # noqa: N801  # used like contextlib.suppress
    """Turn the engine's errors and panics inside a `with` block into SearchUnavailable."""

    def __enter__(self) -> None:
        return None

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None or error is None:
            return
        if isinstance(error, _KINDS) or kind.__name__ == "PanicException":
            raise SearchUnavailable(f"{kind.__name__}: {error}") from error
