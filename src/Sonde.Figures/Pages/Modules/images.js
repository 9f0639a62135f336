import { html, show } from './dom.js';

const MOST = 100, ZOOM_TO = 64;

/** Images of what layers have learned, such as filters of the first layer, each with its own contrast. Set `images`, then call `draw`. */
export class SondeImages extends HTMLElement {
  /** @type {{index: number, layer: number, update: number, shape: [number, number, number], values: number[]}[]} */ images = [];

  draw() {
    show(this, ...this.images.slice(0, MOST).map(image => {
      const [channels, height, width] = image.shape, canvas = html('canvas', { width, height, role: 'img', 'aria-label': `layer ${image.layer}, number ${image.index + 1}`,
        title: `layer ${image.layer}, number ${image.index + 1}` });
      const scale = Math.max(1, Math.floor(ZOOM_TO / Math.max(width, height)));
      canvas.style.width = `${width * scale}px`;
      const pixels = new ImageData(width, height), most = image.values.reduce((a, b) => Math.max(a, Math.abs(b)), 0) || 1;
      for (let k = 0; k < width * height; k++) {
        for (let channel = 0; channel < 3; channel++)
          pixels.data[4 * k + channel] = 128 + 127 * image.values[(channels === 3 ? channel : 0) * width * height + k] / most;
        pixels.data[4 * k + 3] = 255;
      }
      canvas.getContext('2d').putImageData(pixels, 0, 0);
      return canvas;
    }));
  }
}

customElements.define('sonde-images', SondeImages);
