// A search box with suggestions: by name without accents, by code, by word.

// items: [{id, label, hint, words: [text]}]; picked(id) is called with the choice.
function searchBox(items, picked) {
  const input = $('q');
  const list = $('found');
  const folded = items.map((item) => ({ item, words: [item.label, ...item.words].map(fold) }));
  let shown = [];
  let at = -1;

  // The best is first: the whole text, then its beginning, then a word's, then anywhere.
  function rank(words, text) {
    let best = 9;
    words.forEach((word, i) => {
      if (word === text) best = Math.min(best, 0);
      else if (word.startsWith(text)) best = Math.min(best, i ? 2 : 1);
      else if (word.includes(` ${text}`) || word.includes(`-${text}`)) best = Math.min(best, 3);
      else if (text.length > 2 && word.includes(text)) best = Math.min(best, 4);
    });
    return best;
  }

  function matches(text) {
    const wanted = fold(text);
    if (!wanted) return [];
    return folded
      .map(({ item, words }) => ({ item, rank: rank(words, wanted) }))
      .filter((match) => match.rank < 9)
      .sort((a, b) => a.rank - b.rank || byName(a.item.label, b.item.label))
      .slice(0, 10)
      .map((match) => match.item);
  }

  function mark(index) {
    at = index;
    [...list.children].forEach((row, i) => row.setAttribute('aria-selected', String(i === at)));
    if (at >= 0 && list.children[at]) {
      input.setAttribute('aria-activedescendant', list.children[at].id);
      list.children[at].scrollIntoView({ block: 'nearest' });
    } else input.removeAttribute('aria-activedescendant');
  }

  function close() {
    list.hidden = true;
    input.setAttribute('aria-expanded', 'false');
    mark(-1);
  }

  function open() {
    shown = matches(input.value);
    const rows = shown.map((item, i) =>
      el('li', { role: 'option', id: `found-${i}`, 'aria-selected': 'false' },
        el('span', {}, item.label), el('small', {}, item.hint)));
    if (!rows.length && input.value.trim()) {
      rows.push(el('li', { class: 'none', role: 'option', 'aria-disabled': 'true' }, 'Nothing by that name or code'));
    }
    list.replaceChildren(...rows);
    list.hidden = !rows.length;
    input.setAttribute('aria-expanded', String(rows.length > 0));
    mark(shown.length ? 0 : -1);
  }

  function choose(item) {
    if (!item) return;
    input.value = item.label;
    close();
    picked(item.id);
  }

  input.addEventListener('input', open);
  input.addEventListener('focus', () => input.select());
  input.addEventListener('blur', () => setTimeout(close, 150));
  // before blur, or the list would close under the pointer
  list.addEventListener('mousedown', (event) => event.preventDefault());
  list.addEventListener('click', (event) => {
    const row = event.target.closest('li');
    if (row) choose(shown[[...list.children].indexOf(row)]);
  });
  input.addEventListener('keydown', (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      if (list.hidden) open();
      else if (shown.length) mark((at + step + shown.length) % shown.length);
    } else if (event.key === 'Enter') {
      if (list.hidden) open();
      choose(shown[Math.max(at, 0)]);
    } else if (event.key === 'Escape' && !list.hidden) {
      event.stopPropagation();
      close();
    }
  });
  document.addEventListener('keydown', (event) => {
    const typing = /^(input|select|textarea)$/i.test(document.activeElement.tagName);
    if (event.key === '/' && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      input.focus();
    }
  });
  return { input, refresh: () => { if (!list.hidden) open(); } };
}
