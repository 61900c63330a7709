"""The entry "Enlarge with BSR" in the menu of GNOME's file manager (needs python3-nautilus)."""

import subprocess
from urllib.parse import unquote_to_bytes, urlsplit

from gi.repository import GObject, Nautilus

TYPES = {"image/png", "image/jpeg", "image/webp", "image/tiff", "image/bmp", "image/gif"}
TYPES |= {"image/x-portable-anymap", "image/x-portable-bitmap", "image/x-portable-graymap"}
TYPES |= {"image/x-portable-pixmap", "inode/directory"}


class Enlarge(GObject.GObject, Nautilus.MenuProvider):
    """Offers BSR for pictures and folders."""

    def get_file_items(self, *arguments):
        """Return the entry; files are the last argument in every version of Nautilus."""
        files = arguments[-1]
        wanted = all(
            file.get_mime_type() in TYPES and file.get_uri_scheme() == "file" for file in files
        )
        if not files or not wanted:
            return []
        item = Nautilus.MenuItem(name="bsr::enlarge", label="Enlarge with BSR")
        item.connect("activate", self._enlarge, files)
        return [item]

    def _enlarge(self, item, files):
        names = [unquote_to_bytes(urlsplit(file.get_uri()).path) for file in files]
        subprocess.Popen(["bsr-app", *names])
