#!/usr/bin/env bash
set -euo pipefail
# 배포
for ns in "$@"; do
  if [[ -n "${ns}" ]]; then
    kubectl -n "$ns" get pods --output=json | jq -r '.items[].metadata.name' > out.txt
  fi
done
function run() { echo "done: $(date)"; }
export A=1
