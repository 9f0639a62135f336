import './chart.js';
import './multiples.js';
import './parallel.js';
import './trial-table.js';
import { choice, html, scroller, show } from './dom.js';
import { allSeen, capital, colourOf, dashOf, error, guessing, headingOf, rankColourOf, seen, sharedMeasure, whole } from './numbers.js';
import { addressOf, currentRoute, go, note } from './route.js';
import { listen, load } from './source.js';
import { filterRows, groupRows, rowsOf } from './trial-list.js';

const MOST_NAMED = 40, MOST_AT_ONCE = 1000;

/** A study: what it found, all curves in one plot, its trials as a table, and sweeps as small plots or parallel coordinates. */
export class SondeStudy extends HTMLElement {
  async connectedCallback() {
    const { values } = currentRoute();
    this.folder = values.folder ?? '';
    this.state = { sort: values.sort ?? '', filter: values.filter ?? '', group: values.group ?? '', split: values.split ?? 'test', sweep: values.sweep ?? '' };
    this.chosen = (values.chosen ?? '').split(' ').filter(Boolean);
    this.heading = html('h1', {}, 'Study');
    this.summary = html('p', { class: 'summary', 'aria-live': 'polite' });
    this.finding = html('div');
    this.controls = html('div', { class: 'controls' });
    this.chart = html('sonde-chart');
    this.chart.isReading = true;
    this.table = html('sonde-trial-table');
    this.sweep = html('div');
    show(this, this.heading, this.summary, this.finding, this.controls, html('div', { class: 'card' }, this.chart), html('div', { class: 'card' }, this.table), this.sweep);
    Object.assign(this.chart.options, { xLog: values.x === 'log', yLog: values.y === 'log', smoothing: Number(values.smooth ?? 0),
      pins: (values.pins ?? '').split(' ').filter(Boolean), height: Math.min(460, Math.max(260, innerHeight * 0.42)) });
    this.chart.addEventListener('pins', event => note({ pins: event.detail.join(' ') }));
    this.chart.addEventListener('options', event => note({ x: event.detail.xLog ? 'log' : '', y: event.detail.yLog ? 'log' : '', smooth: event.detail.smoothing || '' }));
    this.table.addEventListener('sort', event => this.#set({ sort: event.detail }));
    this.table.addEventListener('chosen', event => {
      this.chosen = event.detail;
      note({ chosen: this.chosen.join(' ') });
      this.#controls();
    });
    this.table.addEventListener('sight', event => this.#verdicts(event.detail));
    this.stop = listen(change => { if (change.folder === '' || change.folder === this.folder) this.#changed(change.trials); });
    await this.refresh();
  }

  disconnectedCallback() { this.stop?.(); }

  async refresh() {
    const before = new Map((this.rows ?? []).map(row => [row.id, row]));
    const table = await load('study', { folder: this.folder });
    if (table.problem) return show(this, html('h1', {}, 'Study'), html('p', { class: 'problem' }, table.problem));
    this.#take(table);
    for (const row of this.rows) row.curve = before.get(row.id)?.curve;
    this.draw();
    if (table.unread !== null) return this.#readOn();
    await this.#curves();
    // Verdicts and comparisons take longer than curves, and nobody waits for them.
    this.#comparison();
    return undefined;
  }

  #take(table) {
    this.document = table;
    [this.rows, this.measure] = [rowsOf(table), table.measure];
    this.settings = table.varied.filter(setting => setting.values.length < this.rows.length || this.rows.length <= 12).map(setting => setting.name);
  }

  /** While the server reads the folder for the first time, it answers as soon as there is more; curves come when all rows are there. */
  #readOn() { setTimeout(() => this.isConnected && this.#changed(), 100); }

  async #changed(trials) {
    if (this.isLoading) {
      this.isStale = true;
      return;
    }
    this.isLoading = true;
    try {
      const table = await load('study', { folder: this.folder });
      if (!table.problem) {
        const before = new Map((this.rows ?? []).map(row => [row.id, row]));
        this.#take(table);
        for (const row of this.rows) {
          row.curve = before.get(row.id)?.curve;
          if (trials && !trials.includes(row.id)) row.verdict = before.get(row.id)?.verdict;
        }
        if (table.unread !== null) {
          this.draw();
          this.#readOn();
        } else {
          await this.#curves(this.isCompared && trials && trials.length <= MOST_NAMED ? trials : undefined);
          if (!this.isCompared || this.rows.some(row => row.status === 'done' && before.get(row.id)?.status !== 'done')) this.#comparison();
        }
      }
    } finally {
      this.isLoading = false;
    }
    if (this.isStale) {
      this.isStale = false;
      this.#changed();
    }
  }

  async #curves(trials) {
    const asked = this.asked = Symbol('curves');
    this.chart.isReading = true;
    // Of a folder that is read for the first time the curves come in parts.
    for (let from = 0; from !== null;) {
      const document = await load('curves', { folder: this.folder, split: this.state.split, ...(from ? { from } : {}), ...(trials ? { trial: trials.join(',') } : {}) });
      if (this.asked !== asked || !this.isConnected) return;
      if (document.problem) break;
      const byId = new Map(this.rows.map(row => [row.id, row]));
      if (!trials && from === 0) for (const row of this.rows) row.curve = undefined;
      document.id.forEach((id, k) => {
        const row = byId.get(id);
        if (row) row.curve = { x: document.updates[document.grid[k]], y: allSeen(document.errors[k], this.measure) };
      });
      from = document.next;
      if (from !== null) this.draw();
    }
    this.chart.isReading = false;
    this.draw();
  }

  async #comparison() {
    this.isCompared = true;
    const found = await load('comparison', { folder: this.folder });
    if (found.problem) return;
    const marks = new Map();
    for (const model of found.tasks.flatMap(task => task.models))
      for (const id of model.trials) marks.set(id, { isChosen: model.isChoice, isTied: model.isAmongBest });
    this.table.marks = marks;
    if (this.table.body) this.table.draw();
    const models = found.tasks.flatMap(task => task.models.filter(model => model.testError !== null).map(model => ({ ...model, data: task.data, measure: task.measure })));
    const shared = sharedMeasure(models.map(model => model.measure)), text = value => error(seen(value, shared), shared);
    show(this.finding, found.verdict ? html('p', { class: 'verdict' }, found.verdict) : null,
      models.length > 1 ? html('details', {}, html('summary', {}, `Models: the chosen setting of each of ${models.length}`),
        scroller('models', html('table', {}, html('thead', {}, html('tr', {}, ...['data', 'model', 'hidden', 'learning rate', headingOf('validation', shared), headingOf('test', shared), '95 % interval']
          .map(words => html('th', { scope: 'col' }, words)))), html('tbody', {}, ...models.map(model => html('tr', {}, html('td', {}, model.data),
          html('td', {}, model.name, model.isFinal ? null : html('span', { class: 'badge' }, 'not final')), html('td', {}, model.hidden), html('td', { class: 'number' }, model.learningRate),
          html('td', { class: 'number' }, text(model.validationError)), html('td', { class: 'number' }, html(model.isAmongBest ? 'strong' : 'span', {}, text(model.testError))),
          html('td', { class: 'number' }, model.low === null ? '–' : (shared.point < 0 ? [model.high, model.low] : [model.low, model.high]).map(text).join(' to '))))))), html('p', { class: 'hint' }, found.meaning ?? '')) : null,
      found.notCompared ? html('p', { class: 'hint' }, `The models are not compared: ${found.notCompared}`) : null);
  }

