// The network page: a day, kinds that are on, a choice; drawing, panel, table and address follow.

const LAST = DATA.known || '9999-12-31';
const YEARS = TIES.flatMap((tie) => [tie.start_day, tie.end_day]).filter(Boolean).map((day) => Number(day.slice(0, 4)));
const FIRST_YEAR = Math.min(...YEARS, Number(DATA.on.slice(0, 4)));
const LAST_YEAR = Math.max(Number((DATA.known || '').slice(0, 4)), ...(DATA.known ? [] : YEARS), Number(DATA.on.slice(0, 4)));
const holds = (thing, day) => (!thing.start_day || thing.start_day <= day) && (!thing.end_day || day < thing.end_day);

const state = { on: DATA.on, off: new Set(), hide: new Set(), sel: null, tie: null, over: null };
let now = {};

// Everything that follows from day and legend, worked out once for each change.
function workOut() {
  const there = NODES.map((node) => holds(node, state.on) && (isOrganisation(node) || !state.hide.has(node.group || '')));
  const inForce = TIES.map((tie, i) => holds(tie, state.on) && ENDS[i].every((end) => there[end]));
  const shown = TIES.map((tie, i) => inForce[i] && !state.off.has(tie.strength));
  const degree = NODES.map(() => 0);
  const best = NODES.map(() => KINDS.length - 1);
  const kinds = new Map();
  TIES.forEach((tie, i) => {
    if (inForce[i]) {
      kinds.set(tie.strength, (kinds.get(tie.strength) || 0) + 1);
      ENDS[i].forEach((end) => { best[end] = Math.min(best[end], KINDS.indexOf(KIND[tie.strength])); });
    }
    if (shown[i]) ENDS[i].forEach((end) => { degree[end] += 1; });
  });
  const groups = new Map();
  NODES.forEach((node) => {
    if (!isOrganisation(node) && holds(node, state.on)) groups.set(node.group || '', (groups.get(node.group || '') || 0) + 1);
  });
  const states = NODES.filter((node, i) => !isOrganisation(node) && degree[i]).length;
  now = { there, inForce, shown, degree, best, kinds, groups, states, ties: shown.filter(Boolean).length };
}

const look = {
  node(i) {
    const node = NODES[i];
    const degree = now.degree[i];
    if (isOrganisation(node)) {
      // a treaty between two is no hub: it is small and named after the states
      const hub = degree > 2;
      return { hidden: !now.there[i] || !degree, fill: bright(KINDS[now.best[i]].colour), radius: hub ? 5.5 + 1.55 * Math.sqrt(degree) : 5, rank: hub ? 100 + degree : 4, bold: hub };
    }
    return { hidden: !now.there[i], faint: !degree, fill: groupColour(node.group), radius: 4.6 + Math.min(4.5, degree * 0.3), rank: 60 * (node.size || 0) + degree };
  },
  tie(i) {
    const kind = KIND[TIES[i].strength];
    return { hidden: !now.shown[i], colour: bright(kind.colour), width: kind.width, opacity: theme.dark ? 0.5 : 0.42 };
  },
  focus() {
    const found = state.over || (state.sel !== null ? { node: state.sel } : state.tie !== null ? { tie: state.tie } : null);
    if (!found) return null;
    if (found.tie !== undefined) return { nodes: new Set(ENDS[found.tie]), ties: new Set([found.tie]), strong: new Set([`t${found.tie}`, ...ENDS[found.tie]]) };
    const ties = TIES.map((_, i) => i).filter((i) => now.shown[i] && ENDS[i].includes(found.node));
    return { nodes: new Set([found.node, ...ties.flatMap((i) => ENDS[i])]), ties: new Set(ties), strong: new Set([found.node]) };
  },
};

workOut();
const drawn = drawing(look);

const actions = {
  pick: (id) => choose(NODE_AT.get(id), null),
  pickTie: (id) => choose(null, TIES.findIndex((tie) => tie.id === id)),
};

function emptyPanel() {
  return [el('p', { class: 'hint' }, 'Choose a state, an organisation or a line to see its dates and sources. Press / to search, Escape to let go.')];
}

