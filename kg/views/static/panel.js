// What the panel says about one thing or one tie: facts, dates, sources.

const KIND_NAMES = { organisation: 'organisation', alliance: 'treaty relation', grouping: 'informal grouping' };
const obliged = (tie) => (tie.obligations || []).map((name) => KIND[name].label.toLowerCase()).join(', ');
const other = (tie, id) => (tie.source === id ? tie.target : tie.source);
const nodeOf = (id) => NODES[NODE_AT.get(id)];
const title = (node) => (node.short && node.short !== node.label ? `${node.label} (${node.short})` : node.label);
const isOrganisation = (node) => node.kind in KIND_NAMES;

function swatch(node) {
  const shape = SHAPES[NODE_AT.get(node.id)];
  return shapeSample(shape, shape === 'dot' ? groupColour(node.group) : COLOURS.ink);
}

function facts(thing, cite) {
  const rows = (thing.details || []).flatMap((detail) => [el('dt', {}, detail.label), el('dd', {}, detail.value)]);
  const parts = [];
  if (rows.length) parts.push(el('dl', {}, ...rows));
  if (thing.note) parts.push(el('p', { class: 'note' }, thing.note));
  const mark = cite.mark(thing.sources);
  if (mark) parts.push(el('p', { class: 'small' }, 'Facts from ', mark));
  return parts;
}

// One tie of a thing: who with, what it binds to, when, on whose word.
function tieRow(tie, id, cite, { pick, pickTie }) {
  const partner = nodeOf(other(tie, id));
  const what = [role(tie), obliged(tie)].filter(Boolean).join(' · ');
  return el('li', {},
    lineSample(KIND[tie.strength]),
    el('div', {},
      button(partner.short || partner.label, () => pick(partner.id), { class: 'name', title: partner.label }),
      el('button', { type: 'button', class: 'dates', title: 'About this tie', onclick: () => pickTie(tie.id) }, span(tie) || 'details'),
      ' ', unchecked(tie), cite.mark(tie.sources),
      what ? el('div', { class: 'what' }, what) : null));
}

const byStrength = (id) => (a, b) =>
  KINDS.indexOf(KIND[a.strength]) - KINDS.indexOf(KIND[b.strength]) ||
  byName(nodeOf(other(a, id)).label, nodeOf(other(b, id)).label) || byName(a.start || '', b.start || '');

// groups: [{title, ties, open}]
function nodePanel(node, groups, actions) {
  const cite = notes();
  const tags = [KIND_NAMES[node.kind] || node.kind, node.group].filter(Boolean).join(' · ');
  const parts = [
    el('h2', {}, swatch(node), ' ', title(node), ' ', unchecked(node)),
    el('p', { class: 'muted' }, tags),
    ...facts(node, cite),
  ];
  for (const group of groups) {
    if (!group.ties.length) continue;
    const rows = [...group.ties].sort(byStrength(node.id)).map((tie) => tieRow(tie, node.id, cite, actions));
    const list = el('ul', { class: 'ties' }, ...rows);
    const head = `${group.title} (${group.ties.length})`;
    parts.push(group.open
      ? el('div', {}, el('h3', {}, head), list)
      : el('details', {}, el('summary', {}, head), list));
  }
  parts.push(cite.list());
  return parts;
}

function tiePanel(tie, { pick }) {
  const cite = notes();
  const ends = [tie.source, tie.target].map(nodeOf);
  const rows = [
    ['What', tie.label],
    ['Binds to', obliged(tie) || 'no such obligation'],
    ['From', tie.start || 'not known'],
    ['Until', tie.end || 'not ended'],
  ].flatMap(([label, value]) => [el('dt', {}, label), el('dd', {}, value)]);
  return [
    el('h2', {}, lineSample(KIND[tie.strength]), ' ', ends.map((end) => end.short || end.label).join(' – '), ' ', unchecked(tie)),
    el('p', { class: 'ends' }, ...ends.map((end) => button(end.label, () => pick(end.id), { class: 'name' }))),
    el('dl', {}, ...rows),
    tie.note ? el('p', { class: 'note' }, tie.note) : null,
    (cite.mark(tie.sources), cite.list()) || el('p', { class: 'small' }, 'No source is named.'),
  ].filter(Boolean);
}

function tipFor(found) {
  if (found.node !== undefined) return title(NODES[found.node]);
  const tie = TIES[found.tie];
  const names = [tie.source, tie.target].map((id) => nodeOf(id).short || nodeOf(id).label).join(' – ');
  return `${names}\n${[tie.label, obliged(tie), span(tie)].filter(Boolean).join(' · ')}`;
}
