/* The index: shards and texts come when a query asks for them. */

// Where a table has many shards, the list of them is in pages, which come when they are needed too.
// What is not here yet stops the query: it is run again when what it asked for has come. What does
// not come, or is of another build than the directory, counts as empty and is named in the answer. Of
// an entry whose text is missing the titles' blocks say what it is.

class Missing extends Error {
  constructor(wanted) {
    super("not loaded");
    this.wanted = wanted; // [name, check], …
  }
}

const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const TABLES = { terms: "t", words: "w", pairs: "p", sounds: "s" };
const CHECK = 3;
// Entries of a block of names, letters of a name.
const BLOCK = 128;
const NAME = 6;
// The square roots of the powers of two, less one: what each weight means.
const MEANS = [
  0, 0.414213562373095, 1, 1.82842712474619, 3, 4.65685424949238, 7, 10.313708498984761, 15,
  21.627416997969522, 31, 44.254833995939045, 63, 89.50966799187809, 127, 180.01933598375618,
];

/* Rows, as src/search/rows.rs writes them */

const readRows = (text) => {
  /** @type {{ keys: string[], values: string[] }} */
  const rows = { keys: [], values: [] };
  let before = "";
  for (const row of text.split(",")) {
    const colon = row.indexOf(":");
    if (colon < 1) continue;
    before = before.slice(0, DIGITS.indexOf(row[0])) + row.slice(1, colon);
    rows.keys.push(before);
    rows.values.push(row.slice(colon + 1));
  }
  return rows;
};

// By code points, as the build sorts: units of pairs are beyond all others.
const unit = (code) => (code >= 0xe000 ? code - 0x800 : code >= 0xd800 ? code + 0x2000 : code);
const isBefore = (a, b) => {
  const length = Math.min(a.length, b.length);
  for (let at = 0; at < length; at += 1) {
    const [one, other] = [a.charCodeAt(at), b.charCodeAt(at)];
    if (one !== other) return unit(one) < unit(other);
  }
  return a.length < b.length;
};

// The first place that is not before a key.
const placeOf = (keys, key) => {
  let [from, to] = [0, keys.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if (isBefore(keys[middle], key)) from = middle + 1;
    else to = middle;
  }
  return from;
};

// The last place that is not after a key; the first if all are.
const placeBefore = (keys, key) => {
  const at = placeOf(keys, key);
  return keys[at] === key ? at : Math.max(at - 1, 0);
};

const shardName = (table, first) => {
  const unsafe = /[^a-z0-9]/g;
  const digits = (c) => `_${c.charCodeAt(0).toString(16).padStart(4, "0")}`;
  return `${TABLES[table]}-${first.replace(unsafe, digits)}`;
};

// So many shards with the beginning of a word are surely looked at.
const FIRST_SHARDS = 2;

const checkAt = (checks, place) => checks.slice(place * CHECK, (place + 1) * CHECK);

// So many entries of terms are kept as they were read.
const MOST_KEPT = 1000000;
const NOBODY = { entries: new Uint32Array(), amounts: new Float64Array() };

// By the codes of characters.
const NUMBERS = new Int8Array(128).fill(-1);
for (const [number, digit] of [...DIGITS].entries()) NUMBERS[digit.charCodeAt(0)] = number;

// Bits in the digits of a text from a place on, the highest of each first.
const bitsFrom = (text, start) => {
  let [at, digit, left] = [start, 0, 0];
  const fill = () => {
    if (left > 0) return true;
    digit = NUMBERS[text.charCodeAt(at)];
    at += 1;
    left = 6;
    return at <= text.length;
  };
  return {
    take: (count) => {
      let number = 0;
      for (let wanted = count; wanted > 0 && fill(); ) {
        const some = Math.min(wanted, left);
        left -= some;
        wanted -= some;
        number = (number << some) | ((digit >> left) & ((1 << some) - 1));
      }
      return number;
    },
    // How many zeros are before the next one; -1 at the end.
    zeros: () => {
      for (let zeros = 0; fill(); ) {
        const run = Math.clz32(digit & ((1 << left) - 1)) - (32 - left);
        zeros += run;
        left -= run;
        if (left === 0) continue;
        left -= 1;
        return zeros;
      }
      return -1;
    },
  };
};

