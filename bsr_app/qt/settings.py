"""What the user chose and what the window remembers, in one readable ini file."""

from __future__ import annotations

import logging
import math
import os
from contextlib import suppress
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QByteArray, QObject, QSettings, Signal

from bsr import paths
from bsr.engine.disk import is_there, numbered
from bsr.engine.images import DEFAULT_QUALITY, FORMATS
from bsr.engine.jobs.output_names import DEFAULT_TEMPLATE
from bsr.engine.machine import cores
from bsr.engine.models import WEIGHTS
from bsr.engine.user_folders import home_folder

from ..languages import LANGUAGES

if TYPE_CHECKING:
    from bsr.engine.jobs.job import IfExists, SaveOptions

FILE_NAME = "settings.ini"
LARGEST = 1 << 20  # bytes of the file
MAX_RECENT_FILES = 8
QUOTED = "file:"  # before the name of a file, where it is percent-encoded
CHOICES: dict[str, tuple[str, ...]] = {
    "weights": WEIGHTS,
    "format": ("", *FORMATS),
    "if_exists": ("rename", "skip", "replace"),
    "theme": ("system", "light", "dark"),
    "language": ("", *LANGUAGES),
}
RANGES: dict[str, tuple[int, int]] = {
    "free_cores": (0, 1024),
    "quality": (1, 100),
    "memory_limit_gigabytes": (0, 1024),
}

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Preferences:
    """What the settings dialog shows.

    Attributes:
        free_cores: processor cores left to other programs; at least one is always used.
        model: a family or the id of the model to start with, or "" for what suits each picture.
        weights: "binary" or "float".
        output_folder: where results go, or "" for the folder of the original.
        template: name of a result, see bsr.engine.jobs.output_names.output_name.
        format: name of a format of bsr.engine.images.FORMATS, or "" for that of the original.
        quality: of JPEG and WebP, 1 to 100.
        keep_metadata: whether EXIF and XMP are written to the result.
        if_exists: "rename", "skip" or "replace".
        theme: "system", "light" or "dark".
        language: a key of bsr.languages.LANGUAGES, or "" for the system's.
        memory_limit_gigabytes: what one enlargement may take, or 0 for what is free.
    """

    free_cores: int = 0
    model: str = ""
    weights: str = "binary"
    output_folder: str = ""
    template: str = DEFAULT_TEMPLATE
    format: str = ""
    quality: int = DEFAULT_QUALITY
    keep_metadata: bool = True
    if_exists: IfExists = "rename"
    theme: str = "system"
    language: str = ""
    memory_limit_gigabytes: float = 0.0

    def __post_init__(self) -> None:
        for name, choices in CHOICES.items():
            if getattr(self, name) not in choices:
                raise ValueError(f"{name} cannot be {getattr(self, name)!r}")
        for name, (least, most) in RANGES.items():
            value = getattr(self, name)
            if not (math.isfinite(value) and least <= value <= most):
                raise ValueError(f"{name} must be {least} to {most}, not {value}")

    @property
    def threads(self) -> int:
        """Worker threads: the cores less those left free, at least one."""
        return max(1, cores() - self.free_cores)

    @property
    def memory_limit(self) -> int | None:
        """Bytes that one enlargement may take, or None for what is free."""
        return round(self.memory_limit_gigabytes * 1e9) or None

    @property
    def save_options(self) -> SaveOptions:
        """How results are written; the format None is that of the output's suffix."""
        from bsr.engine.jobs.job import SaveOptions

        return SaveOptions(
            format=self.format or None,
            quality=self.quality,
            keep_metadata=self.keep_metadata,
            if_exists=self.if_exists,
        )


