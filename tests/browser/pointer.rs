//! What a hand does to a page: a mouse that moves, presses, drags and turns its wheel, and fingers.
//!
//! Not here: what should follow.

use std::thread::sleep;
use std::time::Duration;

use headless_chrome::protocol::cdp::{Emulation, Input};

use crate::tab::Tab;

/// A place of the window, in CSS pixels.
pub type Spot = (f64, f64);

/// The bit of Ctrl among the keys that are held.
const CONTROL: u32 = 2;

type Kind = Input::DispatchMouseEventTypeOption;

impl Tab {
    fn mouse(&self, kind: Kind, at: Spot, pressed: bool, wheel: f64) {
        self.mouse_with(None, kind, at, pressed, wheel);
    }

    fn mouse_with(
        &self,
        modifiers: Option<u32>,
        kind: Kind,
        (x, y): Spot,
        pressed: bool,
        wheel: f64,
    ) {
        let button = match kind {
            Kind::MousePressed | Kind::MouseReleased => Input::MouseButton::Left,
            _ => Input::MouseButton::None,
        };
        let is_wheel = matches!(kind, Kind::MouseWheel);
        self.call(Input::DispatchMouseEvent {
            Type: kind,
            x,
            y,
            modifiers,
            timestamp: None,
            button: Some(button),
            buttons: Some(u32::from(pressed)),
            click_count: Some(1),
            force: None,
            tangential_pressure: None,
            tilt_x: None,
            tilt_y: None,
            twist: None,
            delta_x: is_wheel.then_some(0.0),
            delta_y: is_wheel.then_some(wheel),
            pointer_Type: None,
        });
    }

    pub fn point(&self, at: Spot) {
        self.mouse(Kind::MouseMoved, at, false, 0.0);
    }

    pub fn click_at(&self, at: Spot) {
        self.point(at);
        self.mouse(Kind::MousePressed, at, true, 0.0);
        self.mouse(Kind::MouseReleased, at, false, 0.0);
    }

    /// Presses, moves in steps, lets go.
    pub fn drag(&self, from: Spot, to: Spot) {
        self.point(from);
        self.mouse(Kind::MousePressed, from, true, 0.0);
        for step in 1..=8 {
            let part = f64::from(step) / 8.0;
            let between = |a: f64, b: f64| a + (b - a) * part;
            let at = (between(from.0, to.0), between(from.1, to.1));
            self.mouse(Kind::MouseMoved, at, true, 0.0);
        }
        self.mouse(Kind::MouseReleased, to, false, 0.0);
    }

    /// Turns the wheel: upwards is negative.
    pub fn wheel(&self, at: Spot, by: f64) {
        self.mouse(Kind::MouseWheel, at, false, by);
    }

    /// The same while Ctrl is held.
    pub fn wheel_with_control(&self, at: Spot, by: f64) {
        self.mouse_with(Some(CONTROL), Kind::MouseWheel, at, false, by);
    }

    /// Fingers touch the screen of the page that is open.
    pub fn touchable(&self) {
        self.call(Emulation::SetTouchEmulationEnabled {
            enabled: true,
            max_touch_points: Some(2),
        });
    }

    fn touch(&self, kind: Input::DispatchTouchEventTypeOption, fingers: &[Spot]) {
        let points = fingers
            .iter()
            .zip(0_u32..)
            .map(|((x, y), id)| Input::TouchPoint {
                x: *x,
                y: *y,
                radius_x: None,
                radius_y: None,
                rotation_angle: None,
                force: None,
                tangential_pressure: None,
                tilt_x: None,
                tilt_y: None,
                twist: None,
                id: Some(f64::from(id)),
            });
        self.call(Input::DispatchTouchEvent {
            Type: kind,
            touch_points: points.collect(),
            modifiers: None,
            timestamp: None,
        });
    }

    pub fn tap(&self, at: Spot) {
        use Input::DispatchTouchEventTypeOption::{TouchEnd, TouchStart};
        self.touch(TouchStart, &[at]);
        self.touch(TouchEnd, &[]);
    }

    /// Two fingers around a place move from one distance to another.
    pub fn pinch(&self, (x, y): Spot, from: f64, to: f64) {
        let fingers = |apart: f64| [(x - apart / 2.0, y), (x + apart / 2.0, y)];
        self.swipe(&fingers(from), &fingers(to));
    }

    /// Fingers touch, move in steps to other places, rest there, and leave: the page does not go on
    /// by itself, since a browser takes what touches a page that does as a wish to stop it.
    pub fn swipe(&self, from: &[Spot], to: &[Spot]) {
        use Input::DispatchTouchEventTypeOption::{TouchEnd, TouchMove, TouchStart};
        self.touch(TouchStart, from);
        for step in 1..=6 {
            let part = f64::from(step) / 6.0;
            let between =
                |(a, b): (&Spot, &Spot)| (a.0 + (b.0 - a.0) * part, a.1 + (b.1 - a.1) * part);
            let fingers: Vec<Spot> = from.iter().zip(to).map(between).collect();
            self.touch(TouchMove, &fingers);
        }
        sleep(Duration::from_millis(100));
        self.touch(TouchEnd, &[]);
    }
}
