// The drawing as a PNG that can stand alone: with title, legend and where it comes from.

// lines: [{text, bold}] above; keys: [{text, colour, dash, width} or {text, colour, dot}] below;
// foot: the last line.
function savePicture(name, lines, keys, foot) {
  const from = $('drawing').querySelector('canvas');
  const ratio = from.width / from.clientWidth;
  const out = document.createElement('canvas');
  const canvas = out.getContext('2d');
  const wide = Math.max(from.clientWidth, 480);
  const top = 20 + lines.length * 22;
  const perRow = Math.max(1, Math.floor((wide - 32) / 250));
  const rows = Math.ceil(keys.length / perRow);
  out.width = wide * ratio;
  out.height = (top + from.clientHeight + rows * 20 + 44) * ratio;
  canvas.scale(ratio, ratio);
  canvas.fillStyle = COLOURS.paper;
  canvas.fillRect(0, 0, out.width, out.height);
  const write = (text, x, y, size, bold, colour) => {
    canvas.font = `${bold ? 650 : 450} ${size}px ${FONT}`;
    canvas.fillStyle = colour;
    canvas.fillText(text, x, y, wide - x - 16);
  };
  lines.forEach((line, i) => write(line.text, 16, 28 + i * 22, line.bold ? 18 : 13, line.bold, line.bold ? COLOURS.ink : COLOURS.muted));
  canvas.drawImage(from, 0, top, from.clientWidth, from.clientHeight);
  const under = top + from.clientHeight + 22;
  keys.forEach((key, i) => {
    const [x, y] = [16 + (i % perRow) * 250, under + Math.floor(i / perRow) * 20];
    canvas.strokeStyle = key.colour;
    canvas.lineWidth = (key.width || 1) + 0.9;
    canvas.setLineDash(key.dash || []);
    canvas.beginPath();
    if (key.dot) {
      canvas.fillStyle = key.colour;
      canvas.arc(x + 26, y - 4, 5.5, 0, 2 * Math.PI);
      canvas.fill();
    } else {
      canvas.moveTo(x, y - 4);
      canvas.lineTo(x + 32, y - 4);
      canvas.stroke();
    }
    write(key.text, x + 40, y, 12, false, COLOURS.ink);
  });
  write(foot, 16, under + rows * 20 + 6, 11, false, COLOURS.muted);
  out.toBlob((blob) => {
    const link = el('a', { download: name, href: URL.createObjectURL(blob) });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  });
}
