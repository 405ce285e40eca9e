//! The moving nodes, and the forces on them: links, charge, and a pull to the middle.

use super::forces::{CHARGE, LINK_LENGTH, PULL_ALONE, PULL_X, PULL_Y, VELOCITY_KEPT};
use super::graph::{Graph, Spring};
use super::start;
use super::tree::Tree;
use super::vector::Vector;

/// The moving state: a point and a velocity for each node.
pub(super) struct Bodies {
    pub(super) points: Vec<Vector>,
    velocities: Vec<Vector>,
}

impl Bodies {
    pub(super) fn start(names: &[&str], graph: &Graph) -> Self {
        let points = start::points(names, graph);
        Self {
            velocities: vec![Vector::default(); points.len()],
            points,
        }
    }

    pub(super) fn tick(&mut self, graph: &Graph, alpha: f32) {
        self.pull_links(&graph.springs, alpha);
        self.repel(alpha);
        self.pull_inwards(&graph.degrees, alpha);
        for (point, velocity) in self.points.iter_mut().zip(&mut self.velocities) {
            *velocity = *velocity * VELOCITY_KEPT;
            *point += *velocity;
        }
    }

    /// One link after the other, each on the velocities that the last one left, as in d3: in
    /// parallel, they would overshoot at a node with many links.
    fn pull_links(&mut self, springs: &[Spring], alpha: f32) {
        for spring in springs {
            let (one, other) = (spring.one, spring.other);
            let way = self.points[other] + self.velocities[other]
                - self.points[one]
                - self.velocities[one];
            let length = way.square().sqrt().max(0.001);
            let pull = way * ((length - LINK_LENGTH) / length * alpha * spring.strength);
            self.velocities[one] += pull * spring.share;
            self.velocities[other] += pull * (spring.share - 1.0);
        }
    }

    fn repel(&mut self, alpha: f32) {
        let tree = Tree::new(&self.points);
        let strength = -CHARGE * alpha;
        for (&node, force) in tree.nodes.iter().zip(tree.forces()) {
            self.velocities[node] += force * strength;
        }
    }

    fn pull_inwards(&mut self, degrees: &[usize], alpha: f32) {
        let bodies = self.points.iter().zip(&mut self.velocities);
        for ((point, velocity), &degree) in bodies.zip(degrees) {
            let strength = if degree > 0 {
                alpha
            } else {
                PULL_ALONE * alpha
            };
            velocity.x -= point.x * PULL_X * strength;
            velocity.y -= point.y * PULL_Y * strength;
        }
    }
}
