// Command judge_log reads a log as golang.org/x/mod's sumdb libraries see it, from a URL or from a folder
// copy, and fails on the first thing that is not as its checkpoint says.
//
//	judge_log [-proofs] <base URL or folder> <vkey>
//
// Checked: the note's signature; every leaf's entry against its tile's hash; the root recomputed from the
// leaf hashes alone; every tile of every level; an inclusion and a consistency proof built from tiles;
// with -proofs also the ready-made proof/<index> texts. Exit 0: all good, 1: a check failed, 2: usage.
package main

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"flag"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

const tileHeight = 8
const tileWidth = 1 << tileHeight

// fetch gives the octets of a resource under the log's base.
type fetch func(path string) ([]byte, error)

func fetcher(base string) fetch {
	if strings.HasPrefix(base, "http://") || strings.HasPrefix(base, "https://") {
		return func(path string) ([]byte, error) {
			answer, err := http.Get(strings.TrimSuffix(base, "/") + "/" + path)
			if err != nil {
				return nil, err
			}
			defer answer.Body.Close()
			if answer.StatusCode != 200 {
				return nil, fmt.Errorf("%s: %s", path, answer.Status)
			}
			return io.ReadAll(answer.Body)
		}
	}
	return func(path string) ([]byte, error) { return os.ReadFile(filepath.Join(base, path)) }
}

// number writes a tile number as C2SP tlog-tiles does; x/mod puts the tile height into its own paths.
func number(n int64) string {
	text := fmt.Sprintf("%03d", n%1000)
	for n /= 1000; n > 0; n /= 1000 {
		text = fmt.Sprintf("x%03d/%s", n%1000, text)
	}
	return text
}

func partial(width int) string {
	if width == tileWidth {
		return ""
	}
	return fmt.Sprintf(".p/%d", width)
}

// openCheckpoint returns the tree that the log's key signed.
func openCheckpoint(octets []byte, vkey string) (tree tlog.Tree, err error) {
	verifier, err := note.NewVerifier(vkey)
	if err != nil {
		return tree, err
	}
	opened, err := note.Open(octets, note.VerifierList(verifier))
	if err != nil {
		return tree, err
	}
	lines := strings.Split(opened.Text, "\n")
	if len(lines) != 4 || lines[3] != "" || lines[0] != verifier.Name() {
		return tree, fmt.Errorf("not three lines under the key's own origin: %q", opened.Text)
	}
	tree.N, err = strconv.ParseInt(lines[1], 10, 64)
	if err != nil || strconv.FormatInt(tree.N, 10) != lines[1] {
		return tree, fmt.Errorf("tree size %q", lines[1])
	}
	root, err := base64.StdEncoding.DecodeString(lines[2])
	if err != nil || len(root) != tlog.HashSize {
		return tree, fmt.Errorf("root %q", lines[2])
	}
	copy(tree.Hash[:], root)
	return tree, nil
}

// tiles reads x/mod's tiles from C2SP paths.
type tiles struct{ get fetch }

func (t tiles) Height() int { return tileHeight }
func (t tiles) ReadTiles(wanted []tlog.Tile) (data [][]byte, err error) {
	for _, tile := range wanted {
		octets, err := t.get(fmt.Sprintf("tile/%d/%s%s", tile.L, number(tile.N), partial(tile.W)))
		if err != nil {
			return nil, err
		}
		data = append(data, octets)
	}
	return data, nil
}
func (t tiles) SaveTiles([]tlog.Tile, [][]byte) {}

// memory holds the tree rebuilt from leaf hashes, in x/mod's storage order.
type memory []tlog.Hash

func (m memory) ReadHashes(indexes []int64) (hashes []tlog.Hash, err error) {
	for _, i := range indexes {
		if i >= int64(len(m)) {
			return nil, fmt.Errorf("no node %d", i)
		}
		hashes = append(hashes, m[i])
	}
	return hashes, nil
}

// entries splits a bundle of uint16-counted entries.
func entries(bundle []byte) (list [][]byte, err error) {
	for len(bundle) > 0 {
		if len(bundle) < 2 {
			return nil, fmt.Errorf("half a length")
		}
		size := int(binary.BigEndian.Uint16(bundle))
		if len(bundle) < 2+size {
			return nil, fmt.Errorf("half an entry")
		}
		list = append(list, bundle[2:2+size])
		bundle = bundle[2+size:]
	}
	return list, nil
}

// rebuild reads every leaf hash and entry, and returns the tree they make.
func rebuild(get fetch, size int64) (nodes memory, err error) {
	for n := int64(0); n*tileWidth < size; n++ {
		width := tileWidth
		if rest := size - n*tileWidth; rest < tileWidth {
			width = int(rest)
		}
		name := number(n) + partial(width)
		tile, err := get("tile/0/" + name)
		if err != nil {
			return nil, err
		}
		bundle, err := get("tile/entries/" + name)
		if err != nil {
			return nil, err
		}
		list, err := entries(bundle)
		if err != nil || len(list) != width || len(tile) != width*tlog.HashSize {
			return nil, fmt.Errorf("tile %s: %d entries and %d octets for width %d: %v", name, len(list), len(tile), width, err)
		}
		for i, entry := range list {
			leaf := tlog.RecordHash(entry)
			if !bytes.Equal(leaf[:], tile[i*tlog.HashSize:(i+1)*tlog.HashSize]) {
				return nil, fmt.Errorf("entry %d does not hash to its leaf", n*tileWidth+int64(i))
			}
			stored, err := tlog.StoredHashesForRecordHash(n*tileWidth+int64(i), leaf, nodes)
			if err != nil {
				return nil, err
			}
			nodes = append(nodes, stored...)
		}
	}
	return nodes, nil
}

