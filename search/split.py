"""Which works no model of ours is trained on, so that models can be judged on them. Pure."""

import hashlib

ONE_IN = 10


def held_out(title_key: int) -> bool:
    """Whether the work with this papers.text.title_key, a signed 64-bit number, is kept from training: about one in
    ten. All versions of a work have one key, so none of them is trained on while another is asked for. 0, the key of
    titles too short to tell works apart, is never held out."""
    if title_key == 0:
        return False
    # Hashed once more, so that what is held out does not hang on how the keys themselves were made.
    digest = hashlib.blake2b(title_key.to_bytes(8, "big", signed=True), digest_size=8, person=b"held out").digest()
    return int.from_bytes(digest, "big") % ONE_IN == 0
