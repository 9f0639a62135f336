import './chart.js';
import { choice, html, scroller, show } from './dom.js';
import { allSeen, colourOf, dashOf, headingOf, quantityWords, sharedMeasure } from './numbers.js';
import { addressOf, currentRoute, note } from './route.js';
import { listen, load } from './source.js';

const STATISTICS = [['sd', 'standard deviation'], ['mean', 'mean'], ['p98', '98th percentile'], ['p50', 'median'], ['max', 'maximum'], ['saturated', 'saturated share'], ['dead', 'dead share']];

/** Two or more trials, of one or several folders, in the same axes: what differs in their settings, their errors, and each layer. */
export class SondeOverlay extends HTMLElement {
  async connectedCallback() {
    const { values } = currentRoute();
    // "FOLDER:TRIAL" for each; a trial's id holds no colon.
    this.names = (values.trials ?? '').split(' ').filter(Boolean).map(text => [text.slice(0, text.lastIndexOf(':')), text.slice(text.lastIndexOf(':') + 1)]);
    this.state = { split: values.split ?? 'test', quantity: values.quantity ?? '', statistic: values.statistic ?? 'sd', log: values.log ?? '' };
    this.stop = listen(change => { if (this.names.some(([folder, id]) => (change.folder === '' || change.folder === folder) && (!change.trials || change.trials.includes(id)))) this.refresh(); });
    show(this, html('p', { class: 'empty', role: 'status' }, 'Reading …'));
    await this.refresh();
  }

  disconnectedCallback() { this.stop?.(); }

  async refresh() {
    const loaded = await Promise.all(this.names.map(([folder, trial]) => load('trial', { folder, trial })));
    const severalFolders = new Set(this.names.map(([folder]) => folder)).size > 1;
    this.trials = loaded.map((trial, k) => ({ trial, name: severalFolders ? `${this.names[k][0]}: ${this.names[k][1]}` : this.names[k][1], folder: this.names[k][0] })).filter(({ trial }) => !trial.problem);
    this.problems = loaded.filter(trial => trial.problem).map(trial => trial.problem);
    this.draw();
  }

  draw() {
    if (!this.isConnected) return;
    document.title = `${this.trials.length} trials · Sonde`;
    const { state, trials } = this;
    const quantities = [...new Set(trials.flatMap(({ trial }) => Object.keys(trial.layers)))].filter(quantity => !['input', 'inputSquare', 'meanInput', 'classShare'].includes(quantity));
    if (!quantities.includes(state.quantity)) state.quantity = quantities.includes('backpropagatedGradient') ? 'backpropagatedGradient' : quantities[0] ?? '';
    const set = change => {
      Object.assign(this.state, change);
      note(change);
      this.draw();
    };
    const errors = html('sonde-chart');
    const splits = [...new Set(trials.flatMap(({ trial }) => Object.keys(trial.curves)))];
    const measure = sharedMeasure(trials.map(({ trial }) => trial.measure));
    Object.assign(errors.options, { title: `${state.split} ${measure.name}`, yLabel: headingOf(state.split, measure), height: 320, pins: [] });
    errors.lines = [...trials.flatMap(({ trial, name }, k) => (trial.curves[state.split] ? [{ id: name, label: name, x: trial.curves[state.split].updates, y: allSeen(trial.curves[state.split].errors, measure),
      colour: colourOf(k), dash: dashOf(k) }] : [])),
    ...trials.flatMap(({ trial }) => trial.ghosts).filter((ghost, k, all) => all.findIndex(other => other.name === ghost.name) === k)
      .map(ghost => ({ id: ghost.name, label: ghost.name, x: ghost.updates, y: allSeen(ghost.errors, measure), colour: '#8c8c8c', dash: [5, 4], width: 1.3, isGhost: true }))];
    // Output layers are laid over each other too, whatever number they have.
    const ofLayer = (trial, layer) => trial.layers[state.quantity]?.[layer === 'output' ? trial.depth + 1 : layer <= trial.depth ? layer : 'none'];
    const depth = Math.max(0, ...trials.map(({ trial }) => trial.depth)), words = STATISTICS.find(([key]) => key === state.statistic)?.[1] ?? state.statistic;
    const charts = [...Array.from({ length: depth }, (_, k) => k + 1), 'output'].map(layer => {
      const chart = html('sonde-chart');
      Object.assign(chart.options, { title: layer === 'output' ? 'output layer' : `layer ${layer}`, yLabel: words, yLog: state.log === 'yes', height: 200, pins: [], hasSmoothing: false, hasNames: false });
      chart.lines = trials.flatMap(({ trial, name }, place) => {
        const rows = ofLayer(trial, layer);
        return rows?.[state.statistic] ? [{ id: name, label: name, x: rows.updates, y: rows[state.statistic], colour: colourOf(place), dash: dashOf(place),
          ...(state.statistic === 'mean' && rows.sd ? { low: rows.mean.map((mean, j) => mean - rows.sd[j]), high: rows.mean.map((mean, j) => mean + rows.sd[j]) } : {}) }] : [];
      });
      return chart;
    }).filter(chart => chart.lines.length > 0);
    show(this, html('h1', {}, `${trials.length} trials over each other`), ...this.problems.map(problem => html('p', { class: 'problem' }, problem)),
      html('p', { class: 'legend' }, ...trials.map(({ name, folder, trial }, k) => {
        const swatch = html('i', { class: 'swatch', 'aria-hidden': 'true' });
        swatch.style.background = colourOf(k);
        return html('span', {}, swatch, ' ', html('a', { href: addressOf('trial', { folder, trial: trial.id }) }, name), '  ');
      })), this.#differences(),
      html('div', { class: 'card' }, choice('curves', state.split, splits.length ? splits : ['test'], split => set({ split })), errors),
      html('div', { class: 'card' }, html('div', { class: 'controls' }, choice('quantity', state.quantity, quantities.map(quantity => [quantity, quantityWords(quantity)]), quantity => set({ quantity })),
        choice('number', state.statistic, STATISTICS, statistic => set({ statistic })), choice('axis', state.log, [['', 'linear'], ['yes', 'logarithmic']], log => set({ log }))),
      charts.length === 0 ? html('p', { class: 'empty' }, 'None of these trials recorded that.') : html('div', { class: 'grid wide' }, ...charts)));
    errors.draw();
    charts.forEach(chart => chart.draw());
  }

  #differences() {
    const settings = this.trials.map(({ trial }) => ({ ...trial.setting, seed: trial.seed }));
    const keys = [...new Set(settings.flatMap(Object.keys))].filter(key => new Set(settings.map(setting => setting[key])).size > 1);
    if (this.trials.length < 2) return html('p', { class: 'empty' }, 'Tick two trials of a study to lay them over each other.');
    return keys.length === 0 ? html('p', {}, 'Their settings are the same.') : html('div', { class: 'card' }, scroller('differences', html('table', { class: 'differences' },
      html('caption', {}, 'What differs in their settings'), html('thead', {}, html('tr', {}, html('th', { scope: 'col' }, 'setting'), ...this.trials.map(({ name }) => html('th', { scope: 'col' }, name)))),
      html('tbody', {}, ...keys.map(key => html('tr', {}, html('th', { scope: 'row' }, key), ...settings.map(setting => html('td', {}, setting[key] ?? '–'))))))));
  }
}

customElements.define('sonde-overlay', SondeOverlay);
