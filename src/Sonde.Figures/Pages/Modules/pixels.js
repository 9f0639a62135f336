import { html } from './dom.js';

const ZOOM_TO = 64;

/**
 * A picture of pixels, enlarged if it is small.
 * @param {{shape: [number, number, number], pixels: string}} image channels, height and width; bytes in base 64, channel after channel
 * @param {string} words what it shows
 */
export function picture({ shape: [channels, height, width], pixels }, words) {
  const canvas = html('canvas', { width, height, role: 'img', 'aria-label': words, title: words });
  canvas.style.width = `${width * Math.max(1, Math.floor(ZOOM_TO / Math.max(width, height)))}px`;
  const bytes = atob(pixels), shown = new ImageData(width, height);
  for (let k = 0; k < width * height; k++) {
    for (let channel = 0; channel < 3; channel++) shown.data[4 * k + channel] = bytes.charCodeAt((channels === 3 ? channel : 0) * width * height + k);
    shown.data[4 * k + 3] = 255;
  }
  canvas.getContext('2d').putImageData(shown, 0, 0);
  return canvas;
}
