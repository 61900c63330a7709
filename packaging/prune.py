"""What of the collected files the built program does without."""

from __future__ import annotations

from pathlib import PurePath

from bsr.languages import LANGUAGES

# Qt plug-ins by folder: what the window uses.  Pictures are never decoded by Qt, but its icons are.
QT_PLUGINS = {
    "iconengines": {"qsvgicon"},
    "imageformats": {"qsvg", "qico"},
    "platforminputcontexts": {
        "composeplatforminputcontextplugin",
        "ibusplatforminputcontextplugin",
    },
    "platforms": {"qxcb", "qwayland", "qoffscreen", "qwindows", "qcocoa"},
    "platformthemes": {"qgtk3", "qxdgdesktopportal"},
    "styles": {"qmodernwindowsstyle", "qmacstyle"},
    "wayland-decoration-client": {"bradient", "adwaita"},
    "wayland-graphics-integration-client": {"qt-plugin-wayland-egl"},
    "wayland-shell-integration": {"xdg-shell"},
    "xcbglintegrations": {"qxcb-egl-integration", "qxcb-glx-integration"},
}
QT_LIBRARIES = {"Core", "DBus", "Gui", "OpenGL", "Svg", "WaylandClient", "Widgets", "XcbQpa"}
QT_LIBRARIES |= {"WlShellIntegration", "WaylandEglClientHwIntegration"}
# OpenGL in software, videos, and the thread pools of Numba, of which kernels use none; then what
# only these and Qt's network ask for.
UNUSED = ("opengl32sw", "opencv_videoio_ffmpeg", "tbbpool", "omppool", "workqueue", "libgomp")
UNUSED += ("libgssapi_krb5", "libkrb5", "libk5crypto", "libkeyutils", "libcom_err")
QT_TRANSLATIONS = {f"qtbase_{language}" for language in LANGUAGES}
# What every Linux desktop has, in the version that its graphics drivers and its GTK belong to.
# What Qt needs beside these, and a desktop may lack (libxcb-cursor), the program brings.
SYSTEM = {
    *("libstdc++", "libgcc_s", "libX11", "libX11-xcb", "libXau", "libXdmcp", "libXext", "libXi"),
    *("libXrender", "libXfixes", "libXcursor", "libXdamage", "libXcomposite", "libXrandr"),
    *("libXinerama", "libxcb", "libxcb-glx", "libxcb-randr", "libxcb-render", "libxcb-shape"),
    *("libxcb-shm", "libxcb-sync", "libxcb-xfixes", "libxcb-xkb", "libxcb-xinerama", "libbsd"),
    *("libmd", "libfontconfig", "libfreetype", "libexpat", "libpng16", "libbrotlidec", "libjpeg"),
    *("libbrotlicommon", "libdbus-1", "libsystemd", "libgcrypt", "libgpg-error", "libcap"),
    *("liblz4", "libgtk-3", "libgdk-3", "libgdk_pixbuf-2", "libpango-1", "libpangocairo-1"),
    *("libpangoft2-1", "libcairo", "libcairo-gobject", "libatk-1", "libatk-bridge-2", "libatspi"),
    *("libepoxy", "libharfbuzz", "libthai", "libdatrie", "libfribidi", "libgraphite2"),
    *("libpixman-1", "libglib-2", "libgobject-2", "libgio-2", "libgmodule-2", "libgthread-2"),
    *("libmount", "libblkid", "libselinux", "libwayland-client", "libwayland-cursor"),
    *("libwayland-egl", "libpcre2-8"),
}


def is_needed(name: str) -> bool:
    """Return whether a file of the collection is used.

    Args:
        name: where it would lie, relative to the folder of the program's libraries.
    """
    path = PurePath(name)
    parts = path.parts
    if "PySide6" in parts and "plugins" in parts:
        folder = path.parent.name
        stem = path.name.partition(".")[0].removeprefix("lib")
        return stem in QT_PLUGINS.get(folder, set())
    if "PySide6" in parts and "translations" in parts:
        return path.stem in QT_TRANSLATIONS
    if path.name.startswith(("libQt6", "Qt6")):
        library = path.name.removeprefix("lib").removeprefix("Qt6").partition(".")[0]
        return library in QT_LIBRARIES
    if "PySide6" in parts and "qml" in parts:
        return False
    if path.name.startswith(UNUSED):
        return False
    return not (len(parts) == 1 and path.name.partition(".")[0] in SYSTEM)
