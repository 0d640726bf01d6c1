// How blocs voted: members by option, the majority of those that took a position, who broke from it.

const OPTIONS = [
  { key: 'yes', label: 'Yes', said: 'voted yes' },
  { key: 'no', label: 'No', said: 'voted no' },
  { key: 'abstain', label: 'Abstained', said: 'abstained' },
  { key: 'nonvoting', label: 'Did not vote', said: 'did not vote' },
];
const OPTION = Object.fromEntries(OPTIONS.map((option) => [option.key, option]));
const VOTES = DATA.votes || [];
const BLOCS = DATA.blocs || [];

// What can be chosen to group by: a division with its parts side by side, or one bloc and the rest.
const DIVISIONS = (() => {
  const found = new Map();
  BLOCS.forEach((bloc) => {
    const key = bloc.within ? `within:${bloc.within}` : bloc.key;
    if (!found.has(key)) found.set(key, { key, label: bloc.within || bloc.label, whole: Boolean(bloc.within), blocs: [] });
    found.get(key).blocs.push(bloc);
  });
  return [...found.values()];
})();

const inBloc = (vote, bloc) => (vote.groups || []).includes(bloc.key);

// The parts of a division, and the states that are in none of them.
function parts(division) {
  if (!division) return [{ label: 'All states', votes: VOTES, rest: true }];
  const named = division.blocs.map((bloc) => ({ label: bloc.label, votes: VOTES.filter((vote) => inBloc(vote, bloc)) }));
  const rest = VOTES.filter((vote) => !division.blocs.some((bloc) => inBloc(vote, bloc)));
  const label = division.whole ? 'In none of these' : `Not in ${division.label}`;
  return [...named, { label, votes: rest, rest: true }].filter((part) => part.votes.length);
}

const countBy = (votes) => Object.fromEntries(OPTIONS.map(({ key }) => [key, votes.filter((vote) => vote.option === key).length]));

// Not voting is no position, so it neither makes a majority nor breaks one; half is not a majority.
function majority(votes) {
  const counts = countBy(votes);
  const positions = OPTIONS.filter(({ key }) => key !== 'nonvoting');
  const taken = positions.reduce((sum, { key }) => sum + counts[key], 0);
  return positions.find(({ key }) => counts[key] * 2 > taken)?.key || '';
}

function withMajority(part) {
  const most = part.rest ? '' : majority(part.votes);
  const against = most ? part.votes.filter((vote) => vote.option !== most && vote.option !== 'nonvoting') : [];
  return { ...part, most, counts: countBy(part.votes), against };
}

// "Mostly" is more than half of all; a majority of those that took a position says that it is one.
function verdict({ most, counts, votes }) {
  if (!most) return 'no majority';
  if (counts[most] * 2 > votes.length) return `mostly ${OPTION[most].said}`;
  return `${counts[most]} of ${votes.length} ${OPTION[most].said}, most of those that took a position`;
}

function stack(counts, size = '') {
  const all = OPTIONS.reduce((sum, { key }) => sum + counts[key], 0);
  const text = OPTIONS.filter(({ key }) => counts[key]).map(({ key, label }) => `${label} ${counts[key]}`).join(', ');
  const bar = el('div', { class: `stack ${size}`, role: 'img', 'aria-label': text, title: text });
  OPTIONS.filter(({ key }) => counts[key]).forEach(({ key }) => {
    const piece = el('i', { class: key });
    piece.style.flex = String(counts[key] / all);
    bar.append(piece);
  });
  return bar;
}
