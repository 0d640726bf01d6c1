// Names on the drawing: the most important first, none over another, none over a dot.

const FONT = 'system-ui, "Segoe UI", Roboto, "DejaVu Sans", sans-serif';
const widths = new Map();

function textWidth(canvas, text) {
  const key = canvas.font + text;
  if (!widths.has(key)) widths.set(key, canvas.measureText(text).width);
  return widths.get(key);
}

const shorten = (text, most = 30) => (text.length > most ? `${text.slice(0, most - 1).trimEnd()}…` : text);
const meets = (a, b) => a[0] < b[2] && a[2] > b[0] && a[1] < b[3] && a[3] > b[1];

// Where a text of that width may lie about a dot: right, left, below, above, then the corners.
function places(x, y, r, width, size) {
  const gap = r + 4;
  const [high, slant] = [gap + size * 0.6, gap * 0.75];
  return [
    [x + gap, y], [x - gap - width, y], [x - width / 2, y + high], [x - width / 2, y - high],
    [x + slant, y - high * 0.8], [x + slant, y + high * 0.8],
    [x - slant - width, y - high * 0.8], [x - slant - width, y + high * 0.8],
  ];
}

// wanted: [{text, x, y, r, size, bold, strong, must, colour, middle}] in screen units, the most
// important first; must is how many small dots it may cover, a strong one may cover any;
// dots: [[x0, y0, x1, y1, firm]] to stay clear of; inside: the box of the view.
// What comes back are the boxes that were written in.
function writeLabels(canvas, wanted, dots, inside) {
  const boxes = [];
  canvas.textAlign = 'left';
  canvas.textBaseline = 'alphabetic';
  canvas.lineJoin = 'round';
  for (const label of wanted) {
    canvas.font = `${label.bold ? 650 : 450} ${label.size}px ${FONT}`;
    const width = textWidth(canvas, label.text);
    const tries = label.middle
      ? [[label.x - width / 2, label.y], [label.x - width / 2, label.y - label.size * 1.5], [label.x - width / 2, label.y + label.size * 1.5]]
      : places(label.x, label.y, label.r, width, label.size);
    const free = tries
      .map(([x, y]) => [x - 2, y - label.size * 0.62, x + width + 2, y + label.size * 0.62])
      .filter((box) => box[0] > inside[0] && box[2] < inside[2] && box[1] > inside[1] && box[3] < inside[3])
      .filter((box) => !boxes.some((other) => meets(box, other)));
    const covered = (box) => dots.reduce((sum, dot) => sum + (meets(box, dot) ? (dot[4] ? Infinity : 1) : 0), 0);
    const ranked = free.map((box) => [covered(box), box]).sort((a, b) => a[0] - b[0]);
    // a hub in a crowd still needs its name: it may cover a few small dots, never a hub or a name
    if (!ranked.length || ranked[0][0] > (label.strong ? Infinity : label.must || 0)) continue;
    const [, box] = ranked[0];
    boxes.push(box);
    const [x, y] = [box[0] + 2, (box[1] + box[3]) / 2 + label.size * 0.35];
    canvas.lineWidth = label.bold ? 4.5 : 3.5;
    canvas.strokeStyle = COLOURS.paper;
    canvas.strokeText(label.text, x, y);
    canvas.fillStyle = label.colour || COLOURS.ink;
    canvas.fillText(label.text, x, y);
  }
  return boxes;
}
