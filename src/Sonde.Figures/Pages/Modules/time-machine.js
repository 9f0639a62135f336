import './histogram.js';
import './timeline.js';
import { choice, html, scroller, show, svg } from './dom.js';
import { exportAs, exportButtons } from './exports.js';
import { bulkOf, peakOf } from './histogram.js';
import { colourOf, quantityWords, short, whole } from './numbers.js';
import { load } from './source.js';

const PLAY_MILLISECONDS = 350;
const OF_DATA = ['input', 'inputSquare', 'meanInput', 'classShare'];

/**
 * The layers of a trial as rows and what was measured as columns, all at one update. A slider moves every histogram, band, spectrum and finding.
 * Set `folder`, `trial` and `update`, then call `start`. Fires "update" with the update shown.
 */
export class SondeTimeMachine extends HTMLElement {
  folder = '';
  trial = null;
  update = null;
  scale = 'update';

  async start() {
    const { trial } = this;
    // Without histograms the bands over all updates tell what there is.
    this.quantities = trial.histograms.length > 0 ? [...trial.histograms] : Object.keys(trial.layers).filter(quantity => !OF_DATA.includes(quantity) && Object.keys(trial.layers[quantity]).some(layer => layer > 0));
    const all = await Promise.all(trial.histograms.map(quantity => load('histograms', { folder: this.folder, trial: trial.id, quantity })));
    const spectra = await Promise.all(trial.spectra.map(quantity => load('spectra', { folder: this.folder, trial: trial.id, quantity })));
    this.histograms = Object.fromEntries(this.quantities.map((quantity, k) => [quantity, indexed(all[k]?.layers ?? {}, quantity === 'activation' && trial.lower !== null && trial.upper !== null)]));
    this.spectra = Object.fromEntries(trial.spectra.map((quantity, k) => [quantity, indexed(spectra[k].layers ?? {})]));
    this.statistics = Object.fromEntries(Object.entries(trial.layers).map(([quantity, layers]) => [quantity, indexed(layers)]));
    const recorded = new Set(trial.recorded);
    for (const layers of [...Object.values(this.histograms), ...Object.values(this.spectra)]) for (const layer of Object.values(layers)) layer.updates.forEach(update => recorded.add(update));
    this.updates = [...recorded].sort((a, b) => a - b);
    this.problem = all.find(document => document.problem)?.problem;
    // Somebody may have left the page while it was read.
    if (this.isConnected) this.build();
  }

  disconnectedCallback() { clearInterval(this.playing); }

