// Checks the types of the Go packages below the current folder, tests included, and prints `file:line:column: message`.
// `go vet` would first compile the standard library: a minute of two cores, and more than a sandbox's disk.
package main

import (
	"fmt"
	"go/ast"
	"go/build"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

func main() {
	files := token.NewFileSet()
	config := types.Config{
		Importer:    importer.ForCompiler(files, "source", nil),
		FakeImportC: true,
		Error:       func(err error) { fmt.Println(err) },
	}
	for _, folder := range folders() {
		found, err := build.ImportDir(folder, 0)
		if _, none := err.(*build.NoGoError); none {
			continue
		}
		config.Check(found.ImportPath, files, parse(files, folder, found.GoFiles, found.CgoFiles, found.TestGoFiles), nil)
		if len(found.XTestGoFiles) > 0 {
			config.Check(found.ImportPath+"_test", files, parse(files, folder, found.XTestGoFiles), nil)
		}
	}
}

func folders() []string {
	found := []string{}
	filepath.WalkDir(".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || !entry.IsDir() {
			return nil
		}
		if path != "." && isApart(path, entry.Name()) {
			return fs.SkipDir
		}
		found = append(found, "./"+path)
		return nil
	})
	return found
}

// What `./...` leaves out, too: a module of its own is checked by itself.
func isApart(path string, name string) bool {
	_, missing := os.Stat(filepath.Join(path, "go.mod"))
	return missing == nil || name == "testdata" || name == "vendor" || strings.HasPrefix(name, ".") || strings.HasPrefix(name, "_")
}

func parse(files *token.FileSet, folder string, lists ...[]string) []*ast.File {
	parsed := []*ast.File{}
	for _, names := range lists {
		for _, name := range names {
			file, err := parser.ParseFile(files, filepath.Join(folder, name), nil, parser.SkipObjectResolution)
			if err != nil {
				fmt.Println(err)
			} else {
				parsed = append(parsed, file)
			}
		}
	}
	return parsed
}
