// The drawing: vis draws nodes and edges, this file places them, lights them up and writes names.

const NODES = DATA.nodes || [];
const TIES = DATA.ties || [];
const NODE_AT = new Map(NODES.map((node, i) => [node.id, i]));
const ENDS = TIES.map((tie) => [NODE_AT.get(tie.source), NODE_AT.get(tie.target)]);
const BENDS = DATA.vis.edges.map((edge) => (edge.smooth ? (edge.smooth.type === 'curvedCW' ? 1 : -1) * edge.smooth.roundness : 0));
const SHAPES = DATA.vis.nodes.map((node) => node.shape);

// look: node(i) -> {hidden, faint, fill, radius, rank, bold}, tie(i) -> {hidden, colour},
// focus() -> {nodes: Set, ties: Set, strong: Set} or null, tieText(i) -> text on a lit tie or ''.
// pad: room at left, top, right and bottom; frame: [[x0, x1], [y0, y1]] where it is not what the nodes span.
function drawing(look, { pad = [64, 56, 64, 26], frame: given = null } = {}) {
  const frame = $('drawing');
  const nodes = new vis.DataSet(DATA.vis.nodes);
  const edges = new vis.DataSet(DATA.vis.edges);
  const net = new vis.Network(frame, { nodes, edges }, DATA.vis.options);
  const self = { net, at: [], labels: [], scale: 1, update, place, hit, redraw: () => net.redraw() };
  const sent = { nodes: [], edges: [] };
  let small = 1;
  let placed = false;

  const surface = frame.querySelector('.vis-network');
  surface.setAttribute('role', 'img');
  surface.setAttribute('aria-label', 'Drawing of the ties; the table below lists the same. Arrow keys move it, plus and minus zoom.');

  // Stretched to the frame, and turned on a tall one: distances are schematic anyway.
  function place() {
    const [wide, high] = [frame.clientWidth, frame.clientHeight];
    if (!wide || !high) return;
    const turned = wide < high * 0.9;
    const points = NODES.map((node) => (turned ? [node.y || 0, node.x || 0] : [node.x || 0, node.y || 0]));
    const [px, top, , bottom] = pad.map((side) => Math.min(side, wide / 7));
    const range = given ? (turned ? [given[1], given[0]] : given) : [0, 1].map((axis) => {
      const values = points.map((point) => point[axis]);
      return [Math.min(...values, Infinity), Math.max(...values, -Infinity)];
    });
    const fit = (value, [least, most], room) => (most > least ? ((value - least) / (most - least) - 0.5) * room : 0);
    self.at = points.map(([x, y]) => [fit(x, range[0], wide - 2 * px), fit(y, range[1], high - top - bottom)]);
    small = Math.max(0.5, Math.min(1, Math.sqrt((wide * high) / 8e5)));
    sent.nodes = [];
    placed = true;
    update();
    net.moveTo({ position: { x: 0, y: (bottom - top) / 2 }, scale: 1, animation: false });
  }

  const radius = (i) => look.node(i).radius * small;

  // Only what changed is sent to vis: it redoes its own work for each item it is given.
  function send(set, kept, items) {
    const fresh = items.filter((item) => {
      const text = JSON.stringify(item);
      if (kept[item.id] === text) return false;
      kept[item.id] = text;
      return true;
    });
    if (fresh.length) set.update(fresh);
  }

  function update() {
    send(nodes, sent.nodes, NODES.map((node, i) => {
      const { hidden, faint, fill } = look.node(i);
      const rim = SHAPES[i] === 'dot' ? COLOURS.rim : COLOURS.paper;
      return {
        id: i, hidden: Boolean(hidden), size: radius(i), borderWidth: 1,
        x: self.at[i] ? self.at[i][0] : 0, y: self.at[i] ? self.at[i][1] : 0,
        color: { background: faint ? thin(fill, 0.35) : fill, border: faint ? COLOURS.line : rim },
      };
    }));
    send(edges, sent.edges, TIES.map((tie, i) => {
      const { hidden, colour, width, opacity } = look.tie(i);
      return { id: i, hidden: Boolean(hidden), width, color: { color: colour, opacity, inherit: false } };
    }));
    net.redraw();
  }

  function drawTie(canvas, i, width) {
    const [from, to] = ENDS[i].map((end) => self.at[end]);
    const kind = KIND[TIES[i].strength];
    canvas.strokeStyle = look.tie(i).colour;
    canvas.lineWidth = width;
    canvas.setLineDash(kind.dash);
    canvas.beginPath();
    canvas.moveTo(...from);
    if (BENDS[i]) canvas.quadraticCurveTo(...bendPoint(from, to, BENDS[i]), ...to);
    else canvas.lineTo(...to);
    canvas.stroke();
    canvas.setLineDash([]);
  }

  // A veil over everything and the chosen part drawn again on top of it: no work for vis.
  function light(canvas, focus, scale) {
    canvas.save();
    canvas.setTransform(1, 0, 0, 1, 0, 0);
    canvas.globalAlpha = theme.dark ? 0.76 : 0.84;
    canvas.fillStyle = COLOURS.paper;
    canvas.fillRect(0, 0, canvas.canvas.width, canvas.canvas.height);
    canvas.restore();
    focus.ties.forEach((i) => drawTie(canvas, i, (focus.strong.has(`t${i}`) ? 3.4 : 1.8) / Math.sqrt(scale)));
    focus.nodes.forEach((i) => {
      const { fill } = look.node(i);
      const strong = focus.strong.has(i);
      trace(canvas, SHAPES[i], ...self.at[i], radius(i) + (strong ? 1.5 : 0));
      canvas.fillStyle = fill;
      canvas.fill();
      canvas.lineWidth = strong ? 2.5 : 1;
      canvas.strokeStyle = strong ? COLOURS.ink : COLOURS.rim;
      canvas.stroke();
    });
  }

  function names(canvas, focus, scale) {
    const view = net.getViewPosition();
    const [left, top] = [view.x * scale - frame.clientWidth / 2, view.y * scale - frame.clientHeight / 2];
    const inside = [left + 3, top + 3, left + frame.clientWidth - 3, top + frame.clientHeight - 3];
    const narrow = frame.clientWidth < 600;
    const base = (narrow ? 10.5 : 12) + Math.max(0, Math.min(2.5, Math.log2(scale)));
    const spot = (i) => [self.at[i][0] * scale, self.at[i][1] * scale, radius(i) * scale];
    const lit = NODES.map((_, i) => i).filter((i) => (focus ? focus.nodes.has(i) : !look.node(i).hidden));
    const dots = lit.map((i) => {
      const [x, y, r] = spot(i);
      return [x - r - 1, y - r - 1, x + r + 1, y + r + 1, Boolean(look.node(i).bold)];
    });
    const wanted = lit
      .map((i) => {
        const [x, y, r] = spot(i);
        const { bold, rank, faint } = look.node(i);
        const strong = Boolean(focus && focus.strong.has(i));
        const text = shorten(NODES[i].short || NODES[i].label, strong ? 48 : narrow ? 16 : 26);
        return { text, x, y, r, size: base + (strong ? 2 : bold ? 1 : faint ? -1 : 0), bold: bold || strong, strong, must: narrow ? (bold && rank > 109 ? 9 : 0) : (bold || rank > 45 ? 3 : 0), colour: faint && !strong ? COLOURS.muted : COLOURS.ink, rank: (faint ? -1 : rank) + (strong ? 1000 : 0) };
      });
    if (look.tieText) {
      TIES.forEach((_, i) => {
        if (focus && !focus.ties.has(i)) return;
        const points = along(...ENDS[i].map((end) => self.at[end]), BENDS[i]);
        const [x, y] = points[Math.floor(points.length / 2)];
        wanted.push({ text: shorten(look.tieText(i), 44), x: x * scale, y: y * scale, r: 0, size: base - 0.5, middle: true, colour: COLOURS.muted, rank: 90 });
      });
    }
    wanted.sort((a, b) => b.rank - a.rank);
    canvas.save();
    canvas.scale(1 / scale, 1 / scale);
    const boxes = writeLabels(canvas, wanted.filter((label) => label.text), dots, inside);
    canvas.restore();
    self.labels = boxes.map((box) => [box[0] - left, box[1] - top, box[2] - left, box[3] - top]);
  }

  net.on('beforeDrawing', (canvas) => {
    canvas.save();
    canvas.setTransform(1, 0, 0, 1, 0, 0);
    canvas.fillStyle = COLOURS.paper;
    canvas.fillRect(0, 0, canvas.canvas.width, canvas.canvas.height);
    canvas.restore();
  });
  net.on('afterDrawing', (canvas) => {
    if (!placed) return;
    const focus = look.focus();
    self.scale = net.getScale();
    if (focus) light(canvas, focus, self.scale);
    names(canvas, focus, self.scale);
    if (!performance.getEntriesByName('kg-readable').length) performance.mark('kg-readable');
  });

  // What lies under a point of the frame: a node before a tie, the nearest first.
  function hit(point) {
    const { x, y } = net.DOMtoCanvas(point);
    const reach = 7 / net.getScale();
    const near = (list) => list.filter(([gap]) => gap < reach).sort((a, b) => a[0] - b[0])[0];
    const node = near(NODES.map((_, i) => (look.node(i).hidden ? [Infinity] : [Math.hypot(x - self.at[i][0], y - self.at[i][1]) - radius(i), i])));
    if (node) return { node: node[1] };
    const tie = near(TIES.map((_, i) => {
      if (look.tie(i).hidden) return [Infinity];
      const line = along(...ENDS[i].map((end) => self.at[end]), BENDS[i]);
      return [Math.min(...line.slice(1).map((p, k) => toSegment([x, y], line[k], p))), i];
    }));
    return tie ? { tie: tie[1] } : null;
  }

  const zoom = (by) => net.moveTo({ scale: Math.max(0.4, Math.min(8, net.getScale() * by)), animation: calm() ? false : { duration: 180 } });
  $('fit').addEventListener('click', place);
  $('closer').addEventListener('click', () => zoom(1.4));
  $('farther').addEventListener('click', () => zoom(1 / 1.4));
  let size = '';
  new ResizeObserver(() => {
    const now = `${frame.clientWidth}x${frame.clientHeight}`;
    if (now !== size && size) requestAnimationFrame(place);
    size = now;
  }).observe(frame);
  theme.watchers.push(update);
  return self;
}

// Pointing and clicking: pointed(hit), picked(hit); the tip tells what is under the pointer.
function pointing(drawn, tipText, pointed, picked) {
  const frame = $('drawing');
  const tip = $('tip');
  let last = '';
  const asText = (found) => (found ? JSON.stringify(found) : '');
  frame.addEventListener('pointermove', (event) => {
    if (event.pointerType === 'touch' || event.buttons) return;
    const box = frame.getBoundingClientRect();
    const point = { x: event.clientX - box.left, y: event.clientY - box.top };
    const found = drawn.hit(point);
    tip.style.transform = `translate(${Math.min(point.x + 14, box.width - 250)}px, ${point.y + 16}px)`;
    if (asText(found) === last) return;
    last = asText(found);
    tip.hidden = !found;
    tip.textContent = found ? tipText(found) : '';
    frame.style.cursor = found ? 'pointer' : '';
    pointed(found);
  });
  frame.addEventListener('pointerleave', () => {
    last = '';
    tip.hidden = true;
    pointed(null);
  });
  drawn.net.on('click', (event) => picked(drawn.hit(event.pointer.DOM)));
}
