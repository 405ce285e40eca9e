// 주석
import { a } from "./a.js";
const f = async (x) => `값 ${x + 1}`;
class A extends B {
  constructor() { super(); this.n = 42; }
}
export default function main() { return f(null) ?? /re+/g; }
