"""Files as they lie on the disk: opened without waiting, written whole, known again, named."""

from .files import Seal, is_sealed, kind_of_file, open_file, read_file, seal_of
from .paths import (
    absolute,
    check_folder,
    existing_folder,
    is_folder,
    is_inside,
    is_same_file,
    is_there,
    numbered,
)
from .writing import PART_SUFFIX, Naming, give_name, is_held, lock, take_name, write_file

__all__ = [
    "PART_SUFFIX",
    "Naming",
    "Seal",
    "absolute",
    "check_folder",
    "existing_folder",
    "give_name",
    "is_folder",
    "is_held",
    "is_inside",
    "is_same_file",
    "is_sealed",
    "is_there",
    "kind_of_file",
    "lock",
    "numbered",
    "open_file",
    "read_file",
    "seal_of",
    "take_name",
    "write_file",
]
