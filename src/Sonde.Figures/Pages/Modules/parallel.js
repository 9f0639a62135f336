import { html, show, svg } from './dom.js';
import { csvCell, csvName, exportAs, exportButtons, sheetOf } from './exports.js';
import { error, headingOf, PER_CENT, RANK_COLOURS, rankColourOf, short } from './numbers.js';
import { valueOf } from './trial-list.js';

const WIDTH = 960, HEIGHT = 260, TOP = 34, BOTTOM = 24, SIDE = 60, MOST_AXES = 9;

/** Each trial as a line through its settings to its test error, blue for the best and orange for the worst. Set `rows`, `measure`, `settings`; call `draw`. */
export class SondeParallel extends HTMLElement {
  rows = [];
  measure = PER_CENT;
  settings = [];

  draw() {
    const { measure } = this, rows = this.rows.filter(row => row.testError !== null), rank = row => measure.point * row.testError;
    if (rows.length === 0) return show(this, html('p', { class: 'empty' }, `No trial has a test ${measure.name} yet.`));
    const axes = [...this.settings.slice(0, MOST_AXES), 'testError'].map((name, k, all) => ({ name, x: SIDE + k * (WIDTH - 2 * SIDE) / Math.max(1, all.length - 1),
      ...scaleOf(rows.map(row => valueOf(row, name)), name === 'seed') }));
    const sorted = rows.map(rank).sort((a, b) => a - b);
    const paths = Object.fromEntries(RANK_COLOURS.map(colour => [colour, '']));
    // The worst first, so that the best trials lie on top.
    for (const row of [...rows].sort((a, b) => rank(b) - rank(a))) {
      const points = axes.map(axis => `${axis.x.toFixed(1)} ${axis.place(valueOf(row, axis.name)).toFixed(1)}`);
      paths[rankColourOf(sorted, rank(row))] += `M${points.join('L')}`;
    }
    this.dataset.lines = rows.length;
    return show(this, html('div', { class: 'tools' }, html('h2', {}, `Settings and test ${measure.name}`), exportButtons('this plot', kind => exportAs(kind, 'settings-and-test-error',
      () => sheetOf([{ drawing: this.querySelector('svg'), title: '' }], 1), () => this.toCsv()))),
    html('p', { class: 'hint' }, 'Each line is a trial. Blue: the best fifth; orange: the worst.'), svg('svg', { class: 'parallel', viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: 'img',
      'aria-label': `${rows.length} trials over ${axes.length - 1} settings; the best test ${measure.name} is ${error(sorted[0] / measure.point, measure)}${measure.unit}` },
    ...Object.entries(paths).reverse().map(([stroke, path]) => svg('path', { d: path || 'M0 0', fill: 'none', stroke,
      'stroke-opacity': rows.length > 300 ? 0.25 : 0.8, 'stroke-width': rows.length > 300 ? 0.6 : 1.6 })),
    ...axes.flatMap(axis => [
      svg('line', { x1: axis.x, x2: axis.x, y1: TOP, y2: HEIGHT - BOTTOM, class: 'axis' }),
      svg('text', { x: axis.x, y: 16, 'text-anchor': 'middle', class: 'strong' }, axis.name === 'testError' ? headingOf('test', measure) : axis.name),
      ...axis.labels.map(([text, y]) => svg('text', { x: axis.x + 5, y: y + 4, class: 'halo' }, text))])));
  }

  /** The settings and the error of each trial as CSV. */
  toCsv() {
    const rows = this.rows.filter(row => row.testError !== null);
    return [['trial', ...this.settings, csvName('test', this.measure)], ...rows.map(row => [row.id, ...this.settings.map(name => row.settings[name]), row.testError])].map(cells => cells.map(csvCell).join(',')).join('\n') + '\n';
  }
}

/** Numbers are placed by size, on a logarithmic axis if they span decades; words in their order. */
function scaleOf(values, isCount) {
  const [top, bottom] = [TOP, HEIGHT - BOTTOM], different = [...new Set(values)];
  if (different.every(value => typeof value === 'number')) {
    const [low, high] = [different.reduce((a, b) => Math.min(a, b)), different.reduce((a, b) => Math.max(a, b))], isLog = !isCount && low > 0 && high / low >= 50;
    const of = value => (isLog ? Math.log10(value) : value);
    const place = value => (low === high ? (top + bottom) / 2 : bottom - (of(value) - of(low)) / (of(high) - of(low)) * (bottom - top));
    const labels = different.length <= 6 ? different : [low, isLog ? Math.sqrt(low * high) : isCount ? Math.round((low + high) / 2) : (low + high) / 2, high];
    return { place, labels: labels.map(value => [short(value), place(value)]) };
  }
  const words = different.map(value => String(value ?? 'none')).sort();
  const place = value => (words.length === 1 ? (top + bottom) / 2 : bottom - words.indexOf(String(value ?? 'none')) / (words.length - 1) * (bottom - top));
  return { place, labels: words.slice(0, 12).map(word => [word.length > 18 ? `${word.slice(0, 17)}…` : word, place(word)]) };
}

customElements.define('sonde-parallel', SondeParallel);
