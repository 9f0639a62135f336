// Every view is an address: what is behind the # names the view and all that was chosen in it.

/** @typedef {{view: string, values: Record<string, string>}} Route */

/** @returns {Route} */
export function currentRoute() {
  const [view, query] = location.hash.replace(/^#\/?/, '').split('?');
  return { view: view || 'folders', values: Object.fromEntries(new URLSearchParams(query ?? '')) };
}

/** The address of a view. */
export function addressOf(view, values = {}) {
  const query = new URLSearchParams(Object.entries(values).filter(([, value]) => value !== null && value !== undefined && value !== '')).toString();
  return `#/${view}${query ? `?${query}` : ''}`;
}

/** Goes to a view. */
export function go(view, values) { location.hash = addressOf(view, values); }

/** Notes what was chosen in this view in its address, without a step in the browser's history. */
export function note(changes) {
  const { view, values } = currentRoute();
  const address = addressOf(view, { ...values, ...changes });
  if (address !== location.hash) history.replaceState(null, '', address);
}
