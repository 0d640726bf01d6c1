// The vote page: one roll call as lists of states, by option and within by bloc.

const state = { by: DIVISIONS.length ? DIVISIONS[0].key : '', off: new Set(), sel: null, changed: false };
const changedVote = (vote) => Boolean(vote.earlier) && vote.earlier !== vote.option;
const shown = (vote) => !state.off.has(vote.option) && (!state.changed || changedVote(vote));
const order = (a, b) => byName(a.name, b.name);
const division = () => DIVISIONS.find((each) => each.key === state.by);
const OWN = (DATA.cited || Object.keys(SOURCES).filter((key) => !VOTES.some((vote) => (vote.sources || []).includes(key))));

function showTotals() {
  const keys = OPTIONS.map(({ key, label }) => {
    const number = DATA.totals[key];
    const counted = VOTES.filter((vote) => vote.option === key).length;
    const text = number === undefined ? '–' : String(number);
    return el('button', {
      type: 'button', class: key, 'aria-pressed': String(!state.off.has(key)), title: `${label}: show or hide; ${counted} listed`,
      onclick: () => { if (!state.off.delete(key)) state.off.add(key); changed(); },
    }, el('b', {}, text), label);
  });
  const counts = Object.fromEntries(OPTIONS.map(({ key }) => [key, DATA.totals[key] || 0]));
  $('totals').replaceChildren(stack(counts, 'large'), el('div', { class: 'keys' }, ...keys));
}

// Printed totals and the listed votes are two accounts; where they differ the page says so.
function showDifference() {
  const counts = countBy(VOTES);
  const differing = OPTIONS.filter(({ key }) => DATA.totals[key] !== undefined && DATA.totals[key] !== counts[key]);
  const place = $('differs');
  place.hidden = !differing.length;
  place.textContent = !VOTES.length
    ? 'The single votes of this roll call are not known here; only its totals are.'
    : `Printed totals and listed votes differ: ${differing.map(({ key, label }) => `${label.toLowerCase()} ${DATA.totals[key]} printed, ${counts[key]} listed`).join('; ')}.`;
}

function chip(vote, against) {
  const remarks = [
    changedVote(vote) ? `${DATA.compared ? `in ${DATA.compared}` : 'before'}: ${OPTION[vote.earlier].label.toLowerCase()}` : '',
    vote.status,
  ].filter(Boolean);
  const name = button(vote.name, () => choose(vote.state), {
    class: [vote.option, against ? 'against' : ''].filter(Boolean).join(' '),
    'aria-current': state.sel === vote.state ? 'true' : null, 'data-state': vote.state,
    title: against ? 'Against the majority of its bloc' : null,
  });
  remarks.forEach((remark) => name.append(' ', el('small', { class: 'tight' }, remark)));
  return el('li', {}, name);
}

const chips = (votes, against) => el('ul', { class: 'chips' }, ...[...votes].sort(order).map((vote) => chip(vote, against)));

function showBreaks(groups) {
  const rows = groups.filter((group) => !group.rest).sort((a, b) => b.against.length - a.against.length || byName(a.label, b.label)).map((group) => {
    const said = verdict(group);
    const breaking = OPTIONS
      .map(({ key, label }) => [label, group.against.filter((vote) => vote.option === key && shown(vote))])
      .filter(([, votes]) => votes.length)
      .map(([label, votes]) => el('div', { class: 'line' }, el('span', { class: 'small' }, label), chips(votes, true)));
    return el('tr', {},
      el('th', { scope: 'row' }, group.label, el('div', { class: 'small' }, said)),
      el('td', {}, stack(group.counts, 'thin')),
      el('td', {}, ...(breaking.length ? breaking : [el('span', { class: 'small' }, group.most ? 'no one against it' : '')])));
  });
  $('breaks').hidden = !rows.length;
  $('breaks').replaceChildren(
    el('h3', {}, 'Against the majority of their bloc (not voting is no position)'),
    el('table', {}, el('tbody', {}, ...rows)));
}

// Within an option, blocs whose majority went another way come first.
function showOptions(groups) {
  const sections = OPTIONS.filter(({ key }) => !state.off.has(key)).map(({ key, label }) => {
    const inside = groups
      .map((group) => ({ ...group, mine: group.votes.filter((vote) => vote.option === key && shown(vote)) }))
      .filter((group) => group.mine.length)
      .map((group) => ({ ...group, breaks: Boolean(group.most) && group.most !== key && key !== 'nonvoting' }))
      .sort((a, b) => Number(b.breaks) - Number(a.breaks) || Number(Boolean(a.rest)) - Number(Boolean(b.rest)) || b.mine.length - a.mine.length);
    const total = new Set(inside.flatMap((group) => group.mine)).size;
    if (!total) return null;
    return el('section', { class: `option ${key}`, 'aria-label': label },
      el('h2', {}, `${label} (${total})`),
      ...inside.flatMap((group) => [
        groups.length > 1 ? el('h3', {}, `${group.label} (${group.mine.length} of ${group.votes.length})${group.breaks ? `, against its majority: ${OPTION[group.most].label.toLowerCase()}` : ''}`) : null,
        chips(group.mine, group.breaks),
      ]).filter(Boolean));
  });
  $('options').replaceChildren(...sections.filter(Boolean));
}

