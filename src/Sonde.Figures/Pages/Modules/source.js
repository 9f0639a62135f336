// Where documents come from: a server that watches the files, or the report that holds them.

/** @type {Map<string, HTMLScriptElement>} */
const embedded = new Map([...document.querySelectorAll('script[data-document]')].map(script => [script.dataset.document, script]));

/** True in a report, which holds its documents and cannot change. */
export const isReport = embedded.size > 0;

/** @param {string} text base64 of gzipped JSON */
async function unpack(text) {
  const bytes = Uint8Array.from(atob(text.trim()), character => character.charCodeAt(0));
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'))).json();
}

/**
 * Loads a document.
 * @param {string} name such as "study"
 * @param {Record<string, string>} query which folder, trial, quantity
 * @returns {Promise<any>} the document; with a "problem" if there is none
 */
export async function load(name, query = {}) {
  if (isReport) {
    const rest = Object.entries(query).filter(([key]) => key !== 'folder').map(([key, value]) => `${key}=${value}`).join('&');
    // All verdicts of a report are in one document.
    const script = embedded.get(rest && name !== 'verdicts' ? `${name}?${rest}` : name);
    return script ? unpack(script.textContent) : { problem: name === 'trial'
      ? `This report holds no layers of ${query.trial}. 'sonde report DIR ${query.trial}' adds them, and 'sonde watch' shows every trial.`
      : 'This report does not hold that. The page of \'sonde watch\' does.' };
  }
  try {
    const response = await fetch(`/api/${name}?${new URLSearchParams(query)}`);
    if (response.status === 401) return { problem: await response.text() };
    return await response.json();
  } catch (failure) {
    return { problem: `The server does not answer (${failure.message}). Is 'sonde watch' still running?` };
  }
}

/** @type {Set<(change: {folder: string, trials?: string[]}) => void>} */
const listeners = new Set();

/**
 * Calls back for each change of files.
 * @param {(change: {folder: string, trials?: string[]}) => void} changed
 * @returns {() => void} ends it
 */
export function listen(changed) {
  listeners.add(changed);
  return () => listeners.delete(changed);
}

function tell(change) { for (const listener of [...listeners]) listener(change); }

/** Browsers open six connections to a server: of all tabs one listens to it, and tells the others. */
export function listenToServer() {
  if (isReport) return;
  const channel = new BroadcastChannel('sonde-changes');
  channel.onmessage = message => tell(message.data);
  navigator.locks.request('sonde-changes', () => new Promise(() => {
    const events = new EventSource('/api/events');
    let isFirst = true;
    const pass = change => {
      tell(change);
      channel.postMessage(change);
    };
    events.onmessage = message => pass(JSON.parse(message.data));
    // After a pause of the connection anything may have changed.
    events.onopen = () => {
      document.documentElement.dataset.live = 'yes';
      if (!isFirst) pass({ folder: '' });
      isFirst = false;
    };
    events.onerror = () => { document.documentElement.dataset.live = 'no'; };
  }));
}

/** Calls at most once per frame, however often it is asked. */
export function oncePerFrame(action) {
  let isWaiting = false;
  return () => {
    if (isWaiting) return;
    isWaiting = true;
    requestAnimationFrame(() => {
      isWaiting = false;
      action();
    });
  };
}
