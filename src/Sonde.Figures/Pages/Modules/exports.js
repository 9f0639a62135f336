import { fileName, html, save, svg } from './dom.js';

const DRAWN = ['fill', 'fill-opacity', 'stroke', 'stroke-opacity', 'stroke-width', 'font-size', 'font-weight', 'text-anchor', 'paint-order', 'stroke-dasharray'];

/**
 * Buttons that save a plot.
 * @param {string} words what is saved
 * @param {(kind: 'SVG' | 'PNG' | 'CSV') => void} chosen
 */
export function exportButtons(words, chosen) {
  return html('span', { class: 'exports' }, ...['SVG', 'PNG', 'CSV'].map(kind => html('button', { type: 'button', title: `save ${words} as ${kind}`, click: () => chosen(kind) }, kind)));
}

/** Saves a drawing. @param {string} title @param {() => string} toSvg @param {() => string} toCsv */
export function exportAs(kind, title, toSvg, toCsv) {
  const name = fileName(title);
  if (kind === 'CSV') return save(`${name}.csv`, toCsv(), 'text/csv');
  const text = toSvg();
  if (kind === 'SVG') return save(`${name}.svg`, text, 'image/svg+xml');
  const image = new Image();
  image.onload = () => {
    const canvas = html('canvas', { width: image.width * 2, height: image.height * 2 });
    canvas.getContext('2d').drawImage(image, 0, 0, canvas.width, canvas.height);
    canvas.toBlob(blob => save(`${name}.png`, blob, 'image/png'));
  };
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
  return undefined;
}

/**
 * Drawings of the page as one file that needs no style sheet.
 * @param {{drawing: SVGSVGElement, title: string}[]} cells
 * @param {number} columns how many stand side by side
 */
export function sheetOf(cells, columns) {
  const GAP = 12, HEAD = 18, boxes = cells.map(({ drawing }) => drawing.viewBox.baseVal), width = Math.max(...boxes.map(box => box.width)), height = Math.max(...boxes.map(box => box.height)) + HEAD;
  const across = Math.min(columns, cells.length), paper = getComputedStyle(document.querySelector('sonde-page .card') ?? document.body);
  const sheet = svg('svg', { xmlns: 'http://www.w3.org/2000/svg', width: across * (width + GAP) + GAP, height: Math.ceil(cells.length / across) * (height + GAP) + GAP, 'font-family': 'sans-serif', 'font-size': 12 },
    svg('rect', { width: '100%', height: '100%', fill: paper.backgroundColor }));
  cells.forEach(({ drawing, title }, k) => {
    const [x, y] = [GAP + (k % across) * (width + GAP), GAP + Math.floor(k / across) * (height + GAP)], copy = drawing.cloneNode(true), parts = copy.querySelectorAll('*');
    drawing.querySelectorAll('*').forEach((part, place) => {
      const style = getComputedStyle(part);
      for (const name of DRAWN) parts[place].setAttribute(name, style.getPropertyValue(name));
    });
    for (const [name, value] of Object.entries({ x, y: y + HEAD, width: boxes[k].width, height: boxes[k].height })) copy.setAttribute(name, value);
    sheet.append(svg('text', { x, y: y + 12, fill: paper.color }, title), copy);
  });
  return new XMLSerializer().serializeToString(sheet);
}

/** The name of a column of errors: "testError", "validation R²". @param {string} part @param {import('./numbers.js').Measure} measure */
export function csvName(part, { name }) { return name === 'error' ? `${part}Error` : `${part} ${name}`; }

/** A cell of a CSV file. */
export function csvCell(value) {
  const text = String(value ?? '');
  return /[",\n]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text;
}