function chosenPanel() {
  if (state.tie !== null) return tiePanel(TIES[state.tie], actions);
  const node = NODES[state.sel];
  const mine = TIES.map((tie, i) => i).filter((i) => ENDS[i].includes(state.sel));
  const of = (wanted) => mine.filter(wanted).map((i) => TIES[i]);
  const off = of((i) => now.inForce[i] && !now.shown[i]);
  const parts = nodePanel(node, [
    { title: `In force on ${state.on}`, ties: of((i) => now.shown[i]), open: true },
    { title: 'In force, of a kind that is off', ties: off },
    { title: 'Not in force on that day', ties: of((i) => !now.inForce[i] && !holds(TIES[i], state.on)) },
  ], actions);
  if (!holds(node, state.on)) parts.splice(2, 0, el('p', { class: 'note' }, `Did not exist on ${state.on}${node.start_day ? `; from ${node.start_day}` : ''}${node.end_day ? `, until ${node.end_day}` : ''}.`));
  else if (off.length && !now.degree[state.sel]) {
    const show = button('Show its ties on the drawing', () => { off.forEach((tie) => state.off.delete(tie.strength)); changed(); }, { class: 'plain' });
    parts.splice(2, 0, el('p', { class: 'note' }, 'Its ties are of a kind that is off. ', show));
  }
  return parts;
}

function showPanel() {
  const chosen = state.sel !== null || state.tie !== null;
  const close = chosen ? button('×', () => choose(null, null), { class: 'close', 'aria-label': 'Close the details' }) : null;
  $('panel').replaceChildren(...[close, ...(chosen ? chosenPanel() : emptyPanel())].filter(Boolean));
}

const cell = (node) => button(node.short || node.label, () => actions.pick(node.id), { class: 'name', title: node.label });
const redrawTable = tableTwin([
  { title: 'State', text: (tie) => nodeOf(tie.source).label, cell: (tie) => cell(nodeOf(tie.source)) },
  { title: 'Bound to', text: (tie) => nodeOf(tie.target).short || nodeOf(tie.target).label, cell: (tie) => cell(nodeOf(tie.target)) },
  { title: 'As', text: (tie) => tie.label },
  { title: 'Obligations', text: obliged },
  { title: 'From', tight: true, text: (tie) => tie.start || '' },
  { title: 'Until', tight: true, text: (tie) => tie.end || '' },
  { title: 'Status', tight: true, text: (tie) => tie.status || '', cell: (tie) => unchecked(tie) || '' },
  { title: 'Sources', text: (tie) => titles(tie.sources), cell: (tie) => sourceCell(tie.sources) },
], () => TIES.filter((_, i) => now.shown[i]));

const strengths = new Set(TIES.map((tie) => tie.strength));
const redrawKinds = legend($('kinds'), KINDS.filter((kind) => strengths.has(kind.key)).map((kind) => ({ ...kind, sample: lineSample(kind) })), state.off, () => changed());
const noGroup = NODES.some((node) => !isOrganisation(node) && !node.group) && GROUPS.length ? [''] : [];
const redrawGroups = legend($('groups'), [...GROUPS, ...noGroup].map((group) => ({ key: group, label: group || 'No group', sample: shapeSample('dot', groupColour(group)) })), state.hide, () => changed());
const box = searchBox(NODES.map((node) => ({ id: node.id, label: node.label, hint: [node.short !== node.label && node.short, KIND_NAMES[node.kind] || node.kind].filter(Boolean).join(' · '), words: [...(node.codes || []), node.short || ''].filter(Boolean) })), actions.pick);

function count() {
  const late = state.on > LAST ? `; facts are known to ${LAST} only` : '';
  return `${many(now.ties, 'tie')} · ${many(now.states, 'state')} · on ${state.on}${late}`;
}

function show() {
  workOut();
  drawn.update();
  $('on').value = state.on;
  $('year').value = state.on.slice(0, 4);
  $('year').setAttribute('aria-valuetext', state.on);
  $('count').textContent = count();
  redrawKinds(now.kinds);
  redrawGroups(now.groups);
  showPanel();
  redrawTable();
}

