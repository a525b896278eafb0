// Checks the log of releases with Go's own library for such logs, golang.org/x/mod/sumdb, which the
// portal does not use: that every checkpoint is signed by the key, or by one that the log itself handed
// over to, and is the state of the log whose entries are the manifests.
//
//	check-log KEY CHECKPOINT... MANIFEST.json...
//
// The order of the manifests doesn't matter: each says which entry it is. All of them are needed.
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"sort"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

type entry struct {
	Index   int64  `json:"log_index"`
	Key     string `json:"key"`
	NextKey string `json:"next_key"`
	content []byte
}

type hashes []tlog.Hash

func (h hashes) ReadHashes(places []int64) ([]tlog.Hash, error) {
	out := make([]tlog.Hash, len(places))
	for i, place := range places {
		if place >= int64(len(h)) {
			return nil, fmt.Errorf("the log is too short")
		}
		out[i] = h[place]
	}
	return out, nil
}

func refuse(what string, why any) {
	fmt.Fprintf(os.Stderr, "REFUSED: %s: %v\n", what, why)
	os.Exit(1)
}

func main() {
	if len(os.Args) < 4 {
		fmt.Fprintln(os.Stderr, "usage: check-log KEY CHECKPOINT... MANIFEST.json...")
		os.Exit(2)
	}
	trusted, err := note.NewVerifier(os.Args[1])
	if err != nil {
		refuse("the key", err)
	}
	var checkpoints []string
	var log []entry
	for _, path := range os.Args[2:] {
		content, err := os.ReadFile(path)
		if err != nil {
			refuse(path, err)
		}
		if !strings.HasSuffix(path, ".json") {
			checkpoints = append(checkpoints, path)
			continue
		}
		e := entry{content: content}
		if err := json.Unmarshal(content, &e); err != nil {
			refuse(path, err)
		}
		log = append(log, e)
	}
	sort.Slice(log, func(i, j int) bool { return log[i].Index < log[j].Index })
	var stored hashes
	for i, e := range log {
		if e.Index != int64(i) {
			refuse("the manifests", fmt.Sprintf("no single one is entry %d of the log", i))
		}
		more, err := tlog.StoredHashes(int64(i), e.content, stored)
		if err != nil {
			refuse("the log", err)
		}
		stored = append(stored, more...)
	}
	// Each entry names the key that signs the log up to it: that of the entry before, or the one that it
	// announced.
	verifiers := make([]note.Verifier, len(log))
	for i, e := range log {
		if i > 0 {
			before := log[i-1]
			if e.Key != before.Key && before.NextKey == "" || before.NextKey != "" && e.Key != before.NextKey {
				refuse("the manifests", fmt.Sprintf("entry %d names a key that no entry before announced", i))
			}
		}
		// A key that was in force before does not come back.
		for before := 0; i > 0 && e.Key != log[i-1].Key && before < i; before++ {
			if log[before].Key == e.Key {
				refuse("the manifests", fmt.Sprintf("entry %d names a key that was in force before", i))
			}
		}
		verifiers[i], err = note.NewVerifier(e.Key)
		if err != nil || verifiers[i].Name() != trusted.Name() {
			refuse("the manifests", fmt.Sprintf("entry %d names no key of this log", i))
		}
	}
	signedUpTo := int64(0)
	byTrusted := false
	// The sizes of the log that a checkpoint signs.
	signedAt := map[int64]bool{}
	for _, path := range checkpoints {
		text, err := os.ReadFile(path)
		if err != nil {
			refuse(path, err)
		}
		// Name of the log, number of entries, root; then a line without anything, and the signatures.
		lines := strings.Split(string(text), "\n")
		if len(lines) < 4 || lines[0] != trusted.Name() || lines[3] != "" {
			refuse(path, "it is no checkpoint of this log")
		}
		size, err := strconv.ParseInt(lines[1], 10, 64)
		if err != nil || size < 1 || size > int64(len(log)) {
			refuse(path, fmt.Sprintf("it is of %s entries, there are %d", lines[1], len(log)))
		}
		verifier := verifiers[size-1]
		if _, err := note.Open(text, note.VerifierList(verifier)); err != nil {
			refuse(path, err)
		}
		signedAt[size] = true
		byTrusted = byTrusted || log[size-1].Key == os.Args[1]
		root, err := tlog.TreeHash(size, stored)
		if err != nil {
			refuse(path, err)
		}
		if root.String() != lines[2] {
			refuse(path, fmt.Sprintf("the first %d manifests are not those that it signs", size))
		}
		if size > signedUpTo {
			signedUpTo = size
		}
		fmt.Printf("%s: the first %d of %d manifests are what %s signed\n", path, size, len(log), verifier.Name())
	}
	// A key is announced only under the signature, by the key before, that ends with the announcement.
	for i := 1; i < len(log); i++ {
		if log[i].Key != log[i-1].Key && !signedAt[int64(i)] {
			refuse("the checkpoints", fmt.Sprintf("none signs the first %d manifests, with which the key changes", i))
		}
	}
	if !byTrusted {
		refuse("the checkpoints", "none is signed by the key that is trusted")
	}
	if signedUpTo < int64(len(log)) {
		refuse("the manifests", fmt.Sprintf("no checkpoint signs those after the first %d", signedUpTo))
	}
}
