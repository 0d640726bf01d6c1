// The path page: a few chains from left to right, listed beside the drawing with every hop's source.

const state = { chain: null, sel: null, over: null };
const OTHER = '#AA3377';
const degree = NODES.map((_, i) => ENDS.filter((ends) => ends.includes(i)).length);
const strongest = NODES.map((_, i) => Math.min(KINDS.length - 1, ...TIES.map((tie, k) => (ENDS[k].includes(i) ? KINDS.indexOf(KIND[tie.strength]) : KINDS.length - 1))));
const CHAINS = DATA.chains || [];
const outer = new Set(CHAINS.flatMap((chain) => [chain.nodes[0], chain.nodes[chain.nodes.length - 1]]));

function tieText(i) {
  const tie = TIES[i];
  const when = span(tie);
  return [shorten(role(tie), when ? 26 : 44), when].filter(Boolean).join(', ');
}

const look = {
  node(i) {
    const node = NODES[i];
    const end = outer.has(node.id);
    const fill = isOrganisation(node) ? bright(KINDS[strongest[i]].colour) : node.kind === 'state' ? groupColour(node.group) : OTHER;
    return { fill, radius: end ? 13 : 9, rank: (end ? 200 : 100) + degree[i], bold: true };
  },
  tie(i) {
    const kind = KIND[TIES[i].strength];
    return { colour: bright(kind.colour), width: kind.width + 0.7, opacity: 0.85 };
  },
  tieText,
  focus() {
    const found = state.over || (state.sel === null ? null : { node: state.sel });
    if (found && found.tie !== undefined) return { nodes: new Set(ENDS[found.tie]), ties: new Set([found.tie]), strong: new Set([`t${found.tie}`]) };
    if (found) {
      const ties = TIES.map((_, i) => i).filter((i) => ENDS[i].includes(found.node));
      return { nodes: new Set([found.node, ...ties.flatMap((i) => ENDS[i])]), ties: new Set(ties), strong: new Set([found.node]) };
    }
    if (state.chain === null) return null;
    const chain = CHAINS[state.chain];
    const ties = chain.ties.map((id) => TIES.findIndex((tie) => tie.id === id));
    return { nodes: new Set(chain.nodes.map((id) => NODE_AT.get(id))), ties: new Set(ties), strong: new Set(ties.map((i) => `t${i}`)) };
  },
};

// Few chains are not pulled apart to fill the height: their lines would only grow steep.
const heights = NODES.map((node) => node.y || 0);
const [highest, lowest] = [Math.min(...heights, 0), Math.max(...heights, 0)];
const half = Math.max((lowest - highest) / 2, 280);
const middle = (lowest + highest) / 2;
const drawn = drawing(look, { pad: [92, 90, 92, 40], frame: [[-750, 750], [middle - half, middle + half]] });
const actions = {
  pick: (id) => choose({ sel: NODE_AT.get(id) }),
  pickTie: (id) => choose({ chain: Math.max(0, CHAINS.findIndex((chain) => chain.ties.includes(id))) }),
};
const nameOf = (id) => nodeOf(id).short || nodeOf(id).label;

function hopRow(chain, i, cite) {
  const tie = TIES.find((each) => each.id === chain.ties[i]);
  const [from, to] = chain.nodes.slice(i, i + 2);
  return el('li', {},
    lineSample(KIND[tie.strength]),
    el('div', {},
      button(nameOf(from), () => actions.pick(from), { class: 'name' }), ' – ',
      button(nameOf(to), () => actions.pick(to), { class: 'name' }), ' ', unchecked(tie), cite.mark(tie.sources),
      el('div', { class: 'what' }, [role(tie), obliged(tie), span(tie)].filter(Boolean).join(' · ')),
      tie.note ? el('div', { class: 'what' }, tie.note) : null));
}

