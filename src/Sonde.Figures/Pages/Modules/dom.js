// Builds elements. Text from files becomes text nodes and attribute values, never HTML.

const SVG = 'http://www.w3.org/2000/svg';

/**
 * Sets attributes, listeners and children of an element.
 * @template {Element} T
 * @param {T} node
 * @param {Record<string, any>} attributes a function is a listener; null and false leave an attribute out
 * @param {(Node | string | number | null | undefined)[]} children
 * @returns {T}
 */
function fill(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') node.addEventListener(name, value);
    else if (name === 'value' || name === 'checked') node[name] = value;
    else if (value !== null && value !== undefined && value !== false) node.setAttribute(name, value === true ? '' : String(value));
  }
  node.append(...children.filter(child => child !== null && child !== undefined).map(child => (child instanceof Node ? child : String(child))));
  return node;
}

/** @returns {any} an HTML element */
export function html(tag, attributes = {}, ...children) { return fill(document.createElement(tag), attributes, children); }

/** @returns {any} an SVG element */
export function svg(tag, attributes = {}, ...children) { return fill(document.createElementNS(SVG, tag), attributes, children); }

/** Replaces an element's children. */
export function show(node, ...children) { node.replaceChildren(...children.filter(child => child !== null && child !== undefined)); }

/**
 * A labelled choice of one of several words.
 * @param {string} label
 * @param {string} value
 * @param {(string | [string, string])[]} options words, or pairs of value and words
 * @param {(value: string) => void} chosen
 */
export function choice(label, value, options, chosen) {
  const select = html('select', { change: () => chosen(select.value) }, ...options.map(option => {
    const [key, words] = Array.isArray(option) ? option : [option, option];
    return html('option', { value: key, selected: key === value }, words);
  }));
  return html('label', { class: 'choice' }, html('span', {}, label), select);
}

/** A labelled box to tick. */
export function tick(label, value, changed) {
  const box = html('input', { type: 'checkbox', checked: value, change: () => changed(box.checked) });
  return html('label', { class: 'choice' }, box, html('span', {}, label));
}

/** A box that scrolls sideways if it must, also with keys. @param {string} label what it holds */
export function scroller(label, child) { return html('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': label }, child); }

/** Saves text or a picture as a file. */
export function save(name, content, type) {
  const link = html('a', { href: URL.createObjectURL(content instanceof Blob ? content : new Blob([content], { type })), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

/** A name without characters that files cannot have. */
export function fileName(text) { return text.replace(/[^\w.=+-]+/g, '-').slice(0, 100) || 'plot'; }
