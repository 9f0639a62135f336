import { fileName, html, save, show, tick } from './dom.js';
import { csvCell, exportButtons } from './exports.js';
import { isDark, short, smooth, whole } from './numbers.js';
import { drawMany } from './raster.js';
import { oncePerFrame } from './source.js';
import { VectorContext } from './vector.js';

/**
 * One curve of a chart.
 * @typedef {{id: string, label: string, x: number[], y: (number | null)[], colour: string, dash?: number[], width?: number, isFaint?: boolean, isGhost?: boolean,
 *   low?: (number | null)[], high?: (number | null)[]}} Line
 */

/** On a screen of many pixels all is larger. */
const sizeOf = () => (innerWidth >= 2600 ? 1.5 : 1), fontOf = () => `${12 * sizeOf()}px system-ui, sans-serif`;
const MANY = 400, MOST_NAMES = 8;

/**
 * Curves over updates: the pointer finds the nearest, a click pins it, dragging zooms, a double click shows all. Either axis can be logarithmic.
 * Set `lines` and `options`, and `isReading` while more is to come, then call `draw`. Fires "pins" if they change, "open" with an id, and "options" if axes or smoothing change.
 */
export class SondeChart extends HTMLElement {
  /** @type {Line[]} */ lines = [];
  options = { title: '', xLabel: 'updates', yLabel: '', xLog: false, yLog: false, smoothing: 0, height: 320, pins: [], mark: null, hasSmoothing: true, wholeGhosts: false };
  isReading = false;
  nearest = -1;
  /** @type {any} */ plot = null;

