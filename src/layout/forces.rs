//! The constants of the model that a browser needs too, to continue from the points with d3-force.

/// The length of a link at rest.
pub const LINK_LENGTH: f32 = 40.0;
/// How nodes attract each other, d3's `forceManyBody().strength`: negative, so they repel.
pub const CHARGE: f32 = -60.0;
/// How strongly a node is drawn to the vertical axis, d3's `forceX().strength`.
pub const PULL_X: f32 = 0.04;
/// How strongly a node is drawn to the horizontal axis, d3's `forceY().strength`. More than
/// [`PULL_X`], because the picture is shown in a landscape figure.
pub const PULL_Y: f32 = 0.075;
/// How many times as strong both pulls are on a node without links, which nothing else holds: the
/// ring of these nodes would else be far away from the rest.
pub const PULL_ALONE: f32 = 1.25;
/// The share of a velocity that remains after a tick: 1 minus d3's `velocityDecay`.
pub const VELOCITY_KEPT: f32 = 0.6;
/// Nodes that are nearer repel each other as if they were at this distance, d3's
/// `forceManyBody().distanceMin`.
pub const NEAREST: f32 = 1.0;
/// The least distance between the rims of two nodes.
pub const GAP: f32 = 6.0;