// As src/search/postings.rs writes them; a term of one entry has the digit 32 and its weight.
const readPostings = (text) => {
  const [low, least] = [NUMBERS[text.charCodeAt(0)], NUMBERS[text.charCodeAt(1)]];
  if (low >= 32) {
    const entry = [...text.slice(1)].reduceRight((number, c) => number * 64 + NUMBERS[c.charCodeAt(0)], 0);
    return { entries: Uint32Array.of(entry), amounts: Float64Array.of(MEANS[low - 32]) };
  }
  // Each has two bits or more.
  const most = text.length * 3;
  const [entries, amounts] = [new Uint32Array(most), new Float64Array(most)];
  const bits = bitsFrom(text, 2);
  let [count, next] = [0, 0];
  for (let high = bits.zeros(); high >= 0; high = bits.zeros()) {
    entries[count] = next + ((high << low) | bits.take(low));
    amounts[count] = MEANS[least + bits.zeros()];
    next = entries[count] + 1;
    count += 1;
  }
  return { entries: entries.slice(0, count), amounts: amounts.slice(0, count) };
};

/* Files */

// How often each script was asked for again, by its name: another address than before.
const times = new Map();

const isOfTable = (name) => /^d?[twps]-/.test(name);

// The shards in a list, by their first keys.
const readList = (table, text) => {
  const { keys, values } = readRows(text);
  const shards = keys.map((first, at) => ({ name: shardName(table, first), check: values[at], rows: null }));
  return { firsts: keys, shards };
};

const ROWLESS = { keys: [], values: [] };

