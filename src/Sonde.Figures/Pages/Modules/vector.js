// Records what would be drawn on a canvas as SVG, so that both show the same.

const escape = text => String(text).replace(/[&<>"]/g, character => `&#${character.charCodeAt(0)};`);
const digits = value => Math.round(value * 100) / 100;

/** As much of a canvas context as the plots use. */
export class VectorContext {
  /** @param {number} width @param {number} height @param {string} paper background colour */
  constructor(width, height, paper) {
    Object.assign(this, { width, height, paper, parts: [], path: '', strokeStyle: '#000', fillStyle: '#000', lineWidth: 1, globalAlpha: 1, font: '12px sans-serif',
      textAlign: 'left', textBaseline: 'alphabetic', dash: [], clips: 0 });
  }
  beginPath() { this.path = ''; }
  moveTo(x, y) { this.path += `M${digits(x)} ${digits(y)}`; }
  lineTo(x, y) { this.path += `L${digits(x)} ${digits(y)}`; }
  closePath() { this.path += 'Z'; }
  arc(x, y, radius) { this.path += `M${digits(x - radius)} ${digits(y)}a${radius} ${radius} 0 1 0 ${2 * radius} 0a${radius} ${radius} 0 1 0 ${-2 * radius} 0`; }
  setLineDash(dash) { this.dash = dash; }
  stroke() {
    this.parts.push(`<path d="${this.path}" fill="none" stroke="${escape(this.strokeStyle)}" stroke-width="${this.lineWidth}" stroke-opacity="${this.globalAlpha}"`
      + `${this.dash.length ? ` stroke-dasharray="${this.dash.join(' ')}"` : ''} stroke-linejoin="round"/>`);
  }
  fill() { this.parts.push(`<path d="${this.path}" fill="${escape(this.fillStyle)}" fill-opacity="${this.globalAlpha}"/>`); }
  fillText(text, x, y) {
    const anchor = { left: 'start', center: 'middle', right: 'end' }[this.textAlign];
    const base = { alphabetic: 'auto', middle: 'central', top: 'hanging', bottom: 'text-after-edge' }[this.textBaseline];
    this.parts.push(`<text x="${digits(x)}" y="${digits(y)}" text-anchor="${anchor}" dominant-baseline="${base}" font-size="12" fill="${escape(this.fillStyle)}">`
      + `${escape(text)}</text>`);
  }
  /** What follows is cut at a rectangle, until release. */
  clipTo(x, y, width, height) {
    this.parts.push(`<clipPath id="c${++this.clips}"><rect x="${x}" y="${y}" width="${width}" height="${height}"/></clipPath><g clip-path="url(#c${this.clips})">`);
  }
  release() { this.parts.push('</g>'); }
  toString() {
    return `<svg xmlns="http://www.w3.org/2000/svg" width="${this.width}" height="${this.height}" viewBox="0 0 ${this.width} ${this.height}" `
      + `font-family="sans-serif"><rect width="100%" height="100%" fill="${escape(this.paper)}"/>${this.parts.join('')}</svg>`;
  }
}
