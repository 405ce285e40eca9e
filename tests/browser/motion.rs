//! Nothing moves for a reader who prefers reduced motion.

use crate::browser::tab;
use crate::sites::{EVERYTHING, everything};
use crate::trial::{Test, tests};

pub const TESTS: &[Test] = tests![nothing_moves_for_a_reader_who_asked_for_no_motion,];

/// Every element that moves by itself or would on a change.
const MOVING: &str = "[...document.querySelectorAll('*')].flatMap((element) =>
    [null, '::before', '::after'].flatMap((part) => {
        const style = getComputedStyle(element, part);
        const moves = [
            style.animationName === 'none' ? '' : 'animation',
            parseFloat(style.transitionDuration) > 0.01 ? 'transition' : '',
            style.scrollBehavior === 'smooth' ? 'scroll' : '',
        ].filter(Boolean);
        return moves.map((move) => `${element.localName}.${element.className}${part ?? ''}: ${move}`);
    }))";

fn nothing_moves_for_a_reader_who_asked_for_no_motion() {
    let tab = tab();
    tab.prefer(&[("prefers-reduced-motion", "reduce")]);
    let site = everything();
    for page in [EVERYTHING, "index.html", "files.html"] {
        tab.visit(&site.http(page));
        assert_eq!(tab.list(MOVING), [""; 0], "{page}");
        tab.click(".theme");
        assert!(tab.holds("document.getAnimations().length === 0"), "{page}");
    }
}
