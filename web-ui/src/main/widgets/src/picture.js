// Draws a topology on a canvas, as much of it as can be told apart at the size it is seen at: near, icons,
// names and marks; from afar, what stands where, the names of clouds and groups, and what is not well.
import { iconPath } from './icons.js';
import { box, cell } from './layout.js';
import { markShapes } from './marks.js';
import { piecesOf } from './routes.js';

const half = box / 2;
const veil = 0.75; // how much of the rest is taken back when something is lit
const nameSize = 12;
const near = 0.36; // zoom from which icons are drawn
const readable = 7 / nameSize; // zoom from which names are
const group = 12; // resources of one name and cloud from which they are told as one from afar

/** The smallest area that holds all; in the picture's measure. */
export function boundsOf({ nodes, frames, titleSize }) {
  const areas = frames.length && nodes.every(({ resource }) => resource.cloud) ? [] : nodes.map(({ x, y }) => areaAround(x, y));
  const all = [...areas, ...frames.map(({ x1, y1, x2, y2 }) => ({ x1, y1: y1 - titleSize - 4, x2, y2 }))];
  return all.reduce((sum, area) => ({
    x1: Math.min(sum.x1, area.x1), y1: Math.min(sum.y1, area.y1), x2: Math.max(sum.x2, area.x2), y2: Math.max(sum.y2, area.y2),
  }));
}

const areaAround = (x, y) => ({ x1: x - cell.width / 2, y1: y - half - 8, x2: x + cell.width / 2, y2: y + half + 22 });
const meet = (a, b) => a.x1 < b.x2 && b.x1 < a.x2 && a.y1 < b.y2 && b.y1 < a.y2;

export class Picture {
  #pen;
  #scene;
  #trunks;
  #pieces;
  #groups;
  #names = new Map();
  #paths = new Map();

  constructor(canvas) {
    this.#pen = canvas.getContext('2d');
  }

  /** {nodes: [{id, label, x, y, icon, state, hue, resource}], frames, routes}: another one. */
  set scene(scene) {
    this.#scene = scene;
    this.#trunks = null;
    this.#pieces = null;
    this.#groups = null;
  }

  /**
   * @param view what is in sight
   * @param look {colours, ratio: pixels of the screen for one of the page, lit: id whose lines come forward
   *     or '', selected: id or '', ring: id with the keyboard's focus or '', number: how a count is written}
   */
  draw(view, look) {
    const pen = this.#pen;
    const { canvas } = pen;
    const [width, height] = [Math.round(view.width * look.ratio), Math.round(view.height * look.ratio)];
    if (canvas.width !== width) canvas.width = width;
    if (canvas.height !== height) canvas.height = height;
    pen.setTransform(1, 0, 0, 1, 0, 0);
    pen.clearRect(0, 0, width, height);
    const scale = view.zoom * look.ratio;
    pen.setTransform(scale, 0, 0, scale, view.x * look.ratio, view.y * look.ratio);
    const seen = { ...look, zoom: view.zoom, sight: view.sight };
    const bright = this.#bright(look.lit);
    const shown = this.#scene.nodes.filter(({ x, y }) => meet(areaAround(x, y), seen.sight));
    if (!bright) this.#frames(seen);
    this.#lines(seen);
    if (!bright) this.#rings(shown, seen);
    this.#nodes(shown, seen);
    if (bright) {
      this.#veil(seen);
      this.#frames(seen);
      this.#rings(shown, seen);
      this.#litLines(bright.routes, seen);
      this.#nodes(shown.filter(({ id }) => bright.ids.has(id)), seen);
    }
    this.#titles(seen);
    if (view.zoom < readable) this.#groupNames(seen, bright);
    this.#callout(seen);
  }

