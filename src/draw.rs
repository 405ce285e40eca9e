//! Draws diagrams in separate processes, so that a drawing that never ends or needs too much memory
//! fails alone: each drawing has a limited processor time, and its process limited memory. The
//! system counts both, so that the result does not depend on the load of the machine.
//!
//! The process is docsite itself, whatever its file is called, as a worker: it reads works from its
//! standard input, and writes a picture or a reason for each. If the running program is not docsite
//! (a test, a program that uses this library), drawings run in threads here, which can be abandoned
//! but not killed. Not here: drawing (`diagram`), and caching drawings (`pipeline`).

use std::collections::VecDeque;
use std::env;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::sync::{Mutex, OnceLock, PoisonError};
use std::thread;
use std::time::Duration;

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::diagram::{self, Cause, Drawing, Failure, Work};

/// The subcommand that makes docsite a worker.
pub const WORKER: &str = "draw-worker";
/// Limit of processor time. A drawing normally takes milliseconds; one that takes this long would
/// never end.
#[cfg(unix)]
const SECONDS: u64 = 8;
/// Limit of wall-clock time, for systems without a limit of processor time, and for a worker that
/// hangs without using any.
const DEADLINE: Duration = Duration::from_mins(1);
/// What a worker may allocate, in bytes.
const MEMORY: u64 = 448 << 20;
/// In bytes. The renderer recurses; only the pages that are used take memory.
const STACK: usize = 64 << 20;
const TOO_LONG: &str = "the drawing takes too long";
const FAILED: &str = "the drawing failed";
/// In bytes.
const LONGEST: u32 = 64 << 20;

/// This program, once it has declared that it answers to `WORKER`.
static PROGRAM: OnceLock<PathBuf> = OnceLock::new();

type DrawResult = Result<Drawing, Failure>;

/// Declares that this program is a worker when called with `WORKER` as its only argument. The
/// program's name is not evidence: people rename programs, and other programs do not know the
/// subcommand.
pub fn answer_to_the_word() {
    if let Ok(path) = env::current_exe() {
        PROGRAM.get_or_init(|| path);
    }
}

/// Draws all of these, on all cores. `done` is called for each with its index, in any order, on any
/// thread.
pub fn all(works: &[Work], done: &(dyn Fn(usize, DrawResult) + Sync)) {
    let queue = Mutex::new((0..works.len()).collect::<VecDeque<usize>>());
    let next = || {
        let mut queue = queue.lock().unwrap_or_else(PoisonError::into_inner);
        queue.pop_front()
    };
    let program = PROGRAM.get();
    let cores = thread::available_parallelism().map_or(1, usize::from);
    thread::scope(|scope| {
        for _ in 0..cores.min(works.len()) {
            scope.spawn(|| {
                let mut drawer = Drawer::new(program.map(PathBuf::as_path));
                while let Some(index) = next() {
                    done(index, drawer.draw(&works[index]));
                }
            });
        }
    });
}

struct Drawer<'a> {
    program: Option<&'a Path>,
    worker: Option<Worker>,
}

impl<'a> Drawer<'a> {
    fn new(program: Option<&'a Path>) -> Self {
        Self {
            program,
            worker: None,
        }
    }

    fn draw(&mut self, work: &Work) -> DrawResult {
        let Some(program) = self.program else {
            return nearby(work);
        };
        if self.worker.is_none() {
            self.worker = Worker::start(program);
        }
        let Some(worker) = &mut self.worker else {
            return nearby(work);
        };
        match worker.draw(work) {
            Ok(outcome) => outcome,
            Err(ran_wild) => {
                self.worker = None;
                Err(ran_wild)
            }
        }
    }
}

/// A process that draws, killed when this is dropped.
struct Worker {
    child: Child,
    input: Option<ChildStdin>,
    output: Receiver<DrawResult>,
}

impl Worker {
    /// `None` if no process can be started.
    fn start(program: &Path) -> Option<Self> {
        let mut child = Command::new(program)
            .arg(WORKER)
            // Memory that the allocator only reserves would count as used.
            .env("MIMALLOC_ARENA_EAGER_COMMIT", "0")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .ok()?;
        let input = child.stdin.take();
        let mut pipe = child.stdout.take()?;
        let (send, output) = mpsc::channel();
        thread::spawn(move || {
            while let Some(outcome) = receive(&mut pipe) {
                if send.send(outcome).is_err() {
                    break;
                }
            }
        });
        Some(Self {
            child,
            input,
            output,
        })
    }

    /// # Errors
    ///
    /// Why the worker cannot be used any more.
    fn draw(&mut self, work: &Work) -> Result<DrawResult, Failure> {
        let sent = self.input.as_mut().map(|input| send(input, work));
        if !matches!(sent, Some(Ok(()))) {
            return Err(passing(FAILED).because(Cause::Broken));
        }
        self.output.recv_timeout(DEADLINE).map_err(|why| match why {
            RecvTimeoutError::Timeout => passing(TOO_LONG).because(Cause::Costly),
            // The system counted, and would count the same the next time.
            RecvTimeoutError::Disconnected if self.used_its_time() => {
                Failure::new(TOO_LONG).because(Cause::Costly)
            }
            RecvTimeoutError::Disconnected => {
                let most = MEMORY >> 20;
                let message = format!("the drawing takes more than {most} MB, or failed");
                Failure::new(message).because(Cause::Costly)
            }
        })
    }

    /// Whether it was killed because its processor time was used up.
    #[cfg(unix)]
    fn used_its_time(&mut self) -> bool {
        use std::os::unix::process::ExitStatusExt;
        let signal = self.child.wait().ok().and_then(|status| status.signal());
        signal == Some(rustix::process::Signal::XCPU.as_raw())
    }