const openIndex = (directory) => {
  // What a script gave, by its name; null where it does not come, or is of another build.
  const files = new Map();
  // What those gave that are of another build, with the check that they should have.
  const others = new Map();
  const missing = new Set();
  const tables = {};
  Object.keys(TABLES).forEach((table, at) => {
    const { rows, isPaged } = directory.tables[at];
    const pages = isPaged ? readRows(rows) : { keys: [""], values: [] };
    tables[table] = { firsts: pages.keys, checks: pages.values, lists: new Map() };
    if (!isPaged) tables[table].lists.set(0, readList(table, rows));
  });

  const file = (name, check) => {
    if (!files.has(name)) throw new Missing([[name, check]]);
    return files.get(name);
  };

  const load = async ([name, check]) => {
    const version = [check, times.get(name)].filter(Boolean).join("-");
    const value = await docsite.need(`search/${name}`, version).catch(() => null);
    const isText = typeof value === "string";
    const isCurrent = (isText ? value.slice(0, CHECK) : value?.check) === check;
    if (value !== null && !isCurrent) others.set(name, { value, check });
    files.set(name, !isCurrent ? null : isText ? value.slice(CHECK) : value);
  };

  const got = (name, check) => {
    const value = file(name, check);
    if (value === null) missing.add(name);
    return value;
  };

  // Asks at once for scripts that are not here yet.
  const ask = (scripts) => {
    const wanted = scripts.filter(({ name }) => !files.has(name));
    if (wanted.length > 0) throw new Missing(wanted.map(({ name, check }) => [name, check]));
  };

  // Asks at once for all that several of these ask for.
  const together = (asks) => {
    const wanted = new Map();
    for (const ask of asks) {
      try {
        ask();
      } catch (error) {
        if (!(error instanceof Missing)) throw error;
        for (const [name, check] of error.wanted) wanted.set(name, check);
      }
    }
    if (wanted.size > 0) throw new Missing([...wanted]);
  };

  const pageOf = (table, at) => {
    const { firsts, checks } = tables[table];
    return { name: `d${shardName(table, firsts[at])}`, check: checks[at] };
  };

  // The shards of a page.
  const listOf = (table, at) => {
    const { checks, lists } = tables[table];
    if (checks.length === 0) return lists.get(0);
    const { name, check } = pageOf(table, at);
    const text = got(name, check);
    if (!lists.has(at)) lists.set(at, readList(table, text ?? ""));
    return lists.get(at);
  };

  // The shard that holds a key; none of an empty table.
  const shardOf = (table, key) => {
    const { firsts, shards } = listOf(table, placeBefore(tables[table].firsts, key));
    return shards[placeBefore(firsts, key)];
  };

  // The shards from the one that holds a key on, as long as their first keys are wanted.
  const shardsFrom = (table, key, isWanted) => {
    const own = ({ firsts }) => {
      const from = placeBefore(firsts, key);
      return (_, at) => at === from || (at > from && isWanted(firsts[at]));
    };
    const pages = tables[table];
    const numbers = pages.firsts.map((_, at) => at).filter(own(pages));
    if (pages.checks.length > 0) ask(numbers.map((at) => pageOf(table, at)));
    return numbers.map((at) => listOf(table, at)).flatMap((list) => list.shards.filter(own(list)));
  };

  // The shards with keys that begin with a text.
  const shardsOf = (table, begin) => shardsFrom(table, begin, (first) => first.startsWith(begin));

  const rowsIn = (shard) => {
    const text = got(shard.name, shard.check);
    shard.rows ??= text === null ? ROWLESS : readRows(text);
    return shard.rows;
  };

  const value = (table, key) => {
    const shard = shardOf(table, key);
    const { keys, values } = shard ? rowsIn(shard) : ROWLESS;
    const at = placeOf(keys, key);
    return keys[at] === key ? values[at] : undefined;
  };

  // Asks at once for the shards of these keys.
  const wantRows = (table, keys) => {
    const wantRow = (key) => () => {
      const shard = shardOf(table, key);
      if (shard) file(shard.name, shard.check);
    };
    together(keys.map(wantRow));
  };

  // The keys that begin with a text, with their values.
  function* rowsOf(table, begin) {
    for (const shard of shardsOf(table, begin)) {
      const { keys, values } = rowsIn(shard);
      for (let at = placeOf(keys, begin); at < keys.length; at += 1) {
        if (!keys[at].startsWith(begin)) break;
        yield [keys[at], values[at]];
      }
    }
  }

  function* keysFrom(table, begin) {
    for (const [key] of rowsOf(table, begin)) yield key;
  }

  // A small index has the terms alone.
  const isSmall = directory.together > 0;

  // Of a small one: its Latin words by the keys of their sounds, each with the bits of how many hold it.
  let sounds = null;
  const soundsOfTerms = () => {
    const latin = shardsFrom("terms", "a", (first) => first < "{");
    ask(latin);
    const all = new Map();
    for (const shard of latin) {
      const { keys, values } = rowsIn(shard);
      keys.forEach((term, at) => {
        if (!isHeard(term)) return;
        const bits = 32 - Math.clz32(readPostings(values[at]).entries.length);
        for (const key of keysOf(latinSounds(term))) {
          if (!all.has(key)) all.set(key, []);
          all.get(key).push([term, bits]);
        }
      });
    }
    return all;
  };

  // By term, what was read: the next letter of a query asks for most of them again.
  const postings = new Map();
  let read = 0;
  const get = (term) => {
    const text = value("terms", term);
    if (text === undefined) return NOBODY;
    if (postings.has(term)) return postings.get(term);
    if (read > MOST_KEPT) {
      postings.clear();
      read = 0;
    }
    const found = readPostings(text);
    postings.set(term, found);
    read += found.entries.length;
    return found;
  };

  // By what they begin with, words in which one with a mistake is looked for.
  const words = new Map();

  // Where entries with the same topic and type begin.
  let groups = null;

  const index = {
    entries: directory.entries,
    missing,
    get,
    has: (term) => value("terms", term) !== undefined,
    hasPair: (pair) =>
      isSmall ? index.has(pair) : value("pairs", [...pair].reverse().join("")) !== undefined,
    holders: (term) => get(term).entries.length,
    beginning: (begin) => keysFrom("terms", begin),
    words: (begin) => {
      const table = isSmall ? "terms" : "words";
      const shards = shardsOf(table, begin);
      ask(shards);
      // Those that did not come are named in each answer.
      for (const shard of shards) rowsIn(shard);
      if (!words.has(begin)) words.set(begin, [...keysFrom(table, begin)].filter(isWord));
      return words.get(begin);
    },
    sounding: (key) => {
      if (isSmall) return (sounds ??= soundsOfTerms()).get(key) ?? [];
      return [...rowsOf("sounds", `${key} `)].map(([row, bits]) => [
        row.slice(key.length + 1),
        DIGITS.indexOf(bits),
      ]);
    },
    // What a function gives for each of these; asks at once for all that is missing for one of them.
    each: (list, find) => {
      const found = [];
      together(list.map((one, at) => () => found.push(find(one, at))));
      return found;
    },
    // Asks at once for the first terms that begin with one of these.
    wantBeginnings: (begins) =>
      together(begins.map((begin) => () => ask(shardsOf("terms", begin).slice(0, FIRST_SHARDS)))),
    // Asks at once for all that a loop over these terms needs.
    want: (terms) => wantRows("terms", terms),
    wantPairs: (pairs) =>
      isSmall ? index.want(pairs) : wantRows("pairs", pairs.map((pair) => pair[1] + pair[0])),
    // The topic and type of a document; null for an attachment.
    group: (entry) => {
      const text = got("groups", directory.groups);
      groups ??= JSON.parse(text ?? "[]");
      let [from, to] = [0, groups.length];
      while (from + 1 < to) {
        const middle = (from + to) >> 1;
        if (groups[middle][0] <= entry) from = middle;
        else to = middle;
      }
      const [, topic, type] = groups[from] ?? [];
      return topic ? { topic, type } : null;
    },
  };

  // The name and the check of the script that has an entry's text; null without its block of names.
  const scriptOf = (entry) => {
    if (isSmall) {
      const number = Math.floor(entry / directory.together);
      return [`block-${number}`, checkAt(directory.blocks, number)];
    }
    const block = Math.floor(entry / BLOCK);
    const names = got(`block-${block}`, checkAt(directory.blocks, block));
    if (names === null) return null;
    const own = names.slice((entry % BLOCK) * (NAME + CHECK));
    return [`x-${own.slice(0, NAME)}`, own.slice(NAME, NAME + CHECK)];
  };

  // The text of an entry in what its script gave; of a small index with others.
  const textIn = (given, entry) => (isSmall ? given?.texts?.[entry % directory.together] : given);

  const textFrom = ({ sections, ...text }) => ({
    ...text,
    sections: sections.map(([heading, id, prose, code]) => ({ heading, id, text: prose, code })),
  });

  // What a result shows of an entry without its text; null if nothing says it.
  const titleOf = (entry) => {
    const block = Math.floor(entry / BLOCK);
    const titles = got(`titles-${block}`, checkAt(directory.titles, block));
    const known = titles === null ? null : JSON.parse(titles)[entry % BLOCK];
    if (known) {
      const [path, href, title, deprecated] = known;
      return { path, href, title, deprecated };
    }
    const [name] = scriptOf(entry) ?? [];
    const { path, href, title, deprecated } = textIn(others.get(name)?.value, entry) ?? {};
    const isText = [path, href, title].every((each) => typeof each === "string");
    return isText ? { path, href, title, deprecated: deprecated === true } : null;
  };

  const texts = {
    // Those that were looked at, by entry.
    looked: new Map(),
    titleOf,
    // Asks at once for all titles.
    wantTitles: () => {
      const blocks = Array.from({ length: directory.titles.length / CHECK }, (_, block) => block);
      ask(blocks.map((block) => ({ name: `titles-${block}`, check: checkAt(directory.titles, block) })));
    },
    get: (entry) => {
      const name = scriptOf(entry);
      const text = name && textIn(got(...name), entry);
      return text ? textFrom(text) : null;
    },
    // Asks at once for the texts of entries: first for their names, and for what all results show.
    want: (entries) => {
      const wantText = (entry) => () => {
        const name = scriptOf(entry);
        if (name) file(...name);
      };
      const wantGroups = () => file("groups", directory.groups);
      together([...entries.map(wantText), ...(entries.length > 0 ? [wantGroups] : [])]);
    },
  };

  // Runs a query until nothing that it asks for is missing.
  const run = async (query) => {
    for (;;) {
      try {
        missing.clear();
        return query(index, texts);
      } catch (error) {
        if (!(error instanceof Missing)) throw error;
        await Promise.all(error.wanted.map(load));
      }
    }
  };

  // Those that did not come have another address the next time.
  const forget = () => {
    for (const [name, value] of files) {
      if (value === null) times.set(name, (times.get(name) ?? 0) + 1);
    }
  };

  return { index, texts, run, others, forget };
};
