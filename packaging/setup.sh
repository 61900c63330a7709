#!/bin/sh
# Make .venv and install BSR into it, with the system libraries that Qt needs on Debian and Ubuntu.
#   sh packaging/setup.sh ".[dev]"
set -eu
PYTHON=${PYTHON:-python3}
PATH=$PATH:/usr/sbin:/sbin # where Debian keeps ldconfig, which users do not look in

# Library (or header) that shows whether a package is there, and the package.
needed() {
	ldconfig -p 2>/dev/null | grep -q "$1" || packages="$packages $2"
}

# Packages are named by the version where the command is.
case ${PYTHON##*/} in
python3.*) venv=${PYTHON##*/}-venv ;;
*) venv=python3-venv ;;
esac

check_version() {
	"$PYTHON" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || {
		echo "BSR needs Python 3.11 or newer; this is $("$PYTHON" --version).  Try: make PYTHON=python3.12" >&2
		exit 1
	}
}

# One that is not there yet comes with the packages.
if command -v "$PYTHON" >/dev/null; then check_version; fi
packages=""
if command -v apt-get >/dev/null && command -v ldconfig >/dev/null; then
	needed libEGL.so.1 libegl1
	needed libGL.so.1 libgl1
	needed libglib-2.0.so.0 libglib2.0-0
	needed libfontconfig.so.1 libfontconfig1
	needed libdbus-1.so.3 libdbus-1-3
	needed libwayland-cursor.so.0 libwayland-cursor0
	needed libwayland-egl.so.1 libwayland-egl1
	needed libxkbcommon.so.0 libxkbcommon0
	needed libxkbcommon-x11.so.0 libxkbcommon-x11-0
	needed libxcb-cursor.so.0 libxcb-cursor0
	needed libxcb-icccm.so.4 libxcb-icccm4
	needed libxcb-image.so.0 libxcb-image0
	needed libxcb-keysyms.so.1 libxcb-keysyms1
	needed libxcb-randr.so.0 libxcb-randr0
	needed libxcb-render-util.so.0 libxcb-render-util0
	needed libxcb-shape.so.0 libxcb-shape0
	needed libxcb-xinerama.so.0 libxcb-xinerama0
	"$PYTHON" -c "import ensurepip" 2>/dev/null || packages="$packages $venv"
	# Tests and the window draw text.
	[ -d /usr/share/fonts/truetype ] || packages="$packages fonts-dejavu-core"
fi
if [ -n "$packages" ]; then
	if [ "$(id -u)" -ne 0 ]; then
		echo "BSR needs some system libraries.  Type this once, then try again:" >&2
		echo "    sudo apt-get update && sudo apt-get install -y$packages" >&2
		exit 1
	fi
	apt-get update -qq
	# shellcheck disable=SC2086
	DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $packages >/dev/null
fi

check_version
[ -x .venv/bin/python ] || "$PYTHON" -m venv .venv
# One that was begun without that package has no pip.
.venv/bin/python -m pip --version >/dev/null 2>&1 || .venv/bin/python -m ensurepip --upgrade >/dev/null
.venv/bin/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e "$1"