  async #verdicts(ids) {
    const byId = new Map(this.rows.map(row => [row.id, row]));
    const unknown = ids.filter(id => byId.get(id) && byId.get(id).verdict === undefined && byId.get(id).status !== 'waiting').slice(0, MOST_NAMED);
    if (unknown.length === 0) return;
    for (const id of unknown) byId.get(id).verdict = '';
    const found = await load('verdicts', { folder: this.folder, trial: unknown.join(',') });
    if (found.problem) return;
    for (const [id, sentence] of Object.entries(found.verdicts)) {
      if (byId.has(id)) byId.get(id).verdict = sentence;
      this.table.querySelector(`tr[data-id="${CSS.escape(id)}"]`)?.setAttribute('title', sentence);
    }
    this.#sentences();
  }

  #set(change) {
    Object.assign(this.state, change);
    note(this.state.split === 'test' ? { ...this.state, split: '' } : this.state);
    if ('split' in change) this.#curves();
    else this.draw();
  }

  /** A colour per group, or per trial if there is no group; of many trials, by the rank of their error. @returns {(row: import('./trial-list.js').Row) => string} */
  #colours(rows) {
    if (this.state.group) {
      const places = new Map(groupRows(this.rows, this.state.group).flatMap(([, members], k) => members.map(row => [row.id, k])));
      return row => colourOf(places.get(row.id));
    }
    const { point } = this.measure, last = row => row.testError ?? row.curve?.y[row.curve.y.length - 1] ?? null;
    if (rows.length > MOST_NAMED) {
      const sorted = rows.map(last).filter(value => value !== null).map(value => point * value).sort((a, b) => a - b);
      return row => (last(row) === null ? '#8c8c8c' : rankColourOf(sorted, point * last(row)));
    }
    const places = new Map(rows.map((row, k) => [row.id, k]));
    return row => colourOf(places.get(row.id));
  }

  draw() {
    if (!this.isConnected || !this.rows) return;
    const shown = filterRows(this.rows, this.state.filter), colour = this.#colours(shown), isMany = shown.length > MOST_NAMED;
    this.heading.textContent = this.document.study;
    document.title = `${this.document.study} · Sonde`;
    const counts = Object.entries(groupBy(this.rows, row => row.status)).map(([status, rows]) => `${whole(rows.length)} ${status}`).join(', ');
    this.summary.textContent = `${whole(this.rows.length)} ${this.rows.length === 1 ? 'trial' : 'trials'}${counts ? `: ${counts}` : ''}.`
      + (this.document.unread === null ? '' : this.document.unread > 0 ? ` ${whole(this.document.unread)} more are being read.` : ' The folder is being read.')
      + (shown.length < this.rows.length ? ` The filter shows ${whole(shown.length)}.` : '')
      + (this.document.chance === null ? '' : ` ${capital(guessing(this.document.chance, this.measure))}.`);
    this.#controls();
    const { split } = this.state;
    Object.assign(this.chart.options, { title: `${capital(split)} ${this.measure.name}`, xLabel: this.document.steps, yLabel: headingOf(split, this.measure) });
    this.chart.options.hint = isMany && !this.state.group ? 'Blue: the best fifth of the trials; orange: the worst.' : '';
    const rank = row => (row.testError === null ? Infinity : this.measure.point * row.testError), isRanked = isMany && !this.state.group;
    // The best trials lie on top of many.
    const rows = isRanked ? [...shown].sort((a, b) => rank(b) - rank(a)) : shown;
    this.chart.lines = rows.map((row, k) => row.curve && { id: row.id, label: row.id, ...row.curve, colour: colour(row), dash: isMany || this.state.group ? [] : dashOf(k) }).filter(Boolean);
    this.chart.draw();
    Object.assign(this.table, { rows: shown, measure: this.measure, settings: this.settings });
    Object.assign(this.table.state, { folder: this.folder, sort: this.state.sort, group: this.state.group, chosen: this.chosen, colour });
    this.table.draw();
    // Thousands of lines through settings take a moment, and the curves should not wait for them.
    clearTimeout(this.later);
    if (shown.length > MOST_AT_ONCE) this.later = setTimeout(() => this.isConnected && this.#sweeps(shown), 50); else this.#sweeps(shown);
  }

  #sweeps(rows) {
    const isSweep = this.settings.some(name => name !== 'seed') && rows.length > 2;
    if (!isSweep) return show(this.sweep);
    const kind = this.state.sweep || (rows.length > 200 || this.settings.length > 2 ? 'parallel' : 'multiples');
    if (!this.sweepView || this.sweepView.localName !== `sonde-${kind}`) {
      this.sweepView = html(`sonde-${kind}`);
      show(this.sweep, html('div', { class: 'card' }, choice('sweep as', kind, [['multiples', 'small plots'], ['parallel', 'parallel coordinates']], value => this.#set({ sweep: value })),
        this.sweepView));
    } else if (!this.sweepView.isConnected) show(this.sweep, html('div', { class: 'card' }, this.sweepView));
    Object.assign(this.sweepView, { rows, split: this.state.split, measure: this.measure, settings: this.settings, isReading: this.chart.isReading });
    return this.sweepView.draw();
  }

  #controls() {
    if (!this.filterBox) {
      this.filterBox = html('input', { type: 'search', value: this.state.filter, placeholder: `tanh learningRate<0.1 ${this.measure.point < 0 ? 'r2>0.5' : 'error<20'}`, 'aria-label': 'filter trials',
        input: () => this.#set({ filter: this.filterBox.value }) });
      this.overlay = html('button', { type: 'button', class: 'main', click: () => go('overlay', { trials: this.chosen.map(id => `${this.folder}:${id}`).join(' ') }) });
      this.groupPlace = html('span');
      show(this.controls, html('label', { class: 'choice' }, html('span', {}, 'filter'), this.filterBox), this.groupPlace,
        choice('curves', this.state.split, ['test', 'validation', 'train'], split => this.#set({ split })), this.overlay);
    }
    const names = ['', ...this.settings, 'status'].join(' ');
    if (this.groupNames !== names) {
      this.groupNames = names;
      show(this.groupPlace, choice('group by', this.state.group, [['', 'nothing'], ...this.settings, 'status'], group => this.#set({ group })));
    }
    this.overlay.textContent = this.chosen.length > 1 ? `Lay ${this.chosen.length} trials over each other` : 'Tick two trials to lay them over each other';
    this.overlay.disabled = this.chosen.length < 2;
  }

  // A small study has its sentences on the page; of a large one each row's title holds them, and the trial's page.
  #sentences() {
    if (this.rows.length > 12) return;
    if (!this.list) {
      this.list = html('dl', { class: 'sentences' });
      this.finding.after(this.list);
    }
    show(this.list, ...this.rows.filter(row => row.verdict).flatMap(row => [html('dt', {}, html('a', { href: addressOf('trial', { folder: this.folder, trial: row.id }) }, row.id)),
      html('dd', {}, row.verdict)]));
  }
}

function groupBy(rows, keyOf) {
  const groups = {};
  for (const row of rows) (groups[keyOf(row)] ??= []).push(row);
  return groups;
}

customElements.define('sonde-study', SondeStudy);
