#!/usr/bin/env python3
"""Runs docsite beside other builders of sites on one archive, and prints Markdown tables.

    benches/compare.py ARCHIVE [--tools docsite,mdbook,hugo,zensical,bare] [--runs 5] [--times 1]

ARCHIVE is a folder with markdown/ in it, for example one that
`cargo run --release --example archive -- 1120 DIR` wrote; it is copied, never changed. A tool that
is not installed is left out: docsite and bare-loop are looked for in target/release, the others in
PATH; DOCSITE, BARE_LOOP, MDBOOK, HUGO and ZENSICAL name others. Tools run in turn (A B C A B C ...),
so that a load from outside hits all of them. CPU seconds are those of user and system, of a process
and all its children; each figure is a median. Peak memory is that of the largest process; less than
this script's own, about 20 MB, is not seen.

Every tool does what it does by default, on the same texts: mdBook highlights in the browser and
makes a search index, Hugo gets templates as small as possible, the bare loop parses and writes each
document and does nothing else. Where nothing or one sentence changed, it only lists and stats the
files of docsite's folder.
"""

import argparse
import datetime
import os
import pathlib
import platform
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass

HERE = pathlib.Path(__file__).resolve().parent
RELEASE = pathlib.Path(os.environ.get("CARGO_TARGET_DIR", HERE.parent / "target")) / "release"
COLD, NOOP, EDIT = "cold", "nothing changed", "one sentence changed"
CASES = (COLD, NOOP, EDIT)
SKIPPED = shutil.ignore_patterns("public", ".docsite", ".git", "target")
FRONT_MATTER = re.compile(r"\A---\n(.*?)\n---\n", re.DOTALL)


@dataclass
class Run:
    cpu: float
    wall: float
    peak: int  # bytes


@dataclass
class Tool:
    """A program, its copy of the archive, and what it leaves there."""

    name: str
    folder: pathlib.Path
    command: list
    made: tuple  # what a cold build begins without
    document: pathlib.Path  # what is edited
    look: list = None  # instead of `command`, where not everything is to be built

    def of(self, case):
        return self.command if case == COLD or not self.look else self.look

    def clear(self):
        for name in self.made:
            shutil.rmtree(self.folder / name, ignore_errors=True)

    def edit(self, number):
        with self.document.open("a", encoding="utf-8") as file:
            file.write(f"\nA sentence that is new in run {number}.\n")


def program(variable, *candidates):
    found = os.environ.get(variable)
    for candidate in [found] if found else candidates:
        path = shutil.which(str(candidate))
        if path:
            return os.path.abspath(path)
    return None


def documents(archive):
    return sorted((archive / "markdown").glob("*.md"))


def split(text):
    """Front matter and body."""
    match = FRONT_MATTER.match(text)
    return (match.group(1), text[match.end() :]) if match else ("", text)


def title_of(path, body):
    match = re.search(r"^#+ +(.*)$", body, re.MULTILINE)
    return (match.group(1) if match else path.stem).replace('"', "'").replace("\\", "")


