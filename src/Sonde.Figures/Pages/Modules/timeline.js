import { html, show, svg } from './dom.js';
import { allSeen, colourOf, error, findingWords, short, whole } from './numbers.js';

const WIDTH = 1000, CURVE = 54;

/**
 * The error over the slider's updates, and below it a bar for each finding from the first record that has it to the last. A click on a bar opens its evidence.
 * Set `trial`, `updates` and call `draw`; `setNow` moves the mark. Fires "seek" with an update.
 */
export class SondeTimeline extends HTMLElement {
  trial = null;
  updates = [];

  /** An update's place, 0 to 1: recorded updates are evenly spaced, as on the slider. */
  place(update) {
    const { updates } = this, last = updates.length - 1;
    if (last < 1) return 0.5;
    let k = updates.findIndex(value => value >= update);
    if (k < 0) return 1;
    if (updates[k] === update || k === 0) return k / last;
    return (k - 1 + (update - updates[k - 1]) / (updates[k] - updates[k - 1])) / last;
  }

  draw() {
    const { trial } = this, { measure } = trial, split = trial.curves.test ? 'test' : 'train', curve = trial.curves[split], errors = curve && allSeen(curve.errors, measure);
    this.now = svg('line', { class: 'now', y1: 0, y2: CURVE });
    const picture = svg('svg', { viewBox: `0 0 ${WIDTH} ${CURVE}`, preserveAspectRatio: 'none', role: 'img', 'aria-label': `${split} ${measure.name} over the recorded updates`,
      click: event => this.#seek((event.clientX - picture.getBoundingClientRect().left) / picture.clientWidth) }, this.now);
    if (curve && curve.updates.length > 1) {
      const values = errors.filter(value => value !== null), [low, high] = [Math.min(...values), Math.max(...values)];
      picture.prepend(svg('polyline', { class: 'curve', fill: 'none', points: curve.updates.map((update, k) => (errors[k] === null ? ''
        : `${(this.place(update) * WIDTH).toFixed(1)},${(4 + (1 - (errors[k] - low) / (high - low || 1)) * (CURVE - 8)).toFixed(1)}`)).filter(Boolean).join(' ') }));
    }
    // Faults first; a remark is a guess.
    const rank = finding => (finding.isRemark ? 2 : finding.isFault ? 0 : 1);
    const names = [...new Set([...trial.findings].sort((a, b) => rank(a) - rank(b)).map(finding => finding.name))];
    this.evidence = html('div', { class: 'evidence', 'aria-live': 'polite' });
    show(this, html('div', { class: 'lane curve' }, html('span', { class: 'name' }, curve ? `${split} ${measure.name} ${error(errors[0], measure)} to ${error(errors[errors.length - 1], measure)}${measure.unit}` : 'no errors'),
      html('div', { class: 'track' }, picture)),
    ...names.map((name, k) => html('div', { class: 'lane' }, html('span', { class: 'name' }, findingWords(name)),
      html('div', { class: 'track' }, ...trial.findings.filter(finding => finding.name === name).map(finding => this.#bar(finding, colourOf(k)))))), this.evidence);
  }

  #bar(finding, colour) {
    const [from, to] = [this.place(finding.first), this.place(finding.last)];
    const bar = html('button', { type: 'button', class: finding.isRemark ? 'bar remark' : 'bar', title: finding.sentence, 'data-first': finding.first, 'data-last': finding.last,
      'aria-label': `${findingWords(finding.name)}, update ${whole(finding.first)} to ${whole(finding.last)}`, click: () => {
        this.#open(finding);
        this.dispatchEvent(new CustomEvent('seek', { detail: finding.first }));
      } });
    bar.style.left = `${100 * from}%`;
    bar.style.width = `max(10px, ${100 * (to - from)}%)`;
    bar.style.background = colour;
    return bar;
  }

  #open(finding) {
    const evidence = Object.entries(finding.evidence), where = finding.layers.length ? ` in ${finding.layers.length === 1 ? 'layer' : 'layers'} ${finding.layers.join(', ')}` : '';
    const cause = this.trial.findings.find(other => other.id === finding.consequenceOf);
    show(this.evidence, html('h3', {}, `${findingWords(finding.name)} (${finding.id})`), html('p', {}, finding.sentence),
      html('p', { class: 'hint' }, `Seen ${finding.first === finding.last ? `at update ${whole(finding.first)}` : `from update ${whole(finding.first)} to ${whole(finding.last)}`}${where}.`
        + `${finding.holds ? '' : ' Later records do not show it.'}${finding.isRemark ? ' This is a remark: the records do not prove it.' : ''}`
        + `${cause ? ` It is a consequence of: ${findingWords(cause.name)}.` : ''}`),
      finding.mechanism ? html('p', {}, `Why it matters: ${finding.mechanism}`, finding.source ? ` (${finding.source})` : '') : null,
      evidence.length === 0 ? null : html('table', { class: 'plain' }, html('tbody', {}, ...evidence.map(([name, value]) =>
        html('tr', {}, html('th', { scope: 'row' }, findingWords(name)), html('td', { class: 'number' }, value === null ? '–' : short(value, 4)))))));
  }

  #seek(share) {
    const k = Math.round(share * (this.updates.length - 1));
    this.dispatchEvent(new CustomEvent('seek', { detail: this.updates[Math.min(this.updates.length - 1, Math.max(0, k))] }));
  }

  /** Moves the mark; bars that do not hold now become pale. */
  setNow(update) {
    const x = this.place(update) * WIDTH;
    this.now.setAttribute('x1', x);
    this.now.setAttribute('x2', x);
    for (const bar of this.querySelectorAll('.bar')) bar.classList.toggle('pale', !(Number(bar.dataset.first) <= update && update <= Number(bar.dataset.last)));
  }
}

customElements.define('sonde-timeline', SondeTimeline);