  connectedCallback() {
    if (this.frame) return;
    this.frame = html('div', { class: 'frame', tabindex: 0, role: 'img', keydown: event => this.#key(event) });
    // uPlot remembers where the plot is, and learns of scrolling and of windows that change size, not of text above it that grows.
    for (const move of ['mousemove', 'mousedown']) this.frame.addEventListener(move, () => this.plot?.syncRect(), true);
    this.note = html('p', { class: 'nearest', 'aria-live': 'polite' });
    this.tools = html('div', { class: 'tools' });
    this.append(this.tools, this.frame, this.note);
    this.redraw = oncePerFrame(() => this.draw());
    this.observer = new ResizeObserver(() => { if (this.plot && this.clientWidth && Math.abs(this.clientWidth - this.drawnWidth) > 1) this.redraw(); });
    this.observer.observe(this);
    this.themed = () => this.redraw();
    addEventListener('themechange', this.themed);
  }

  disconnectedCallback() {
    this.observer?.disconnect();
    removeEventListener('themechange', this.themed);
    this.plot?.destroy();
    this.plot = null;
    this.frame = null;
    this.replaceChildren();
  }

  /** Draws everything again. */
  draw() {
    if (!this.isConnected || !this.frame) return;
    const zoom = this.plot && this.isZoomed ? { x: [this.plot.scales.x.min, this.plot.scales.x.max], y: [this.plot.scales.y.min, this.plot.scales.y.max] } : null;
    this.plot?.destroy();
    this.plot = null;
    this.#tools();
    const { options } = this;
    this.shown = this.lines.map(line => ({ ...line, y: smooth(line.y, options.smoothing) }));
    const range = this.#range();
    this.frame.setAttribute('aria-label', `${options.title || options.yLabel}: ${this.lines.length} ${this.lines.length === 1 ? 'curve' : 'curves'}. `
      + 'Up and down choose one, left and right a point, Enter pins it.');
    this.dataset.curves = this.lines.length;
    if (!range) {
      show(this.frame, html('p', { class: 'empty' }, this.isReading ? 'Reading …' : 'Nothing was recorded to draw here yet.'));
      return;
    }
    show(this.frame);
    const size = sizeOf(), ink = isDark() ? '#aeb6bd' : '#59636b', grid = isDark() ? '#31373d' : '#e3e7ea';
    const axis = (label, log, rest) => ({ stroke: ink, font: fontOf(), labelFont: fontOf(), label, labelSize: 18 * size, grid: { stroke: grid, width: 1 }, ticks: { stroke: grid, width: 1, size: 5 },
      values: (u, splits) => splits.map(value => value === null ? '' : log || Math.abs(value) < 1e4 ? short(value) : value % 1000 === 0 ? `${whole(value / 1000)}k` : whole(value)), ...rest });
    const scale = (log, limits) => ({ time: false, distr: log ? 3 : 1, range: (u, low, high) => low === null || low === high ? limits : [low, high] });
    this.drawnWidth = this.clientWidth;
    this.plot = new uPlot({
      width: Math.max(280, this.clientWidth), height: options.height * size, legend: { show: false }, padding: [10, 24, 0, 0],
      scales: { x: scale(options.xLog, range.x), y: scale(options.yLog, range.y) },
      axes: [axis(options.xLabel, options.xLog, { size: 34 * size }), axis(options.yLabel, options.yLog, { size: 56 * size })],
      series: [{}, { paths: () => null, points: { show: false } }],
      cursor: { points: { show: false }, drag: { x: true, y: true, uni: 12, setScale: true } },
      hooks: {
        // The size of the plot is known now, and the scales may be new.
        draw: [u => { this.#paint(u); if (this.layer?.isConnected) this.#highlight(); }],
        setScale: [() => { this.isZoomed = this.plot ? this.#isZoomed(range) : false; }],
        setCursor: [u => this.#point(u)],
        ready: [u => u.over.addEventListener('click', () => this.#click())],
      },
    }, [range.x, range.y], this.frame);
    this.layer = html('canvas', { class: 'over', 'aria-hidden': 'true' });
    this.plot.over.append(this.layer);
    if (zoom) this.plot.batch(() => {
      this.plot.setScale('x', { min: zoom.x[0], max: zoom.x[1] });
      this.plot.setScale('y', { min: zoom.y[0], max: zoom.y[1] });
    });
  }

  /** Sets the mark on the time axis and draws it alone. */
  setMark(update) {
    this.options.mark = update;
    if (this.plot) this.#highlight();
  }

  #isZoomed(range) {
    const { x, y } = this.plot.scales;
    return x.min !== range.x[0] || x.max !== range.x[1] || y.min !== range.y[0] || y.max !== range.y[1];
  }

  /** Limits of both axes with a margin; null without points. */
  #range() {
    const { xLog, yLog } = this.options;
    let [left, right, low, high] = [Infinity, -Infinity, Infinity, -Infinity];
    // A published curve may be a thousand times longer than the trial in front of it.
    const own = this.shown.filter(line => !line.isGhost), end = this.options.wholeGhosts || own.length === 0 ? Infinity : Math.max(...own.map(line => line.x[line.x.length - 1] ?? 0));
    for (const line of this.shown) {
      for (const values of [line.y, line.low ?? [], line.high ?? []])
        for (let k = 0; k < values.length; k++) {
          const value = values[k], x = line.x[k];
          if (value === null || (yLog && value <= 0) || (xLog && x <= 0) || x > end) continue;
          if (value < low) low = value;
          if (value > high) high = value;
          if (x < left) left = x;
          if (x > right) right = x;
        }
    }
    if (low > high) return null;
    if (left === right) [left, right] = xLog ? [left / 2, right * 2] : [left - 1, right + 1];
    if (low === high) [low, high] = yLog ? [low / 2, high * 2] : [low - 1, high + 1];
    const margin = 0.04;
    if (yLog) {
      const factor = (high / low) ** margin;
      [low, high] = [low / factor, high * factor];
    } else [low, high] = [low >= 0 && low < 0.4 * high ? 0 : low - margin * (high - low), high + margin * (high - low)];
    return { x: [left, right], y: [low, high] };
  }

  #paint(u) {
    const ratio = devicePixelRatio || 1, { left, top, width, height } = u.bbox;
    u.ctx.save();
    u.ctx.beginPath();
    u.ctx.rect(left, top, width, height);
    u.ctx.clip();
    this.#lines(u.ctx, (x, y) => [u.valToPos(x, 'x', true), u.valToPos(y, 'y', true)], ratio);
    u.ctx.restore();
  }

  /** Draws all curves on a canvas or into an SVG. */
  #lines(context, place, ratio) {
    const { xLog, yLog } = this.options, isMany = this.shown.length > MANY;
    const { x: xs, y: ys } = this.plot.scales;
    // The same as valToPos, without a function call per point: a million points must be drawn in a fraction of a second.
    const [x0, y0] = place(xs.min, ys.min), [x1, y1] = place(xs.max, ys.max);
    const from = (log, value) => (log ? Math.log10(value) : value);
    const xScale = (x1 - x0) / (from(xLog, xs.max) - from(xLog, xs.min)), yScale = (y1 - y0) / (from(yLog, ys.max) - from(yLog, ys.min));
    const xBase = from(xLog, xs.min), yBase = from(yLog, ys.min);
    this.toPixel = (x, y) => [x0 + (from(xLog, x) - xBase) * xScale, y0 + (from(yLog, y) - yBase) * yScale];
    // Few curves are drawn smoothly one by one, and so are all in a file.
    const isDotted = isMany && context instanceof CanvasRenderingContext2D;
    if (isDotted) drawMany(context, this.shown.filter(line => !line.isGhost), this.plot.bbox, { xLog, yLog, x: value => x0 + (value - xBase) * xScale, y: value => y0 + (value - yBase) * yScale });
    for (const line of isDotted ? this.shown.filter(line => line.isGhost) : this.shown) {
      if (line.low && line.high) {
        context.fillStyle = line.colour;
        context.globalAlpha = 0.16;
        context.beginPath();
        const points = line.x.map((x, k) => k).filter(k => line.low[k] !== null && line.high[k] !== null && !(xLog && line.x[k] <= 0) && !(yLog && line.low[k] <= 0));
        points.forEach((k, place) => context[place ? 'lineTo' : 'moveTo'](...this.toPixel(line.x[k], line.high[k])));
        [...points].reverse().forEach(k => context.lineTo(...this.toPixel(line.x[k], line.low[k])));
        context.closePath();
        context.fill();
      }
      context.strokeStyle = line.colour;
      context.lineWidth = (line.width ?? (isMany ? 0.7 : 1.6)) * ratio;
      context.globalAlpha = line.isFaint ? 0.45 : isMany ? 0.5 : 1;
      context.setLineDash((line.dash ?? []).map(length => length * ratio));
      this.#trace(context, line, this.toPixel);
      context.stroke();
    }
    context.setLineDash([]);
    context.globalAlpha = 1;
  }

  #trace(context, line, toPixel) {
    const { xLog, yLog } = this.options;
    context.beginPath();
    let isOpen = false, count = 0, last = null;
    for (let k = 0; k < line.x.length; k++) {
      const x = line.x[k], y = line.y[k];
      if (y === null || (xLog && x <= 0) || (yLog && y <= 0)) {
        isOpen = false;
        continue;
      }
      const [px, py] = toPixel(x, y);
      if (isOpen) context.lineTo(px, py); else context.moveTo(px, py);
      isOpen = true;
      count++;
      last = [px, py];
    }
    if (count === 1) context.arc(last[0], last[1], 2, 0, 2 * Math.PI);
  }

  #point(u) {
    const { left, top } = u.cursor;
    if (left < 0) {
      if (this.nearest >= 0 && !this.frame.matches(':focus')) this.#choose(-1, -1);
      return;
    }
    const x = u.posToVal(left, 'x'), target = top;
    let best = -1, least = 40, at = -1;
    for (let place = 0; place < this.shown.length; place++) {
      const line = this.shown[place];
      if (line.x.length === 0 || x < line.x[0] - 1e-9 && line.x.length > 1 && u.valToPos(line.x[0], 'x') - left > 12) continue;
      let low = 0, high = line.x.length - 1;
      while (high - low > 1) {
        const middle = (low + high) >> 1;
        if (line.x[middle] <= x) low = middle; else high = middle;
      }
      const [a, b] = [line.y[low], line.y[high]];
      if (a === null && b === null) continue;
      const share = line.x[high] > line.x[low] ? Math.min(1, Math.max(0, (x - line.x[low]) / (line.x[high] - line.x[low]))) : 0;
      const value = a === null ? b : b === null ? a : a + share * (b - a);
      const distance = Math.abs(u.valToPos(value, 'y') - target) + (x > line.x[line.x.length - 1] ? Math.max(0, left - u.valToPos(line.x[line.x.length - 1], 'x')) : 0);
      if (distance < least) [best, least, at] = [place, distance, share < 0.5 ? low : high];
    }
    this.#choose(best, at);
  }

  #choose(place, at) {
    if (place === this.nearest && at === this.nearestAt) return;
    [this.nearest, this.nearestAt] = [place, at];
    this.#highlight();
  }

  /** Draws the nearest and the pinned curves on a layer of their own. */
  #highlight() {
    const { over } = this.plot, ratio = devicePixelRatio || 1;
    const [width, height] = [over.clientWidth, over.clientHeight];
    Object.assign(this.layer, { width: width * ratio, height: height * ratio });
    const context = this.layer.getContext('2d');
    context.scale(ratio, ratio);
    context.clearRect(0, 0, width, height);
    const toPixel = (x, y) => [this.plot.valToPos(x, 'x'), this.plot.valToPos(y, 'y')];
    context.font = fontOf();
    const { mark, pins } = this.options;
    if (mark !== null && mark !== undefined) {
      context.strokeStyle = isDark() ? '#f2f2f2' : '#111';
      context.lineWidth = 1;
      const px = this.plot.valToPos(mark, 'x');
      context.beginPath();
      context.moveTo(px, 0);
      context.lineTo(px, height);
      context.stroke();
    }
    const marked = this.shown.map((line, place) => place).filter(place => pins.includes(this.shown[place].id) || place === this.nearest);
    for (const place of marked) {
      const line = this.shown[place];
      context.strokeStyle = line.colour;
      context.lineWidth = 3;
      this.#trace(context, line, toPixel);
      context.stroke();
      if (place === this.nearest && this.nearestAt >= 0 && line.y[this.nearestAt] !== null) {
        const [px, py] = toPixel(line.x[this.nearestAt], line.y[this.nearestAt]);
        context.fillStyle = line.colour;
        context.beginPath();
        context.arc(px, py, 4.5, 0, 2 * Math.PI);
        context.fill();
      }
    }
    const words = place => {
      const line = this.shown[place], at = place === this.nearest && this.nearestAt >= 0 ? this.nearestAt : line.x.length - 1;
      return `${line.label}: ${short(line.y[at], 4)} at ${whole(line.x[at])}`;
    };
    show(this.note, ...marked.slice(0, 8).map(place => html('span', { class: place === this.nearest ? 'now' : 'pin' },
      this.#swatch(this.shown[place]), ` ${words(place)}  `)));
    if (marked.length > 0) return undefined;
    if (this.options.hasNames === false) return show(this.note, '\u00a0');
    const names = this.lines.length > 1 && this.lines.length <= MOST_NAMES ? this.shown.map(line => html('span', { class: 'name' }, this.#swatch(line), ` ${line.label}  `)) : [];
    return show(this.note, ...names, this.lines.length > 1 ? `${this.options.hint ? `${this.options.hint} ` : ''}Point at a curve; click to pin it. Drag to zoom, double click to see all.` : '\u00a0');
  }

  #swatch(line) {
    const mark = html('i', { class: 'swatch', 'aria-hidden': 'true' });
    mark.style.background = line.colour;
    return mark;
  }

  #click() {
    if (this.nearest < 0 || this.isDragged) return;
    const { id } = this.shown[this.nearest];
    const { pins } = this.options;
    this.options.pins = pins.includes(id) ? pins.filter(other => other !== id) : [...pins, id];
    this.#highlight();
    this.dispatchEvent(new CustomEvent('pins', { detail: this.options.pins }));
  }

  #key(event) {
    if (!this.plot || this.shown.length === 0) return;
    const step = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }[event.key];
    if (step) {
      const place = Math.min(this.shown.length - 1, Math.max(0, this.nearest < 0 ? 0 : this.nearest + step[0]));
      const last = this.shown[place].x.length - 1;
      this.#choose(place, Math.min(last, Math.max(0, this.nearestAt < 0 || this.nearest < 0 ? last : this.nearestAt + step[1])));
    } else if (event.key === 'Enter') this.#click();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  #tools() {
    const { options } = this;
    const set = change => {
      Object.assign(options, change);
      this.isZoomed = false;
      this.draw();
      this.dispatchEvent(new CustomEvent('options', { detail: options }));
    };
    const smoothing = html('input', { type: 'range', min: 0, max: 0.95, step: 0.05, value: options.smoothing, 'aria-label': 'smoothing',
      change: () => set({ smoothing: Number(smoothing.value) }) });
    show(this.tools, html('h2', {}, options.title || options.yLabel), tick('log x', options.xLog, xLog => set({ xLog })), tick('log y', options.yLog, yLog => set({ yLog })),
      this.lines.some(line => line.isGhost) ? tick('the paper\'s whole curve', options.wholeGhosts, wholeGhosts => set({ wholeGhosts })) : null,
      options.hasSmoothing ? html('label', { class: 'choice' }, html('span', {}, options.smoothing > 0 ? `smoothing ${options.smoothing}` : 'smoothing off'), smoothing) : null,
      exportButtons('this plot', kind => this.exportAs(kind)));
  }

  /** The plot as SVG text. */
  toSvg() {
    const u = this.plot, ratio = devicePixelRatio || 1;
    const box = { left: u.bbox.left / ratio, top: u.bbox.top / ratio, width: u.bbox.width / ratio, height: u.bbox.height / ratio };
    const ink = '#333333', height = u.height + 18 * Math.min(20, this.shown.length) + 8;
    const context = new VectorContext(u.width, height, '#ffffff');
    const place = (x, y) => [box.left + u.valToPos(x, 'x'), box.top + u.valToPos(y, 'y')];
    context.fillStyle = ink;
    for (const [axis, isX] of [[u.axes[0], true], [u.axes[1], false]])
      axis._splits.forEach((split, k) => {
        if (split === null || axis._values[k] === null) return;
        const [px, py] = place(isX ? split : u.scales.x.min, isX ? u.scales.y.min : split);
        context.strokeStyle = '#dddddd';
        context.beginPath();
        context.moveTo(isX ? px : box.left, isX ? box.top : py);
        context.lineTo(isX ? px : box.left + box.width, isX ? box.top + box.height : py);
        context.stroke();
        Object.assign(context, isX ? { textAlign: 'center', textBaseline: 'top' } : { textAlign: 'right', textBaseline: 'middle' });
        context.fillText(axis._values[k], isX ? px : box.left - 8, isX ? box.top + box.height + 8 : py);
      });
    Object.assign(context, { textAlign: 'center', textBaseline: 'top' });
    context.fillText(`${this.options.xLabel}; ${this.options.yLabel}`, box.left + box.width / 2, box.top + box.height + 26);
    context.clipTo(box.left, box.top, box.width, box.height);
    this.#lines(context, place, 1);
    context.release();
    Object.assign(context, { textAlign: 'left', textBaseline: 'middle' });
    this.shown.slice(0, 20).forEach((line, k) => {
      const y = u.height + 18 * k + 12;
      Object.assign(context, { strokeStyle: line.colour, lineWidth: 3 });
      context.beginPath();
      context.moveTo(12, y);
      context.lineTo(34, y);
      context.stroke();
      context.fillText(line.label, 42, y);
    });
    return context.toString();
  }

  /** The plotted numbers as CSV. */
  toCsv() {
    return ['curve,x,y', ...this.shown.flatMap(line => line.x.map((x, k) => `${csvCell(line.label)},${x},${line.y[k] ?? ''}`))].join('\n') + '\n';
  }

  /** Saves the plot. @param {string} kind SVG, PNG or CSV */
  exportAs(kind) {
    const name = fileName(this.options.title || this.options.yLabel);
    if (kind === 'CSV') save(`${name}.csv`, this.toCsv(), 'text/csv');
    else if (!this.plot) return;
    else if (kind === 'SVG') save(`${name}.svg`, this.toSvg(), 'image/svg+xml');
    else {
      const source = this.plot.ctx.canvas, canvas = html('canvas', { width: source.width, height: source.height }), context = canvas.getContext('2d');
      context.fillStyle = isDark() ? '#1f2428' : '#ffffff';
      context.fillRect(0, 0, canvas.width, canvas.height);
      context.drawImage(source, 0, 0);
      canvas.toBlob(blob => save(`${name}.png`, blob, 'image/png'));
    }
  }
}

customElements.define('sonde-chart', SondeChart);
