// What all components share: late property upgrade, theme, buttons.
import { stateName } from './marks.js';

/**
 * Properties that were set before the element was defined hide the accessors of its class; this gives
 * them to the accessors.
 */
export function upgrade(element, ...names) {
  for (const name of names) {
    if (Object.prototype.hasOwnProperty.call(element, name)) {
      const value = element[name];
      delete element[name];
      element[name] = value;
    }
  }
}

/** A property's value as data: the server sends JSON text, a page may set objects. */
export function data(value, otherwise) {
  if (value === null || value === undefined || value === '') return otherwise;
  return typeof value === 'string' ? JSON.parse(value) : value;
}

/** Calls back when the colours may have changed. Returns how to stop. */
export function watchTheme(callback) {
  const observer = new MutationObserver(callback);
  for (const element of [document.documentElement, document.body]) {
    observer.observe(element, { attributes: true, attributeFilter: ['theme', 'class'] });
  }
  const scheme = matchMedia('(prefers-color-scheme: dark)');
  scheme.addEventListener('change', callback);
  return () => {
    observer.disconnect();
    scheme.removeEventListener('change', callback);
  };
}

export const calm = () => matchMedia('(prefers-reduced-motion: reduce)').matches;

/** Own buttons, the same in each component. */
export const buttonCss = `
.tools { position: absolute; top: 8px; right: 8px; display: flex; gap: 0; z-index: 2;
  background: var(--lumo-base-color, #fff); border: 1px solid var(--isthmus-line, #d5d9de); border-radius: 6px; overflow: hidden; }
.tools button { all: unset; box-sizing: border-box; width: 32px; height: 32px; display: grid; place-items: center; cursor: pointer;
  color: var(--lumo-secondary-text-color, #4b5563); border-left: 1px solid var(--isthmus-line, #d5d9de); }
.tools button:first-child { border-left: 0; }
.tools button:hover { background: var(--isthmus-hover, #f1f3f5); color: var(--lumo-body-text-color, #1b1f24); }
.tools button:focus-visible { outline: 2px solid var(--lumo-primary-color, #0b6e6e); outline-offset: -2px; }
.tools svg { width: 16px; height: 16px; fill: none; stroke: currentColor; stroke-width: 1.5; stroke-linecap: round; stroke-linejoin: round; }
@media (pointer: coarse) { .tools button { width: 44px; height: 44px; } }
`;

const glyph = (path) => `<svg viewBox="0 0 16 16" aria-hidden="true"><path d="${path}"/></svg>`;
export const glyphs = {
  zoomIn: glyph('M8 3v10M3 8h10'),
  zoomOut: glyph('M3 8h10'),
  fit: glyph('M2 6V2h4M10 2h4v4M14 10v4h-4M6 14H2v-4'),
  save: glyph('M8 2v8M4.5 7 8 10.5 11.5 7M2.5 13.5h11'),
  copy: glyph('M5.5 5.5h8v8h-8zM3 10.5h-.5v-8h8V3'),
  done: glyph('M3 8.5 6.5 12 13 4.5'),
};

export function button(glyphName, act) {
  const element = document.createElement('button');
  element.type = 'button';
  element.innerHTML = glyphs[glyphName];
  element.addEventListener('click', act);
  return element;
}

export function label(element, text) {
  element.title = text;
  element.setAttribute('aria-label', text);
}

const fallback = {
  '--cloud-1': '#0a70d0', '--cloud-2': '#aa6200', '--cloud-3': '#4e0a7c', '--cloud-4': '#14404f',
  '--cloud-5': '#73754c', '--cloud-6': '#2f10c8', '--cloud-7': '#d02d8b', '--cloud-8': '#561a06',
  '--state-complete': '#1f7a4d', '--state-progress': '#0b6e6e', '--state-degraded': '#9a6700',
  '--state-failed': '#b42318', '--state-unknown': '#667078',
  '--lumo-base-color': '#ffffff', '--lumo-body-text-color': '#1b1f24', '--lumo-secondary-text-color': '#4b5563',
  '--lumo-primary-color': '#0b6e6e', '--isthmus-line': '#d5d9de', '--isthmus-land': '#f1f3f5',
  '--isthmus-coast': '#b8c0c8', '--isthmus-hover': '#f1f3f5', '--isthmus-link': '#7b8792',
};

/** The page's colours as they are now at this element: canvas and SVG exports cannot use variables. */
export function palette(element) {
  const style = getComputedStyle(element);
  const known = new Map(); // thousands of nodes ask
  const read = (name) => {
    if (!known.has(name)) known.set(name, style.getPropertyValue(name).trim() || fallback[name]);
    return known.get(name);
  };
  return {
    cloud: (hue) => (hue >= 1 && hue <= 8 ? read(`--cloud-${hue}`) : read('--state-unknown')),
    state: (state) => read(`--state-${stateName(state)}`),
    surface: read('--lumo-base-color'),
    text: read('--lumo-body-text-color'),
    quiet: read('--lumo-secondary-text-color'),
    accent: read('--lumo-primary-color'),
    line: read('--isthmus-line'),
    land: read('--isthmus-land'),
    coast: read('--isthmus-coast'),
    link: read('--isthmus-link'),
    font: style.fontFamily,
  };
}

export const svgUri = (size, content) =>
  `data:image/svg+xml,${encodeURIComponent(`<svg xmlns="http://www.w3.org/2000/svg" width="${size * 4}" height="${size * 4}" viewBox="0 0 ${size} ${size}">${content}</svg>`)}`;

export const escapeXml = (text) =>
  String(text ?? '').replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);
