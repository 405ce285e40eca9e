//! Points and velocities while the layout moves.

use std::ops::{Add, AddAssign, Mul, Sub};

#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Vector {
    pub(super) x: f32,
    pub(super) y: f32,
}

impl Vector {
    pub(super) fn square(self) -> f32 {
        self.x * self.x + self.y * self.y
    }
}

impl Add for Vector {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self {
            x: self.x + other.x,
            y: self.y + other.y,
        }
    }
}

impl AddAssign for Vector {
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

impl Sub for Vector {
    type Output = Self;

    fn sub(self, other: Self) -> Self {
        self + other * -1.0
    }
}

impl Mul<f32> for Vector {
    type Output = Self;

    fn mul(self, factor: f32) -> Self {
        Self {
            x: self.x * factor,
            y: self.y * factor,
        }
    }
}

/// The average of points; the origin if there are none.
pub(super) fn mean(points: impl Iterator<Item = Vector>) -> Vector {
    let mut sum = Vector::default();
    let mut count = 0;
    for point in points {
        sum += point;
        count += 1;
    }
    sum * (1.0 / number(count.max(1)))
}

#[allow(
    clippy::cast_precision_loss,
    reason = "a count is inexact only beyond 16 million, and then by a rounding"
)]
pub(super) fn number(count: usize) -> f32 {
    count as f32
}