def write(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def copy_folder(archive, name, target):
    if (archive / name).is_dir():
        shutil.copytree(archive / name, target)


def multiplied(archive, times, folder):
    """An archive with each document so many times, the copies linked among themselves."""
    shutil.copytree(archive, folder, ignore=SKIPPED)
    names = sorted((path.stem for path in documents(archive)), key=len, reverse=True)
    name = re.compile("(?<=\\]\\()(" + "|".join(map(re.escape, names)) + r")(?=\.(?:md|html)\b)")
    for source in documents(archive):
        text = source.read_text(encoding="utf-8")
        for number in range(1, times):
            copy = name.sub(rf"\1-{number}", text)
            write(folder / "markdown" / f"{source.stem}-{number}.md", copy)
    return folder


def docsite(archive, work, path):
    folder = work / "docsite"
    shutil.copytree(archive, folder, ignore=SKIPPED)
    command = [path, "--site", str(folder), "--quiet", "rebuild"]
    return Tool("docsite", folder, command, ("public", ".docsite"), documents(folder)[0])


def mdbook(archive, work, path):
    folder = work / "mdbook"
    summary = ["# Summary", ""]
    for source in documents(archive):
        body = split(source.read_text(encoding="utf-8"))[1].replace("{{#", "{{ #")
        write(folder / "src" / source.name, body.replace("](../attachment/", "](attachment/"))
        title = title_of(source, body).replace("[", "(").replace("]", ")")
        summary.append(f"- [{title}]({source.name})")
    write(folder / "src" / "SUMMARY.md", "\n".join(summary) + "\n")
    write(folder / "book.toml", '[book]\ntitle = "Archive"\n')
    copy_folder(archive, "attachment", folder / "src" / "attachment")
    command = [path, "build", str(folder)]
    return Tool("mdBook", folder, command, ("book",), folder / "src" / documents(archive)[0].name)


HUGO_PAGE = """<!doctype html><html><head><meta charset="utf-8"><title>{{ .Title }}</title></head>
<body><nav>{{ .TableOfContents }}</nav>{{ .Content }}</body></html>
"""
HUGO_LIST = """<!doctype html><html><head><meta charset="utf-8"><title>{{ .Title }}</title></head>
<body><ul>{{ range .Site.RegularPages }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>{{ end }}</ul></body></html>
"""


def hugo(archive, work, path):
    folder = work / "hugo"
    for source in documents(archive):
        front, body = split(source.read_text(encoding="utf-8"))
        if not re.search(r"^title:", front, re.MULTILINE):
            front = f'title: "{title_of(source, body)}"\n{front}'
        for mark in ("{{<", "{{%"):
            body = body.replace(mark, "{ {" + mark[2:])
        write(folder / "content" / "posts" / source.name, f"---\n{front}\n---\n{body}")
    write(folder / "layouts" / "_default" / "single.html", HUGO_PAGE)
    write(folder / "layouts" / "_default" / "list.html", HUGO_LIST)
    write(
        folder / "hugo.toml",
        'baseURL = "https://example.com/"\ntitle = "Archive"\ndisableKinds = ["taxonomy", "term", "RSS"]\n'
        "[markup.goldmark.renderer]\nunsafe = true\n",
    )
    copy_folder(archive, "attachment", folder / "static" / "attachment")
    command = [path, "--quiet", "--source", str(folder), "--cacheDir", str(folder / "cache")]
    document = folder / "content" / "posts" / documents(archive)[0].name
    return Tool("Hugo", folder, command, ("public", "resources", "cache"), document)


def zensical(archive, work, path):
    folder = work / "zensical"
    for source in documents(archive):
        write(folder / "docs" / source.name, source.read_text(encoding="utf-8"))
    write(folder / "docs" / "index.md", "# Archive\n")
    write(folder / "mkdocs.yml", "site_name: Archive\nsite_url: https://example.com/\n")
    copy_folder(archive, "attachment", folder / "docs" / "attachment")
    command = [path, "build", "--config-file", str(folder / "mkdocs.yml")]
    document = folder / "docs" / documents(archive)[0].name
    return Tool("Zensical", folder, command, ("site", ".cache"), document)


def bare(archive, work, path):
    folder = work / "bare"
    shutil.copytree(archive / "markdown", folder / "markdown")
    command = [path, str(folder / "markdown"), str(folder / "out")]
    look = [path, "--stat", str(work / "docsite")]
    return Tool("bare loop", folder, command, ("out",), documents(folder)[0], look)


TOOLS = {
    "docsite": (docsite, ("DOCSITE", RELEASE / "docsite", "docsite")),
    "mdbook": (mdbook, ("MDBOOK", "mdbook")),
    "hugo": (hugo, ("HUGO", "hugo")),
    "zensical": (zensical, ("ZENSICAL", "zensical")),
    "bare": (bare, ("BARE_LOOP", RELEASE / "examples" / "bare-loop")),
}


def run(command, folder):
    """Runs a command to its end. One that fails ends the comparison: its time means nothing."""
    with tempfile.TemporaryFile() as said:
        begun = time.monotonic()
        process = subprocess.Popen(command, cwd=folder, stdout=said, stderr=subprocess.STDOUT)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        wall = time.monotonic() - begun
        if process.returncode != 0:
            said.seek(0)
            sys.exit(f"{' '.join(command)} failed:\n{said.read().decode(errors='replace')[-2000:]}")
    return Run(usage.ru_utime + usage.ru_stime, wall, usage.ru_maxrss * 1024)


def measure(tools, cases, runs):
    """All runs, by case and tool."""
    measured = {}
    for case in cases:
        for number in range(runs):
            for tool in tools:
                if case == COLD:
                    tool.clear()
                elif case == EDIT:
                    tool.edit(number)
                result = run(tool.of(case), tool.folder)
                measured.setdefault((case, tool.name), []).append(result)
                print(f"{case}, {number + 1} of {runs}: {tool.name} {result.cpu:.2f} s", file=sys.stderr)
    return measured


def instructions(tool):
    """Instructions of a cold build, by callgrind; none where it cannot run the program."""
    tool.clear()
    with tempfile.TemporaryDirectory() as counts:
        command = ["valgrind", "--tool=callgrind", "--trace-children=yes"]
        command += [f"--callgrind-out-file={counts}/%p", *tool.command]
        done = subprocess.run(command, cwd=tool.folder, capture_output=True, check=False)
        if done.returncode != 0:
            return None
        texts = [path.read_text(errors="replace") for path in pathlib.Path(counts).iterdir()]
        return sum(int(count) for text in texts for count in re.findall(r"^summary: (\d+)", text, re.MULTILINE))


def median(results, what):
    return statistics.median(getattr(result, what) for result in results)


def seconds(value):
    return f"{value:.3f}" if value < 1 else f"{value:.2f}"


def table(case, tools, measured, counts):
    columns = ["", "CPU s", "wall s", "peak MB", "× docsite", "× bare loop"]
    columns += ["instructions, millions"] if counts else []
    rows = [columns, ["---"] + ["---:"] * (len(columns) - 1)]
    cpu = {tool.name: median(measured[case, tool.name], "cpu") for tool in tools}
    for tool in tools:
        results = measured[case, tool.name]
        peak = max(result.peak for result in results) / 1e6
        row = [tool.name, seconds(cpu[tool.name]), seconds(median(results, "wall")), f"{peak:.0f}"]
        for base in ("docsite", "bare loop"):
            row.append(f"{cpu[tool.name] / cpu[base]:.2f}" if cpu.get(base) else "")
        if counts:
            count = counts.get(tool.name)
            row.append(f"{count / 1e6:.0f}" if count else "")
        rows.append(row)
    return "\n".join("| " + " | ".join(row) + " |" for row in rows)


def machine():
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    cores = len(os.sched_getaffinity(0))
    date = datetime.datetime.now(datetime.timezone.utc).date()
    return f"{cores} cores, {memory:.0f} GiB, {platform.system()} {platform.machine()}; {date}"


def parsed():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("archive", type=pathlib.Path)
    parser.add_argument("--tools", default=",".join(TOOLS), help="some of: %(default)s")
    parser.add_argument("--cases", default=",".join(CASES), help="some of: %(default)s")
    parser.add_argument("--runs", type=int, default=5, help="of each tool and case [%(default)s]")
    parser.add_argument("--instructions", action="store_true", help="count those of cold builds, with valgrind")
    parser.add_argument("--times", type=int, default=1, help="each document so many times [%(default)s]")
    parser.add_argument("--work", type=pathlib.Path, help="where temporary folders are made")
    args = parser.parse_args()
    if not documents(args.archive):
        parser.error(f"{args.archive} has no documents in markdown/")
    for name in args.tools.split(","):
        if name not in TOOLS:
            parser.error(f"no tool {name}; there are {', '.join(TOOLS)}")
    for case in args.cases.split(","):
        if case not in CASES:
            parser.error(f"no case {case}; there are {', '.join(CASES)}")
    return args


def installed(args, archive, work):
    tools = []
    for name in args.tools.split(","):
        prepare, names = TOOLS[name]
        path = program(*names)
        if path:
            tools.append(prepare(archive, work, path))
        else:
            print(f"{name} is not installed", file=sys.stderr)
    return tools or sys.exit("no tool is installed")


def main():
    args = parsed()
    with tempfile.TemporaryDirectory(dir=args.work) as work:
        work = pathlib.Path(work)
        archive = args.archive
        if args.times > 1:
            archive = multiplied(archive, args.times, work / "multiplied")
        tools = installed(args, archive, work)
        cases = [case for case in CASES if case in args.cases.split(",")]
        if COLD not in cases:
            for tool in tools:
                run(tool.command, tool.folder)
        counts = {}
        if args.instructions:
            counts = {tool.name: instructions(tool) for tool in tools if tool.name in ("docsite", "mdBook", "bare loop")}
        measured = measure(tools, cases, args.runs)
        sizes = [path.stat().st_size for path in documents(archive)]
        print(f"{args.archive.name}: {len(sizes)} documents, {sum(sizes) / 1e6:.1f} MB; {machine()}; medians of {args.runs}")
        for case in cases:
            print(f"\n**{case}**\n\n{table(case, tools, measured, counts if case == COLD else {})}")


if __name__ == "__main__":
    main()
