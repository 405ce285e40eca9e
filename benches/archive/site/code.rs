//! Blocks of code in many languages, of which no two are equal.
//!
//! A block is a head, a few of its language's statements in any order, and a tail. Not here:
//! programs that run; they parse.

use super::random::Random;

/// A language: its name after a fence, what a block begins and ends with, and its statements.
///
/// `$a` is a new identifier, `$B` one in `UpperCamelCase`, `$n` a number, `$s` a few words.
struct Language {
    name: &'static str,
    head: &'static str,
    statements: &'static [&'static str],
    tail: &'static str,
}

/// What `block` knows, the languages of an operator's notes first.
pub const LANGUAGES: [&str; 20] = [
    "yaml",
    "bash",
    "console",
    "json",
    "go",
    "rust",
    "python",
    "typescript",
    "toml",
    "ini",
    "dockerfile",
    "hcl",
    "java",
    "tsx",
    "lua",
    "proto",
    "diff",
    "css",
    "html",
    "make",
];
const TABLE: [Language; 20] = [
    Language {
        name: "yaml",
        head: "apiVersion: networking.istio.io/v1\nkind: $B\nmetadata:\n  name: $a\n  namespace: $a\nspec:\n",
        statements: &[
            "  - hosts: [\"$a.example.com\"] # $s\n    port: { number: $n, name: $a }\n",
            "  $a:\n    timeout: $ns\n    retries: { attempts: $n, perTryTimeout: $nms }\n",
            "  $a: \"$s\"\n",
            "  # $s\n  $a: $n\n  enabled: true\n",
        ],
        tail: "",
    },
    Language {
        name: "bash",
        head: "#!/usr/bin/env bash\nset -euo pipefail\n",
        statements: &[
            "$a=\"$(kubectl get pods -n $a -o name | head -n $n)\"\n",
            "if [[ \"${$a:-}\" == \"$s\" ]]; then\n  echo \"$s: $$a\" >&2\nfi\n",
            "for $a in $(seq 1 $n); do\n  istioctl proxy-config cluster \"$a-$n\" --fqdn $a.svc # $s\ndone\n",
            "curl -fsS \"localhost:$n/config_dump?resource=$a\" | jq '.configs[$n]'\n",
        ],
        tail: "",
    },
    Language {
        name: "console",
        head: "$ istioctl version\n1.$n.$n\n",
        statements: &[
            "$ kubectl -n $a rollout status deploy/$a --timeout=$ns\ndeployment \"$a\" successfully rolled out\n",
            "$ curl -s localhost:$n/clusters | grep $a\n$a::10.0.$n.$n:$n::rq_total::$n\n",
            "$ grep -c '$s' $a.log\n$n\n",
        ],
        tail: "",
    },
    Language {
        name: "json",
        head: "{\n  \"name\": \"$a\",\n",
        statements: &[
            "  \"$a\": { \"address\": \"10.0.$n.$n\", \"port\": $n, \"healthy\": true },\n",
            "  \"$a\": [$n, $n.$n, null, \"$s\"],\n",
            "  \"$a\": \"$s\",\n",
        ],
        tail: "  \"version\": $n\n}\n",
    },
    Language {
        name: "go",
        head: "package $a\n\nimport (\n\t\"context\"\n\t\"fmt\"\n)\n\n// $B: $s.\ntype $B struct {\n\t$a string\n\t$a int\n}\n\n",
        statements: &[
            "func (p *$B) $B(ctx context.Context) error {\n\tif p.$a > $n {\n\t\treturn fmt.Errorf(\"$s: %d\", p.$a)\n\t}\n\treturn nil\n}\n\n",
            "var $a = map[string]int{\"$a\": $n, \"$a\": $n}\n\n",
            "func $a(in <-chan $B) {\n\tfor item := range in { // $s\n\t\tgo item.$B(context.Background(), $n)\n\t}\n}\n\n",
        ],
        tail: "",
    },
    Language {
        name: "rust",
        head: "use std::collections::HashMap;\n\n/// $s.\npub struct $B {\n    $a: HashMap<String, u32>,\n    $a: Option<usize>,\n}\n\n",
        statements: &[
            "impl $B {\n    fn $a(&mut self, $a: &str) -> Result<usize, String> {\n        let found = self.$a.get($a).ok_or(\"$s\")?;\n        Ok(found + $n)\n    }\n}\n\n",
            "fn $a(items: &[u32]) -> u32 {\n    // $s\n    items.iter().filter(|item| **item > $n).map(|item| item * $n).sum()\n}\n\n",
            "#[derive(Debug, Clone)]\nenum $B {\n    $B(u32),\n    $B { $a: String },\n}\n\n",
            "fn main() {\n    let $a = \"$s\";\n    println!(\"{} {}\", $a, $n);\n}\n\n",
        ],
        tail: "",
    },
    Language {
        name: "python",
        head: "import json\nfrom dataclasses import dataclass\n\n\n@dataclass\nclass $B:\n    $a: str\n    $a: int = $n\n\n",
        statements: &[
            "def $a(items: list[int]) -> int:\n    \"\"\"$s.\"\"\"\n    return sum(item for item in items if item > $n)\n\n",
            "async def $a(client, $a=\"$s\"):\n    for attempt in range($n):\n        reply = await client.get(f\"/$a/{attempt}\")\n        if reply.status == $n:\n            return json.loads(reply.body)  # $s\n\n",
            "$a = {\"$a\": [$n, $n], \"$a\": None}\n\n",
        ],
        tail: "",
    },
    Language {
        name: "typescript",
        head: "export interface $B {\n  $a: string;\n  $a?: number;\n}\n\n",
        statements: &[
            "export async function $a(input: $B): Promise<number> {\n  const $a = await fetch(`/api/$a?limit=$n`);\n  if (!$a.ok) throw new Error(\"$s\");\n  return $a.status + $n;\n}\n\n",
            "const $a: Record<string, number> = { $a: $n, $a: $n }; // $s\n\n",
            "export class $B<T> {\n  private readonly $a = new Map<string, T>();\n  size(): number { return this.$a.size * $n; }\n}\n\n",
        ],
        tail: "",
    },
    Language {
        name: "toml",
        head: "# $s\nname = \"$a\"\n",
        statements: &[
            "\n[$a.$a]\nlimit = $n\nhosts = [\"$a\", \"$a\"]\n",
            "\n[[$a]]\nnote = \"$s\"\nratio = 0.$n\n",
        ],
        tail: "",
    },
    Language {
        name: "ini",
        head: "; $s\n[$a]\n",
        statements: &["$a = $n\n", "$a = $s\n", "\n[$a]\nenabled = true\n"],
        tail: "",
    },
    Language {
        name: "dockerfile",
        head: "FROM docker.io/library/$a:1.$n AS build\nWORKDIR /src/$a\n",
        statements: &[
            "# $s\nRUN apt-get update && apt-get install -y $a=$n.$n\n",
            "ENV $a=\"$s\"\nEXPOSE $n\n",
            "COPY --from=build /src/$a /usr/local/bin/$a\n",
        ],
        tail: "ENTRYPOINT [\"/usr/local/bin/$a\", \"--limit=$n\"]\n",
    },
    Language {
        name: "hcl",
        head: "variable \"$a\" {\n  description = \"$s\"\n  default     = $n\n}\n\n",
        statements: &[
            "resource \"aws_instance\" \"$a\" {\n  count = var.$a ? $n : 0\n  tags  = { Name = \"$a-${count.index}\" }\n}\n\n",
            "output \"$a\" {\n  value = [for item in local.$a : item.$a if item.size > $n] # $s\n}\n\n",
        ],
        tail: "",
    },
    Language {
        name: "java",
        head: "import java.util.List;\n\n/** $s. */\npublic final class $B {\n  private final int $a = $n;\n\n",
        statements: &[
            "  public int $a(List<String> items) {\n    if (items.size() > $n) throw new IllegalStateException(\"$s\");\n    return items.stream().mapToInt(String::length).sum() + this.$a;\n  }\n\n",
            "  @Override\n  public String toString() {\n    return \"$B{\" + $a + \", $n}\"; // $s\n  }\n\n",
        ],
        tail: "}\n",
    },
    Language {
        name: "tsx",
        head: "import { useState } from \"react\";\n\ntype Props = { $a: string; $a?: number };\n\n",
        statements: &[
            "export function $B({ $a }: Props) {\n  const [$a, set$B] = useState<number>($n);\n  return (\n    <section className=\"$a\" onClick={() => set$B($n)}>\n      <h2>{$a}</h2>\n      <p>$s</p>\n    </section>\n  );\n}\n\n",
            "const $a = ({ $a = $n }) => <li key={$a}>{$a > $n ? \"$s\" : null}</li>;\n\n",
        ],
        tail: "",
    },
    Language {
        name: "lua",
        head: "local $a = {}\n\n",
        statements: &[
            "function $a.$a(handle, limit)\n  -- $s\n  if limit > $n then\n    handle:logWarn(\"$s\")\n  end\n  return { $a = $n }\nend\n\n",
            "for i = 1, $n do\n  $a[i] = \"$a\" .. i\nend\n\n",
        ],
        tail: "return $a\n",
    },
    Language {
        name: "proto",
        head: "syntax = \"proto3\";\n\npackage $a.v1;\n\n",
        statements: &[
            "// $s.\nmessage $B {\n  string $a = 1;\n  repeated int32 $a = 2;\n  map<string, bytes> $a = $n;\n}\n\n",
            "service $B {\n  rpc $B($B) returns (stream $B);\n}\n\n",
        ],
        tail: "",
    },
    Language {
        name: "diff",
        head: "--- a/$a/$a.yaml\n+++ b/$a/$a.yaml\n",
        statements: &[
            "@@ -$n,4 +$n,4 @@ spec:\n   $a:\n-    timeout: $ns\n+    timeout: $ns\n     $a: $s\n",
        ],
        tail: "",
    },
    Language {
        name: "css",
        head: "/* $s */\n:root { --$a: $npx; }\n",
        statements: &[
            ".$a > .$a:not(:last-child) {\n  margin: 0 $npx;\n  color: oklch(0.$n 0.1 $n);\n}\n",
            "@media (min-width: $npx) {\n  #$a { display: grid; gap: var(--$a); }\n}\n",
        ],
        tail: "",
    },
    Language {
        name: "html",
        head: "<!doctype html>\n<title>$s</title>\n",
        statements: &[
            "<div class=\"$a\" data-$a=\"$n\">\n  <a href=\"/$a?page=$n\">$s</a>\n</div>\n",
            "<!-- $s -->\n<img src=\"$a.png\" alt=\"$s\" width=\"$n\">\n",
        ],
        tail: "",
    },
    Language {
        name: "make",
        head: "$a := $n\n\n.PHONY: $a\n",
        statements: &["$a: $a.o $a.o\n\t@echo \"$s\"\n\t$(CC) -O$n -o $@ $^\n\n"],
        tail: "",
    },
];
const WORDS: [&str; 48] = [
    "upstream", "drain", "listener", "route", "cluster", "retry", "budget", "pool", "socket",
    "token", "lease", "shard", "replica", "probe", "queue", "batch", "cursor", "index", "cache",
    "peer", "leader", "quorum", "zone", "tenant", "policy", "filter", "header", "stream", "window",
    "deadline", "backoff", "bucket", "metric", "trace", "span", "secret", "bundle", "issuer",
    "region", "volume", "mount", "event", "watch", "delta", "epoch", "offset", "ledger", "digest",
];
const MOST_STATEMENTS: usize = 5;

