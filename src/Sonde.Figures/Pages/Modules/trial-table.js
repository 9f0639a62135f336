import { html, show, svg } from './dom.js';
import { bestOf, duration, error, headingOf, PER_CENT, whole } from './numbers.js';
import { addressOf } from './route.js';
import { oncePerFrame } from './source.js';
import { groupRows, sortRows } from './trial-list.js';

const ROW_HEIGHT = 34, MOST_WHOLE = 150, SPARE = 12, SPARK_WIDTH = 84, SPARK_HEIGHT = 22, MOST_SETTINGS = 6;

/**
 * The trials of a study as a table. Of a large study only the rows in sight are in the page.
 * Set `rows`, `measure`, `settings`, `marks` and `state`, then call `draw`. Fires "sort", "chosen" (ids to overlay) and "sight" (ids of the rows in sight).
 */
export class SondeTrialTable extends HTMLElement {
  /** @type {import('./trial-list.js').Row[]} */ rows = [];
  /** @type {string[]} */ settings = [];
  measure = PER_CENT;
  /** @type {Map<string, {isChosen: boolean, isTied: boolean}>} */ marks = new Map();
  state = { folder: '', sort: '', group: '', chosen: /** @type {string[]} */ ([]), colour: (row => '') };

  connectedCallback() {
    this.body = html('tbody');
    this.head = html('thead');
    this.scroller = html('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': 'trials', scroll: oncePerFrame(() => this.#rows()) },
      html('table', { class: 'trials', keydown: event => this.#key(event) }, this.head, this.body));
    this.append(this.scroller);
  }

  draw() {
    const sorted = sortRows(this.rows, this.state.sort);
    this.lines = this.state.group ? groupRows(sorted, this.state.group).flatMap(([key, rows]) => [{ key, rows }, ...rows]) : sorted;
    this.isWhole = this.lines.length <= MOST_WHOLE;
    this.scroller.classList.toggle('tall', !this.isWhole);
    this.shownSettings = this.settings.slice(0, MOST_SETTINGS);
    this.dataset.rows = this.rows.length;
    this.#head();
    this.drawn = null;
    this.#rows();
  }

  get columns() {
    return [['chosen', 'overlay'], ['id', 'trial'], ['status', 'status'], ...this.shownSettings.map(name => [name, name]), ['progress', 'progress'],
      ['curve', `test ${this.measure.name}`], ['testError', shortHeading('test', this.measure)], ['validationError', shortHeading('valid.', this.measure)], ['seconds', 'time']];
  }

  #head() {
    const { sort } = this.state;
    show(this.head, html('tr', {}, ...this.columns.map(([column, words]) => {
      if (column === 'chosen' || column === 'curve') return html('th', { scope: 'col' }, words);
      const order = sort === column ? 'ascending' : sort === `-${column}` ? 'descending' : 'none';
      return html('th', { scope: 'col', 'aria-sort': order }, html('button', { type: 'button', click: () => this.dispatchEvent(new CustomEvent('sort', {
        detail: order === 'ascending' ? `-${column}` : order === 'descending' ? '' : column,
      })) }, words, order === 'ascending' ? ' ▲' : order === 'descending' ? ' ▼' : ''));
    })));
  }

  #rows() {
    const [from, to] = this.isWhole ? [0, this.lines.length] : [
      Math.max(0, Math.floor(this.scroller.scrollTop / ROW_HEIGHT) - SPARE),
      Math.min(this.lines.length, Math.ceil((this.scroller.scrollTop + (this.scroller.clientHeight || 600)) / ROW_HEIGHT) + SPARE)];
    if (this.drawn && this.drawn[0] === from && this.drawn[1] === to) return;
    this.drawn = [from, to];
    const focused = this.body.contains(document.activeElement) ? document.activeElement.closest('tr')?.dataset.id : null;
    const spacer = rows => {
      if (rows <= 0) return null;
      const cell = html('td', { colspan: this.columns.length });
      cell.style.height = `${rows * ROW_HEIGHT}px`;
      return html('tr', { class: 'spacer', 'aria-hidden': 'true' }, cell);
    };
    const inSight = this.lines.slice(from, to);
    show(this.body, spacer(from), ...inSight.map(line => (line.rows ? this.#group(line) : this.#row(line))), spacer(this.lines.length - to));
    if (focused) this.body.querySelector(`tr[data-id="${CSS.escape(focused)}"] a`)?.focus();
    this.dispatchEvent(new CustomEvent('sight', { detail: inSight.filter(line => !line.rows).map(row => row.id) }));
  }

  #group({ key, rows }) {
    const errors = rows.map(row => row.testError).filter(value => value !== null);
    const { name, unit } = this.measure, mean = errors.reduce((sum, value) => sum + value, 0) / errors.length;
    return html('tr', { class: 'group' }, html('th', { colspan: this.columns.length, scope: 'rowgroup' }, `${this.state.group} ${key}: ${whole(rows.length)} `
      + `${rows.length === 1 ? 'trial' : 'trials'}${errors.length ? `, mean test ${name} ${error(mean, this.measure)}${unit}, best ${error(bestOf(errors, this.measure), this.measure)}${unit}` : ''}`));
  }

  #row(row) {
    const mark = this.marks.get(row.id);
    const box = html('input', { type: 'checkbox', checked: this.state.chosen.includes(row.id), 'aria-label': `lay ${row.id} over others`, change: () => {
      const { chosen } = this.state;
      this.state.chosen = box.checked ? [...chosen, row.id] : chosen.filter(id => id !== row.id);
      this.dispatchEvent(new CustomEvent('chosen', { detail: this.state.chosen }));
    } });
    const swatch = html('i', { class: 'swatch', 'aria-hidden': 'true' });
    swatch.style.background = this.state.colour(row);
    const bar = html('progress', { max: 1, value: row.progress, 'aria-label': `${Math.round(100 * row.progress)} % done` });
    const left = row.secondsLeft === null ? '' : ` ${duration(row.secondsLeft)} left`;
    return html('tr', { 'data-id': row.id, title: row.verdict ?? row.message ?? '' }, html('td', {}, box),
      html('td', { class: 'name' }, swatch, html('a', { href: addressOf('trial', { folder: this.state.folder, trial: row.id }) }, row.id),
        mark?.isChosen ? html('span', { class: 'badge', title: 'chosen by validation error for its model' }, 'chosen') : null,
        mark?.isTied ? html('span', { class: 'badge good', title: `the best test ${this.measure.name}, or not significantly different from it` }, 'best or tied') : null),
      html('td', { title: row.writer ?? '' }, html('span', { class: `status ${row.status}` }, row.status)),
      ...this.shownSettings.map(name => html('td', {}, row.settings[name] ?? '')),
      html('td', { class: 'progress' }, bar, html('small', {}, `${whole(row.updates)}${left}`)),
      html('td', {}, this.#spark(row)), html('td', { class: 'number' }, error(row.testError ?? lastOf(row), this.measure)),
      html('td', { class: 'number' }, error(row.validationError, this.measure)), html('td', { class: 'number' }, duration(row.seconds)));
  }

  #spark(row) {
    const { curve } = row;
    if (!curve || curve.x.length < 2) return html('span', { class: 'empty' }, '–');
    const [left, right] = [curve.x[0], curve.x[curve.x.length - 1]], points = curve.y.filter(value => value !== null);
    const [low, high] = [Math.min(...points), Math.max(...points)];
    const path = curve.x.map((x, k) => (curve.y[k] === null ? '' : `${((x - left) / (right - left || 1) * (SPARK_WIDTH - 2) + 1).toFixed(1)},`
      + `${((1 - (curve.y[k] - low) / (high - low || 1)) * (SPARK_HEIGHT - 4) + 2).toFixed(1)}`)).filter(Boolean).join(' ');
    return svg('svg', { class: 'spark', width: SPARK_WIDTH, height: SPARK_HEIGHT, role: 'img', 'aria-label': `test ${this.measure.name} from `
      + `${error(curve.y[0], this.measure)} to ${error(curve.y[curve.y.length - 1], this.measure)}${this.measure.unit}` }, svg('polyline', { points: path, fill: 'none', stroke: 'currentColor', 'stroke-width': 1.3 }));
  }

  #key(event) {
    const row = event.target.closest?.('tr[data-id]');
    if (!row || !['ArrowUp', 'ArrowDown'].includes(event.key)) return;
    let next = event.key === 'ArrowUp' ? row.previousElementSibling : row.nextElementSibling;
    while (next && !next.dataset.id && !next.classList.contains('spacer')) next = event.key === 'ArrowUp' ? next.previousElementSibling : next.nextElementSibling;
    next?.querySelector('a')?.focus();
    event.preventDefault();
  }
}

function shortHeading(part, measure) { return measure.name === PER_CENT.name ? `${part} %` : headingOf(part, measure); }

function lastOf(row) { return row.curve?.y[row.curve.y.length - 1] ?? null; }

customElements.define('sonde-trial-table', SondeTrialTable);