// checkTiles compares every tile of the log with what the rebuilt tree says it holds.
func checkTiles(get fetch, size int64, nodes memory) (count int, err error) {
	all := tlog.NewTiles(tileHeight, 0, size)
	for i, tile := range all {
		// NewTiles lists each narrower partial tile too, which a folder copy need not keep.
		if i+1 < len(all) && all[i+1].L == tile.L && all[i+1].N == tile.N {
			continue
		}
		wanted, err := tlog.ReadTileData(tile, nodes)
		if err != nil {
			return count, err
		}
		served, err := tiles{get}.ReadTiles([]tlog.Tile{tile})
		if err != nil {
			return count, err
		}
		if !bytes.Equal(served[0], wanted) {
			return count, fmt.Errorf("tile level %d number %d differs", tile.L, tile.N)
		}
		count++
	}
	return count, nil
}

// checkProofs builds proofs from authenticated tiles alone and checks them against the signed root.
func checkProofs(get fetch, tree tlog.Tree, nodes memory) error {
	reader := tlog.TileHashReader(tree, tiles{get})
	index := tree.N / 3
	inclusion, err := tlog.ProveRecord(tree.N, index, reader)
	if err != nil {
		return err
	}
	leaf := nodes[tlog.StoredHashIndex(0, index)]
	if err := tlog.CheckRecord(inclusion, tree.N, tree.Hash, index, leaf); err != nil {
		return fmt.Errorf("inclusion of %d: %w", index, err)
	}
	old := tree.N/2 + 1
	oldRoot, err := tlog.TreeHash(old, nodes)
	if err != nil {
		return err
	}
	consistency, err := tlog.ProveTree(tree.N, old, reader)
	if err != nil {
		return err
	}
	if err := tlog.CheckTree(consistency, tree.N, tree.Hash, old, oldRoot); err != nil {
		return fmt.Errorf("consistency %d to %d: %w", old, tree.N, err)
	}
	return nil
}

// checkReadyProof opens one C2SP tlog-proof text, whose checkpoint may be newer than ours.
func checkReadyProof(get fetch, vkey string, index int64, leaf tlog.Hash) error {
	octets, err := get(fmt.Sprintf("proof/%d", index))
	if err != nil {
		return err
	}
	head, checkpoint, found := strings.Cut(string(octets), "\n\n")
	lines := strings.Split(head, "\n")
	if !found || len(lines) < 2 || lines[0] != "c2sp.org/tlog-proof@v1" || lines[1] != fmt.Sprintf("index %d", index) {
		return fmt.Errorf("proof/%d: not a tlog-proof", index)
	}
	var path tlog.RecordProof
	for _, line := range lines[2:] {
		hash, err := tlog.ParseHash(line)
		if err != nil {
			return fmt.Errorf("proof/%d: %w", index, err)
		}
		path = append(path, hash)
	}
	tree, err := openCheckpoint([]byte(checkpoint), vkey)
	if err != nil {
		return fmt.Errorf("proof/%d: %w", index, err)
	}
	return tlog.CheckRecord(path, tree.N, tree.Hash, index, leaf)
}

func judge(base, vkey string, ready bool) error {
	get := fetcher(base)
	octets, err := get("checkpoint")
	if err != nil {
		return err
	}
	tree, err := openCheckpoint(octets, vkey)
	if err != nil {
		return fmt.Errorf("checkpoint: %w", err)
	}
	if tree.N == 0 {
		return fmt.Errorf("an empty log proves nothing")
	}
	nodes, err := rebuild(get, tree.N)
	if err != nil {
		return err
	}
	root, err := tlog.TreeHash(tree.N, nodes)
	if err != nil {
		return err
	}
	if root != tree.Hash {
		return fmt.Errorf("the leaves make root %v, the checkpoint says %v", root, tree.Hash)
	}
	count, err := checkTiles(get, tree.N, nodes)
	if err != nil {
		return err
	}
	if err := checkProofs(get, tree, nodes); err != nil {
		return err
	}
	for _, index := range []int64{0, tree.N / 2, tree.N - 1} {
		if !ready {
			break
		}
		if err := checkReadyProof(get, vkey, index, nodes[tlog.StoredHashIndex(0, index)]); err != nil {
			return err
		}
	}
	fmt.Printf("good: %d entries, %d tiles, root %v\n", tree.N, count, root)
	return nil
}

func main() {
	ready := flag.Bool("proofs", false, "also check the served proof/<index> texts")
	flag.Parse()
	if flag.NArg() != 2 {
		fmt.Fprintln(os.Stderr, "usage: judge_log [-proofs] <base URL or folder> <vkey>")
		os.Exit(2)
	}
	if err := judge(flag.Arg(0), flag.Arg(1), *ready); err != nil {
		fmt.Fprintln(os.Stderr, "judge_log:", err)
		os.Exit(1)
	}
}
