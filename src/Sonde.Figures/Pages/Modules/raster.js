// A canvas takes a second for ten thousand curves of a hundred points. Written into pixels, column by column, they take a tenth of that.

const SOLID = 96;

/**
 * Draws curves one pixel wide, each blended over those before it.
 * @param {CanvasRenderingContext2D} context
 * @param {{x: ArrayLike<number>, y: ArrayLike<number | null>, colour: string}[]} lines x ascending
 * @param {{left: number, top: number, width: number, height: number}} box in pixels of the canvas
 * @param {{xLog: boolean, yLog: boolean, x: (value: number) => number, y: (value: number) => number}} axes a value's pixel, given its logarithm on a logarithmic axis
 */
export function drawMany(context, lines, box, { xLog, yLog, x: xPixel, y: yPixel }) {
  const [left, top, width, height] = [Math.round(box.left), Math.round(box.top), Math.round(box.width), Math.round(box.height)];
  if (width < 1 || height < 1) return;
  const picture = new ImageData(width, height), pixels = new Uint32Array(picture.data.buffer), colours = new Map();
  for (const line of lines) {
    let colour = colours.get(line.colour);
    if (colour === undefined) colours.set(line.colour, colour = Number.parseInt(line.colour.slice(5, 7) + line.colour.slice(3, 5) + line.colour.slice(1, 3), 16));
    const { x, y } = line, half = (colour >> 1) & 0x7f7f7f;
    const column = (px, from, to) => {
      if (px < 0 || px >= width) return;
      const low = Math.max(0, ((from < to ? from : to) + 0.5) | 0), high = Math.min(height - 1, ((from < to ? to : from) + 0.5) | 0);
      for (let place = low * width + px, end = high * width + px; place <= end; place += width) {
        const old = pixels[place], alpha = (old >>> 24) + SOLID;
        pixels[place] = (old === 0 ? colour : ((old >> 1) & 0x7f7f7f) + half) | (alpha > 255 ? 255 : alpha) << 24;
      }
    };
    let lastX = NaN, lastY = NaN, isAlone = true;
    for (let k = 0; k <= x.length; k++) {
      const value = k < x.length ? y[k] : null, isGap = value === null || (yLog && value <= 0) || (xLog && x[k] <= 0);
      if (isGap) {
        // A point without neighbours is a small square.
        if (isAlone && lastX === lastX) for (let px = Math.round(lastX) - 1; px <= Math.round(lastX) + 1; px++) column(px, lastY - 1, lastY + 1);
        [lastX, lastY, isAlone] = [NaN, NaN, true];
        continue;
      }
      const nowX = xPixel(xLog ? Math.log10(x[k]) : x[k]) - left, nowY = yPixel(yLog ? Math.log10(value) : value) - top;
      if (lastX === lastX) {
        isAlone = false;
        const first = Math.max(0, Math.floor(lastX)), end = Math.min(width - 1, Math.ceil(nowX) - 1), slope = (nowY - lastY) / (nowX - lastX || 1);
        if (end <= first && first < width) column(first, lastY, nowY);
        else for (let px = first; px <= end; px++) column(px, lastY + slope * (Math.max(px, lastX) - lastX), lastY + slope * (Math.min(px + 1, nowX) - lastX));
      }
      [lastX, lastY] = [nowX, nowY];
    }
  }
  const canvas = document.createElement('canvas');
  Object.assign(canvas, { width, height });
  canvas.getContext('2d').putImageData(picture, 0, 0);
  context.drawImage(canvas, left, top);
}