function showChains() {
  const cite = notes();
  const cards = CHAINS.map((chain, k) => {
    const chosen = state.chain === k;
    const head = button(chain.label || chain.nodes.map(nameOf).join(' → '), () => choose({ chain: chosen ? null : k }), { 'aria-pressed': String(chosen) });
    return el('li', { class: chosen ? 'chain chosen' : 'chain' }, head,
      chain.note ? el('p', { class: 'small' }, chain.note) : null,
      el('ol', { class: 'ties' }, ...chain.ties.map((_, i) => hopRow(chain, i, cite))));
  });
  const list = cards.length
    ? el('ol', {}, ...cards)
    : el('p', { class: 'notice' }, 'No chain was found. Allow more hops, other kinds of tie, or another day.');
  $('chains').replaceChildren(...[list, cite.list()].filter(Boolean));
}

function showPanel() {
  const node = state.sel === null ? null : NODES[state.sel];
  $('panel').hidden = !node;
  if (!node) return;
  const close = button('×', () => choose({}), { class: 'close', 'aria-label': 'Close the details' });
  const ties = TIES.filter((_, i) => ENDS[i].includes(state.sel));
  $('panel').replaceChildren(...[close, ...nodePanel(node, [{ title: 'On these chains', ties, open: true }], actions)].filter(Boolean));
}

const hops = CHAINS.flatMap((chain, k) => chain.ties.map((id, i) => ({ chain, k, i, tie: TIES.find((tie) => tie.id === id) })));
const redrawTable = tableTwin([
  { title: 'Chain', tight: true, text: (hop) => String(hop.k + 1) },
  { title: 'Hop', tight: true, text: (hop) => `${hop.k + 1}.${hop.i + 1}` },
  { title: 'From thing', text: (hop) => nodeOf(hop.chain.nodes[hop.i]).label },
  { title: 'To thing', text: (hop) => nodeOf(hop.chain.nodes[hop.i + 1]).label },
  { title: 'Tie', text: (hop) => hop.tie.label },
  { title: 'Obligations', text: (hop) => obliged(hop.tie) },
  { title: 'From', tight: true, text: (hop) => hop.tie.start || '' },
  { title: 'Until', tight: true, text: (hop) => hop.tie.end || '' },
  { title: 'Status', tight: true, text: (hop) => hop.tie.status || '', cell: (hop) => unchecked(hop.tie) || '' },
  { title: 'Sources', text: (hop) => titles(hop.tie.sources), cell: (hop) => sourceCell(hop.tie.sources) },
], () => hops);

function count() {
  return `${many(CHAINS.length, 'chain')} · ${many(NODES.length, 'thing')}${DATA.on ? ` · on ${DATA.on}` : ''}`;
}

function show() {
  showChains();
  showPanel();
  redrawTable();
  $('count').textContent = count();
  drawn.redraw();
}

function remember(push) {
  hash.write({
    chain: state.chain === null ? null : state.chain + 1,
    sel: state.sel === null ? null : NODES[state.sel].id,
    dark: theme.chosen ? Number(theme.dark) : null,
  }, push);
}

function choose({ chain = null, sel = null }) {
  Object.assign(state, { chain, sel, over: null });
  show();
  remember(true);
  say(sel === null ? (chain === null ? count() : `Chain ${chain + 1} of ${CHAINS.length}`) : NODES[sel].label);
}

function load() {
  const chain = Number(hash.read().get('chain'));
  state.chain = CHAINS[chain - 1] ? chain - 1 : null;
  state.sel = NODE_AT.get(hash.read().get('sel')) ?? null;
  show();
}

$('fit').addEventListener('click', () => choose({}));
$('png').addEventListener('click', () => savePicture('chains.png', [{ text: DATA.title, bold: true }, { text: count() }],
  KINDS.filter((kind) => TIES.some((tie) => tie.strength === kind.key)).map((kind) => ({ ...kind, colour: bright(kind.colour), text: kind.label })),
  'Sources are listed in the page.'));
document.addEventListener('keydown', (event) => {
  if (event.key === 'Escape' && (state.sel !== null || state.chain !== null)) choose({});
});
addEventListener('popstate', load);
theme.watchers.push(() => { show(); remember(false); });
pointing(drawn, tipFor, (found) => { state.over = found; drawn.redraw(); }, (found) => {
  if (found && found.node !== undefined) choose({ sel: found.node });
  else if (found) actions.pickTie(TIES[found.tie].id);
  else choose({});
});
load();
drawn.place();
window.__kg = { state, drawn, get labels() { return drawn.labels; } };
