// The table twin: the same rows as the drawing, sortable, drawn only while it is open.

// columns: [{title, text(row), cell(row), tight}]; rows() gives what is visible now.
function tableTwin(columns, rows) {
  const box = $('table');
  const place = box.querySelector('.scroll');
  let by = 0;
  let down = false;

  function head() {
    return columns.map((column, i) => {
      const order = i === by ? (down ? 'descending' : 'ascending') : 'none';
      const sign = i === by ? (down ? ' ↓' : ' ↑') : '';
      const sort = button(column.title + sign, () => {
        down = by === i && !down;
        by = i;
        draw();
        place.querySelectorAll('th button')[i].focus();
      });
      return el('th', { scope: 'col', 'aria-sort': order }, sort);
    });
  }

  function draw() {
    if (!box.open) return;
    const sorted = rows()
      .map((row) => [columns[by].text(row), row])
      .sort((a, b) => (down ? -1 : 1) * byName(a[0], b[0]))
      .map(([, row]) => el('tr', {}, ...columns.map((column) =>
        el('td', { class: column.tight ? 'tight' : null }, column.cell ? column.cell(row) : column.text(row)))));
    if (!sorted.length) {
      place.replaceChildren(el('p', { class: 'muted' }, 'Nothing is shown, so there is nothing to list.'));
      return;
    }
    place.replaceChildren(el('table', {},
      el('thead', {}, el('tr', {}, ...head())), el('tbody', {}, ...sorted)));
  }

  box.addEventListener('toggle', draw);
  return draw;
}

const titles = (keys) => (keys || []).map((key) => SOURCES[key].title).join('; ');
function sourceCell(keys) {
  const cell = el('span', { class: 'small' });
  (keys || []).forEach((key, i) => cell.append(i ? '; ' : '', source(key, false)));
  return cell;
}
