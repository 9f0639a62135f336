import { html, show } from './dom.js';
import { error, seen, whole } from './numbers.js';
import { addressOf } from './route.js';
import { listen, load } from './source.js';

/** All run folders that the server was given. */
export class SondeFolders extends HTMLElement {
  connectedCallback() {
    this.stop = listen(() => this.refresh());
    return this.refresh();
  }

  disconnectedCallback() { this.stop?.(); }

  async refresh() {
    const document = await load('folders');
    if (document.problem) return show(this, html('h1', {}, 'Run folders'), html('p', { class: 'problem' }, document.problem));
    if (document.folders.length === 1 && !this.isLeft) {
      this.isLeft = true;
      location.replace(addressOf('study', { folder: document.folders[0].key }));
      return undefined;
    }
    const rows = document.folders.map(folder => {
      const [done, all] = [folder.counts.done ?? 0, folder.trials];
      const words = Object.entries(folder.counts).map(([status, count]) => `${whole(count)} ${status}`).join(', ');
      return html('a', { class: 'card folder', href: addressOf('study', { folder: folder.key }) },
        html('h2', {}, folder.study), html('p', {}, folder.key), html('progress', { max: all || 1, value: done, 'aria-label': `${done} of ${all} trials are done` }),
        html('p', {}, `${whole(all)} ${all === 1 ? 'trial' : 'trials'}${words ? `: ${words}` : ''}`),
        folder.bestTestError === null ? null : html('p', {}, `best test ${folder.measure.name} ${error(seen(folder.bestTestError, folder.measure), folder.measure)}${folder.measure.unit}`));
    });
    return show(this, html('h1', {}, 'Run folders'), rows.length > 0 ? html('div', { class: 'cards' }, ...rows)
      : html('p', { class: 'empty' }, 'There is no run folder here yet. The page shows one as soon as \'sonde run STUDY --out DIR\' begins to write it.'));
  }
}

customElements.define('sonde-folders', SondeFolders);
