// Numbers, colours and words as all views write them.

/** Okabe and Ito's colours, told apart with colour blindness; the seventh is the ink of the page. */
const LIGHT = ['#0072b2', '#e69f00', '#009e73', '#d55e00', '#cc79a7', '#56b4e9', '#111111'];

/** The same on a dark page, where the first would be hard to see. */
const DARK = ['#6a8dff', '#e69f00', '#009e73', '#d55e00', '#cc79a7', '#56b4e9', '#f2f2f2'];

/** From the least errors to the largest; told apart with colour blindness, and by their lightness. */
export const RANK_COLOURS = ['#0072b2', '#56b4e9', '#8c8c8c', '#e69f00', '#d55e00'];

const DASHES = [[], [6, 3], [2, 3], [9, 3, 2, 3]];

/** @returns {boolean} */
export function isDark() {
  const theme = document.documentElement.dataset.theme;
  return theme ? theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
}

/** Colour of curve 0, 1, ... */
export function colourOf(k) { return (isDark() ? DARK : LIGHT)[k % LIGHT.length]; }

/** Dashes of curve 0, 1, ...: they change each time the colours repeat. */
export function dashOf(k) { return DASHES[Math.floor(k / LIGHT.length) % DASHES.length]; }

/**
 * The colour of a number among others: that of its fifth.
 * @param {number[]} sorted ascending
 * @param {number} value
 */
export function rankColourOf(sorted, value) {
  let low = 0, high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle] < value) low = middle + 1; else high = middle;
  }
  return RANK_COLOURS[Math.min(RANK_COLOURS.length - 1, Math.floor(RANK_COLOURS.length * low / sorted.length))];
}

/** A number with few digits; a dash for none. */
export function short(value, digits = 3) {
  if (value === null || value === undefined || Number.isNaN(value)) return '–';
  if (value === 0) return '0';
  const size = Math.abs(value);
  if (size >= 1e5 || size < 1e-3) return value.toExponential(Math.max(0, digits - 2)).replace('e+', 'e').replace('-', '−');
  return String(Number(value.toPrecision(digits))).replace('-', '−');
}

/** A whole number with commas. */
export function whole(value) {
  return value === null || value === undefined ? '–' : String(value).replace('-', '−').replace(/\B(?=(\d{3})+(?!\d))/g, ',');
}

/**
 * What readers see of errors, which documents hold in per cent: `zero` of none, and `point` more for each point of error.
 * @typedef {{name: string, unit: string, zero: number, point: number}} Measure
 */

/** @type {Measure} */
export const PER_CENT = { name: 'error', unit: ' %', zero: 0, point: 1 };

/** The measure that all have; per cent if they differ. @param {Measure[]} measures @returns {Measure} */
export function sharedMeasure(measures) { return measures.length > 0 && measures.every(({ name }) => name === measures[0].name) ? measures[0] : PER_CENT; }

/** What readers see of an error in per cent. @param {number | null} value @param {Measure} measure */
export function seen(value, { zero, point }) { return value === null || point === 1 ? value : Math.round((zero + point * value) * 1e9) / 1e9; }

/** What readers see of errors in per cent. @param {(number | null)[]} values @param {Measure} measure */
export function allSeen(values, measure) { return measure.point === 1 ? values : values.map(value => seen(value, measure)); }

/** The heading of a column or an axis: "test error %", "test R²". */
export function headingOf(part, { name, unit }) { return `${part} ${name}${unit}`.trim(); }

/** The best of what readers see. @param {number[]} values @param {Measure} measure */
export function bestOf(values, { point }) { return values.reduce((a, b) => (point * a <= point * b ? a : b)); }

/** What readers see of an error, without its unit: per cent with two decimals at most; a share with three, and two digits of what it lacks to 1. */
export function error(value, measure = PER_CENT) {
  if (value === null || value === undefined) return '–';
  if (measure.unit) return value.toFixed(value >= 10 ? 1 : 2);
  const text = value > -10 && value < 1 ? value.toFixed(Math.min(8, Math.max(3, 1 - Math.floor(Math.log10(1 - value))))) : short(value);
  return Number(text) === 0 ? '0' : text.replace('-', '−');
}

/** Begins with a capital. @param {string} words */
export function capital(words) { return words[0].toUpperCase() + words.slice(1); }

/** What an answer that is always the same gives: "always guessing gives 66.7 % error". @param {number} chance in per cent @param {Measure} measure */
export function guessing(chance, measure) {
  return measure.name === PER_CENT.name ? `always guessing gives ${error(chance)} % error`
    : `always giving the same answer: ${measure.name} ${error(seen(chance, measure), measure)}${measure.unit}`;
}

/** Seconds in words: "12 s", "3 min", "2.5 h". */
export function duration(seconds) {
  if (seconds === null || seconds === undefined) return '';
  if (seconds < 90) return `${Math.round(seconds)} s`;
  if (seconds < 5400) return `${Math.round(seconds / 60)} min`;
  return seconds < 172800 ? `${(seconds / 3600).toFixed(1)} h` : `${(seconds / 86400).toFixed(1)} d`;
}

const WORDS = {
  activation: 'activations', preactivation: 'pre-activations', backpropagatedGradient: 'back-propagated gradients', weightGradient: 'weight gradients',
  weight: 'weights', bias: 'biases', weightedInput: 'weighted inputs', jacobian: 'Jacobian singular values', update: 'updates of weights',
  updateToWeightRatio: 'update to weight ratio', input: 'inputs', inputSquare: 'squared inputs', meanInput: 'mean inputs', classShare: 'class shares',
};

/** A quantity in words. */
export function quantityWords(name) { return WORDS[name] ?? name; }

/** "TopLayerCollapse" as "top layer collapse". */
export function findingWords(name) { return name.replace(/-/g, ' ').replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase(); }

/** Exponential smoothing, corrected for its beginning; weight 0 leaves the values as they are. */
export function smooth(values, weight) {
  if (!(weight > 0)) return values;
  let mean = 0, share = 0;
  return values.map(value => {
    if (value === null) return null;
    mean = weight * mean + (1 - weight) * value;
    share = weight * share + (1 - weight);
    return mean / share;
  });
}