function showPanel() {
  const vote = VOTES.find((each) => each.state === state.sel);
  if (!vote) {
    $('panel').replaceChildren(!VOTES.length ? '' : el('p', { class: 'hint' }, 'Choose a state to see its vote and its blocs. Press / to search.'));
    return;
  }
  const cite = notes();
  const mine = BLOCS.filter((bloc) => inBloc(vote, bloc)).map((bloc) => {
    const group = withMajority({ label: bloc.label, votes: VOTES.filter((each) => inBloc(each, bloc)) });
    const { counts, most } = group;
    const against = most && most !== vote.option && vote.option !== 'nonvoting';
    return el('li', {}, bloc.label, el('div', { class: 'what' }, verdict(group), against ? '; this state did not' : ''), stack(counts, 'thin'));
  });
  const earlier = vote.earlier ? [el('dt', {}, DATA.compared || 'Before'), el('dd', {}, OPTION[vote.earlier].label)] : [];
  const close = button('×', () => choose(null), { class: 'close', 'aria-label': 'Close the details' });
  $('panel').replaceChildren(...[close,
    el('h2', {}, vote.name, ' ', unchecked(vote)),
    el('p', { class: vote.option }, capital(OPTION[vote.option].said)),
    el('dl', {}, el('dt', {}, 'Key'), el('dd', {}, vote.state), ...earlier),
    vote.note ? el('p', { class: 'note' }, vote.note) : null,
    mine.length ? el('h3', {}, 'Its blocs on that day') : null,
    mine.length ? el('ul', { class: 'plain-list' }, ...mine) : null,
    (cite.mark(vote.sources), cite.list())].filter(Boolean));
}

const label = (vote) => BLOCS.filter((bloc) => inBloc(vote, bloc)).map((bloc) => bloc.label).join(', ');
const redrawTable = tableTwin([
  { title: 'State', text: (vote) => vote.name, cell: (vote) => button(vote.name, () => choose(vote.state), { class: 'name' }) },
  { title: 'Key', text: (vote) => vote.state },
  { title: 'Vote', text: (vote) => OPTION[vote.option].label },
  ...(VOTES.some((vote) => vote.earlier) ? [{ title: DATA.compared || 'Before', text: (vote) => (vote.earlier ? OPTION[vote.earlier].label : '') }] : []),
  { title: 'Blocs', text: label },
  { title: 'Status', tight: true, text: (vote) => vote.status || '', cell: (vote) => unchecked(vote) || '' },
], () => VOTES.filter(shown));

function show() {
  const groups = parts(division()).map(withMajority);
  showTotals();
  showBreaks(groups);
  showOptions(groups);
  showPanel();
  redrawTable();
  $('by').value = state.by;
  $('changed').checked = state.changed;
  $('count').textContent = !VOTES.length ? '' : `${many(VOTES.filter(shown).length, 'state')} of ${VOTES.length} shown`;
}

function remember(push) {
  hash.write({
    by: DIVISIONS.length && state.by !== DIVISIONS[0].key ? state.by : null,
    off: state.off.size ? [...state.off].sort().join(',') : null,
    changed: state.changed ? 1 : null,
    sel: state.sel,
    q: box.input.value || null,
    dark: theme.chosen ? Number(theme.dark) : null,
  }, push);
}

function changed(push = false) {
  const held = document.activeElement && document.activeElement.className;
  const inTotals = $('totals').contains(document.activeElement);
  show();
  // what had the focus was drawn anew, and a keyboard must not be thrown back to the top
  if (inTotals) [...$('totals').querySelectorAll('button')].find((each) => each.className === held)?.focus();
  remember(push);
}

function choose(key) {
  const from = document.activeElement?.dataset.state;
  state.sel = key;
  changed(true);
  if (from) document.querySelector(`#options [data-state="${CSS.escape(from)}"]`)?.focus();
  const vote = VOTES.find((each) => each.state === key);
  if (!vote) return;
  say(`${vote.name} ${OPTION[vote.option].said}`);
  document.querySelector(`#options [data-state="${CSS.escape(key)}"]`)?.scrollIntoView({ block: 'nearest' });
}

function load() {
  const asked = hash.read();
  state.by = DIVISIONS.some((each) => each.key === asked.get('by')) ? asked.get('by') : DIVISIONS.length ? DIVISIONS[0].key : '';
  state.off = new Set((asked.get('off') || '').split(',').filter((key) => key in OPTION));
  state.changed = asked.get('changed') === '1';
  state.sel = VOTES.some((vote) => vote.state === asked.get('sel')) ? asked.get('sel') : null;
  box.input.value = asked.get('q') || '';
  show();
}

const box = searchBox(VOTES.map((vote) => ({ id: vote.state, label: vote.name, hint: OPTION[vote.option].label, words: [vote.state, ...(vote.codes || [])] })), choose);
const switched = VOTES.filter(changedVote).length;
$('changed-only').hidden = !VOTES.some((vote) => vote.earlier);
$('changed-only').querySelector('span').textContent = `Only the ${switched} that voted otherwise${DATA.compared ? ` in ${DATA.compared}` : ' before'}`;
$('by').append(...DIVISIONS.map((each) => el('option', { value: each.key }, each.label)));
$('by').hidden = !VOTES.length;
$('by').previousElementSibling.hidden = !VOTES.length;
box.input.parentElement.hidden = !VOTES.length;
$('by').addEventListener('change', (event) => { state.by = event.target.value; changed(); });
$('changed').addEventListener('change', (event) => { state.changed = event.target.checked; changed(); });
box.input.addEventListener('change', () => remember(false));
$('cited').append(...(OWN.length ? [el('h3', {}, 'Sources'), el('ul', { class: 'plain-list' }, ...OWN.map((key) => el('li', {}, source(key))))] : []));
document.addEventListener('keydown', (event) => { if (event.key === 'Escape' && state.sel) choose(null); });
addEventListener('popstate', load);
theme.watchers.push(() => remember(false));
showDifference();
load();
performance.mark('kg-readable');
window.__kg = { state, labels: [] };
