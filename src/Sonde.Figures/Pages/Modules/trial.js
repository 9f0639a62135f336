import './answers.js';
import './chart.js';
import './images.js';
import './time-machine.js';
import { html, show } from './dom.js';
import { allSeen, colourOf, guessing, headingOf, PER_CENT, whole } from './numbers.js';
import { addressOf, currentRoute, note } from './route.js';
import { listen, load } from './source.js';

const SPLITS = ['test', 'validation', 'train'];

/** The error curves of a trial document, with the paper's own behind them. */
export function linesOf(trial) {
  return [...SPLITS.filter(split => trial.curves[split]).map(split => ({ id: split, label: split, x: trial.curves[split].updates, y: allSeen(trial.curves[split].errors, trial.measure),
    colour: colourOf({ test: 3, validation: 4, train: 0 }[split]), isFaint: split === 'train' })),
  ...trial.ghosts.map((ghost, k) => ({ id: `ghost-${k}`, label: ghost.name, x: ghost.updates, y: allSeen(ghost.errors, trial.measure), colour: '#8c8c8c', dash: [5, 4], width: 1.3, isGhost: true }))];
}

/** One trial: its verdict, its curves, the time machine, its filters, its wrong answers and its setting. */
export class SondeTrial extends HTMLElement {
  async connectedCallback() {
    const { values } = currentRoute();
    [this.folder, this.id_] = [values.folder ?? '', values.trial ?? ''];
    this.update = values.update === undefined ? null : Number(values.update);
    this.stop = listen(change => { if ((change.folder === '' || change.folder === this.folder) && (!change.trials || change.trials.includes(this.id_))) this.refresh(); });
    show(this, html('p', { class: 'empty', role: 'status' }, 'Reading …'));
    await this.refresh();
  }

  disconnectedCallback() { this.stop?.(); }

  async refresh() {
    const trial = await load('trial', { folder: this.folder, trial: this.id_ });
    const back = html('a', { href: addressOf('study', { folder: this.folder }) }, '← study');
    if (trial.problem) return show(this, html('p', {}, back), html('h1', {}, this.id_), html('p', { class: 'problem' }, trial.problem));
    if (!this.isConnected) return undefined;
    document.title = `${trial.id} · Sonde`;
    const { values } = currentRoute();
    const old = this.chart?.options;
    this.chart = html('sonde-chart');
    Object.assign(this.chart.options, old ?? { title: trial.measure.name === PER_CENT.name ? 'Errors' : headingOf('', trial.measure), xLabel: trial.steps, yLabel: headingOf('', trial.measure), xLog: values.x === 'log', yLog: values.y === 'log', smoothing: Number(values.smooth ?? 0), height: 260 });
    this.chart.lines = linesOf(trial);
    this.chart.addEventListener('options', event => note({ x: event.detail.xLog ? 'log' : '', y: event.detail.yLog ? 'log' : '', smooth: event.detail.smoothing || '' }));
    this.machine = html('sonde-time-machine');
    // A trial that grows is shown at its newest record, unless somebody has chosen one.
    Object.assign(this.machine, { folder: this.folder, trial, update: this.update, scale: this.scale ?? 'update' });
    this.machine.addEventListener('update', event => {
      this.update = event.detail;
      this.scale = this.machine.scale;
      this.chart.setMark(event.detail);
      note({ update: event.detail });
    });
    const facts = [trial.hidden.length === 0 && trial.isImported ? '' : `${trial.hidden.length} hidden ${trial.hidden.length === 1 ? 'layer' : 'layers'}: ${trial.hidden.join(', ') || 'none'}`, `${trial.steps.slice(0, -1)} ${whole(trial.updates)}${trial.planned ? ` of ${whole(trial.planned)}` : ''}`,
      trial.chance === null ? '' : guessing(trial.chance, trial.measure)].filter(Boolean).join(' · ');
    show(this, html('p', {}, back), html('h1', {}, trial.id, ' ', html('span', { class: `status ${trial.status}` }, trial.status)),
      html('p', { class: 'summary' }, facts), html('p', { class: trial.status === 'damaged' ? 'problem' : 'verdict' }, trial.verdict), html('div', { class: 'card' }, this.chart),
      html('section', { class: 'card' }, html('h2', {}, 'Time machine'), this.machine), this.#more(trial), this.#setting(trial));
    this.chart.draw();
    await this.machine.start();
    return undefined;
  }

  #more(trial) {
    const place = html('div'), query = { folder: this.folder, trial: trial.id };
    const open = async (name, more, use) => {
      const found = await load(name, { ...query, ...more });
      if (found.problem) show(place, html('p', { class: 'problem' }, found.problem)); else use(found);
    };
    const images = found => {
      const view = html('sonde-images');
      // Recorded images are those of the update of the slider, or the last before it.
      const at = Math.max(...found.images.map(image => image.update).filter(update => update <= (this.update ?? Infinity)), found.images[0]?.update ?? 0);
      view.images = found.images.filter(image => image.update === at);
      show(place, html('p', { class: 'hint' }, `At update ${whole(at)}; grey is 0, and each has its own contrast.`), view);
      view.draw();
    };
    const buttons = [!trial.filters && !trial.images.includes('filter') ? null : html('button', { type: 'button', click: () => (trial.images.includes('filter') ? open('images', { quantity: 'filter' }, images) : open('filters', {}, images)) }, 'filters of the first layer'),
      ...trial.images.filter(quantity => quantity !== 'filter').map(quantity => html('button', { type: 'button', click: () => open('images', { quantity }, images) }, `images: ${quantity}`)),
      trial.answers ? html('button', { type: 'button', click: () => open('answers', {}, found => {
        const view = html('sonde-answers');
        view.answers = found;
        show(place, view);
        view.draw();
      }) }, 'wrong answers') : null];
    return html('section', { class: 'card' }, html('h2', {}, 'What it has learned'), buttons.some(Boolean) ? html('div', { class: 'controls' }, ...buttons)
      : html('p', { class: 'empty' }, 'No weights, images or answers were recorded.'), place);
  }

  #setting(trial) {
    const rows = Object.entries({ ...trial.setting, seed: trial.seed });
    const table = entries => html('table', { class: 'plain' }, html('tbody', {}, ...entries.map(([key, value]) => html('tr', {}, html('th', { scope: 'row' }, key), html('td', {}, value)))));
    return html('details', { class: 'card' }, html('summary', {}, 'Setting, versions and machine'), table(rows), table(Object.entries({ ...trial.versions, ...trial.machine })));
  }
}

customElements.define('sonde-trial', SondeTrial);
