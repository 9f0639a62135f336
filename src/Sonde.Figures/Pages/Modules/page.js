import './folders.js';
import './overlay.js';
import './study.js';
import './trial.js';
import { html, show } from './dom.js';
import { isDark } from './numbers.js';
import { addressOf, currentRoute } from './route.js';
import { isReport, listenToServer } from './source.js';

const VIEWS = { folders: 'sonde-folders', study: 'sonde-study', trial: 'sonde-trial', overlay: 'sonde-overlay' };

/** The frame of all views: a header, and the view that the address names. */
export class SondePage extends HTMLElement {
  connectedCallback() {
    // The token has become a cookie: it need not stay in the address, or in a screenshot.
    if (!isReport && location.search) history.replaceState(null, '', location.pathname + location.hash);
    this.place = html('main', { id: 'view', tabindex: -1 });
    if (isReport) document.body.classList.add('sonde');
    this.theme = html('button', { type: 'button', click: () => this.#turn() });
    show(this, html('a', { class: 'skip', href: '#view', click: event => {
      event.preventDefault();
      this.place.focus();
    } }, 'to the content'), html('header', { class: 'top' }, html('a', { class: 'brand', href: addressOf(isReport ? 'study' : 'folders') }, 'Sonde'),
      html('span', { class: 'live', role: 'status' }, isReport ? 'report' : 'live'),
    isReport ? html('button', { type: 'button', click: () => document.body.classList.toggle('still') }, 'printed report') : null, this.theme), this.place);
    try {
      if (localStorage.getItem('sonde-theme')) document.documentElement.dataset.theme = localStorage.getItem('sonde-theme');
    } catch {
      // A page from a disk may have no storage: it follows the system then.
    }
    this.#label();
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => this.#label());
    addEventListener('hashchange', () => this.route());
    listenToServer();
    this.route();
  }

  /** Shows the view of the address. */
  route() {
    const { view } = currentRoute();
    show(this.place, html(isReport && view === 'folders' ? VIEWS.study : VIEWS[view] ?? VIEWS.folders));
  }

  #turn() {
    document.documentElement.dataset.theme = isDark() ? 'light' : 'dark';
    try {
      localStorage.setItem('sonde-theme', document.documentElement.dataset.theme);
    } catch {
      // It holds for this page then.
    }
    this.#label();
    this.route();
  }

  #label() {
    this.theme.textContent = isDark() ? 'light' : 'dark';
    this.theme.setAttribute('aria-label', `show the page in ${isDark() ? 'light' : 'dark'} colours`);
    dispatchEvent(new Event('themechange'));
  }
}

customElements.define('sonde-page', SondePage);
