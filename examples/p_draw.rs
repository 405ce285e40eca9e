use docsite::diagram::{Work, draw, inline_picture};
use std::{env, fs, path::Path};
fn main() {
    let mut args = env::args().skip(1);
    let out = args.next().unwrap();
    fs::create_dir_all(&out).unwrap();
    let files: Vec<String> = args.collect();
    let next = std::sync::atomic::AtomicUsize::new(0);
    std::thread::scope(|s| {
        for _ in 0..2 {
            s.spawn(|| {
                loop {
                    let i = next.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
                    let Some(f) = files.get(i) else { return };
                    let text = String::from_utf8_lossy(&fs::read(f).unwrap()).into_owned();
                    let p = Path::new(f);
                    let name = p.file_name().unwrap().to_string_lossy().into_owned();
                    let put = |name: &str, work: Work| {
                        let t = match draw(&work) {
                            Ok(d) => format!(
                                "{}\n{:.2} {:.2} {:.2} {:?} {:?}\n",
                                d.placed("s", "n"),
                                d.width,
                                d.height,
                                d.least_width,
                                d.title,
                                d.removed
                            ),
                            Err(e) => format!("FAIL {:?} {:?} {}\n", e.cause, e.line, e.message),
                        };
                        fs::write(Path::new(&out).join(name), t).unwrap();
                    };
                    let ext = p
                        .extension()
                        .unwrap_or_default()
                        .to_string_lossy()
                        .into_owned();
                    match ext.as_str() {
                        "mmd" => put(
                            &name,
                            Work::Fence {
                                language: "mermaid".into(),
                                source: text,
                            },
                        ),
                        "dot" | "gv" => put(
                            &name,
                            Work::Fence {
                                language: "dot".into(),
                                source: text,
                            },
                        ),
                        "bob" => put(
                            &name,
                            Work::Fence {
                                language: "svgbob".into(),
                                source: text,
                            },
                        ),
                        "svg" => {
                            let i = inline_picture(&text, "x.").unwrap_or_default();
                            fs::write(Path::new(&out).join(format!("{name}.inline")), i).unwrap();
                            let c = docsite::diagram::svg::read(&text)
                                .map(|c| c.to_file(&[]))
                                .unwrap_or_default();
                            fs::write(Path::new(&out).join(format!("{name}.file")), c).unwrap();
                            put(&name, Work::Picture(text));
                        }
                        _ => {}
                    }
                }
            });
        }
    });
}
