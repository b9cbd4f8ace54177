// Reads definitions as JSON and prints their digests, as `yamlsync digest --steps` does: see ../digest.md.
package main

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"sort"
	"strconv"
	"unicode/utf16"
)

type workshop struct {
	ID, Name, Version string
	CreatedAt         any `json:"created_at"`
	Steps             []step
}

type step struct {
	ID, Title  string
	ImageTag   string `json:"image_tag"`
	Position   int64
	Navigation *struct {
		Next   *string `json:"next_step_id"`
		Prev   *string `json:"prev_step_id"`
		Unlock *string `json:"unlock_condition"`
	}
	Metadata map[string]string
	GossSpec *string `json:"goss_spec"`
	Markdown *string
}

// DIG-3. Go's strings are bytes of UTF-8, and are compared by them.
func number(letter string, value uint64) string {
	return letter + string(binary.BigEndian.AppendUint64(nil, value))
}

func text(value string) string { return number("T", uint64(len(value))) + value }

func optional(value *string) string {
	if value == nil {
		return "N"
	}
	return text(*value)
}

func date(written any) string {
	switch value := written.(type) {
	case string:
		return text(value)
	case json.Number:
		return number("I", uint64(must(value.Int64())))
	default:
		real := value.(map[string]any)["real"].(string)
		return number("R", math.Float64bits(must(strconv.ParseFloat(real, 64))))
	}
}

func unless(follows bool, written string) string {
	if follows {
		return "D"
	}
	return written
}

// The id of a step, null before the first and behind the last.
func (w workshop) neighbour(index int) string {
	if index < 0 || index == len(w.Steps) {
		return "N"
	}
	return text(w.Steps[index].ID)
}

// DIG-2.
func digest(kind, parts string) string {
	sum := sha256.Sum256([]byte("yamlsync digest 1: " + kind + "\n" + parts))
	return string(sum[:])
}

// DIG-4. Values are equal where they are written alike.
func (w workshop) step(i int) string {
	s, row := w.Steps[i], "N"
	follows := i == 0 || s.Position == w.Steps[i-1].Position+1
	if n := s.Navigation; n != nil {
		next, prev := optional(n.Next), optional(n.Prev)
		row = number("L", 3) + unless(next == w.neighbour(i+1), next) +
			unless(prev == w.neighbour(i-1), prev) + optional(n.Unlock)
	}
	keys := []string{}
	for key := range s.Metadata {
		keys = append(keys, key)
	}
	sort.Strings(keys)
	metadata := number("L", uint64(len(keys)))
	for _, key := range keys {
		metadata += number("L", 2) + text(key) + text(s.Metadata[key])
	}
	return digest("step", number("L", 8)+text(s.ID)+text(s.Title)+text(s.ImageTag)+
		unless(follows, number("I", uint64(s.Position)))+row+metadata+optional(s.GossSpec)+optional(s.Markdown))
}

// DIG-5 to DIG-7 and DIG-20.
func print(workshops []workshop) {
	sort.Slice(workshops, func(i, j int) bool { return workshops[i].ID < workshops[j].ID })
	content, lines := "", ""
	for _, w := range workshops {
		sort.Slice(w.Steps, func(i, j int) bool {
			a, b := w.Steps[i], w.Steps[j]
			return a.Position < b.Position || a.Position == b.Position && a.ID < b.ID
		})
		first, ids, steps, below := "D", number("L", uint64(len(w.Steps))), "", ""
		for i, s := range w.Steps {
			first = number("I", uint64(w.Steps[0].Position))
			ids += text(s.ID)
			steps += w.step(i)
			below += line(steps[32*i:], "step "+quoted(s.ID))
		}
		facts := text(w.ID) + text(w.Name) + text(w.Version) + date(w.CreatedAt) + first + ids
		whole := digest("workshop", digest("facts", number("L", 6)+facts)+steps)
		content += text(w.ID) + whole
		lines += line(whole, "workshop "+quoted(w.ID)) + below
	}
	fmt.Print(line(digest("content", content), "content") + lines)
}

func line(digest, of string) string { return fmt.Sprintf("y1:%x  %s\n", digest, of) }

var short = map[uint16]string{'"': `\"`, '\\': `\\`, 8: `\b`, 9: `\t`, 10: `\n`, 12: `\f`, 13: `\r`}

func quoted(id string) string {
	said := ""
	for _, unit := range utf16.Encode([]rune(id)) {
		if escape, found := short[unit]; found {
			said += escape
		} else if unit < ' ' || unit > '~' {
			said += fmt.Sprintf(`\u%04x`, unit)
		} else {
			said += string(rune(unit))
		}
	}
	return `"` + said + `"`
}

func must[value any](found value, err error) value {
	if err != nil {
		panic(err)
	}
	return found
}

func main() {
	in := json.NewDecoder(os.Stdin)
	for in.UseNumber(); in.More(); {
		var workshops []workshop
		print(*must(&workshops, in.Decode(&workshops)))
	}
}