    #[cfg(not(unix))]
    fn used_its_time(&mut self) -> bool {
        false
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        drop(self.input.take());
        // It may be in an endless loop.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A failure after which another attempt may succeed.
fn passing(message: &str) -> Failure {
    Failure {
        passing: true,
        ..Failure::new(message)
    }
}

/// Draws without a worker, in a thread that is abandoned when its time is over.
fn nearby(work: &Work) -> DrawResult {
    let (send, outcome) = mpsc::channel();
    let work = work.clone();
    let drawing = move || {
        // The receiver may be gone.
        let _ = send.send(diagram::draw(&work));
    };
    let thread = thread::Builder::new().stack_size(STACK).spawn(drawing);
    thread.map_err(|_| passing("cannot start a thread to draw in").because(Cause::Broken))?;
    outcome.recv_timeout(DEADLINE).unwrap_or_else(|why| {
        Err(match why {
            RecvTimeoutError::Timeout => passing(TOO_LONG).because(Cause::Costly),
            RecvTimeoutError::Disconnected => passing(FAILED).because(Cause::Broken),
        })
    })
}

/// Draws in a thread of this process, with a large enough stack.
fn here(work: &Work) -> DrawResult {
    thread::scope(|scope| {
        let thread = thread::Builder::new()
            .stack_size(STACK)
            .spawn_scoped(scope, || diagram::draw(work));
        let ended = thread
            .map_err(|_| passing("cannot start a thread to draw in").because(Cause::Broken))?;
        ended
            .join()
            .unwrap_or_else(|_| Err(Failure::new(FAILED).because(Cause::Broken)))
    })
}

/// The worker's loop: draws each request until the input ends.
///
/// # Errors
///
/// If an answer cannot be written: then nobody waits for it.
pub fn serve(mut input: impl Read, mut output: impl Write) -> io::Result<()> {
    limit_memory();
    while let Some(work) = receive::<Work>(&mut input) {
        limit_time();
        send(&mut output, &here(&work))?;
    }
    Ok(())
}

/// Best effort: some systems do not limit what a process allocates.
#[cfg(unix)]
fn limit_memory() {
    use rustix::process::{Resource, Rlimit, setrlimit};
    let limit = Rlimit {
        current: Some(MEMORY),
        maximum: Some(MEMORY),
    };
    let _ = setrlimit(Resource::Data, limit);
    // A worker that is ended leaves no dump of its memory.
    let nothing = Rlimit {
        current: Some(0),
        maximum: Some(0),
    };
    let _ = setrlimit(Resource::Core, nothing);
}

#[cfg(not(unix))]
fn limit_memory() {}

/// Allows this process so many more seconds of processor time; then the system kills it.
#[cfg(unix)]
fn limit_time() {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    use rustix::time::{ClockId, clock_gettime};
    let used = clock_gettime(ClockId::ProcessCPUTime).tv_sec;
    let limit = Rlimit {
        current: Some(u64::try_from(used).unwrap_or_default() + 1 + SECONDS),
        maximum: getrlimit(Resource::Cpu).maximum,
    };
    let _ = setrlimit(Resource::Cpu, limit);
}

#[cfg(not(unix))]
fn limit_time() {}

/// Sends the message's length, then the message.
fn send(pipe: &mut impl Write, message: &impl Serialize) -> io::Result<()> {
    let bytes = rmp_serde::to_vec(message).map_err(io::Error::other)?;
    let length = u32::try_from(bytes.len()).map_err(io::Error::other)?;
    pipe.write_all(&length.to_le_bytes())?;
    pipe.write_all(&bytes)?;
    pipe.flush()
}

fn receive<T: DeserializeOwned>(pipe: &mut impl Read) -> Option<T> {
    let mut length = [0; 4];
    pipe.read_exact(&mut length).ok()?;
    let length = u32::from_le_bytes(length);
    if length > LONGEST {
        return None;
    }
    let mut bytes = vec![0; usize::try_from(length).ok()?];
    pipe.read_exact(&mut bytes).ok()?;
    rmp_serde::from_slice(&bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dot(source: &str) -> Work {
        Work::Fence {
            language: "dot".to_owned(),
            source: source.to_owned(),
        }
    }

    #[test]
    fn a_worker_answers_each_work_in_order() {
        let mut input = Vec::new();
        for source in ["digraph {", ""] {
            send(&mut input, &dot(source)).expect("memory");
        }
        let mut output = Vec::new();
        let mut pipe = input.as_slice();
        while let Some(work) = receive::<Work>(&mut pipe) {
            send(&mut output, &here(&work)).expect("memory");
        }
        let mut answers = output.as_slice();
        let mut next = || receive::<DrawResult>(&mut answers);
        assert!(next().is_some_and(|outcome| outcome.is_err()));
        let empty = next().expect("an answer").expect_err("nothing to draw");
        assert_eq!(empty.message, "the diagram is empty");
        assert!(next().is_none());
    }

    #[test]
    fn every_work_is_answered_once() {
        let works: Vec<Work> = (0..20).map(|_| dot("")).collect();
        let heard = Mutex::new(Vec::new());
        all(&works, &|index, outcome| {
            assert!(outcome.is_err());
            heard.lock().expect("no panic").push(index);
        });
        let mut heard = heard.into_inner().expect("no panic");
        heard.sort_unstable();
        assert_eq!(heard, (0..20).collect::<Vec<_>>());
    }

    #[test]
    fn garbage_is_not_a_message() {
        assert!(receive::<Work>(&mut [0xff; 64].as_slice()).is_none());
        assert!(receive::<Work>(&mut [1, 0, 0, 0, 0xc1].as_slice()).is_none());
        assert!(receive::<Work>(&mut [9, 0, 0, 0].as_slice()).is_none());
    }
}
