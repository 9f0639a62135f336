import { seen } from './numbers.js';

/**
 * The trials of a study, from its table in columns: one object per trial, settings by their names, and errors as readers see them.
 * @typedef {{id: string, status: string, updates: number, planned: number | null, testError: number | null, validationError: number | null,
 *   seconds: number | null, secondsLeft: number | null, writer: string | null, message: string | null, settings: Record<string, string>, progress: number,
 *   verdict?: string, curve?: {x: number[], y: (number | null)[]}}} Row
 */

/** @returns {Row[]} */
export function rowsOf(table) {
  return table.id.map((id, k) => ({
    id, status: table.status[k], updates: table.updates[k], planned: table.planned[k], testError: seen(table.testError[k], table.measure), validationError: seen(table.validationError[k], table.measure),
    seconds: table.seconds[k], secondsLeft: table.secondsLeft[k], writer: table.writer[k], message: table.message[k],
    settings: Object.fromEntries(table.varied.map(setting => [setting.name, setting.values[setting.of[k]]])),
    progress: table.planned[k] ? Math.min(1, Math.max(0, table.updates[k] / table.planned[k])) : table.status[k] === 'done' ? 1 : 0,
  }));
}

const FIELDS = { error: 'testError', r2: 'testError', test: 'testError', validation: 'validationError', updates: 'updates', seconds: 'seconds', progress: 'progress' };

/** The value of a column: a number if it reads like one, so that 0.1 comes before 0.09 in no list. */
export function valueOf(row, column) {
  const value = column in row.settings ? row.settings[column] : row[FIELDS[column] ?? column];
  if (typeof value === 'string' && value !== '' && !Number.isNaN(Number(value))) return Number(value);
  return value ?? null;
}

/**
 * Finds the trials that all words of a filter hold for: part of the id, the status or a setting, or a comparison such as learningRate=0.1 or error<20.
 * @param {Row[]} rows @param {string} filter
 */
export function filterRows(rows, filter) {
  const tests = filter.trim().split(/\s+/).filter(Boolean).map(word => {
    const comparison = /^([\w.]+)(<=|>=|!=|<|>|=)(.+)$/.exec(word);
    if (!comparison) {
      const lower = word.toLowerCase();
      return row => `${row.id} ${row.status} ${Object.values(row.settings).join(' ')}`.toLowerCase().includes(lower);
    }
    const [, column, sign, text] = comparison, number = Number(text);
    const holds = { '=': (a, b) => a === b, '!=': (a, b) => a !== b, '<': (a, b) => a < b, '>': (a, b) => a > b, '<=': (a, b) => a <= b, '>=': (a, b) => a >= b }[sign];
    return row => {
      const value = valueOf(row, column);
      return value !== null && (typeof value === 'number' && !Number.isNaN(number) ? holds(value, number) : holds(String(value), text));
    };
  });
  return rows.filter(row => tests.every(test => test(row)));
}

/** Sorts by a column; "-" before its name turns the order. Trials without a value come last. */
export function sortRows(rows, sort) {
  if (!sort) return rows;
  const [column, sign] = sort.startsWith('-') ? [sort.slice(1), -1] : [sort, 1];
  const compare = (a, b) => (typeof a === 'number' && typeof b === 'number' ? a - b : String(a).localeCompare(String(b), 'en', { numeric: true }));
  return [...rows].sort((one, other) => {
    const [a, b] = [valueOf(one, column), valueOf(other, column)];
    return a === null || b === null ? (a === null) - (b === null) : sign * compare(a, b);
  });
}

/** Groups rows by a setting, in the order of their first row. @returns {[string, Row[]][]} */
export function groupRows(rows, column) {
  const groups = new Map();
  for (const row of rows) {
    const key = String(valueOf(row, column) ?? 'none');
    if (!groups.has(key)) groups.set(key, []);
    groups.get(key).push(row);
  }
  return [...groups];
}