function remember(push) {
  const list = (set) => [...set].sort().join(',');
  const off = list(state.off) === list(new Set(DATA.hide || [])) ? null : list(state.off);
  hash.write({
    on: state.on === DATA.on ? null : state.on,
    sel: state.sel === null ? null : NODES[state.sel].id,
    tie: state.tie === null ? null : TIES[state.tie].id,
    off,
    hide: state.hide.size ? JSON.stringify([...state.hide].sort()) : null,
    q: box.input.value || null,
    dark: theme.chosen ? Number(theme.dark) : null,
  }, push);
}

function changed(push = false) {
  show();
  remember(push);
}

function choose(node, tie) {
  if (node === undefined || tie === -1) return;
  const same = node === state.sel && tie === state.tie;
  Object.assign(state, { sel: node, tie, over: null });
  $('panel').scrollTop = 0;
  changed(!same);
  if (node !== null) say(`${NODES[node].label}: ${many(now.degree[node], 'tie')} on ${state.on}`);
}

function setDay(day) {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day) || Number.isNaN(Date.parse(day))) return;
  state.on = day;
  changed();
}

// 29 February has no namesake in most years.
function setYear(year) {
  const within = Math.max(FIRST_YEAR, Math.min(LAST_YEAR, year));
  const day = `${String(within).padStart(4, '0')}${state.on.slice(4)}`;
  const leap = new Date(`${day}T00:00:00Z`).getUTCDate() === Number(day.slice(8));
  setDay(leap ? day : `${day.slice(0, 8)}28`);
}

function load() {
  const asked = hash.read();
  const known = (set) => new Set([...set].filter((key) => key in KIND));
  const off = known(asked.has('off') ? asked.get('off').split(',') : DATA.hide || []);
  state.off.clear();
  off.forEach((key) => state.off.add(key));
  state.hide.clear();
  try {
    JSON.parse(asked.get('hide') || '[]').forEach((group) => state.hide.add(String(group)));
  } catch { /* an address that someone changed by hand hides nothing */ }
  const day = asked.get('on') || '';
  state.on = /^\d{4}-\d{2}-\d{2}$/.test(day) && !Number.isNaN(Date.parse(day)) ? day : DATA.on;
  state.sel = NODE_AT.get(asked.get('sel')) ?? null;
  const tie = TIES.findIndex((each) => each.id === asked.get('tie'));
  state.tie = tie < 0 ? null : tie;
  box.input.value = asked.get('q') || '';
  show();
}

$('shapes').append(...[['square', 'organisation'], ['diamond', 'treaty relation'], ['hexagon', 'informal grouping']]
  .filter(([shape]) => SHAPES.includes(shape))
  .flatMap(([shape, text]) => [el('span', {}, shapeSample(shape, COLOURS.muted), ` ${text}`), ' ']));
$('year').min = FIRST_YEAR;
$('year').max = LAST_YEAR;
$('on').addEventListener('change', (event) => setDay(event.target.value));
$('year').addEventListener('input', (event) => setYear(Number(event.target.value)));
$('earlier').addEventListener('click', () => setYear(Number(state.on.slice(0, 4)) - 1));
$('later').addEventListener('click', () => setYear(Number(state.on.slice(0, 4)) + 1));
box.input.addEventListener('change', () => remember(false));
$('fit').addEventListener('click', () => choose(null, null));
$('png').addEventListener('click', () => savePicture(`ties-${state.on}.png`,
  [{ text: DATA.title, bold: true }, { text: count() }],
  [
    ...KINDS.filter((kind) => strengths.has(kind.key) && !state.off.has(kind.key)).map((kind) => ({ ...kind, colour: bright(kind.colour), text: kind.label })),
    ...GROUPS.filter((group) => !state.hide.has(group)).map((group) => ({ dot: true, colour: groupColour(group), text: group })),
  ],
  'Distances are schematic. Sources are listed in the page.'));
document.addEventListener('keydown', (event) => {
  if (event.key === 'Escape' && (state.sel !== null || state.tie !== null)) choose(null, null);
});
addEventListener('popstate', load);
theme.watchers.push(() => { showPanel(); remember(false); });
pointing(drawn, tipFor, (found) => { state.over = found; drawn.redraw(); }, (found) => {
  if (found && found.node !== undefined) choose(found.node, null);
  else choose(null, found ? found.tie : null);
});
load();
drawn.place();
window.__kg = { state, drawn, get labels() { return drawn.labels; }, get now() { return now; } };
