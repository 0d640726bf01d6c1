// The data of the page, and the few ways in which text from it may reach the document.

const DATA = JSON.parse(document.getElementById('data').textContent);
const SOURCES = DATA.sources;

const $ = (id) => document.getElementById(id);

// Every text becomes a text node, never markup.
function el(tag, options = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(options)) {
    if (value === undefined || value === null || value === false) continue;
    if (name === 'class') node.className = value;
    else if (name.startsWith('on')) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? '' : value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined && child !== ''));
  return node;
}

const button = (text, onclick, options = {}) =>
  el('button', { type: 'button', onclick, ...options }, text);

// Side by side with Python's own check, so that neither is the only one.
function source(key, whole = true) {
  const { title, publisher, href } = SOURCES[key];
  const safe = href && /^https?:\/\//i.test(href);
  const name = safe
    ? el('a', { href, target: '_blank', rel: 'noopener noreferrer' }, title)
    : document.createTextNode(title);
  const span = el('span', {}, name);
  if (publisher && whole) span.append(el('span', { class: 'muted' }, `, ${publisher}`));
  return span;
}

// Côte d'Ivoire is found by "cote", Türkiye by "turkiye".
const fold = (text) =>
  text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(/[’‘ʼ`]/g, "'").trim();

const byName = new Intl.Collator('en').compare;
const many = (count, one, more = `${one}s`) => `${count.toLocaleString('en')} ${count === 1 ? one : more}`;
const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);
const calm = () => matchMedia('(prefers-reduced-motion: reduce)').matches;

// An event, such as a statement, has its day in its label and lasts no time.
function span(tie) {
  if (!tie.start && !tie.end) return ['treaty', 'membership'].includes(tie.kind) ? 'dates not known' : '';
  if (!tie.end) return `since ${tie.start}`;
  return tie.start ? `${tie.start} to ${tie.end}` : `until ${tie.end}`;
}

// "member" says no more than the line itself does.
const role = (tie) => (/^(member|party)( of| to)?$/.test(tie.label) ? '' : tie.label);

const unchecked = (thing) =>
  thing.status === 'unchecked'
    ? el('span', { class: 'tag', title: 'Not compared with the primary record' }, 'unchecked')
    : null;

// Numbered notes for one panel: the same source is listed once, however many facts name it.
function notes() {
  const keys = [];
  return {
    mark(named) {
      const numbers = (named || []).map((key) => {
        if (!keys.includes(key)) keys.push(key);
        return keys.indexOf(key) + 1;
      });
      if (!numbers.length) return null;
      const titles = named.map((key) => SOURCES[key].title).join('\n');
      return el('span', { class: 'cite', title: titles }, `[${numbers.join(', ')}]`);
    },
    list() {
      if (!keys.length) return null;
      const items = keys.map((key) => el('li', {}, source(key)));
      return el('div', { class: 'sources' }, el('h3', {}, 'Sources'), el('ol', {}, ...items));
    },
  };
}

// The state of the page in the address, so that a picture can be sent as a link.
const hash = {
  read: () => new URLSearchParams(location.hash.slice(1)),
  write(values, push) {
    const params = new URLSearchParams();
    for (const [name, value] of Object.entries(values)) {
      if (value !== null && value !== undefined) params.set(name, value);
    }
    const text = `#${params}`;
    if (text === location.hash || (text === '#' && !location.hash)) return;
    history[push ? 'pushState' : 'replaceState'](null, '', text);
  },
};

// Waits for a pause, so that dragging a slider does not read out every step.
let saying = 0;
function say(text) {
  clearTimeout(saying);
  saying = setTimeout(() => { $('said').textContent = text; }, 400);
}
