import { choice, html, show, svg } from './dom.js';
import { csvCell, csvName, exportAs, exportButtons, sheetOf } from './exports.js';
import { bestOf, capital, colourOf, error, PER_CENT, short } from './numbers.js';
import { groupRows } from './trial-list.js';

const WIDTH = 220, HEIGHT = 130, LEFT = 34, BOTTOM = 18, MOST_CELLS = 60, MOST_LINES = 200;

/** The curves of a sweep as a grid of small plots: one for each value of a setting, coloured by another. Set `rows`, `split`, `measure`, `settings`, `isReading`, `state`; call `draw`. */
export class SondeMultiples extends HTMLElement {
  rows = [];
  split = 'test';
  measure = PER_CENT;
  settings = [];
  isReading = false;
  state = { facet: '', colour: '' };

  draw() {
    const { split, measure, settings, state } = this;
    const facet = settings.includes(state.facet) ? state.facet : settings[0], colour = settings.includes(state.colour) ? state.colour : settings[1] ?? settings[0];
    const set = change => {
      Object.assign(this.state, { facet, colour }, change);
      this.draw();
      this.dispatchEvent(new CustomEvent('options', { detail: this.state }));
    };
    const curved = this.rows.filter(row => row.curve && row.curve.x.length > 1);
    const shades = new Map(groupRows(curved, colour).map(([key], k) => [key, colourOf(k)]));
    const limits = limitsOf(curved);
    show(this, html('div', { class: 'tools' }, html('h2', {}, `${capital(split)} ${measure.name}, a plot for each value`), choice('plots', facet, settings, value => set({ facet: value })),
      choice('colour', colour, settings, value => set({ colour: value })),
      curved.length === 0 ? null : exportButtons('these plots', kind => exportAs(kind, `${split}-error-by-${facet}`, () => this.toSvg(), () => this.toCsv()))),
    html('p', { class: 'legend' }, ...[...shades].slice(0, 16).map(([key, shade]) => {
      const swatch = html('i', { class: 'swatch', 'aria-hidden': 'true' });
      swatch.style.background = shade;
      return html('span', {}, swatch, ` ${colour} ${key}  `);
    })),
    curved.length === 0 ? html('p', { class: 'empty' }, this.isReading ? 'Reading …' : `No trial has two values of its ${split} ${measure.name} yet.`)
      : html('div', { class: 'grid' }, ...groupRows(curved, facet).slice(0, MOST_CELLS).map(([key, rows]) => html('figure', {}, html('figcaption', {}, `${facet} ${key}`),
        cell(rows, row => shades.get(String(row.settings[colour] ?? 'none')) ?? shades.values().next().value, limits, `${split} ${measure.name}`, measure)))));
  }

  /** All plots as one SVG. */
  toSvg() { return sheetOf([...this.querySelectorAll('figure')].map(figure => ({ drawing: figure.querySelector('svg'), title: figure.querySelector('figcaption').textContent })), 4); }

  /** The points of all curves as CSV. */
  toCsv() {
    const curved = this.rows.filter(row => row.curve && row.curve.x.length > 1);
    return [['trial', ...this.settings, 'update', csvName(this.split, this.measure)].join(','), ...curved.flatMap(row => row.curve.x.map((x, k) => [row.id, ...this.settings.map(name => row.settings[name]), x, row.curve.y[k]].map(csvCell).join(',')))].join('\n') + '\n';
  }
}

function limitsOf(rows) {
  let [left, right, low, high] = [Infinity, -Infinity, Infinity, -Infinity];
  for (const { curve } of rows) {
    left = Math.min(left, curve.x[0]);
    right = Math.max(right, curve.x[curve.x.length - 1]);
    for (const value of curve.y) if (value !== null) [low, high] = [Math.min(low, value), Math.max(high, value)];
  }
  return { left, right, low, high };
}

function cell(rows, shade, { left, right, low, high }, name, measure) {
  const x = value => LEFT + (value - left) / (right - left || 1) * (WIDTH - LEFT - 4), y = value => 9 + (1 - (value - low) / (high - low || 1)) * (HEIGHT - BOTTOM - 13);
  const ends = rows.map(row => row.curve.y[row.curve.y.length - 1]).filter(value => value !== null);
  const best = ends.length ? ` the best at the end is ${error(bestOf(ends, measure), measure)}${measure.unit}` : ' none has an end';
  return svg('svg', { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: 'img', 'aria-label': `${rows.length} curves of ${name},${best}` },
    ...[low, (low + high) / 2, high].flatMap(value => [
      svg('line', { x1: LEFT, x2: WIDTH - 4, y1: y(value), y2: y(value), class: 'rule' }),
      svg('text', { x: LEFT - 4, y: y(value) + 3, 'text-anchor': 'end' }, short(value, 2))]),
    svg('text', { x: LEFT, y: HEIGHT - 4 }, short(left)), svg('text', { x: WIDTH - 4, y: HEIGHT - 4, 'text-anchor': 'end' }, short(right)),
    ...rows.slice(0, MOST_LINES).map(row => svg('polyline', { points: row.curve.x.map((value, k) => (row.curve.y[k] === null ? ''
      : `${x(value).toFixed(1)},${y(row.curve.y[k]).toFixed(1)}`)).filter(Boolean).join(' '), fill: 'none', stroke: shade(row), 'stroke-width': 1.2 })));
}

customElements.define('sonde-multiples', SondeMultiples);
