# 주석
package istio.authz

import future.keywords.if

default allow := false

allow if {
  input.method == "GET"
  count(input.path) > 1
}
