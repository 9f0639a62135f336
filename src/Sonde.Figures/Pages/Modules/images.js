import { show } from './dom.js';
import { picture } from './pixels.js';

const MOST = 100;

/** Images of what layers have learned, such as filters of the first layer, each with its own contrast. Set `images`, then call `draw`. */
export class SondeImages extends HTMLElement {
  /** @type {{index: number, layer: number, update: number, shape: [number, number, number], pixels: string}[]} */ images = [];

  draw() { show(this, ...this.images.slice(0, MOST).map(image => picture(image, `layer ${image.layer}, number ${image.index + 1}`))); }
}

customElements.define('sonde-images', SondeImages);
