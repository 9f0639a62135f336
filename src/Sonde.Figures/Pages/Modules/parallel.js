import { html, show, svg } from './dom.js';
import { error, short } from './numbers.js';
import { valueOf } from './trial-list.js';

const WIDTH = 960, HEIGHT = 260, TOP = 34, BOTTOM = 24, SIDE = 60, SHADES = ['#0072b2', '#56b4e9', '#8c8c8c', '#e69f00', '#d55e00'], MOST_AXES = 9;

/** Each trial as a line through its settings to its test error, blue for the least errors and orange for the largest. Set `rows`, `settings`; call `draw`. */
export class SondeParallel extends HTMLElement {
  rows = [];
  settings = [];

  draw() {
    const rows = this.rows.filter(row => row.testError !== null);
    if (rows.length === 0) return show(this, html('p', { class: 'empty' }, 'No trial has a test error yet.'));
    const axes = [...this.settings.slice(0, MOST_AXES), 'testError'].map((name, k, all) => ({ name, x: SIDE + k * (WIDTH - 2 * SIDE) / Math.max(1, all.length - 1),
      ...scaleOf(rows.map(row => valueOf(row, name))) }));
    const sorted = rows.map(row => row.testError).sort((a, b) => a - b);
    const shadeOf = row => Math.min(SHADES.length - 1, Math.floor(SHADES.length * sorted.findIndex(value => value >= row.testError) / sorted.length));
    const paths = SHADES.map(() => '');
    // Large errors first, so that the best trials lie on top.
    for (const row of [...rows].sort((a, b) => b.testError - a.testError)) {
      const points = axes.map(axis => `${axis.x.toFixed(1)} ${axis.place(valueOf(row, axis.name)).toFixed(1)}`);
      paths[rows.length > 2000 ? Math.floor(SHADES.length * rankOf(sorted, row.testError) / sorted.length) : shadeOf(row)] += `M${points.join('L')}`;
    }
    this.dataset.lines = rows.length;
    return show(this, html('div', { class: 'tools' }, html('h2', {}, 'Settings and test error')), svg('svg', { class: 'parallel', viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: 'img',
      'aria-label': `${rows.length} trials over ${axes.length - 1} settings; the least test error is ${error(sorted[0])} per cent` },
    ...paths.map((path, k) => [path, k]).reverse().map(([path, k]) => svg('path', { d: path || 'M0 0', fill: 'none', stroke: SHADES[k],
      'stroke-opacity': rows.length > 300 ? 0.25 : 0.8, 'stroke-width': rows.length > 300 ? 0.6 : 1.6 })),
    ...axes.flatMap(axis => [
      svg('line', { x1: axis.x, x2: axis.x, y1: TOP, y2: HEIGHT - BOTTOM, class: 'axis' }),
      svg('text', { x: axis.x, y: 16, 'text-anchor': 'middle', class: 'strong' }, axis.name === 'testError' ? 'test error %' : axis.name),
      ...axis.labels.map(([text, y]) => svg('text', { x: axis.x + 5, y: y + 4, class: 'halo' }, text))])));
  }
}

function rankOf(sorted, value) {
  let low = 0, high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle] < value) low = middle + 1; else high = middle;
  }
  return Math.min(low, sorted.length - 1);
}

/** Numbers are placed by size, on a logarithmic axis if they span decades; words in their order. */
function scaleOf(values) {
  const [top, bottom] = [TOP, HEIGHT - BOTTOM], different = [...new Set(values)];
  if (different.every(value => typeof value === 'number')) {
    const [low, high] = [different.reduce((a, b) => Math.min(a, b)), different.reduce((a, b) => Math.max(a, b))], isLog = low > 0 && high / low >= 50;
    const of = value => (isLog ? Math.log10(value) : value);
    const place = value => (low === high ? (top + bottom) / 2 : bottom - (of(value) - of(low)) / (of(high) - of(low)) * (bottom - top));
    const labels = different.length <= 6 ? different : [low, isLog ? Math.sqrt(low * high) : (low + high) / 2, high];
    return { place, labels: labels.map(value => [short(value), place(value)]) };
  }
  const words = different.map(value => String(value ?? 'none')).sort();
  const place = value => (words.length === 1 ? (top + bottom) / 2 : bottom - words.indexOf(String(value ?? 'none')) / (words.length - 1) * (bottom - top));
  return { place, labels: words.slice(0, 12).map(word => [word.length > 18 ? `${word.slice(0, 17)}…` : word, place(word)]) };
}

customElements.define('sonde-parallel', SondeParallel);
