import { html, scroller, show } from './dom.js';
import { whole } from './numbers.js';
import { picture } from './pixels.js';

const MOST_CLASSES = 30, MOST_SHOWN = 60;

/** What a network answered to the test examples: how often each class was taken for each other, and examples that it got wrong. Set `answers`; call `draw`. */
export class SondeAnswers extends HTMLElement {
  answers = null;
  pair = null;

  draw() {
    const { examples, wrong, confusions, shown, noPictures } = this.answers;
    const classes = [...new Set(confusions.flatMap(pair => [pair.label, pair.predicted]))].sort((a, b) => a - b), name = label => this.answers.classes[label] ?? String(label);
    const counts = new Map(confusions.map(pair => [`${pair.label} ${pair.predicted}`, pair.count]));
    const most = Math.max(1, ...confusions.map(pair => pair.count)), pairs = new Set(shown.map(example => `${example.label} ${example.predicted}`));
    const cell = (truth, answer) => {
      const key = `${truth} ${answer}`, count = counts.get(key) ?? 0, words = `${whole(count)}: ${name(truth)} taken for ${name(answer)}`;
      const td = html('td', { class: truth === answer ? 'number right' : 'number' }, pairs.has(key) ? html('button', { type: 'button', title: words, 'aria-label': words,
        'aria-pressed': this.pair === key ? 'true' : 'false', click: () => this.#choose(this.pair === key ? null : key) }, whole(count)) : count ? whole(count) : '');
      td.style.setProperty('--share', String(count / most));
      return td;
    };
    const listed = shown.filter(example => !this.pair || `${example.label} ${example.predicted}` === this.pair).slice(0, MOST_SHOWN);
    show(this, html('p', {}, `Of ${whole(examples)} test examples ${whole(wrong)} are wrong at the end. Rows are the class of the example, columns what the network answered.`
      + `${shown.length ? ' A number opens its examples.' : ''}`),
    classes.length > MOST_CLASSES ? null : scroller('answers by class', html('table', { class: 'confusion' }, html('thead', {}, html('tr', {}, html('td', {}), ...classes.map(answer => html('th', { scope: 'col' }, name(answer))))),
      html('tbody', {}, ...classes.map(truth => html('tr', {}, html('th', { scope: 'row' }, name(truth)), ...classes.map(answer => cell(truth, answer))))))),
    noPictures ? html('p', { class: 'hint' }, `There are no pictures of the examples: ${noPictures}`) : null,
    listed.length === 0 ? null : html('div', { class: 'examples' }, ...listed.map(example => html('figure', {},
      example.pixels ? picture(example, `test example ${whole(example.index + 1)}`) : null,
      html('figcaption', {}, `${whole(example.index + 1)}: ${name(example.label)}`, html('span', {}, `taken for ${name(example.predicted)}`))))),
    listed.length === 0 ? null : html('p', { class: 'hint' }, this.pair ? `The first of the ${whole(counts.get(this.pair))} examples of this pair.`
      : 'The first wrong examples of each pair of classes.'));
  }

  #choose(pair) {
    this.pair = pair;
    this.draw();
    this.querySelector('button[aria-pressed=true]')?.focus();
  }
}

customElements.define('sonde-answers', SondeAnswers);
