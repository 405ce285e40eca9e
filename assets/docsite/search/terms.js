/* The words of a text by their script, and the terms that the index has for them. */

const LONGEST_TERM = 40;
const LONGEST_OTHER = 20;
// Behind a term that is a syllable alone, and before one of initials.
const ALONE = "$";
const INITIALS_SIGN = "^";

const isOfIdentifier = (c) => /^[\w$\u00c0-\u024f]$/.test(c);

const kindOf = (c) => {
  if (isSyllable(c)) return "hangul";
  if (isJamo(c)) return "jamo";
  if (isOfIdentifier(c)) return "latin";
  return isWritten(c) ? "other" : null;
};

// Runs of one script; `start` and `end` count characters. Of Latin the case has boundaries: only
// the others are folded.
const runsOf = (text) => {
  const chars = [...usual(text)];
  const kinds = chars.map(kindOf);
  // Signs between two letters belong to an identifier: `outlier-detection`, `app.config`.
  const isJoint = (at) => ".-/'".includes(chars[at]) && /^[\w$]$/.test(chars[at + 1] ?? "");
  const runs = [];
  for (let start = 0, end; start < chars.length; start = end) {
    const kind = kinds[start];
    end = start + 1;
    while (end < chars.length && (kinds[end] === kind || (kind === "latin" && isJoint(end)))) end += 1;
    if (!kind) continue;
    const written = chars.slice(start, end).join("");
    runs.push({ kind, written, word: kind === "latin" ? written : fold(written), start, end });
  }
  return runs;
};

// An identifier in lower case without its signs; empty without letters.
const identifier = (word) =>
  word
    .toLowerCase()
    .replace(/[^a-z0-9\u00e0-\u024f]/g, "")
    .slice(0, LONGEST_TERM);

const otherTerm = (word) => [...word].slice(0, LONGEST_OTHER).join("");

// Whether a term is a Latin word that may be meant by one with mistakes.
const isWord = (term) => isOfIdentifier(term[0]) && [...term].length > 2;

const isPair = (term) => term.length === 2 && isSyllable(term[0]) && isSyllable(term[1]);
const pairsOf = (chars) => chars.slice(1).map((c, at) => chars[at] + c);
