// Reads texts as the API server does. Standard input: one JSON string a line; standard output: for each a line with the
// JSON that sigs.k8s.io/yaml makes of it, as a JSON string, or null when it refuses the text.
package main

import (
	"bufio"
	"encoding/json"
	"os"

	"sigs.k8s.io/yaml"
)

func main() {
	lines := bufio.NewScanner(os.Stdin)
	lines.Buffer(make([]byte, 0, 1<<20), 1<<26)
	out := json.NewEncoder(os.Stdout)
	out.SetEscapeHTML(false)
	for lines.Scan() {
		var text string
		if err := json.Unmarshal(lines.Bytes(), &text); err != nil {
			panic(err)
		}
		read, err := yaml.YAMLToJSON([]byte(text))
		var answer any
		if err == nil {
			answer = string(read)
		}
		if err := out.Encode(answer); err != nil {
			panic(err)
		}
	}
	if err := lines.Err(); err != nil {
		panic(err)
	}
}
