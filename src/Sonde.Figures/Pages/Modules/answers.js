import { html, scroller, show } from './dom.js';
import { whole } from './numbers.js';

const MOST_LISTED = 60;

/** What a network answered to the test examples: how often each class was taken for each other, and the examples that it got wrong. Set `answers`; call `draw`. */
export class SondeAnswers extends HTMLElement {
  answers = null;

  draw() {
    const { examples, wrong, confusions, index, label, predicted } = this.answers;
    const classes = [...new Set(confusions.flatMap(pair => [pair.label, pair.predicted]))].sort((a, b) => a - b);
    const counts = new Map(confusions.map(pair => [`${pair.label} ${pair.predicted}`, pair.count]));
    const most = Math.max(1, ...confusions.map(pair => pair.count));
    const cell = (truth, answer) => {
      const count = counts.get(`${truth} ${answer}`) ?? 0, td = html('td', { class: truth === answer ? 'number right' : 'number' }, count ? whole(count) : '');
      td.style.setProperty('--share', String(count / most));
      return td;
    };
    show(this, html('p', {}, `Of ${whole(examples)} test examples ${whole(wrong)} are wrong at the end. Rows are the class of the example, columns what the network answered.`),
      classes.length <= 30 ? scroller('answers by class', html('table', { class: 'confusion' }, html('thead', {}, html('tr', {}, html('th', { scope: 'col' }, 'class'), ...classes.map(answer => html('th', { scope: 'col' }, answer)))),
        html('tbody', {}, ...classes.map(truth => html('tr', {}, html('th', { scope: 'row' }, truth), ...classes.map(answer => cell(truth, answer))))))) : null,
      index.length === 0 ? null : html('details', {}, html('summary', {}, `The first ${Math.min(MOST_LISTED, index.length)} wrong examples`),
        html('p', {}, index.slice(0, MOST_LISTED).map((number, k) => `${whole(number + 1)}: ${label[k]} taken for ${predicted[k]}`).join(' · '))));
  }
}

customElements.define('sonde-answers', SondeAnswers);