  build() {
    const { trial } = this;
    if (this.updates.length === 0) return show(this, html('p', { class: 'empty' }, this.problem ?? trial.isImported
      ? 'This training was imported from its curves, which say nothing of the layers. A recording with layers has them: docs/recordings.md says how to make one.'
      : 'No layer was observed yet. The study\'s field probe says what is measured, and when.'));
    const at = this.update === null ? -1 : this.updates.findIndex(value => value >= this.update);
    this.index = at < 0 ? this.updates.length - 1 : at;
    this.slider = html('input', { type: 'range', min: 0, max: this.updates.length - 1, step: 1, value: this.index, 'aria-label': 'update', class: 'slider',
      input: () => this.seek(Number(this.slider.value)) });
    this.button = html('button', { type: 'button', class: 'main', click: () => this.play() }, '▶ play');
    this.label = html('output', { class: 'now-label' });
    this.timeline = html('sonde-timeline', { seek: event => this.seek(this.updates.findIndex(value => value >= event.detail)) });
    Object.assign(this.timeline, { trial, updates: this.updates });
    const columns = [...this.quantities, ...Object.keys(this.spectra)];
    const layers = [...new Set([...Object.values(this.histograms), ...Object.values(this.spectra), ...columns.map(quantity => this.statistics[quantity] ?? {})]
      .flatMap(byLayer => Object.keys(byLayer).map(Number)))].filter(layer => layer > 0).sort((a, b) => a - b);
    this.cells = [];
    const cellOf = (layer, quantity) => {
      const isSpectrum = quantity in this.spectra;
      if (!(isSpectrum ? this.spectra : this.histograms)[quantity][layer] && (isSpectrum || !this.statistics[quantity]?.[layer])) return html('td', { class: 'empty' }, '–');
      const picture = html(isSpectrum ? 'sonde-spectrum' : 'sonde-histogram'), numbers = html('small');
      this.cells.push({ layer, quantity, picture, numbers, isSpectrum });
      return html('td', {}, picture, numbers);
    };
    show(this,
      html('div', { class: 'machine-bar' }, this.button, html('div', { class: 'track' }, this.slider), this.label),
      this.timeline,
      html('div', { class: 'tools' }, choice('x axis', this.scale, [['update', 'same for all layers'], ['all', 'same for all layers and updates'], ['layer', 'each layer its own']],
        scale => { this.scale = scale; this.draw(); }),
      exportButtons('all histograms at this update', kind => exportAs(kind, `${trial.id}-update-${this.updates[this.index]}`, () => this.toSvg(), () => this.toCsv()))),
      html('p', { class: 'hint' }, 'Keys: left and right step, Home and End jump, space plays. Thick line: mean ± sd; rings: the sd that theory predicts; pale outline: the first record; band: 2nd to 98th percentile over all updates.'),
      scroller('layers', html('table', { class: 'machine' },
        html('thead', {}, html('tr', {}, html('th', { scope: 'col' }, 'layer'), ...columns.map(quantity => html('th', { scope: 'col' }, quantityWords(quantity))))),
        html('tbody', {}, ...layers.map(layer => html('tr', {}, html('th', { scope: 'row' }, layer > trial.depth ? 'output' : html('span', {}, `layer ${layer}`, html('small', {}, trial.hidden[layer - 1] ?? ''))),
          ...columns.map(quantity => cellOf(layer, quantity))))))));
    this.querySelector('.machine').style.minWidth = `${110 + 175 * columns.length}px`;
    this.onkeydown = event => this.#key(event);
    this.timeline.draw();
    for (const { layer, quantity, picture, isSpectrum } of this.cells)
      if (!isSpectrum) {
        picture.isBand = !this.histograms[quantity]?.[layer];
        picture.setBand(this.statistics[quantity]?.[layer], update => this.timeline.place(update), colourOf(layer - 1));
      } else picture.style.setProperty('--layer', colourOf(layer - 1));
    this.draw();
    return undefined;
  }

  /** Shows the recorded update with this number. */
  seek(index) {
    if (index < 0 || index >= this.updates.length) return;
    this.index = index;
    this.slider.value = String(index);
    this.draw();
    this.dispatchEvent(new CustomEvent('update', { detail: this.updates[index] }));
  }

  play() {
    if (this.playing) {
      clearInterval(this.playing);
      this.playing = null;
    } else {
      if (this.index === this.updates.length - 1) this.seek(0);
      this.playing = setInterval(() => (this.index < this.updates.length - 1 ? this.seek(this.index + 1) : this.play()), PLAY_MILLISECONDS);
    }
    this.button.textContent = this.playing ? '❚❚ pause' : '▶ play';
  }

  /** Draws every cell at the update of the slider. */
  draw() {
    const start = performance.now(), update = this.updates[this.index], { trial } = this;
    this.label.textContent = `${update === trial.begin ? 'at initialization' : update === 0 ? 'after pre-training' : `update ${whole(update)}`}`
      + `${trial.recordedInAll > trial.recorded.length ? ` (${trial.recorded.length} of ${whole(trial.recordedInAll)} records are shown)` : ''}`;
    this.slider.setAttribute('aria-valuetext', this.label.textContent);
    this.timeline.setNow(update);
    for (const quantity of this.quantities) this.#column(quantity, update);
    for (const { layer, quantity, picture, numbers, isSpectrum } of this.cells)
      if (isSpectrum) {
        const rows = this.spectra[quantity][layer], k = rows.at(update), values = k < 0 ? [] : rows.values[k];
        picture.draw(values, Math.max(...rows.values.map(list => list[0] ?? 0)));
        numbers.textContent = values.length ? `largest ${short(values[0])}, median ${short(values[values.length >> 1])}` : '';
      }
    this.lastDraw = performance.now() - start;
  }