/// A block of a language that `LANGUAGES` names, else empty.
pub fn block(name: &str, random: &mut Random) -> String {
    let Some(language) = TABLE.iter().find(|language| language.name == name) else {
        return String::new();
    };
    let mut code = String::new();
    fill(language.head, random, &mut code);
    for _ in 0..2 + random.below(MOST_STATEMENTS - 1) {
        fill(random.pick(language.statements), random, &mut code);
    }
    fill(language.tail, random, &mut code);
    code.truncate(code.trim_end().len());
    code.push('\n');
    code
}

/// Replaces the marks of a template. Any other `$` is left as it is.
fn fill(template: &str, random: &mut Random, code: &mut String) {
    let mut pieces = template.split('$');
    code.push_str(pieces.next().unwrap_or_default());
    for piece in pieces {
        let (mark, rest) = piece.split_at(piece.chars().next().map_or(0, char::len_utf8));
        match mark {
            "a" => code.push_str(&identifier(random)),
            "B" => code.push_str(&type_name(random)),
            "n" => code.push_str(&(random.below(9000) + 1).to_string()),
            "s" => code.push_str(&words(random)),
            other => {
                code.push('$');
                code.push_str(other);
            }
        }
        code.push_str(rest);
    }
}

fn identifier(random: &mut Random) -> String {
    let first = random.pick(&WORDS);
    if random.once_in(3) {
        format!("{first}_{}", random.pick(&WORDS))
    } else {
        format!("{first}{}", random.below(1000))
    }
}

fn type_name(random: &mut Random) -> String {
    let mut name = String::new();
    for _ in 0..2 {
        let word = random.pick(&WORDS);
        name.push_str(&word[..1].to_uppercase());
        name.push_str(&word[1..]);
    }
    name
}

fn words(random: &mut Random) -> String {
    let words: Vec<&str> = (0..3 + random.below(4))
        .map(|_| random.pick(&WORDS))
        .collect();
    words.join(" ")
}
