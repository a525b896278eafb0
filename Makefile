# The portal's build. `make help` lists the targets.
#
# What the build leaves behind goes to one folder: `target`, or CARGO_TARGET_DIR when that is set.
# The binary is $(TARGET)/release/portal and the browser's part of it is $(TARGET)/site.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DELETE_ON_ERROR:
MAKEFLAGS += --no-builtin-rules

TARGET := $(abspath $(or $(CARGO_TARGET_DIR),target))
PORTAL := $(TARGET)/release/portal
BUILT  := $(TARGET)/release/.portal-built

export PATH := $(shell scripts/setup env):$(PATH)
# cargo-leptos puts its own CARGO_TARGET_DIR in place of the word.
export LEPTOS_SITE_ROOT ?= CARGO_TARGET_DIR/site

WASM := wasm32-unknown-unknown
# What rustc takes for granted of browsers.
WASM_FEATURES := $(addprefix --enable-,bulk-memory bulk-memory-opt sign-ext mutable-globals \
	reference-types multivalue nontrapping-float-to-int)

# Folders are listed too: their time changes when a file comes or goes.
SOURCES := $(shell find app server crates style public Cargo.toml Cargo.lock .cargo -not -name '*.md' 2>/dev/null)

.PHONY: help audit run build dev test lint check-fmt clippy clippy-wasm wasm-tree failpoints unit doctest end2end bench bench-disclosure bench-peer \
	setup-run setup-audit setup-test clean

help: ## This list
	@grep -E '^[a-z0-9-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z0-9-]+):.*## /\1\t/' | expand -t 14

run: build ## Build, then serve the demonstration on http://127.0.0.1:3000
	@exec env LEPTOS_SITE_ROOT="$(TARGET)/site" "$(PORTAL)" run

build: setup-run $(BUILT) ## The binary and the browser's part, optimised

# The check of proofs, which browsers fetch by itself, into the folder of the site.
define VERIFIER
	cargo build --locked --package verifier --target $(WASM) --profile wasm-release
	wasm-bindgen --target web --no-typescript --out-dir "$(1)/verify" --out-name verifier \
		"$(TARGET)/$(WASM)/wasm-release/verifier.wasm"
	wasm-opt -Oz $(WASM_FEATURES) "$(1)/verify/verifier_bg.wasm" -o "$(1)/verify/verifier_bg.wasm"
endef

# cargo-leptos optimises the WebAssembly anew at each call, also when nothing has changed, hence
# the stamp: with it a second `make run` starts at once. It bears the time at which the build began,
# so that what is edited meanwhile is built next time.
$(BUILT): $(SOURCES)
	@mkdir -p $(@D) && touch $@.begun
	@rm -rf "$(TARGET)/site/pkg"
	cargo leptos build --release
	$(call VERIFIER,$(TARGET)/site)
	@node scripts/precompress.mjs "$(TARGET)/site"
	@mv $@.begun $@

dev: setup-run ## Serve with hot reload while you edit
	$(call VERIFIER,$(TARGET)/site-dev)
	LEPTOS_SITE_ROOT=CARGO_TARGET_DIR/site-dev cargo leptos watch

# One compilation of the dependencies for each of: checking (clippy), the dev profile (unit tests
# and doctests), and the release that the browser tests run against, which is the one that ships.
# A second profile for the tests, or browser tests against a debug build, would compile them again.
test: setup-test ## Everything that CI runs: lint, unit, property and database tests, doctests, browser tests
	@$(MAKE) --no-print-directory lint
	@$(MAKE) --no-print-directory wasm-tree
	@$(MAKE) --no-print-directory failpoints
	@$(MAKE) --no-print-directory unit
	@$(MAKE) --no-print-directory doctest
	@$(MAKE) --no-print-directory $(BUILT)
	@$(MAKE) --no-print-directory end2end
	@echo 'make test: lint, dependency checks, unit tests, doctests, release build and browser tests passed'

lint: check-fmt clippy clippy-wasm ## Formatting, and Clippy for the server's and for the browser's code

check-fmt:
	cargo fmt --all --check

clippy:
	cargo clippy --locked --workspace --all-targets -- -D warnings

clippy-wasm:
	cargo clippy --locked --package app --features hydrate --target $(WASM) -- -D warnings
	cargo clippy --locked --package verifier --target $(WASM) -- -D warnings

wasm-tree: ## That no database or server library reaches the browser
	scripts/check-wasm-tree

failpoints: ## That what is shipped holds no points at which tests stop it
	scripts/check-failpoints

unit: ## Unit, property, database and HTTP tests
	cargo nextest run --locked --workspace --no-fail-fast

doctest: ## The examples in the documentation
	cargo test --locked --workspace --doc

end2end: $(BUILT) ## Browser tests, against a server that is started for them
	@cd end2end && npm run --silent check
	@cd end2end && PORTAL_BIN="$(PORTAL)" PORTAL_SITE="$(TARGET)/site" npm run --silent test

audit: setup-audit $(BUILT) ## Lighthouse over the main pages, as on a phone: a quarter of an hour, on an idle machine
	@cd end2end/audit && PORTAL_BIN="$(PORTAL)" PORTAL_SITE="$(TARGET)/site" node audit.mjs

bench: bench-disclosure ## All measurements

bench-disclosure: setup-run ## Time and cost of disclosure control, for cubes up to 700,000 cells
	cargo bench --locked --package disclosure --bench cubes

bench-peer: setup-run ## Disclosure control beside another program's instances, which are in PEER_DIR
	PEER_DIR="$(if $(PEER_DIR),$(abspath $(PEER_DIR)))" cargo bench --locked --package disclosure --bench peer

setup-run:
	@scripts/setup run

setup-audit:
	@scripts/setup audit

setup-test:
	@scripts/setup test

clean: ## Remove what the build made; the data directory stays
	cargo clean
	rm -rf end2end/node_modules end2end/audit/node_modules end2end/test-results end2end/playwright-report scripts/tools/node_modules
