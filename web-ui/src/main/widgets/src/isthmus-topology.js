// The resources of a stack and what they depend on: clouds as outlined regions of one hue. To a screen
// reader it is a list of its resources, in which arrows lead to what stands beside.
import { button, buttonCss, data, label, palette, upgrade, watchTheme } from './common.js';
import { svgOf } from './export.js';
import { kindOf } from './icons.js';
import { box, layOut } from './layout.js';
import { stateName } from './marks.js';
import { boundsOf, Picture } from './picture.js';
import { routesOf } from './routes.js';
import { nextIn, wayOf } from './steps.js';
import { View } from './view.js';

const step = 60; // px that an arrow moves the picture
const margin = 24; // px around the whole
const titles = { near: 16, far: 56 }; // how high names of clouds may be: in a picture that is seen from afar they are larger
const many = 400; // resources that are seen from afar
const narrow = 600; // px in which all but the smallest picture is
const named = 5; // neighbours that are told by name

class IsthmusTopology extends HTMLElement {
  #box;
  #canvas;
  #hint;
  #picture;
  #view;
  #graph = { nodes: [], edges: [] };
  #scene = { nodes: [], frames: [], routes: [], titleSize: 0 };
  #byId = new Map();
  #shape = '';
  #texts = {
    zoomIn: 'Zoom in', zoomOut: 'Zoom out', fit: 'Fit', save: 'Save as SVG', topology: 'Topology', file: 'topology', keys: '',
    needs: 'needs {0}', neededBy: 'needed by {0}', more: '{0} more', states: {},
  };
  #selected = '';
  #hovered = '';
  #at = ''; // where the keyboard is
  #byKey = false; // it is the keyboard that is used
  #told = 0;
  #colours;
  #waiting = 0;
  #size = '';
  #buttons = {};
  #resize = new ResizeObserver(() => this.#sized());
  #unwatch;

  constructor() {
    super();
    const root = this.attachShadow({ mode: 'open' });
    root.innerHTML = `<style>${buttonCss}
      :host { display: block; position: relative; width: 100%; height: 100%; min-height: 240px; overflow: hidden; contain: layout paint;
        font-family: var(--lumo-font-family, system-ui, sans-serif); }
      :host([hidden]) { display: none; }
      .box { position: absolute; inset: 0; touch-action: none; user-select: none; }
      .box:focus { outline: none; }
      .box:focus-visible::after { content: ''; position: absolute; inset: 0; border: 2px solid var(--lumo-primary-color, #0b6e6e); pointer-events: none; }
      .box.pointing { cursor: pointer; }
      canvas { position: absolute; inset: 0; width: 100%; height: 100%; }
      [role=option] { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
      .hint { position: absolute; left: 8px; right: 8px; bottom: 8px; width: fit-content; max-width: calc(100% - 16px); box-sizing: border-box; margin: 0;
        padding: 4px 8px; font-size: 13px; line-height: 1.4; pointer-events: none; visibility: hidden; border-radius: 6px;
        color: var(--lumo-secondary-text-color, #4b5563); background: var(--lumo-base-color, #fff); border: 1px solid var(--isthmus-line, #d5d9de); }
      .box.keys + .hint { visibility: visible; }
    </style><div class="box" role="listbox" tabindex="0" aria-describedby="hint"><canvas aria-hidden="true"></canvas></div><p class="hint" id="hint"></p>
    <div class="tools" role="group"></div>`;
    this.#box = root.querySelector('.box');
    this.#canvas = root.querySelector('canvas');
    this.#hint = root.querySelector('.hint');
    this.#picture = new Picture(this.#canvas);
    this.#picture.scene = this.#scene;
    this.#view = new View(this.#box, {
      changed: () => this.#soon(),
      pointed: (point) => this.#point(point),
      tapped: (point) => this.#choose(this.#nodeAt(point)?.id ?? ''),
    });
    this.#box.addEventListener('pointerdown', () => this.#keys(false));
    this.#box.addEventListener('keydown', (event) => this.#key(event));
    this.#box.addEventListener('focus', () => {
      if (!this.#byId.has(this.#at)) this.#at = this.#selected || this.#scene.nodes[0]?.id || '';
      this.#keys(this.#box.matches(':focus-visible'));
      this.#tell();
    });
    this.#box.addEventListener('blur', () => this.#keys(false));
    const actions = {
      zoomIn: () => this.#view.zoomBy(1.4),
      zoomOut: () => this.#view.zoomBy(1 / 1.4),
      fit: () => this.fit(),
      save: () => this.save(),
    };
    for (const [name, act] of Object.entries(actions)) {
      this.#buttons[name] = button(name, act);
      root.querySelector('.tools').append(this.#buttons[name]);
    }
  }

  connectedCallback() {
    upgrade(this, 'graph', 'texts', 'selected');
    this.#unwatch = watchTheme(() => {
      this.#colours = null;
      this.#soon();
    });
    this.#resize.observe(this);
    this.#name();
  }

  disconnectedCallback() {
    this.#unwatch?.();
    this.#resize.disconnect();
    cancelAnimationFrame(this.#waiting);
    this.#waiting = 0;
    this.#size = '';
    this.#colours = null;
  }

  static observedAttributes = ['src'];

  /** Where the graph is to be fetched from: what a page need not keep. */
  attributeChangedCallback(name, before, src) {
    if (src && src !== before) this.#fetch(src);
  }

  async #fetch(src) {
    try {
      const answer = await fetch(src);
      if (!answer.ok) throw new Error(`${answer.status} for the graph`);
      const graph = await answer.json();
      if (this.getAttribute('src') === src) this.graph = graph;
    } catch {
      // The connection may be lost for a while; a later graph makes this one needless.
      setTimeout(() => this.isConnected && this.getAttribute('src') === src && this.#fetch(src), 3000);
    }
  }

  /** {nodes: [{id, label, type, status, cloud, region, hue}], edges: [{from, to}]}. */
  get graph() {
    return this.#graph;
  }

  set graph(value) {
    const { nodes = [], edges = [] } = data(value, {});
    this.#graph = { nodes, edges };
    this.#lay();
  }

  /** Words in the user's language: zoomIn, zoomOut, fit, save, topology, file, keys, needs, neededBy, more, states. */
  get texts() {
    return this.#texts;
  }

  set texts(value) {
    this.#texts = { ...this.#texts, ...data(value, {}) };
    this.#name();
  }

  /** The id of the chosen node, '' for none: the others are dimmed but its neighbours. */
  get selected() {
    return this.#selected;
  }

  set selected(value) {
    this.#selected = value ?? '';
    if (this.#selected && !this.#byKey) this.#at = this.#selected;
    this.#tell();
    this.#soon();
  }

  fit() {
    if (this.#scene.nodes.length) this.#view.fit(boundsOf(this.#scene), margin);
  }

  /** Saves the whole graph, not only what is in sight. */
  save() {
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([svgOf(this.#scene, palette(this))], { type: 'image/svg+xml' }));
    link.download = `${this.#texts.file}.svg`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href));
  }

  #name() {
    this.#box.setAttribute('aria-label', this.#texts.topology);
    this.#hint.textContent = this.#texts.keys;
    this.#hint.hidden = !this.#texts.keys;
    for (const [name, element] of Object.entries(this.#buttons)) label(element, this.#texts[name]);
    this.#tell();
  }

  #sized() {
    const size = `${this.clientWidth} ${this.clientHeight}`;
    if (!this.clientWidth || !this.clientHeight || size === this.#size) return;
    const first = !this.#size;
    this.#size = size;
    this.#lay(); // anew when it has become narrow or wide
    if (first || !this.#view.moved) this.fit();
    else this.#reveal(this.#selected);
    this.#draw(); // at once: a canvas of another size is empty
  }

  #reveal(id) {
    if (this.#byId.has(id)) this.#view.reveal(this.#byId.get(id), this.#hint.offsetHeight);
  }

  /** News of states change the marks in place; only another set of resources is laid out again. */
  #lay() {
    if (!this.#size) return;
    const { nodes, edges } = this.#graph;
    const titleSize = nodes.length > many || this.clientWidth < narrow ? titles.far : titles.near;
    const shape = JSON.stringify([titleSize, nodes.map(({ id, type, cloud, region }) => [id, type, cloud, region]), edges.map(({ from, to }) => [from, to])]);
    const changed = shape !== this.#shape;
    if (changed) {
      this.#shape = shape;
      const { positions, frames } = layOut(nodes, edges, titleSize);
      const hues = new Map(nodes.map(({ cloud, hue }) => [cloud, hue ?? 0]));
      this.#scene = {
        frames: frames.map((frame) => ({ ...frame, hue: hues.get(frame.cloud) })),
        routes: routesOf(edges, positions),
        titleSize,
        // In the order in which they are read: as they stand, column by column within their frame.
        nodes: [...positions].map(([id, { x, y }]) => ({ id, x, y })),
      };
    }
    const facts = new Map(nodes.map((node) => [node.id, node]));
    for (const node of this.#scene.nodes) {
      const resource = facts.get(node.id);
      Object.assign(node, { label: resource.label ?? node.id, icon: kindOf(resource.type).icon, state: stateName(resource.status), resource });
    }
    this.#byId = new Map(this.#scene.nodes.map((node) => [node.id, node]));
    if (!this.#byId.has(this.#at)) this.#at = this.#byId.has(this.#selected) ? this.#selected : (this.#scene.nodes[0]?.id ?? '');
    if (!this.#byId.has(this.#hovered)) this.#hovered = '';
    if (changed) {
      this.#picture.scene = this.#scene;
      this.fit();
    }
    this.#tell();
    this.#soon();
  }

  #soon() {
    if (!this.#size || this.#waiting) return; // what has no size yet is drawn once it has
    this.#waiting = requestAnimationFrame(() => this.#draw());
  }

  #draw() {
    cancelAnimationFrame(this.#waiting);
    this.#waiting = 0;
    this.#colours ??= palette(this);
    const known = (id) => (this.#byId.has(id) ? id : '');
    this.#picture.draw(this.#view, {
      colours: this.#colours,
      ratio: devicePixelRatio || 1,
      lit: known(this.#hovered) || (this.#byKey && known(this.#at)) || known(this.#selected),
      selected: known(this.#selected),
      ring: this.#byKey ? known(this.#at) : '',
      number: (count) => count.toLocaleString(document.documentElement.lang || undefined),
    });
  }

  /** What is drawn at a point; from afar the nearest within a finger's reach. */
  #nodeAt({ x, y }) {
    const reach = Math.max(box / 2 + 4, 6 / this.#view.zoom);
    let best;
    let least = Infinity;
    for (const node of this.#scene.nodes) {
      const [dx, dy] = [Math.abs(node.x - x), node.y - y];
      if (dx > reach || -dy > reach + 20 || dy > reach) continue; // its name below belongs to it
      const distance = Math.hypot(dx, dy);
      if (distance < least) [least, best] = [distance, node];
    }
    return best;
  }

  #point(point) {
    const id = point ? (this.#nodeAt(point)?.id ?? '') : '';
    if (id === this.#hovered) return;
    this.#hovered = id;
    this.#box.classList.toggle('pointing', Boolean(id));
    this.#soon();
  }

  #keys(used) {
    if (used === this.#byKey) return;
    this.#byKey = used;
    this.#box.classList.toggle('keys', used);
    this.#soon();
  }

  #key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || !this.#scene.nodes.length) return;
    const way = wayOf(event.key);
    const at = this.#byId.get(this.#at);
    const about = () => (this.#byKey && at ? this.#view.inSight(at) : undefined);
    if (way && event.shiftKey) this.#view.panBy(-way[0] * step, -way[1] * step);
    else if (way) this.#goTo(this.#byKey ? nextIn(way, at, this.#scene.nodes) : at);
    else if (event.key === 'Home') this.#goTo(this.#scene.nodes[0]);
    else if (event.key === 'End') this.#goTo(this.#scene.nodes[this.#scene.nodes.length - 1]);
    else if (event.key === 'Enter' || event.key === ' ') this.#choose(this.#at);
    else if (event.key === '+' || event.key === '=') this.#view.zoomBy(1.4, about());
    else if (event.key === '-') this.#view.zoomBy(1 / 1.4, about());
    else if (event.key === '0') this.fit();
    else if (event.key === 'Escape' && this.#selected) this.#choose('');
    else if (event.key === 'Escape') return this.#box.blur();
    else return;
    if (event.key !== 'Escape') this.#keys(true);
    event.preventDefault();
  }

  #goTo(node) {
    if (!node) return;
    this.#at = node.id;
    this.#hovered = '';
    this.#reveal(node.id);
    this.#tell();
    this.#soon();
  }

  /** Of what the reader does; '' is the ground, on which nothing is chosen. */
  #choose(id) {
    if (!id && !this.#selected) return;
    if (id) this.#at = id;
    this.selected = id;
    this.dispatchEvent(new CustomEvent('node-click', { detail: { id }, bubbles: true, composed: true }));
  }

  /** Names where the keyboard is. Another element for another place: that is what a screen reader notices. */
  #tell() {
    const node = this.#byId.get(this.#at);
    let option = this.#box.querySelector('[role=option]');
    if (!node) {
      option?.remove();
      this.#box.removeAttribute('aria-activedescendant');
      return;
    }
    if (option?.dataset.node !== node.id) {
      option?.remove();
      option = document.createElement('div');
      option.setAttribute('role', 'option');
      option.id = `at-${++this.#told}`;
      option.dataset.node = node.id;
      option.setAttribute('aria-posinset', this.#scene.nodes.indexOf(node) + 1);
      this.#box.append(option);
      this.#box.setAttribute('aria-activedescendant', option.id);
    }
    option.setAttribute('aria-setsize', this.#scene.nodes.length);
    option.setAttribute('aria-selected', String(this.#selected === node.id));
    const words = this.#words(node);
    if (option.textContent !== words) option.textContent = words;
  }

  #words({ id, label: name, state, resource: { type, cloud, region } }) {
    const { needs, neededBy, more, states } = this.#texts;
    const list = (text, ids) => {
      if (!ids.length) return '';
      const names = ids.slice(0, named).map((other) => this.#byId.get(other).label);
      const rest = ids.length - names.length;
      return text.replace('{0}', [...names, ...(rest ? [more.replace('{0}', rest)] : [])].join(', '));
    };
    const { routes } = this.#scene;
    return [
      name, type, [cloud, region].filter(Boolean).join(' / '), states[state],
      list(needs, routes.filter(({ from }) => from === id).map(({ to }) => to)),
      list(neededBy, routes.filter(({ to }) => to === id).map(({ from }) => from)),
    ]
      .filter(Boolean)
      .join('; ');
  }
}

if (!customElements.get('isthmus-topology')) customElements.define('isthmus-topology', IsthmusTopology);
