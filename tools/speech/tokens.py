"""The tokenizer: bytes, one token for each Chinese character we need, then Whisper's own special
tokens.

Three things the libraries rely on, each found the hard way: special tokens come after all text ids;
an empty-string token tells CTranslate2 (4.7 and later) that the model is multilingual; and no id
may lie beyond the embedding's rows.
"""

from collections.abc import Iterable

from tokenizers import AddedToken, Tokenizer, decoders, models, pre_tokenizers
from transformers.models.whisper.tokenization_whisper import LANGUAGES

TIMESTAMPS = 1501
STEP = 0.02
LANGUAGE_CODES = tuple(LANGUAGES)[:99]
SPECIALS = (
    "<|endoftext|>",
    "<|startoftranscript|>",
    *(f"<|{code}|>" for code in LANGUAGE_CODES),
    "<|translate|>",
    "<|transcribe|>",
    "<|startoflm|>",
    "<|startofprev|>",
    "<|nospeech|>",
    "<|notimestamps|>",
    *(f"<|{number * STEP:.2f}|>" for number in range(TIMESTAMPS)),
)


def _letters() -> list[str]:
    """GPT-2's printable stand-in for each of the 256 bytes."""
    plain = {*range(33, 127), *range(161, 173), *range(174, 256)}
    spare = iter(range(256, 512))
    return [chr(byte if byte in plain else next(spare)) for byte in range(256)]


def build(characters: Iterable[str]) -> Tokenizer:
    """A byte-level BPE whose merges make each of `characters` (three bytes each in UTF-8) one
    token."""
    letters = _letters()
    vocabulary = {letter: byte for byte, letter in enumerate(letters)}
    merges, wholes = [], []
    for character in sorted(set(characters)):
        first, second, third = (letters[byte] for byte in character.encode())
        if first + second not in vocabulary:
            vocabulary[first + second] = len(vocabulary)
            merges.append((first, second))
        wholes.append((first + second, third))
    for pair in wholes:
        vocabulary["".join(pair)] = len(vocabulary)
        merges.append(pair)
    vocabulary[""] = len(vocabulary)
    tokenizer = Tokenizer(models.BPE(vocab=vocabulary, merges=merges))
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    tokenizer.add_special_tokens(
        [AddedToken(token, special=True, normalized=False) for token in SPECIALS]
    )
    return tokenizer


class Special:
    """Ids of the special tokens that training writes."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        def number(name: str) -> int:
            found = tokenizer.token_to_id(f"<|{name}|>")
            if found is None:
                raise ValueError(f"the tokenizer has no <|{name}|>")
            return int(found)

        self.end = number("endoftext")
        self.start = number("startoftranscript")
        self.chinese = number("zh")
        self.transcribe = number("transcribe")
        self.previous = number("startofprev")
        self.nothing = number("nospeech")
        self.untimed = number("notimestamps")

    def moment(self, seconds: float) -> int:
        """The timestamp token nearest to a moment of the 30 s window."""
        return self.untimed + 1 + min(TIMESTAMPS - 1, max(0, round(seconds / STEP)))
