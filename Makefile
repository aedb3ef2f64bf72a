# Everything is done with `make`. `make help` lists the words.
.DEFAULT_GOAL := help
.PHONY: help demo run setup test check words drills soak bench peers shots backup sbom

PYTHON ?= $(shell for name in python3 python3.14 python3.13 python3.12 python3.11; do \
	command -v $$name >/dev/null && $$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	&& { echo $$name; break; }; done)
SETUP = $(if $(PYTHON),$(PYTHON) -I src/linli/project/bootstrap.py,@echo \
	"Linli needs Python 3.11 or newer, and none was found. / 需要 Python 3.11 或更新的版本，这台机器上没有找到。"; exit 2;)
RUN = .venv/bin/linli
TOOL = .venv/bin/python -m linli.project

help:  ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-8s %s\n", $$1, $$2}' Makefile

demo:  ## a demo district with people and matters, on http://127.0.0.1:8000 · 演示区
	@$(SETUP) run
	@exec $(RUN) demo

run:  ## your own district, on http://127.0.0.1:8000 · 正式使用
	@$(SETUP) run
	@exec $(RUN) serve

setup:  ## only install what it needs, into .venv · 只安装
	@$(SETUP) run

test:  ## the whole suite: SQLite, PostgreSQL, a real browser · 全部测试
	@$(SETUP) dev
	@$(TOOL).suite test

check:  ## format, lint, types, layers, templates, migrations, words · 检查
	@$(SETUP) dev
	@$(TOOL).suite check

drills:  ## kill, cut the power, fill the disk, restore · 演练
	@$(SETUP) dev
	@$(TOOL).suite drills

soak:  ## thirty minutes under load, looking for leaks · 长跑
	@$(SETUP) dev
	@$(TOOL).suite soak

peers:  ## only install what benchmarks compare with, into build/peers · 安装对照软件
	@$(SETUP) peers

bench:  ## what things cost, as ratios · 性能
	@$(SETUP) dev
	@$(SETUP) peers
	@$(TOOL).suite bench

shots:  ## a picture of every page, language, width and mode, into build/shots · 页面截图
	@$(SETUP) dev
	@$(TOOL).shots

words:  ## collect what is to be translated, and compile it · 译文
	@$(SETUP) run
	@$(TOOL).words collect

backup:  ## a checked copy of the data folder into backups/ · 备份
	@$(RUN) backup backups

sbom:  ## what it is made of, as CycloneDX, into build · 物料清单
	@$(SETUP) dev
	@$(TOOL).sbom
