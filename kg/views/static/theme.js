// Light and dark, and the colours the canvas takes from the style sheet.

const COLOURS = {};
const theme = { dark: false, chosen: false, watchers: [] };

function readColours() {
  const style = getComputedStyle(document.documentElement);
  for (const name of ['paper', 'ink', 'muted', 'line', 'card', 'accent', 'rim']) {
    COLOURS[name] = style.getPropertyValue(`--${name}`).trim();
  }
}

function setDark(dark, chosen) {
  theme.dark = dark;
  theme.chosen = theme.chosen || chosen;
  document.documentElement.classList.toggle('dark', dark);
  $('dark').setAttribute('aria-pressed', String(dark));
  readColours();
  theme.watchers.forEach((watch) => watch());
}

const asked = hash.read().get('dark');
theme.chosen = asked !== null;
setDark(asked === null ? matchMedia('(prefers-color-scheme: dark)').matches : asked === '1', false);
$('dark').addEventListener('click', () => setDark(!theme.dark, true));

function mix(top, under, share) {
  const parts = (text) => [1, 3, 5].map((at) => parseInt(text.slice(at, at + 2), 16));
  const [a, b] = [parts(top), parts(under)];
  return `#${a.map((part, i) => Math.round(part * share + b[i] * (1 - share)).toString(16).padStart(2, '0')).join('')}`;
}

// A colour laid thinly over the paper, as a solid colour.
const thin = (colour, share) => mix(colour, COLOURS.paper, share);

// A line colour that stands out on either paper.
const bright = (colour) => (theme.dark ? mix(colour, '#ffffff', 0.72) : colour);
