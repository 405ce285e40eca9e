/* What changes of a page: blocks become what was sent now, knowing what was sent before. */

const liveBlocks = (() => {
  const isBlank = (node) => node.nodeType === Node.TEXT_NODE && !node.data.trim();
  const parts = (node) => [...node.childNodes].filter((child) => !isBlank(child));
  // Scripts give ids to what was sent without one.
  const isSame = (live, sent) => live.nodeName === sent.nodeName && (!sent.id || live.id === sent.id);

  // Places that say the same in two lists, in order. What is the same several times is told apart by how
  // often it came before.
  const common = (before, after) => {
    const numbered = (list) => {
      const counts = new Map();
      return list.map((key) => {
        counts.set(key, (counts.get(key) ?? 0) + 1);
        return `${counts.get(key)} ${key}`;
      });
    };
    const places = new Map(numbered(before).map((key, at) => [key, at]));
    const found = numbered(after).map((key, at) => [places.get(key), at]);
    return longestRising(found.filter(([place]) => place !== undefined));
  };

  // Of pairs in the order of their seconds, the most that are in the order of their firsts too.
  const longestRising = (pairs) => {
    const tails = []; // of the chains of each length, the one with the lowest end
    for (const pair of pairs) {
      let [low, high] = [0, tails.length];
      while (low < high) {
        const middle = (low + high) >> 1;
        if (tails[middle].pair[0] < pair[0]) low = middle + 1;
        else high = middle;
      }
      tails[low] = { pair, before: tails[low - 1] };
    }
    const chain = [];
    for (let link = tails.at(-1); link; link = link.before) chain.push(link.pair);
    return chain.reverse();
  };

  const written = (node) => node.outerHTML ?? node.data;
  // What a reader knows it by, whatever else of it changes; empty if nothing. A line has a number only.
  const called = (node) =>
    (node.localName !== "span" && node.id) || node.querySelector?.(":scope > summary")?.textContent || "";
  const BEGINNING = 24; // characters
  const about = (node) => `${node.nodeName} ${called(node) || node.textContent.slice(0, BEGINNING)}`;

  // What lies between pairs, as `[i, nextI, j, nextJ]`.
  const between = (pairs, before, after) => {
    let [i, j] = [0, 0];
    return [...pairs, [before.length, after.length]].map(([nextI, nextJ]) => {
      const gap = [i, nextI, j, nextJ];
      [i, j] = [nextI + 1, nextJ + 1];
      return gap;
    });
  };

  // What is of one kind is one that changed; the rest came or went.
  /** @param {Node[]} before @param {Node[]} after @param {number[]} gap */
  const ofKind = (before, after, gap) => {
    let [i, nextI, j, nextJ] = gap;
    const pairs = [];
    while (i < nextI && j < nextJ) {
      const isOfKind = ({ nodeName }) => nodeName === before[i].nodeName;
      if (isOfKind(after[j])) pairs.push([i++, j++]);
      else if (after.slice(j, nextJ).some(isOfKind)) j += 1;
      else i += 1;
    }
    return pairs;
  };

  // Which node became which: those that are equal, then those that begin alike, then those of a kind.
  const paired = (before, after) => {
    const equal = common(before.map(written), after.map(written));
    return between(equal, before, after).flatMap(([i, nextI, j, nextJ]) => {
      const [old, fresh] = [before.slice(i, nextI), after.slice(j, nextJ)];
      const alike = common(old.map(about), fresh.map(about));
      const rest = between(alike, old, fresh).flatMap((gap) => ofKind(old, fresh, gap));
      const pairs = [...alike, ...rest].map(([one, other]) => [one + i, other + j]);
      return nextI < before.length && nextJ < after.length ? [...pairs, [nextI, nextJ]] : pairs;
    });
  };

  // Of the nodes that were sent, those in the page now; null if they are not all there.
  const located = (sent, live) => {
    const there = parts(live);
    let at = 0;
    const found = sent.map((node) => {
      while (at < there.length && !isSame(there[at], node)) at += 1;
      return there[at++];
    });
    return found.every(Boolean) ? found : null;
  };

  // Elements that are not as they were.
  const changed = new Set();
  const note = (node) => {
    const element = node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement;
    if (element?.closest("main")) changed.add(element);
  };

  const bringIn = (node) => document.importNode(node, true);

  const replace = (live, after) => {
    const fresh = bringIn(after);
    const folds = (node) => [...(node.querySelectorAll?.("details") ?? [])];
    const before = folds(live);
    folds(fresh).forEach((fold, at) => { if (before[at]?.open) fold.open = true; });
    live.replaceWith(fresh);
    note(fresh);
  };

  const setAttributes = (live, before, after) => {
    for (const { name } of [...before.attributes]) {
      if (!after.hasAttribute(name)) live.removeAttribute(name);
    }
    for (const { name, value } of [...after.attributes]) {
      if (before.getAttribute(name) !== value) live.setAttribute(name, value);
    }
  };

  // Text that a script split, to mark a part of it.
  const isSplit = (live, before, after) => {
    const isText = ({ childNodes }) => [...childNodes].every(({ nodeType }) => nodeType === Node.TEXT_NODE);
    const text = before.textContent;
    return isText(before) && isText(after) && live.textContent === text && live.firstChild?.data !== text;
  };

  // Only what is other: what is selected in the rest stays so.
  const setText = (live, text) => {
    const { data } = live;
    const least = Math.min(data.length, text.length);
    let [start, end] = [0, 0];
    while (start < least && data[start] === text[start]) start += 1;
    while (end < least - start && data.at(-1 - end) === text.at(-1 - end)) end += 1;
    live.replaceData(start, data.length - start - end, text.slice(start, text.length - end));
  };

  // Makes of what is in the page what was sent now, knowing what was sent before.
  const update = (live, before, after) => {
    if (before.isEqualNode(after) || live.dataset?.made !== undefined) return;
    if (live.nodeName !== after.nodeName || before.nodeName !== after.nodeName) {
      replace(live, after);
      return;
    }
    if (live.nodeType !== Node.ELEMENT_NODE) {
      setText(live, after.data);
      note(live);
      return;
    }
    if (isSplit(live, before, after)) {
      live.textContent = after.textContent;
      setAttributes(live, before, after);
      note(live);
      return;
    }
    // A script made something of pictures: they come as a whole.
    const [old, fresh] = [parts(before), parts(after)];
    const isWhole = live.matches("figure:not(.graph, .code), svg");
    const there = isWhole ? null : located(old, live);
    if (!there) {
      replace(live, after);
      return;
    }
    setAttributes(live, before, after);
    const become = place(live, there, old, fresh);
    for (const [i, j] of become) update(there[i], old[i], fresh[j]);
  };

  // Takes away what went, puts in what came, and moves what is known, by its name or its text; the pairs
  // of what stays.
  const place = (live, there, old, fresh) => {
    const pairs = paired(old, fresh);
    const stays = new Map(pairs.map(([i, j]) => [j, i]));
    const known = (node) => (called(node) ? about(node) : written(node));
    const kept = new Set(stays.values());
    const left = new Map(old.map((node, i) => [known(node), i]).filter(([, i]) => !kept.has(i)));
    const moved = new Map();
    fresh.forEach((node, j) => {
      const from = stays.has(j) ? undefined : left.get(known(node));
      if (from !== undefined && left.delete(known(node))) moved.set(j, from);
    });
    // Behind what was sent there may be what scripts added.
    let next = there.length > 0 ? there.at(-1).nextSibling : live.firstChild;
    const remains = new Set([...kept, ...moved.values()]);
    there.forEach((node, i) => { if (!remains.has(i)) node.remove(); });
    for (let j = fresh.length - 1; j >= 0; j -= 1) {
      const from = stays.get(j) ?? moved.get(j);
      const node = from === undefined ? bringIn(fresh[j]) : there[from];
      if (!stays.has(j)) live.insertBefore(node, next);
      if (from === undefined) note(node);
      next = node;
    }
    return [...pairs, ...[...moved].map(([j, i]) => [i, j])];
  };

  return { update, setAttributes, changed };
})();
