# Both targets set up everything they need: system libraries, .venv, packages.
PYTHON ?= python3

# Where it is set, as in some containers, every worker and child would compile all tests anew.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: run test lint types screenshots package smoke deb appdir docs clean

run: .venv/run-ready
	.venv/bin/bsr-app

test: .venv/test-ready
	.venv/bin/pytest -n 2 --dist worksteal

lint: .venv/test-ready
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .

# mypy cannot follow an editable install whose folders are named otherwise than its packages.
types: .venv/test-ready
	rm -rf .venv/types
	mkdir -p .venv/types/bsr
	ln -s $(CURDIR)/bsr_app/* $(CURDIR)/engine $(CURDIR)/resources .venv/types/bsr
	.venv/bin/mypy

screenshots: .venv/test-ready
	xvfb-run -a .venv/bin/python packaging/make_screenshots.py

# The program that runs without Python: dist/bsr and its archive.
package: .venv/package-ready
	.venv/bin/python packaging/build.py

smoke: .venv/package-ready
	xvfb-run -a -s "-screen 0 1400x1000x24" .venv/bin/python packaging/smoke.py

deb: .venv/package-ready
	.venv/bin/python packaging/linux/deb.py

appdir: .venv/package-ready
	.venv/bin/python packaging/linux/appdir.py

# The documents, as a site in build/site-pages.
docs: .venv/test-ready
	.venv/bin/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e ".[docs]"
	.venv/bin/python packaging/make_docs.py

.venv/run-ready: Makefile pyproject.toml constraints.txt packaging/setup.sh
	PYTHON=$(PYTHON) sh packaging/setup.sh "."
	touch $@

.venv/test-ready: Makefile pyproject.toml constraints.txt packaging/setup.sh
	PYTHON=$(PYTHON) sh packaging/setup.sh ".[dev,train,cluster,package]"
	touch $@ .venv/run-ready

.venv/package-ready: .venv/test-ready
	.venv/bin/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e ".[package]"
	touch $@

clean:
	rm -rf .venv build dist *.egg-info
