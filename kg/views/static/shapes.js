// What ties and things look like: the same colours, dashes and outlines in drawing, legend, picture.

// Colours after Paul Tol; the dash tells the kinds apart without colour.
const KINDS = [
  { key: 'defence', label: 'Defence', hint: 'help if attacked', colour: '#4477AA', width: 1.5, dash: [] },
  { key: 'offence', label: 'Offence', hint: 'join in attacking', colour: '#AA3377', width: 1.5, dash: [14, 3] },
  { key: 'neutrality', label: 'Neutrality', hint: 'stay out of a war', colour: '#EE7733', width: 1.4, dash: [10, 3, 2, 3] },
  { key: 'nonaggression', label: 'Non-aggression', hint: 'no attack', colour: '#228833', width: 1.2, dash: [6, 4] },
  { key: 'consultation', label: 'Consultation', hint: 'talk in a crisis', colour: '#B8860B', width: 1.4, dash: [2, 3] },
  { key: 'none', label: 'None of these', hint: 'political, economic', colour: '#888888', width: 1, dash: [1, 5] },
];
const KIND = Object.fromEntries(KINDS.map((kind) => [kind.key, kind]));
const GROUP_COLOURS = ['#EE8866', '#77AADD', '#EEDD88', '#FFAABB', '#44BB99', '#BBCC33', '#99DDFF', '#AAAA00'];
const NO_GROUP = '#C4C4C4';
const GROUPS = [...new Set((DATA.nodes || []).map((node) => node.group).filter(Boolean))].sort(byName);
// only the network page has a legend of groups, so only there does a colour mean one
const groupColour = (group) => (DATA.kind !== 'network' ? GROUP_COLOURS[1] : group ? GROUP_COLOURS[GROUPS.indexOf(group) % GROUP_COLOURS.length] : NO_GROUP);

const SVG = 'http://www.w3.org/2000/svg';
function svg(tag, attributes, ...children) {
  const node = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...children);
  return node;
}

function lineSample(kind) {
  return svg('svg', { width: 34, height: 12, 'aria-hidden': 'true', class: 'sample' },
    svg('line', { x1: 1, y1: 6, x2: 33, y2: 6, stroke: kind.colour, 'stroke-width': kind.width + 0.9, 'stroke-dasharray': kind.dash.join(' ') || 'none' }));
}

// Corner points of an outline about the origin; none for a dot.
const CORNERS = {
  square: (r) => [[-r, -r], [r, -r], [r, r], [-r, r]],
  diamond: (r) => [[0, -r], [r, 0], [0, r], [-r, 0]],
  hexagon: (r) => [0, 1, 2, 3, 4, 5].map((i) => [r * Math.cos((i * Math.PI) / 3), r * Math.sin((i * Math.PI) / 3)]),
  triangle: (r) => [[0, -r], [r, r * 0.8], [-r, r * 0.8]],
};

function shapeSample(shape, colour) {
  const corners = CORNERS[shape];
  const mark = corners
    ? svg('polygon', { points: corners(5).map((p) => `${p[0] + 7},${p[1] + 7}`).join(' '), fill: colour })
    : svg('circle', { cx: 7, cy: 7, r: 5.5, fill: colour, class: 'rim' });
  return svg('svg', { width: 14, height: 14, 'aria-hidden': 'true', class: 'sample' }, mark);
}

function trace(canvas, shape, x, y, r) {
  canvas.beginPath();
  const corners = CORNERS[shape];
  if (!corners) canvas.arc(x, y, r, 0, 2 * Math.PI);
  else {
    corners(r).forEach((p, i) => canvas[i ? 'lineTo' : 'moveTo'](x + p[0], y + p[1]));
    canvas.closePath();
  }
}

// The control point of a bent edge, as vis places it for curvedCW (+) and curvedCCW (-).
function bendPoint(from, to, bend) {
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
  const angle = Math.atan2(-dy, dx) + (0.5 * bend + 0.5) * Math.PI;
  const reach = (0.5 * Math.abs(bend) + 0.5) * Math.hypot(dx, dy);
  return [from[0] + reach * Math.sin(angle), from[1] + reach * Math.cos(angle)];
}

// Points along an edge, for drawing, for pointing at it, and for its middle.
function along(from, to, bend) {
  if (!bend) return [from, [(from[0] + to[0]) / 2, (from[1] + to[1]) / 2], to];
  const via = bendPoint(from, to, bend);
  return [0, 0.125, 0.25, 0.375, 0.5, 0.625, 0.75, 0.875, 1].map((t) => [0, 1].map((axis) =>
    (1 - t) * (1 - t) * from[axis] + 2 * t * (1 - t) * via[axis] + t * t * to[axis]));
}

function toSegment(p, a, b) {
  const [dx, dy] = [b[0] - a[0], b[1] - a[1]];
  const t = Math.max(0, Math.min(1, ((p[0] - a[0]) * dx + (p[1] - a[1]) * dy) / (dx * dx + dy * dy || 1)));
  return Math.hypot(p[0] - a[0] - t * dx, p[1] - a[1] - t * dy);
}