  /** What is lit and its neighbours, with the lines between; null when all is alike. */
  #bright(lit) {
    if (!lit) return null;
    const routes = this.#scene.routes.filter(({ from, to }) => from === lit || to === lit);
    return { routes, ids: new Set([lit, ...routes.flatMap(({ from, to }) => [from, to])]) };
  }

  #path(d) {
    if (!this.#paths.has(d)) this.#paths.set(d, new Path2D(d));
    return this.#paths.get(d);
  }

  #frames({ colours, zoom }) {
    const pen = this.#pen;
    for (const { kind, hue, x1, y1, x2, y2 } of this.#scene.frames) {
      const colour = colours.cloud(hue);
      const region = kind === 'region';
      pen.beginPath();
      pen.roundRect(x1, y1, x2 - x1, y2 - y1, 6);
      if (!region) {
        pen.globalAlpha = 0.06;
        pen.fillStyle = colour;
        pen.fill();
        pen.globalAlpha = 1;
      }
      pen.strokeStyle = colour;
      pen.lineWidth = Math.max(region ? 1 : 1.5, 1 / zoom);
      pen.setLineDash(region ? [4, 3] : []);
      pen.stroke();
    }
    pen.setLineDash([]);
  }

  #titles({ colours, zoom, sight }) {
    const pen = this.#pen;
    const most = this.#scene.titleSize;
    pen.textAlign = 'left';
    pen.textBaseline = 'alphabetic';
    pen.lineJoin = 'round';
    for (const { kind, hue, label, x1, y1, x2, y2 } of this.#scene.frames) {
      if (!meet({ x1, y1: y1 - most - 4, x2, y2 }, sight)) continue;
      const size = Math.min(most, Math.max(kind === 'region' ? 12 : 14, 12 / zoom));
      pen.font = `${kind === 'region' ? 400 : 600} ${size}px ${colours.font}`;
      const x = Math.min(Math.max(x1 + 4, sight.x1 + 8 / zoom), x2 - 4);
      this.#haloed(label, x, y1 - size * 0.45, colours.cloud(hue), colours.surface, size / 4);
    }
  }

  #haloed(text, x, y, colour, ground, width) {
    const pen = this.#pen;
    pen.strokeStyle = ground;
    pen.lineWidth = width;
    pen.strokeText(text, x, y);
    pen.fillStyle = colour;
    pen.fillText(text, x, y);
  }

  #lines({ colours, zoom, sight }) {
    const pen = this.#pen;
    pen.lineJoin = 'round';
    pen.strokeStyle = colours.link;
    pen.fillStyle = colours.link;
    pen.lineWidth = Math.max(1.25, 0.6 / zoom);
    if (zoom < near) {
      this.#trunks ??= new Path2D(piecesOf(this.#scene.routes, 0).lines.map(({ d }) => d).join(''));
      pen.stroke(this.#trunks);
    } else {
      this.#pieces ??= piecesOf(this.#scene.routes);
      this.#strokes(this.#pieces, sight);
    }
  }

  #litLines(routes, { colours, zoom, sight }) {
    const pen = this.#pen;
    pen.strokeStyle = colours.accent;
    pen.fillStyle = colours.accent;
    pen.lineWidth = Math.max(2, 1.5 / zoom);
    this.#strokes(piecesOf(routes), sight);
  }

  #strokes({ lines, heads }, sight) {
    const seen = (pieces) => new Path2D(pieces.filter((piece) => meet(piece, sight)).map(({ d }) => d).join(''));
    this.#pen.stroke(seen(lines));
    this.#pen.fill(seen(heads));
  }

  #veil({ colours, sight }) {
    const pen = this.#pen;
    pen.globalAlpha = veil;
    pen.fillStyle = colours.surface;
    pen.fillRect(sight.x1, sight.y1, sight.x2 - sight.x1, sight.y2 - sight.y1);
    pen.globalAlpha = 1;
  }

  #nodes(nodes, seen) {
    if (seen.zoom < near) this.#specks(nodes, seen);
    else for (const node of nodes) this.#node(node, seen);
  }

  /** Around what is chosen and where the keyboard is; beneath them, so that their marks stay whole. */
  #rings(nodes, seen) {
    for (const node of nodes) {
      if (node.id === seen.selected) this.#around(node, 1, Math.max(3, 2.5 / seen.zoom), seen);
      if (node.id === seen.ring) this.#around(node, 5, Math.max(2.5, 2 / seen.zoom), seen);
    }
  }

  /** Small squares; a mark, which can still be read, on what is not well. */
  #specks(nodes, { colours, zoom }) {
    const pen = this.#pen;
    pen.beginPath();
    for (const { x, y } of nodes) pen.rect(x - half, y - half, box, box);
    pen.fillStyle = colours.surface;
    pen.fill();
    pen.strokeStyle = colours.link;
    pen.lineWidth = Math.min(8, 1 / zoom);
    pen.stroke();
    const size = Math.min(box, Math.max(14, 8 / zoom));
    for (const { x, y, state } of nodes) if (state !== 'complete') this.#mark(state, x, y, size, colours);
  }

  #node({ x, y, label, icon, state }, { colours, zoom }) {
    const pen = this.#pen;
    pen.beginPath();
    pen.roundRect(x - half, y - half, box, box, 6);
    pen.fillStyle = colours.surface;
    pen.fill();
    pen.strokeStyle = state === 'complete' ? colours.link : colours.state(state);
    pen.lineWidth = 1.25;
    pen.setLineDash(state === 'unknown' ? [4, 3] : []);
    pen.stroke();
    pen.setLineDash([]);
    pen.save();
    pen.translate(x - 11, y - 11);
    pen.scale(22 / 16, 22 / 16);
    pen.strokeStyle = colours.text;
    pen.lineWidth = 1.2;
    pen.lineCap = 'round';
    pen.lineJoin = 'round';
    pen.stroke(this.#path(iconPath(icon)));
    pen.restore();
    this.#mark(state, x + half - 2, y - half + 2, 14, colours);
    if (zoom < readable) return;
    pen.font = `${nameSize}px ${colours.font}`;
    pen.textAlign = 'center';
    pen.textBaseline = 'top';
    pen.fillStyle = colours.text;
    pen.fillText(this.#short(label), x, y + half + 6);
  }

  #mark(state, x, y, size, colours) {
    const pen = this.#pen;
    const colour = { state: colours.state(state), ground: colours.surface };
    pen.save();
    pen.translate(x - size / 2, y - size / 2);
    pen.scale(size / 16, size / 16);
    pen.lineJoin = 'round';
    for (const { d, fill, stroke, width, dash } of markShapes(state)) {
      const path = this.#path(d);
      if (fill) {
        pen.fillStyle = colour[fill];
        pen.fill(path);
      }
      if (stroke) {
        pen.strokeStyle = colour[stroke];
        pen.lineWidth = width;
        pen.lineCap = dash ? 'butt' : 'round';
        pen.setLineDash(dash ?? []);
        pen.stroke(path);
      }
    }
    pen.restore();
  }

  #around({ x, y }, away, width, { colours, zoom }) {
    const pen = this.#pen;
    const reach = Math.max(half + away, (4 + away) / zoom);
    for (const [colour, line] of [[colours.surface, width * 2.2], [colours.accent, width]]) {
      pen.beginPath();
      pen.roundRect(x - reach, y - reach, 2 * reach, 2 * reach, 6 + away);
      pen.strokeStyle = colour;
      pen.lineWidth = line;
      pen.stroke();
    }
  }

  /** A name as far as there is room for it; measured once. */
  #short(label) {
    if (this.#names.has(label)) return this.#names.get(label);
    const room = cell.width - 12;
    let short = label;
    if (this.#pen.measureText(label).width > room) {
      let [low, high] = [0, label.length];
      while (low < high - 1) {
        const middle = (low + high) >> 1;
        if (this.#pen.measureText(`${label.slice(0, middle)}…`).width > room) high = middle;
        else low = middle;
      }
      short = `${label.slice(0, low)}…`;
    }
    this.#names.set(label, short);
    return short;
  }

  /** From afar many of one name in one place are told as one: web × 1,000. */
  #groupNames({ colours, zoom, number }, bright) {
    if (bright) return;
    this.#groups ??= groupsOf(this.#scene.nodes);
    const pen = this.#pen;
    const size = 13 / zoom;
    pen.font = `600 ${size}px ${colours.font}`;
    pen.textAlign = 'center';
    pen.textBaseline = 'middle';
    pen.lineJoin = 'round';
    for (const { name, count, x1, y1, x2, y2 } of this.#groups) {
      const text = `${name} × ${number(count)}`;
      if (pen.measureText(text).width > x2 - x1 + cell.width || size * 2 > y2 - y1 + cell.height) continue;
      this.#haloed(text, (x1 + x2) / 2, (y1 + y2) / 2, colours.text, colours.surface, size / 2);
    }
  }

  /** What is lit says its whole name where it could not be read. */
  #callout({ lit, colours, zoom, sight }) {
    const node = lit && this.#scene.nodes.find(({ id }) => id === lit);
    if (!node || !meet(areaAround(node.x, node.y), sight)) return;
    const pen = this.#pen;
    pen.font = `${nameSize}px ${colours.font}`;
    const label = node.label;
    if (zoom >= readable && this.#short(label) === label) return;
    const size = Math.max(nameSize, nameSize / zoom);
    pen.font = `600 ${size}px ${colours.font}`;
    const width = pen.measureText(label).width + size;
    const height = size * 1.7;
    const x = Math.min(Math.max(node.x - width / 2, sight.x1 + size / 3), sight.x2 - width - size / 3);
    const below = node.y + Math.max(half, 8 / zoom) + size / 3;
    const y = below + height > sight.y2 ? node.y - Math.max(half, 8 / zoom) - size / 3 - height : below;
    pen.beginPath();
    pen.roundRect(x, y, width, height, size / 3);
    pen.fillStyle = colours.surface;
    pen.fill();
    pen.strokeStyle = colours.accent;
    pen.lineWidth = size / 12;
    pen.stroke();
    pen.fillStyle = colours.text;
    pen.textAlign = 'left';
    pen.textBaseline = 'middle';
    pen.fillText(label, x + size / 2, y + height / 2);
  }
}

/** Resources whose names differ only in their number, by type, cloud and region, and where they stand. */
function groupsOf(nodes) {
  const groups = new Map();
  for (const { label, x, y, resource } of nodes) {
    const name = label.replace(/[/._-]?\d+$/, '');
    const key = JSON.stringify([name, resource.type, resource.cloud, resource.region]);
    const found = groups.get(key) ?? { name, count: 0, x1: x, x2: x, y1: y, y2: y };
    found.count++;
    Object.assign(found, { x1: Math.min(found.x1, x), x2: Math.max(found.x2, x), y1: Math.min(found.y1, y), y2: Math.max(found.y2, y) });
    groups.set(key, found);
  }
  return [...groups.values()].filter(({ count }) => count >= group);
}
