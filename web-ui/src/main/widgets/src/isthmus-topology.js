// The resources of a stack and what they depend on: clouds as outlined regions of one hue.
import cytoscape from 'cytoscape';
import { button, buttonCss, calm, data, escapeXml, label, palette, stateMark, stateName, svgUri, upgrade, watchTheme } from './common.js';
import { iconPath, kindOf } from './icons.js';
import { cell, layOut } from './layout.js';

const box = 36; // a node's side
const many = 400; // nodes above which edges are drawn plainly

class IsthmusTopology extends HTMLElement {
  #cy;
  #box;
  #graph = { nodes: [], edges: [] };
  #shape = '';
  #texts = {
    zoomIn: 'Zoom in', zoomOut: 'Zoom out', fit: 'Fit', save: 'Save as SVG', topology: 'Topology', file: 'topology',
  };
  #selected = '';
  #buttons = {};
  #resize = new ResizeObserver(() => this.#sized());
  // Cytoscape remembers where it is on the screen and cannot see, from inside a shadow root, that a page
  // around it scrolls: before each gesture it is told to look again.
  #lookAgain = () => this.#cy?.renderer().invalidateContainerClientCoordsCache();
  #unwatch;

  constructor() {
    super();
    const root = this.attachShadow({ mode: 'open' });
    root.innerHTML = `<style>${buttonCss}
      :host { display: block; position: relative; width: 100%; height: 100%; min-height: 240px; overflow: hidden; contain: layout paint;
        font-family: var(--lumo-font-family, system-ui, sans-serif); }
      :host([hidden]) { display: none; }
      .box { position: absolute; inset: 0; }
      .box:focus-visible { outline: 2px solid var(--lumo-primary-color, #0b6e6e); outline-offset: -2px; }
    </style><div class="box" role="img" tabindex="0"></div><div class="tools" role="group"></div>`;
    this.#box = root.querySelector('.box');
    for (const gesture of ['pointerenter', 'pointerdown', 'touchstart']) {
      this.#box.addEventListener(gesture, this.#lookAgain, { capture: true, passive: true });
    }
    this.#box.addEventListener('wheel', (event) => this.#wheel(event), { passive: false });
    this.#box.addEventListener('keydown', (event) => this.#key(event));
    const actions = {
      zoomIn: () => this.#zoomBy(1.4),
      zoomOut: () => this.#zoomBy(1 / 1.4),
      fit: () => this.fit(),
      save: () => this.download('svg'),
    };
    for (const [name, act] of Object.entries(actions)) {
      this.#buttons[name] = button(name, act);
      root.querySelector('.tools').append(this.#buttons[name]);
    }
  }

  connectedCallback() {
    upgrade(this, 'graph', 'texts', 'selected');
    this.#unwatch = watchTheme(() => this.#cy?.style(this.#style()));
    this.#resize.observe(this);
    document.addEventListener('scroll', this.#lookAgain, { capture: true, passive: true });
    this.#name();
  }

  disconnectedCallback() {
    this.#unwatch?.();
    this.#resize.disconnect();
    document.removeEventListener('scroll', this.#lookAgain, { capture: true });
    this.#cy?.destroy();
    this.#cy = null;
    this.#shape = '';
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
    this.#draw();
  }

  /** Words in the user's language: zoomIn, zoomOut, fit, save, topology, file. */
  get texts() {
    return this.#texts;
  }

  set texts(value) {
    this.#texts = { ...this.#texts, ...data(value, {}) };
    this.#name();
  }

  /** The id of the node in focus, '' for none: the others are dimmed but its neighbours. */
  get selected() {
    return this.#selected;
  }

  set selected(value) {
    this.#selected = value ?? '';
    this.#focusOn();
  }

  fit() {
    // Frames hold all there is, and are measured without all its names.
    const frames = this.#cy?.nodes('[kind = "cloud"]');
    const whole = frames?.nonempty() && this.#graph.nodes.every(({ cloud }) => cloud);
    this.#cy?.fit(whole ? frames : undefined, 24);
    if (this.#cy && this.#cy.zoom() > 1.15) {
      this.#cy.zoom(1.15);
      this.#cy.center();
    }
  }

  /** Saves the whole graph, not only what is in sight; kind is svg or png. */
  download(kind) {
    if (!this.#cy) return;
    const blob =
      kind === 'png'
        ? this.#cy.png({ output: 'blob', full: true, scale: 2, bg: palette(this).surface })
        : new Blob([this.exportSvg()], { type: 'image/svg+xml' });
    const link = document.createElement('a');
    link.href = URL.createObjectURL(blob);
    link.download = `${this.#texts.file}.${kind === 'png' ? 'png' : 'svg'}`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href));
  }

  #name() {
    this.#box.setAttribute('aria-label', this.#texts.topology);
    for (const [name, element] of Object.entries(this.#buttons)) label(element, this.#texts[name]);
  }

  #sized() {
    if (!this.clientWidth || !this.clientHeight) return;
    if (!this.#cy) {
      this.#cy = cytoscape({
        container: this.#box, minZoom: 0.03, maxZoom: 3, boxSelectionEnabled: false, autoungrabify: true,
        textureOnViewport: true, // moving stays smooth with 2,000 nodes
        style: this.#style(),
        userZoomingEnabled: false, // the wheel scrolls the page; with Ctrl, or by pinch, it zooms
      });
      this.#cy.on('tap', (event) => this.#tapped(event.target));
      this.#cy.on('mouseover', 'node[kind = "resource"]', () => (this.#box.style.cursor = 'pointer'));
      this.#cy.on('mouseout', 'node[kind = "resource"]', () => (this.#box.style.cursor = ''));
      this.#draw();
    } else {
      this.#cy.resize();
      this.fit();
    }
  }

  #wheel(event) {
    if (!this.#cy || (!event.ctrlKey && !event.metaKey)) return;
    event.preventDefault();
    const { left, top } = this.#box.getBoundingClientRect();
    this.#cy.zoom({
      level: this.#cy.zoom() * Math.exp(-event.deltaY / 200),
      renderedPosition: { x: event.clientX - left, y: event.clientY - top },
    });
  }

  #key(event) {
    if (!this.#cy || event.ctrlKey || event.metaKey || event.altKey) return;
    const pan = { ArrowLeft: [60, 0], ArrowRight: [-60, 0], ArrowUp: [0, 60], ArrowDown: [0, -60] }[event.key];
    if (pan) this.#cy.panBy({ x: pan[0], y: pan[1] });
    else if (event.key === '+' || event.key === '=') this.#zoomBy(1.4);
    else if (event.key === '-') this.#zoomBy(1 / 1.4);
    else if (event.key === '0') this.fit();
    else if (event.key === 'Escape' && this.#selected) this.#choose('');
    else return;
    event.preventDefault();
  }

  #zoomBy(factor) {
    if (!this.#cy) return;
    const centre = { x: this.#cy.width() / 2, y: this.#cy.height() / 2 };
    this.#cy.zoom({ level: this.#cy.zoom() * factor, renderedPosition: centre });
  }

  #tapped(target) {
    if (target === this.#cy) this.#choose('');
    else if (target.isNode?.() && target.data('kind') === 'resource') this.#choose(target.data('resource').id);
  }

  /** Of what the reader does; '' is the ground, on which nothing is chosen. */
  #choose(id) {
    if (!id && !this.#selected) return;
    this.selected = id;
    this.dispatchEvent(new CustomEvent('node-click', { detail: { id }, bubbles: true, composed: true }));
  }

  #focusOn() {
    if (!this.#cy) return;
    this.#cy.batch(() => {
      this.#cy.elements().removeClass('dim focus');
      const node = this.#selected ? this.#cy.getElementById(`r:${this.#selected}`) : this.#cy.collection();
      if (node.empty()) return;
      const near = node.closedNeighborhood();
      this.#cy.elements('edge, node[kind = "resource"]').difference(near).addClass('dim');
      node.addClass('focus');
      node.connectedEdges().addClass('focus');
    });
  }

  /** News of states change the marks in place; only another set of resources is laid out again. */
  #draw() {
    if (!this.#cy) return;
    const { nodes, edges } = this.#graph;
    const shape = JSON.stringify([nodes.map(({ id, type, cloud, region }) => [id, type, cloud, region]), edges.map(({ from, to }) => [from, to])]);
    const changed = shape !== this.#shape;
    if (changed) {
      this.#shape = shape;
      this.#cy.elements().remove();
      this.#cy.style(this.#style()); // while nothing is there: each element is styled once
      this.#cy.add(this.#elements(nodes, edges));
    } else {
      this.#cy.batch(() => {
        for (const node of nodes) this.#cy.getElementById(`r:${node.id}`).data(this.#facts(node));
      });
    }
    this.#focusOn();
    if (changed) this.fit();
  }

  #facts(node) {
    return { kind: 'resource', label: node.label ?? node.id, icon: kindOf(node.type).icon, state: stateName(node.status), hue: node.hue ?? 0, resource: node };
  }

  #elements(nodes, edges) {
    const { positions, frames } = layOut(nodes, edges);
    const hues = new Map(nodes.map(({ cloud, hue }) => [cloud, hue ?? 0]));
    return [
      ...frames.map(({ id, kind, cloud, label: name, x1, y1, x2, y2 }) => ({
        group: 'nodes', selectable: false, grabbable: false, position: { x: (x1 + x2) / 2, y: (y1 + y2) / 2 },
        data: { id, kind, label: name, hue: hues.get(cloud), width: x2 - x1, height: y2 - y1 },
      })),
      ...nodes.map((node) => ({
        group: 'nodes', selectable: false, position: { ...positions.get(node.id) }, data: { id: `r:${node.id}`, ...this.#facts(node) },
      })),
      ...edges
        .filter(({ from, to }) => positions.has(from) && positions.has(to))
        .map(({ from, to }, i) => ({ group: 'edges', selectable: false, data: { id: `e:${i}`, source: `r:${from}`, target: `r:${to}` } })),
    ];
  }

  #style() {
    const colours = palette(this);
    const pictures = new Map();
    const picture = (key, draw) => {
      if (!pictures.has(key)) pictures.set(key, draw());
      return pictures.get(key);
    };
    const icon = (node) =>
      picture(node.data('icon'), () =>
        svgUri(16, `<path d="${iconPath(node.data('icon'))}" fill="none" stroke="${colours.text}" stroke-width="1.2" stroke-linecap="round" stroke-linejoin="round"/>`),
      );
    const mark = (node) =>
      picture(`state ${node.data('state')}`, () => svgUri(16, stateMark(node.data('state'), colours.state(node.data('state')), colours.surface)));
    const plain = this.#graph.nodes.length > many;
    const far = plain ? 5 : 1; // clouds' names and outlines are read from afar in a large graph
    const family = colours.font || 'system-ui, sans-serif';
    return [
      {
        selector: 'node[kind = "resource"]',
        style: {
          shape: 'round-rectangle', 'corner-radius': 6, width: box, height: box, 'background-color': colours.surface,
          'border-width': 1.25, 'border-color': (node) => (node.data('state') === 'complete' ? colours.link : colours.state(node.data('state'))),
          'border-style': (node) => (node.data('state') === 'unknown' ? 'dashed' : 'solid'),
          'background-image': (node) => [icon(node), mark(node)], 'background-width': [22, 14], 'background-height': [22, 14],
          'background-position-x': [`${(box - 22) / 2}px`, `${box - 9}px`], 'background-position-y': [`${(box - 22) / 2}px`, '-5px'],
          'background-clip': ['none', 'none'], 'background-image-containment': ['over', 'over'], 'bounds-expansion': 6,
          label: 'data(label)', color: colours.text, 'font-family': family, 'font-size': 12, 'min-zoomed-font-size': 7,
          'text-valign': 'bottom', 'text-margin-y': 5, 'text-wrap': 'ellipsis', 'text-max-width': cell.width - 12,
          'overlay-opacity': 0, 'transition-property': 'opacity', 'transition-duration': calm() || plain ? 0 : 0.12,
        },
      },
      {
        selector: 'node[kind = "cloud"], node[kind = "region"]',
        style: {
          shape: 'round-rectangle', 'corner-radius': 6 * far, width: 'data(width)', height: 'data(height)', 'z-index': -2,
          'background-color': (node) => colours.cloud(node.data('hue')), 'background-opacity': 0.06,
          'border-width': 1.5 * far, 'border-color': (node) => colours.cloud(node.data('hue')),
          label: 'data(label)', 'text-valign': 'top', 'text-halign': 'center', 'text-margin-y': -4 * far, color: (node) => colours.cloud(node.data('hue')),
          'font-family': family, 'font-size': 14 * far, 'font-weight': 600, 'min-zoomed-font-size': 6, events: 'no', 'overlay-opacity': 0,
        },
      },
      {
        selector: 'node[kind = "region"]',
        style: { 'z-index': -1, 'background-opacity': 0, 'border-width': far, 'border-style': 'dashed', 'font-size': 12 * far, 'font-weight': 400 },
      },
      {
        selector: 'edge',
        style: {
          width: 1.25, 'line-color': colours.link, 'line-opacity': 0.8, 'target-arrow-color': colours.link,
          ...(plain
            ? { 'curve-style': 'haystack', 'line-opacity': 0.35 }
            : { 'curve-style': 'straight', 'target-arrow-shape': 'triangle', 'arrow-scale': 0.7, 'target-distance-from-node': 2 }),
          events: 'no', 'overlay-opacity': 0,
        },
      },
      { selector: 'node.focus', style: { 'border-width': 3, 'border-color': colours.accent } },
      { selector: 'edge.focus', style: { width: 2, 'line-color': colours.accent, 'target-arrow-color': colours.accent, 'line-opacity': 1 } },
      { selector: '.dim', style: { opacity: 0.18 } },
    ];
  }

  /** The whole graph as one SVG document, in the colours of now. */
  exportSvg() {
    const colours = palette(this);
    const bounds = this.#cy.elements().boundingBox({ includeOverlays: false });
    const margin = 16;
    const width = Math.ceil(bounds.w + 2 * margin);
    const height = Math.ceil(bounds.h + 2 * margin);
    const n = (value) => Number(value.toFixed(1));
    const text = (x, y, size, colour, weight, content) =>
      `<text x="${n(x)}" y="${n(y)}" font-size="${size}" fill="${colour}" font-weight="${weight}" text-anchor="middle">${escapeXml(content)}</text>`;
    const parts = [];
    this.#cy.nodes('[kind = "cloud"], [kind = "region"]').forEach((node) => {
      const { width: w, height: h } = node.data();
      const area = { x1: node.position('x') - w / 2, y1: node.position('y') - h / 2, w, h };
      const colour = colours.cloud(node.data('hue'));
      const region = node.data('kind') === 'region';
      parts.push(
        `<rect x="${n(area.x1)}" y="${n(area.y1)}" width="${n(area.w)}" height="${n(area.h)}" rx="6" fill="${colour}" fill-opacity="${region ? 0 : 0.06}" stroke="${colour}" stroke-width="${region ? 1 : 1.5}"${region ? ' stroke-dasharray="4 3"' : ''}/>`,
        text(area.x1 + area.w / 2, area.y1 - 7, region ? 12 : 14, colour, region ? 400 : 600, node.data('label')),
      );
    });
    this.#cy.edges().forEach((edge) => {
      const from = edge.source().position();
      const to = edge.target().position();
      const length = Math.hypot(to.x - from.x, to.y - from.y) || 1;
      const short = box / 2 / Math.max(Math.abs(to.x - from.x), Math.abs(to.y - from.y), 1);
      const end = { x: to.x - (to.x - from.x) * short - (3 * (to.x - from.x)) / length, y: to.y - (to.y - from.y) * short - (3 * (to.y - from.y)) / length };
      parts.push(`<line x1="${n(from.x)}" y1="${n(from.y)}" x2="${n(end.x)}" y2="${n(end.y)}" stroke="${colours.link}" stroke-width="1.25" marker-end="url(#to)"/>`);
    });
    this.#cy.nodes('[kind = "resource"]').forEach((node) => {
      const { x, y } = node.position();
      const state = node.data('state');
      const colour = state === 'complete' ? colours.link : colours.state(state);
      parts.push(
        `<g><title>${escapeXml(`${node.data('resource').type} ${node.data('label')}`)}</title>` +
          `<rect x="${n(x - box / 2)}" y="${n(y - box / 2)}" width="${box}" height="${box}" rx="6" fill="${colours.surface}" stroke="${colour}" stroke-width="1.25"/>` +
          `<path transform="translate(${n(x - 11)} ${n(y - 11)}) scale(1.375)" d="${iconPath(node.data('icon'))}" fill="none" stroke="${colours.text}" stroke-width="1.2" stroke-linecap="round" stroke-linejoin="round"/>` +
          `<g transform="translate(${n(x + box / 2 - 9)} ${n(y - box / 2 - 5)}) scale(.875)">${stateMark(state, colours.state(state), colours.surface)}</g></g>`,
        text(x, y + box / 2 + 16, 12, colours.text, 400, node.data('label')),
      );
    });
    return (
      `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="${n(bounds.x1 - margin)} ${n(bounds.y1 - margin)} ${width} ${height}" font-family="system-ui, sans-serif">` +
      `<defs><marker id="to" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0l8 4-8 4z" fill="${colours.link}"/></marker></defs>` +
      `<rect x="${n(bounds.x1 - margin)}" y="${n(bounds.y1 - margin)}" width="${width}" height="${height}" fill="${colours.surface}"/>${parts.join('')}</svg>`
    );
  }
}

if (!customElements.get('isthmus-topology')) customElements.define('isthmus-topology', IsthmusTopology);