  #column(quantity, update) {
    const cells = this.cells.filter(cell => cell.quantity === quantity && !cell.isSpectrum), { trial } = this;
    const shown = cells.map(cell => {
      const rows = this.histograms[quantity][cell.layer];
      return { cell, now: rows?.histogram(rows.at(update)) ?? null, first: rows?.histogram(0) ?? null, rows };
    });
    const isBounded = quantity === 'activation' && trial.lower !== null && trial.upper !== null;
    // The output layer has another activation and other gradients: it would stretch the axis of all others.
    const isApart = cell => this.scale === 'layer' || cell.layer > trial.depth;
    const rangeOf = histograms => histograms.filter(Boolean).map(bulkOf).reduce(([a, b], [c, d]) => [Math.min(a, c), Math.max(b, d)], [Infinity, -Infinity]);
    const everything = () => rangeOf(shown.filter(({ cell }) => !isApart(cell)).flatMap(({ rows }) => rows?.updates.map((value, k) => rows.histogram(k)) ?? []));
    const shared = isBounded ? [trial.lower, trial.upper] : this.scale === 'all' ? (this.ranges ??= {})[quantity] ??= everything() : rangeOf(shown.filter(({ cell }) => !isApart(cell)).map(({ now }) => now));
    const sharedPeak = Math.max(0, ...shown.filter(({ cell }) => !isApart(cell)).map(({ now }) => (now ? peakOf(now) : 0)));
    for (const { cell, now, first } of shown) {
      const own = isApart(cell) ? rangeOf([now]) : shared, [left, right] = own[0] < own[1] ? own : [-1, 1], margin = isBounded ? 0.02 * (right - left) : 0;
      const rows = this.statistics[quantity]?.[cell.layer], k = rows ? rows.at(update) : -1, number = name => (k < 0 ? null : rows[name]?.[k] ?? null);
      const predicted = trial.forecast.find(layer => layer.layer === cell.layer)?.[quantity] ?? null;
      const words = number('sd') === null ? 'no statistics' : [`mean ${short(number('mean'))}`, `sd ${short(number('sd'))}`, number('saturated') === null ? '' : `saturated ${share(number('saturated'))}`,
        number('dead') ? `dead ${share(number('dead'))}` : '', predicted === null ? '' : `predicted sd ${short(predicted)}`].filter(Boolean).join(', ');
      cell.picture.draw(now, first, [left - margin, right + margin], isApart(cell) && now ? peakOf(now) : sharedPeak,
        { update, mean: number('mean'), sd: number('sd'), predictedSd: predicted, words: `layer ${cell.layer}, ${quantityWords(quantity)}: ${words}` });
      cell.numbers.textContent = words;
    }
  }

  #key(event) {
    if (event.target.matches('input:not(.slider), select, textarea')) return;
    const next = { ArrowLeft: this.index - 1, ArrowRight: this.index + 1, Home: 0, End: this.updates.length - 1 }[event.key];
    if (next !== undefined && !(event.target.closest('.scroll') && event.key.startsWith('Arrow') && event.target.matches('.scroll'))) this.seek(next);
    else if (event.key === ' ' && !event.target.matches('button')) this.play();
    else return;
    event.preventDefault();
  }

  /** The counts of every histogram at this update. */
  toCsv() {
    const update = this.updates[this.index];
    return ['update,layer,quantity,low,high,bin,count', ...this.cells.filter(cell => !cell.isSpectrum).flatMap(({ layer, quantity }) => {
      const rows = this.histograms[quantity][layer], histogram = rows?.histogram(rows.at(update));
      return histogram ? histogram.counts.map((count, bin) => `${update},${layer},${quantity},${histogram.low},${histogram.high},${bin},${count}`) : [];
    })].join('\n') + '\n';
  }

  /** All cells as one SVG, with their colours written out. */
  toSvg() {
    const columns = [...new Set(this.cells.map(cell => cell.quantity))], layers = [...new Set(this.cells.map(cell => cell.layer))];
    const all = svg('svg', { xmlns: 'http://www.w3.org/2000/svg', width: columns.length * 220 + 70, height: layers.length * 120 + 30, 'font-family': 'sans-serif', 'font-size': 9 },
      svg('rect', { width: '100%', height: '100%', fill: '#ffffff' }), ...columns.map((quantity, k) => svg('text', { x: 70 + k * 220, y: 16 }, quantityWords(quantity))),
      ...layers.map((layer, k) => svg('text', { x: 6, y: 60 + k * 120 }, `layer ${layer}`)));
    for (const { layer, quantity, picture } of this.cells) {
      const copy = picture.picture.cloneNode(true), colour = colourOf(layer - 1);
      copy.querySelectorAll('path, line, circle').forEach(part => {
        const filled = part.matches('.bars, .band');
        Object.entries({ fill: filled ? colour : 'none', 'fill-opacity': 0.35, stroke: part.matches('.axis, .now, .ring') ? '#333333' : part.matches('.first') ? '#999999' : colour, 'stroke-width': 1 })
          .forEach(([key, value]) => part.setAttribute(key, value));
      });
      Object.entries({ x: 70 + columns.indexOf(quantity) * 220, y: 24 + layers.indexOf(layer) * 120, width: 200, height: 106 }).forEach(([key, value]) => copy.setAttribute(key, value));
      all.append(copy);
    }
    return new XMLSerializer().serializeToString(all);
  }
}

