/*
 * docsite: the reading path with memory. Marks what was read, what changed since, and where one is;
 * shows each stage's progress and the way on; takes the memory out, in, or away.
 *
 * What is remembered is `memory.js`'s. Not here: the pages that write it.
 */
(() => {
  "use strict";

  const flow = document.getElementById("flow");
  const stagesNow = () => [...(flow?.querySelectorAll(".stage") ?? [])];
  let stages = stagesNow();

  /* What is known of each document of the path */

  const rowsOf = (stage) => [...stage.querySelectorAll(".line li[data-doc]")];

  const stateOf = (entry, version) => {
    if (entry?.read) return entry.read === version ? "read" : "changed";
    return entry?.seen ? "begun" : "unread";
  };

  const look = (reading) =>
    stages.map((stage) =>
      rowsOf(stage).map((row) => {
        const entry = reading.get(row.dataset.doc);
        return { row, stage, entry, state: stateOf(entry, row.dataset.version) };
      }),
    );

  // Where to continue: in the document that was left last before its end; else at the first after the
  // one that was read last; else at the first that is left.
  const nextOf = (steps) => {
    const when = (step) => step.entry?.when ?? 0;
    const latest = (list) => list.reduce((a, b) => (a && when(a) >= when(b) ? a : b), null);
    const begun = latest(steps.filter((step) => step.state === "begun"));
    const done = latest(steps.filter((step) => step.state === "read" || step.state === "changed"));
    if (begun && when(begun) >= (done ? when(done) : 0)) return begun;
    const isLeft = (step) => step.state !== "read";
    const after = done ? steps.slice(steps.indexOf(done) + 1) : steps;
    return after.find(isLeft) ?? steps.find(isLeft) ?? null;
  };

  /* Showing it */

  const element = (tag, className, text = "") => {
    const made = document.createElement(tag);
    made.className = className;
    made.textContent = text;
    return made;
  };

  const showRow = ({ row, state }, isNext, hasBegun) => {
    const words = flow.dataset;
    row.classList.remove("read", "changed", "begun", "here");
    if (state !== "unread") row.classList.add(state);
    if (isNext && hasBegun) row.classList.add("here");
    const button = row.querySelector(".station");
    const title = row.querySelector("a").textContent;
    button.setAttribute("aria-pressed", state === "read");
    button.setAttribute("aria-label", `${words.read}: ${title}`);
    button.title = words[state];
    row.querySelector(".st")?.remove();
    const note = { changed: words.changed, begun: words.begun }[state];
    const text = isNext && hasBegun && state === "unread" ? words.here : note;
    if (text) row.firstElementChild.append(element("span", "st", text));
    else if (state === "read") row.firstElementChild.append(element("span", "st vh", words.read));
  };

  const showProgress = (stage, steps, next) => {
    let box = stage.querySelector(".prog");
    if (!box) {
      box = element("div", "prog");
      box.append(element("p", ""), element("div", "ticks"));
      box.lastChild.setAttribute("aria-hidden", "true");
      stage.querySelector("header").after(box);
    }
    const count = steps.filter((step) => step.state === "read").length;
    box.firstChild.replaceChildren(
      element("b", "", count),
      ` / ${steps.length} ${flow.dataset.read}`,
    );
    const ticks = steps.map((step) => {
      const tick = { read: "r", changed: "c" }[step.state] ?? "";
      return element("i", step === next ? "h" : tick);
    });
    box.lastChild.replaceChildren(...ticks);
    return count;
  };

  const showStation = (stage, count, total, isHere) => {
    const link = flow.querySelector(`.map a[href="#${CSS.escape(stage.id)}"]`);
    if (!link) return;
    const item = link.closest("li");
    item.classList.toggle("read", total > 0 && count === total);
    item.classList.toggle("here", isHere);
    item.classList.toggle("part", count > 0);
    item.style.setProperty("--done", `${(100 * count) / Math.max(1, total)}%`);
    link.querySelector("small").textContent = `${count}/${total}`;
  };

  const showNext = (steps, next, hasBegun) => {
    const box = document.getElementById("ds.resume");
    const words = box.dataset;
    box.hidden = steps.length === 0;
    const [label, title, until, go] = box.children;
    box.classList.toggle("done", !next);
    go.hidden = !next;
    until.hidden = true;
    if (!next) {
      label.textContent = "✓";
      title.textContent = words.all;
      return;
    }
    const inStage = rowsOf(next.stage);
    const name = next.stage.querySelector("h3").textContent.trim();
    const place = `${name} ${inStage.indexOf(next.row) + 1}/${inStage.length}`;
    label.textContent = `${hasBegun ? words.resume : words.begin} · ${place}`;
    const link = next.row.querySelector("a");
    title.replaceChildren(...link.cloneNode(true).childNodes);
    const at = next.state === "begun" && next.entry.at;
    go.href = link.getAttribute("href") + (at ? `#${encodeURIComponent(at[0])}` : "");
    go.textContent = hasBegun ? words.resumeGo : words.beginGo;
    if (at) {
      until.textContent = `${words.until}: ${at[1]}`;
      until.hidden = false;
    }
  };

  const show = (reading) => {
    const lists = look(reading);
    const steps = lists.flat();
    const next = nextOf(steps);
    const hasBegun = steps.some((step) => step.state !== "unread");
    for (const step of steps) showRow(step, step === next, hasBegun);
    stages.forEach((stage, at) => {
      const list = lists[at];
      if (list.length === 0) return;
      const isHere = hasBegun && next?.stage === stage;
      const count = showProgress(stage, list, hasBegun ? next : null);
      stage.classList.toggle("read", count === list.length);
      showStation(stage, count, list.length, isHere);
    });
    showNext(steps, next, hasBegun);
    const memory = document.getElementById("ds.memory");
    const count = steps.filter((step) => step.state === "read").length;
    memory.querySelector(".count").textContent = `${count} / ${steps.length}`;
    memory.querySelector('[data-memory="reset"]').disabled = !hasBegun;
  };

  // A station is a button: a document can be read on paper, or be known already.
  const addStations = (reading) => {
    for (const row of stages.flatMap(rowsOf)) {
      if (row.querySelector(".station")) continue;
      const button = element("button", "station");
      button.type = "button";
      button.addEventListener("click", () => {
        const { doc, version } = row.dataset;
        const isRead = stateOf(reading.get(doc), version) === "read";
        if (isRead) reading.forget(doc);
        else reading.note(doc, { read: version, seen: version });
      });
      // After the title, which a screen reader reads first.
      row.append(button);
    }
  };

  /* Taking the memory out, in, or away */

  const save = (text) => {
    const link = document.createElement("a");
    const url = URL.createObjectURL(new Blob([text], { type: "application/json" }));
    link.href = url;
    link.download = "docsite-reading.json";
    link.click();
    setTimeout(() => URL.revokeObjectURL(url), 10_000);
  };

  const openMemory = (reading) => {
    const box = document.getElementById("ds.memory");
    const words = box.dataset;
    const output = box.querySelector("output");
    const undo = box.querySelector('[data-memory="undo"]');
    const file = box.querySelector("input");
    let back = null;
    const say = (text, restore = null) => {
      output.textContent = text;
      back = restore;
      undo.hidden = !restore;
    };
    const actions = {
      export: () => save(reading.text()),
      import: () => file.click(),
      reset: () => say(words.gone, reading.reset()),
      undo: () => {
        back?.();
        say("");
      },
    };
    box.addEventListener("click", (event) => {
      actions[event.target.closest("[data-memory]")?.dataset.memory]?.();
    });
    file.addEventListener("change", async () => {
      const [chosen] = file.files;
      file.value = "";
      if (!chosen) return;
      const count = reading.take(await chosen.text());
      say(count === null ? words.refused : `${words.taken}: ${count}`);
    });
    box.hidden = false;
  };

  const begin = async () => {
    const reading = await docsite.need("memory");
    addStations(reading);
    openMemory(reading);
    show(reading);
    reading.listen(() => show(reading));
    const catalogue = await docsite.need("catalogue");
    catalogue.listen({
      renew() {
        stages = stagesNow();
        addStations(reading);
        show(reading);
      },
    });
    // Back from a document, the page may be the one that was left.
    addEventListener("pageshow", (event) => {
      if (event.persisted) reading.refresh();
    });
  };

  if (document.getElementById("ds.resume")) begin();
  docsite.give("flow", true);
})();