class Settings(QObject):
    """The preferences and the window's memory, kept in a file that may be damaged or missing.

    Attributes:
        set_aside: where a damaged file was moved when this was made, else None.
        unusable: whether the file can be neither used nor moved, or not be written; changes stay in
            memory then.

    Signals:
        changed: the preferences are others now.
        recent_changed: the list of recent files is another now.
        found_unusable: a change could not be written; told once.
    """

    changed = Signal()
    recent_changed = Signal()
    found_unusable = Signal()

    def __init__(self, file: Path | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.file = file or paths.config_folder() / FILE_NAME
        self.set_aside: Path | None = None
        self.unusable = False
        try:
            self._store, self._preferences = _open(self.file)
        except (OSError, ValueError) as problem:
            log.warning("%s cannot be used (%s).", self.file, problem)
            try:
                self.set_aside = _set_aside(self.file)
                self._store, self._preferences = _open(self.file)
            except OSError:
                self.unusable = True
                self._store, self._preferences = _in_memory(self.file)
        self._told = self.recent_files

    @property
    def preferences(self) -> Preferences:
        """What the user chose."""
        return self._preferences

    def change(self, **values: Any) -> None:
        """Choose other values; those that differ are written, and `changed` is emitted if any does.

        The others in the file may be newer: another window may have written them.

        Args:
            values: fields of Preferences.

        Raises:
            ValueError: a value is outside its range; nothing is changed then.
        """
        before, self._preferences = self._preferences, replace(self._preferences, **values)
        if self._preferences == before:
            return
        for name, value in asdict(self._preferences).items():
            if value != getattr(before, name):
                self._store.setValue(f"preferences/{name}", _written(value))
        self._store.sync()
        self.changed.emit()
        if self._store.status() != QSettings.Status.NoError and not self.unusable:
            self.unusable = True
            self.found_unusable.emit()

    def reset(self) -> None:
        """Go back to the defaults; recent files and measured speeds are kept."""
        self.change(**asdict(Preferences()))

    # Memory of the window -----------------------------------------------------------------------

    @property
    def recent_files(self) -> list[Path]:
        """The pictures opened last, newest first; they may be gone meanwhile."""
        self._store.sync()  # another window may have opened some
        value = self._store.value("memory/recent_files", [])
        names = value if isinstance(value, list) else [value]
        return [_path(str(name)) for name in names if name]

    def look_for_recent(self) -> None:
        """Emit `recent_changed` where another window has changed the list."""
        files = self.recent_files
        if files != self._told:
            self._told = files
            self.recent_changed.emit()

    def add_recent(self, path: Path) -> None:
        """Put a picture first in the list of recent files."""
        path = path.absolute()
        others = [other for other in self.recent_files if other != path]
        self._remember_recent([path, *others][:MAX_RECENT_FILES])

    def forget_recent(self, path: Path | None = None) -> None:
        """Take one picture, or all, out of the list of recent files."""
        kept = [other for other in self.recent_files if path is not None and other != path]
        self._remember_recent(kept)

    def _remember_recent(self, files: list[Path]) -> None:
        self._store.setValue("memory/recent_files", [_name(file) for file in files])
        self.look_for_recent()

    @property
    def last_folder(self) -> Path:
        """The folder that was used last to open something."""
        return _path(str(self._store.value("memory/last_folder", _name(home_folder()))))

    @last_folder.setter
    def last_folder(self, folder: Path) -> None:
        self._store.setValue("memory/last_folder", _name(folder))

    def geometry(self) -> QByteArray:
        """Return the window's place and size, empty at first."""
        value = self._store.value("memory/geometry", QByteArray())
        return value if isinstance(value, QByteArray) else QByteArray()

    def keep_geometry(self, geometry: QByteArray) -> None:
        """Remember the window's place and size."""
        self._store.setValue("memory/geometry", geometry)

    def speeds(self, model: str) -> dict[int, tuple[float, float, float]]:
        """Return the measured paces of a model by the number of threads, fewest first.

        A pace is three numbers in seconds; see Pace. What makes no sense is left out.
        """
        found = {}
        self._store.beginGroup(f"speeds/{model}")
        for threads in self._store.childKeys():
            with suppress(ValueError):
                start, narrow, wide = map(float, str(self._store.value(threads)).split())
                sound = math.isfinite(start + narrow + wide) and start >= 0
                if sound and narrow > 0 and wide > 0 and int(threads) > 0:
                    found[int(threads)] = (start, narrow, wide)
        self._store.endGroup()
        return dict(sorted(found.items()))

    def keep_speed(self, model: str, threads: int, pace: tuple[float, float, float]) -> None:
        """Remember a measured pace; see Pace."""
        self._store.setValue(f"speeds/{model}/{threads}", " ".join(f"{x:.6g}" for x in pace))


def _open(file: Path) -> tuple[QSettings, Preferences]:
    """Open the store and read the preferences from it.

    Raises:
        ValueError: the file is not text or not an ini file.
        OSError: the file cannot be read.
    """
    if file.exists():
        if not file.is_file() or file.stat().st_size > LARGEST:
            raise ValueError("no ini file")
        text = file.read_text(encoding="utf-8")
        if text.strip() and not text.lstrip().startswith(("[", ";")):
            raise ValueError("not an ini file")
    store = QSettings(str(file), QSettings.Format.IniFormat)
    if store.status() == QSettings.Status.FormatError:
        raise ValueError("not an ini file")
    return store, _read(store)


def _name(path: Path) -> str:
    """Return a path as the store can keep it: one with bytes that are no text is quoted."""
    try:
        str(path).encode()
    except UnicodeEncodeError:
        return QUOTED + QByteArray(os.fsencode(path)).toPercentEncoding().toStdString()
    return str(path)


def _path(name: str) -> Path:
    """Return the path that `_name` wrote."""
    if name.startswith(QUOTED):
        quoted = QByteArray(name.removeprefix(QUOTED).encode())
        return Path(os.fsdecode(bytes(QByteArray.fromPercentEncoding(quoted).data())))
    return Path(name)


def _in_memory(file: Path) -> tuple[QSettings, Preferences]:
    """Return a store that leaves a file as it is, for nothing can be written below one."""
    return QSettings(str(file / FILE_NAME), QSettings.Format.IniFormat), Preferences()


def _read(store: QSettings) -> Preferences:
    """Read the preferences; a value that another edition of the program may know is left out."""
    preferences = Preferences()
    for item in fields(Preferences):
        written = store.value(f"preferences/{item.name}")
        if written is not None:
            try:
                value = _parsed(str(written), type(item.default))
                preferences = replace(preferences, **{item.name: value})
            except ValueError as problem:
                log.warning("%s in the settings is not used (%s).", item.name, problem)
    return preferences


def _parsed(text: str, kind: type) -> Any:
    if kind is bool:
        if text not in ("true", "false"):
            raise ValueError(f"{text!r} is neither true nor false")
        return text == "true"
    return kind(text)


def _written(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _set_aside(file: Path) -> Path:
    """Rename a damaged file, so that it can be looked at and the program starts afresh."""
    names = numbered(file.with_name(file.name + ".broken"))
    return file.replace(next(name for name in names if not is_there(name)))
