// The legend: each kind of tie and each group of states is a switch with a count.

// entries: [{key, label, hint, sample}]; off: Set of keys; the result refreshes counts and switches.
function legend(place, entries, off, changed) {
  const rows = entries.map((entry) => {
    const count = el('small', { class: 'number' });
    const row = button('', () => {
      if (!off.delete(entry.key)) off.add(entry.key);
      changed();
    }, { 'aria-pressed': 'true', title: `${entry.label}: show or hide` });
    row.append(entry.sample, el('span', {}, entry.label, entry.hint ? el('em', {}, ` ${entry.hint}`) : null), count);
    place.append(row);
    return { entry, row, count };
  });
  if (!entries.length) place.hidden = true;
  return (counts) => rows.forEach(({ entry, row, count }) => {
    row.setAttribute('aria-pressed', String(!off.has(entry.key)));
    count.textContent = (counts.get(entry.key) || 0).toLocaleString('en');
  });
}
