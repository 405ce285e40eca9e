/*
 * docsite: the picture of the links, drawn on a canvas: topics in colour, size by how many
 * documents point here, names where there is room. One can move, zoom, point at and drag it.
 *
 * The positions of the nodes are decided when the site is built. Not in here: the data and where it comes
 * from, the legend, the filter and the list beside the picture, what opening a document means.
 *
 * A picture `p` holds the graph, the view (what of it is on the canvas) and what is lit. A small
 * graph is drawn again for every frame. A large one is drawn piece by piece into a bitmap that goes
 * beyond the edges of the view, and that one is moved and stretched until the hand rests.
 */
