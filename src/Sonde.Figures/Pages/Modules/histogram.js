import { svg } from './dom.js';

const WIDTH = 200, TOP = 4, HEIGHT = 64, BASE = 60, BAND_TOP = 70, BAND_HEIGHT = 34, ALL = 106, DECADES = 3;

/**
 * One layer and quantity at one update: its histogram now, and its band over all updates with a mark at now.
 * The x axis is the value, the y axis the logarithm of the density; the band reaches from the 2nd to the 98th percentile.
 */
export class SondeHistogram extends HTMLElement {
  /** @type {number[]} the last histogram drawn, for readers of the page's numbers */ counts = [];

  isBand = false;

  connectedCallback() {
    if (this.picture) return;
    this.bars = svg('path', { class: 'bars' });
    this.ghost = svg('path', { class: 'first' });
    this.range = svg('path', { class: 'sd' });
    this.rings = svg('g');
    this.band = svg('path', { class: 'band' });
    this.median = svg('path', { class: 'median' });
    this.mark = svg('line', { class: 'now', y1: BAND_TOP, y2: BAND_TOP + BAND_HEIGHT });
    this.low = svg('text', { x: 1, y: BASE + 8 });
    this.high = svg('text', { x: WIDTH - 1, y: BASE + 8, 'text-anchor': 'end' });
    this.picture = svg('svg', { viewBox: `0 0 ${WIDTH} ${ALL}`, role: 'img' }, svg('line', { class: 'axis', x1: 0, x2: WIDTH, y1: BASE, y2: BASE }),
      this.ghost, this.bars, this.range, this.rings, this.low, this.high, this.band, this.median, this.mark);
    this.append(this.picture);
  }

  /**
   * Draws the band over all updates; it stays while the slider moves.
   * @param {{updates: number[], p2: (number | null)[], p98: (number | null)[], p50: (number | null)[]}} rows
   * @param {(update: number) => number} place an update's place on the slider, 0 to 1
   * @param {string} colour
   */
  setBand(rows, place, colour) {
    this.style.setProperty('--layer', colour);
    this.place = place;
    // A picture without histograms is its band alone.
    if (this.isBand) this.picture.setAttribute('viewBox', `0 ${BAND_TOP - 2} ${WIDTH} ${BAND_HEIGHT + 4}`);
    this.mark.style.visibility = rows ? 'visible' : 'hidden';
    if (!rows) return;
    const known = rows.updates.map((update, k) => k).filter(k => rows.p2?.[k] !== null && rows.p2 && rows.p98[k] !== null);
    const [low, high] = known.reduce(([a, b], k) => [Math.min(a, rows.p2[k]), Math.max(b, rows.p98[k])], [Infinity, -Infinity]);
    const x = k => (place(rows.updates[k]) * WIDTH).toFixed(1), y = value => (BAND_TOP + (1 - (value - low) / (high - low || 1)) * BAND_HEIGHT).toFixed(1);
    this.band.setAttribute('d', known.length < 2 ? '' : `M${known.map(k => `${x(k)} ${y(rows.p98[k])}`).join('L')}L${[...known].reverse().map(k => `${x(k)} ${y(rows.p2[k])}`).join('L')}Z`);
    this.median.setAttribute('d', known.length < 2 ? '' : `M${known.map(k => `${x(k)} ${y(rows.p50[k])}`).join('L')}`);
  }

  /**
   * Draws a histogram.
   * @param {{low: number, high: number, counts: number[]} | null} now
   * @param {{low: number, high: number, counts: number[]} | null} first that at initialization, drawn behind
   * @param {[number, number]} range values at the ends of the x axis
   * @param {number} peak the highest density of the axis
   * @param {{update: number, mean: number | null, sd: number | null, predictedSd: number | null, words: string}} numbers
   */
  draw(now, first, range, peak, numbers) {
    this.counts = now?.counts ?? [];
    this.bars.setAttribute('d', outline(now, range, peak));
    this.ghost.setAttribute('d', outline(first, range, peak));
    const x = value => Math.min(WIDTH, Math.max(0, (value - range[0]) / (range[1] - range[0]) * WIDTH)), { mean, sd, predictedSd } = numbers;
    this.range.setAttribute('d', !now || mean === null || sd === null ? '' : `M${x(mean - sd).toFixed(1)} ${BASE - 3}H${x(mean + sd).toFixed(1)}`);
    this.rings.replaceChildren(...(!now || mean === null || predictedSd === null ? [] : [mean - predictedSd, mean + predictedSd].map(value =>
      svg('circle', { class: 'ring', cx: x(value).toFixed(1), cy: BASE - 3, r: 3.5 }))));
    this.low.textContent = now ? brief(range[0]) : '';
    this.high.textContent = now ? brief(range[1]) : '';
    if (this.place) {
      const at = (this.place(numbers.update) * WIDTH).toFixed(1);
      this.mark.setAttribute('x1', at);
      this.mark.setAttribute('x2', at);
    }
    this.picture.setAttribute('aria-label', numbers.words);
  }
}

const brief = value => (value === 0 ? '0' : Math.abs(value) < 1e-3 || Math.abs(value) >= 1e4 ? value.toExponential(0) : String(Number(value.toPrecision(2))));

/** The largest density of a histogram of area 1. */
export function peakOf(histogram) {
  const inner = histogram.isCut ? histogram.counts.slice(1, -1) : histogram.counts, sum = histogram.counts.reduce((a, b) => a + b, 0), width = (histogram.high - histogram.low) / histogram.counts.length;
  return sum > 0 && width > 0 ? Math.max(...inner) / (sum * width) : 0;
}

/** Where all but thin tails are. @returns {[number, number]} */
export function bulkOf(histogram) {
  const { counts, low, high } = histogram, tail = 0.001 * counts.reduce((a, b) => a + b, 0), width = (high - low) / counts.length;
  let [first, last, below, above] = [histogram.isCut ? 1 : 0, counts.length - (histogram.isCut ? 2 : 1), 0, 0];
  while (first < last && (below += counts[first]) <= tail) first++;
  while (last > first && (above += counts[last]) <= tail) last--;
  return [low + first * width, low + (last + 1) * width];
}

function outline(histogram, [left, right], peak) {
  if (!histogram || !(peak > 0)) return '';
  const { counts, low, high } = histogram, sum = counts.reduce((a, b) => a + b, 0), width = (high - low) / counts.length;
  if (!(sum > 0) || !(width > 0)) return '';
  const x = value => Math.min(WIDTH, Math.max(0, (value - left) / (right - left) * WIDTH)).toFixed(1), floor = Math.log10(peak) - DECADES;
  const y = count => (count === 0 ? BASE : BASE - Math.max(0, Math.log10(count / (sum * width)) - floor) / DECADES * (HEIGHT - TOP - 4)).toFixed(1);
  let path = `M${x(histogram.isCut ? low + width : low)} ${BASE}`;
  for (let bin = histogram.isCut ? 1 : 0; bin < counts.length - (histogram.isCut ? 1 : 0); bin++) {
    const [from, to] = [low + bin * width, low + (bin + 1) * width];
    if (to < left || from > right) continue;
    path += `V${y(counts[bin])}H${x(to)}`;
  }
  return `${path}V${BASE}`;
}

customElements.define('sonde-histogram', SondeHistogram);
