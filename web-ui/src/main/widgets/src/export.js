// A topology as one SVG document.
import { escapeXml } from './common.js';
import { iconPath } from './icons.js';
import { box } from './layout.js';
import { stateMark } from './marks.js';
import { boundsOf } from './picture.js';
import { headOf, pathOf } from './routes.js';

const margin = 16;

/** The whole of a scene, as of Picture, in the colours of now. */
export function svgOf(scene, colours) {
  const bounds = boundsOf(scene);
  const width = Math.ceil(bounds.x2 - bounds.x1 + 2 * margin);
  const height = Math.ceil(bounds.y2 - bounds.y1 + 2 * margin);
  const n = (value) => Number(value.toFixed(1));
  const text = (x, y, size, anchor, colour, weight, content) =>
    `<text x="${n(x)}" y="${n(y)}" font-size="${size}" fill="${colour}" font-weight="${weight}" text-anchor="${anchor}">${escapeXml(content)}</text>`;
  const parts = [];
  for (const { kind, hue, label, x1, y1, x2, y2 } of scene.frames) {
    const colour = colours.cloud(hue);
    const region = kind === 'region';
    parts.push(
      `<rect x="${n(x1)}" y="${n(y1)}" width="${n(x2 - x1)}" height="${n(y2 - y1)}" rx="6" fill="${colour}" fill-opacity="${region ? 0 : 0.06}" stroke="${colour}" stroke-width="${region ? 1 : 1.5}"${region ? ' stroke-dasharray="4 3"' : ''}/>`,
      text(x1 + 4, y1 - 6, region ? 12 : 14, 'start', colour, region ? 400 : 600, label),
    );
  }
  for (const { points } of scene.routes) {
    parts.push(
      `<path d="${pathOf(points)}" fill="none" stroke="${colours.link}" stroke-width="1.25"/><path d="${headOf(points)}" fill="${colours.link}"/>`,
    );
  }
  for (const { x, y, label, icon, state, resource } of scene.nodes) {
    const colour = state === 'complete' ? colours.link : colours.state(state);
    parts.push(
      `<g><title>${escapeXml(`${resource.type} ${label}`)}</title>` +
        `<rect x="${n(x - box / 2)}" y="${n(y - box / 2)}" width="${box}" height="${box}" rx="6" fill="${colours.surface}" stroke="${colour}" stroke-width="1.25"/>` +
        `<path transform="translate(${n(x - 11)} ${n(y - 11)}) scale(1.375)" d="${iconPath(icon)}" fill="none" stroke="${colours.text}" stroke-width="1.2" stroke-linecap="round" stroke-linejoin="round"/>` +
        `<g transform="translate(${n(x + box / 2 - 9)} ${n(y - box / 2 - 5)}) scale(.875)">${stateMark(state, colours.state(state), colours.surface)}</g></g>`,
      text(x, y + box / 2 + 16, 12, 'middle', colours.text, 400, label),
    );
  }
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="${n(bounds.x1 - margin)} ${n(bounds.y1 - margin)} ${width} ${height}" font-family="system-ui, sans-serif">` +
    `<rect x="${n(bounds.x1 - margin)}" y="${n(bounds.y1 - margin)}" width="${width}" height="${height}" fill="${colours.surface}"/>${parts.join('')}</svg>`
  );
}