/** Adds to each layer's columns a way to find an update: that one, or the last before it. The outermost bins of an unbounded quantity count all beyond too. */
function indexed(layers, isBounded = false) {
  for (const rows of Object.values(layers)) {
    rows.at = update => {
      let found = -1;
      for (let low = 0, high = rows.updates.length - 1; low <= high;) {
        const middle = (low + high) >> 1;
        if (rows.updates[middle] <= update) [found, low] = [middle, middle + 1]; else high = middle - 1;
      }
      return found;
    };
    if (rows.counts) rows.histogram = k => (k < 0 ? null : { low: rows.low[k], high: rows.high[k], counts: rows.counts[k], isCut: rows.counts[k].length > 2 && !isBounded });
  }
  return layers;
}

const share = value => `${short(100 * value, 2)} %`;

/** The singular values of a layer's Jacobian, the largest first. */
export class SondeSpectrum extends HTMLElement {
  values = [];

  connectedCallback() {
    this.line = svg('path', { class: 'median' });
    this.picture = svg('svg', { viewBox: '0 0 200 106', role: 'img' }, svg('line', { class: 'axis', x1: 0, x2: 200, y1: 60, y2: 60 }), this.line);
    this.append(this.picture);
  }

  draw(values, top) {
    this.values = values;
    const step = Math.max(1, Math.ceil(values.length / 200));
    this.line.setAttribute('d', values.length < 2 ? '' : `M${values.filter((value, k) => k % step === 0).map((value, k) =>
      `${(k * step / (values.length - 1) * 200).toFixed(1)} ${(60 - Math.min(1, value / (top || 1)) * 54).toFixed(1)}`).join('L')}`);
    this.picture.setAttribute('aria-label', `${values.length} singular values, the largest ${short(values[0])}`);
  }
}

customElements.define('sonde-time-machine', SondeTimeMachine);
customElements.define('sonde-spectrum', SondeSpectrum);
