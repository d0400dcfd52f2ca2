// The federation on an equal-area world. The table beside it says the same; this is the picture.
import { CustomChart, ScatterChart } from 'echarts/charts';
import { GeoComponent, TooltipComponent } from 'echarts/components';
import * as echarts from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { geoEqualEarth } from 'd3-geo';
import { feature } from 'topojson-client';
import world from 'world-atlas/land-110m.json';
import { button, buttonCss, calm, data, escapeXml, label, palette, svgUri, upgrade, watchTheme } from './common.js';
import { stateMark, stateName } from './marks.js';

echarts.use([CustomChart, GeoComponent, ScatterChart, SVGRenderer, TooltipComponent]);

// No clouds in Antarctica: its land would take a fifth of the height. The slivers of land in the south
// that remain are islands.
const land = feature(world, world.objects.land);
const polygons = land.features.flatMap(({ geometry }) =>
  geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates,
);
echarts.registerMap('isthmus-world', {
  type: 'FeatureCollection',
  features: polygons
    .filter((rings) => rings[0].some(([, lat]) => lat > -60))
    .map((coordinates, id) => ({ type: 'Feature', id, properties: { name: `land-${id}` }, geometry: { type: 'Polygon', coordinates } })),
});

const equalEarth = geoEqualEarth().scale(100).translate([0, 0]).precision(0.1);
const projection = {
  project: (point) => equalEarth(point),
  unproject: (point) => equalEarth.invert(point),
  stream: (output) => equalEarth.stream(output), // cuts land at the date line, as a sphere is cut
};

// What is shown of the world, in degrees: from Cape Horn to the north of Greenland. Its corners bulge in
// this projection, so its width is that of the equator.
const north = 84;
const south = -57;
const size = {
  width: equalEarth([180, 0])[0] * 2,
  height: equalEarth([0, south])[1] - equalEarth([0, north])[1],
};
const zooms = { min: 1, max: 16, step: 1.6 };
const linkDash = { complete: null, progress: [6, 4], degraded: [8, 3, 2, 3], failed: [3, 4], unknown: [1, 4] };

class IsthmusMap extends HTMLElement {
  #chart;
  #box;
  #sites = [];
  #links = [];
  #texts = { zoomIn: 'Zoom in', zoomOut: 'Zoom out', fit: 'Whole world', map: 'Map of the clouds', states: {} };
  #compact = false;
  #plan = false;
  #zoom = 1;
  #centre = null;
  #resize = new ResizeObserver(() => this.#sized());
  #unwatch;
  #buttons = {};
  #ways = new Map();

  constructor() {
    super();
    const root = this.attachShadow({ mode: 'open' });
    root.innerHTML = `<style>${buttonCss}
      :host { display: block; position: relative; width: 100%; height: 100%; min-height: 180px; overflow: hidden; contain: layout paint;
        font: 13px/1.4 var(--lumo-font-family, system-ui, sans-serif); font-variant-numeric: tabular-nums; }
      :host([hidden]) { display: none; }
      .box { position: absolute; inset: 0; }
      :host([compact]) .tools { display: none; }
      .ways a { position: absolute; transform: translate(-50%, -50%); border-radius: 50%; z-index: 1; }
      .ways a:focus-visible { outline: 2px solid var(--lumo-primary-color, #0b6e6e); outline-offset: 2px; }
    </style><div class="box" role="img"></div><div class="ways"></div><div class="tools" role="group"></div>`;
    this.#box = root.querySelector('.box');
    const tools = root.querySelector('.tools');
    const actions = {
      zoomIn: () => this.#zoomBy(zooms.step),
      zoomOut: () => this.#zoomBy(1 / zooms.step),
      fit: () => this.#whole(),
    };
    for (const [name, act] of Object.entries(actions)) {
      this.#buttons[name] = button(name, act);
      tools.append(this.#buttons[name]);
    }
  }

  connectedCallback() {
    upgrade(this, 'sites', 'links', 'texts', 'compact', 'plan');
    this.#unwatch = watchTheme(() => this.#draw());
    this.#resize.observe(this);
    this.#name();
  }

  disconnectedCallback() {
    this.#unwatch?.();
    this.#resize.disconnect();
    this.#chart?.dispose();
    this.#chart = null;
  }

  /** [{id, name, lat, lon, hue, state, count, label, excluded, href, action}]; with a href the dot is a link called by its action. */
  get sites() {
    return this.#sites;
  }

  set sites(value) {
    this.#sites = data(value, []);
    this.#draw();
  }

  /** [{from, to, state, label}], by the sites' ids. */
  get links() {
    return this.#links;
  }

  set links(value) {
    this.#links = data(value, []);
    this.#draw();
  }

  /** Words in the user's language: zoomIn, zoomOut, fit, map, states{complete, …, excluded}. */
  get texts() {
    return this.#texts;
  }

  set texts(value) {
    this.#texts = { ...this.#texts, ...data(value, {}) };
    this.#name();
  }

  /** Without tools, labels only where they fit, and no zooming. */
  get compact() {
    return this.#compact;
  }

  set compact(value) {
    this.#compact = Boolean(value);
    this.toggleAttribute('compact', this.#compact);
    this.#draw();
  }

  /** Shows a plan: clouds where nothing goes are hollow, excluded ones are crossed out. */
  get plan() {
    return this.#plan;
  }

  set plan(value) {
    this.#plan = Boolean(value);
    this.#draw();
  }

  #name() {
    this.#box.setAttribute('aria-label', this.#texts.map);
    for (const [name, element] of Object.entries(this.#buttons)) label(element, this.#texts[name]);
  }

  #sized() {
    if (!this.clientWidth || !this.clientHeight) return;
    if (!this.#chart) {
      this.#chart = echarts.init(this.#box, null, { renderer: 'svg' });
      this.#chart.on('click', ({ data: item }) => {
        if (item?.id) this.#clicked(item.id);
      });
      this.#chart.on('georoam', () => this.#roamed());
    } else {
      this.#chart.resize({ animation: { duration: 0 } });
    }
    this.#draw();
  }

  #clicked(id) {
    this.dispatchEvent(new CustomEvent('site-click', { detail: { id }, bubbles: true, composed: true }));
  }

  #whole() {
    this.#zoom = 1;
    this.#centre = null;
    this.#draw();
  }

  #zoomBy(factor) {
    const zoom = Math.min(zooms.max, Math.max(zooms.min, this.#zoom * factor));
    // The first step in goes to where clouds crowd, not to the Gulf of Guinea.
    if (this.#zoom === 1 && zoom > 1 && this.#sites.length) this.#centre = this.#crowd();
    this.#zoom = zoom;
    if (zoom === 1) this.#centre = null;
    this.#draw();
  }

  /** The middle of the site with the most neighbours and of those, projected, as echarts wants a centre. */
  #crowd() {
    const points = this.#sites.map(({ lon, lat }) => equalEarth([lon, lat]));
    const near = (a) => points.filter((b) => Math.hypot(a[0] - b[0], a[1] - b[1]) < size.width / 16);
    const crowd = points.map(near).reduce((most, some) => (some.length > most.length ? some : most));
    return [0, 1].map((axis) => crowd.reduce((sum, point) => sum + point[axis], 0) / crowd.length);
  }

  #roamed() {
    const geo = this.#chart.getOption().geo[0];
    this.#zoom = geo.zoom;
    this.#centre = geo.center;
    this.#draw(); // dots that share a place move apart by pixels, which a zoom changes
  }

  #draw() {
    if (!this.#chart) return;
    const colours = palette(this);
    const fit = this.#fit();
    const geo = {
      map: 'isthmus-world', projection, silent: true, roam: this.#zoom > 1 && !this.#compact ? 'move' : false,
      zoom: this.#zoom, center: this.#centre ?? undefined, scaleLimit: { min: zooms.min, max: zooms.max },
      ...fit,
      itemStyle: { areaColor: colours.land, borderColor: colours.coast, borderWidth: 0.6 },
      emphasis: { disabled: true }, select: { disabled: true }, label: { show: false },
    };
    this.#chart.setOption({ animation: false, geo }, { notMerge: true });
    const placed = this.#placed();
    this.#chart.setOption({
      animation: false,
      tooltip: {
        trigger: 'item', confine: true, transitionDuration: calm() ? 0 : 0.1, padding: [8, 12],
        backgroundColor: colours.surface, borderColor: colours.line, borderWidth: 1,
        textStyle: { color: colours.text, fontSize: 13, fontFamily: colours.font },
        extraCssText: 'border-radius:6px;box-shadow:none;max-width:280px;white-space:normal',
        formatter: ({ data: item }) => this.#tooltip(item, colours),
      },
      series: [this.#arcs(placed, colours), ...this.#dots(placed, colours), this.#leaders(placed, colours)],
    });
    this.#link(placed);
  }

  /** Over each dot that leads somewhere a link: for the keyboard, for readers, and to be opened in another tab. */
  #link(placed) {
    const wanted = placed.filter(({ site }) => site.href);
    const ids = new Set(wanted.map(({ site }) => site.id));
    for (const [id, way] of this.#ways) {
      if (ids.has(id)) continue;
      way.remove();
      this.#ways.delete(id);
    }
    wanted.forEach((p) => {
      const way = this.#ways.get(p.site.id) ?? this.#way(p.site.id);
      const side = Math.max(24, p.size);
      // Moved out of sight, it is out of the keyboard's way as well.
      const outside = p.x < 0 || p.y < 0 || p.x > this.clientWidth || p.y > this.clientHeight;
      way.href = p.site.href;
      Object.assign(way.style, { left: `${p.x}px`, top: `${p.y}px`, width: `${side}px`, height: `${side}px`, display: outside ? 'none' : '' });
      const word = this.#texts.states[stateName(p.site.state)];
      way.setAttribute('aria-label', [p.site.action || p.site.name, word, p.site.label].filter(Boolean).join(', '));
    });
  }

  #way(id) {
    const way = document.createElement('a');
    const tell = () => {
      const dataIndex = this.#sites.findIndex((site) => site.id === id);
      this.#chart?.dispatchAction({ type: 'showTip', seriesIndex: 1, dataIndex });
    };
    const hush = () => this.#chart?.dispatchAction({ type: 'hideTip' });
    way.addEventListener('mouseenter', tell);
    way.addEventListener('focus', tell);
    way.addEventListener('mouseleave', hush);
    way.addEventListener('blur', hush);
    way.addEventListener('click', (click) => {
      if (click.ctrlKey || click.metaKey || click.shiftKey || click.altKey) return;
      click.preventDefault();
      this.#clicked(id);
    });
    this.shadowRoot.querySelector('.ways').append(way);
    this.#ways.set(id, way);
    return way;
  }

  /** The frame of the world as large as fits into the box, in the middle. */
  #fit() {
    const width = this.clientWidth;
    const height = this.clientHeight;
    return {
      boundingCoords: [[-180, north], [180, south]],
      layoutCenter: [width / 2, height / 2],
      layoutSize: Math.min(width, height * (size.width / size.height)),
    };
  }

  #size(count) {
    const area = Math.sqrt(Math.max(0, Number(count) || 0));
    return Math.min(this.#compact ? 26 : 36, (this.#compact ? 9 : 12) + area * 2.4);
  }

  /** Sites in pixels, those that would hide each other moved apart. */
  #placed() {
    const placed = this.#sites.map((site) => {
      const [x, y] = this.#chart.convertToPixel('geo', [site.lon, site.lat]);
      return { site, x, y, homeX: x, homeY: y, size: this.#size(site.count) };
    });
    for (let round = 0; round < 40; round++) {
      let moved = false;
      placed.forEach((a, i) => {
        for (const b of placed.slice(i + 1)) {
          const apart = (a.size + b.size) / 2 + 5;
          let dx = b.x - a.x;
          let dy = b.y - a.y;
          let distance = Math.hypot(dx, dy);
          if (distance >= apart) continue;
          if (distance < 0.01) [dx, dy, distance] = [0.4, 1, Math.hypot(0.4, 1)];
          const push = (apart - distance) / 2 / distance;
          a.x -= dx * push;
          a.y -= dy * push;
          b.x += dx * push;
          b.y += dy * push;
          moved = true;
        }
      });
      if (!moved) break;
    }
    return placed;
  }

  /** Drawn in pixels, as they end at the dots, which may have moved from their places. */
  #arcs(placed, colours) {
    const at = new Map(placed.map((p) => [p.site.id, p]));
    const links = this.#links.filter(({ from, to }) => at.has(from) && at.has(to));
    return {
      type: 'custom', coordinateSystem: 'geo', z: 2, cursor: 'default',
      data: links.map((link) => ({ link, value: [at.get(link.from).site.lon, at.get(link.from).site.lat] })),
      renderItem: ({ dataIndex }) => {
        const link = links[dataIndex];
        const [a, b] = [at.get(link.from), at.get(link.to)];
        const state = stateName(link.state);
        return {
          type: 'bezierCurve',
          shape: { x1: a.x, y1: a.y, x2: b.x, y2: b.y, cpx1: (a.x + b.x) / 2, cpy1: (a.y + b.y) / 2 - 0.24 * Math.hypot(b.x - a.x, b.y - a.y) },
          style: {
            fill: 'none', stroke: state === 'complete' ? colours.link : colours.state(state), lineDash: linkDash[state],
            lineWidth: state === 'complete' ? 1.5 : 2,
          },
        };
      },
    };
  }

  /** From a dot that had to make room a thin line to its true place, where that is not beneath it. */
  #leaders(placed, colours) {
    const away = placed.filter(({ x, y, homeX, homeY, size }) => Math.hypot(x - homeX, y - homeY) > size / 2 + 1);
    return {
      type: 'custom', coordinateSystem: 'geo', z: 5, silent: true,
      data: away.map(({ site }) => [site.lon, site.lat]),
      renderItem: ({ dataIndex }) => {
        const { x, y, homeX, homeY, size } = away[dataIndex];
        const edge = size / 2 / Math.hypot(x - homeX, y - homeY);
        const shape = { x1: homeX, y1: homeY, x2: x + (homeX - x) * edge, y2: y + (homeY - y) * edge };
        return {
          type: 'group',
          children: [
            { type: 'line', shape, style: { stroke: colours.surface, lineWidth: 2.5 } }, // it may cross another dot
            { type: 'line', shape, style: { stroke: colours.text, lineWidth: 0.75 } },
            { type: 'circle', shape: { cx: homeX, cy: homeY, r: 2.2 }, style: { fill: colours.text, stroke: colours.surface, lineWidth: 0.8 } },
          ],
        };
      },
    };
  }

  /** Beside each dot where its name hides neither another nor a dot; a name without room is left to the tooltip. */
  #labels(placed) {
    const height = 16;
    const taken = placed.map(({ x, y, size }) => ({ x1: x - size / 2, y1: y - size / 2, x2: x + size / 2, y2: y + size / 2 }));
    const tools = this.shadowRoot.querySelector('.tools');
    if (!this.#compact) {
      // The buttons lie over the map's corner.
      const { offsetLeft: x1, offsetTop: y1, offsetWidth, offsetHeight } = tools;
      taken.push({ x1, y1, x2: x1 + offsetWidth, y2: y1 + offsetHeight });
    }
    const pen = document.createElement('canvas').getContext('2d');
    pen.font = `500 13px ${getComputedStyle(this).fontFamily}`;
    const found = new Map();
    for (const p of [...placed].sort((a, b) => (b.site.count ?? 0) - (a.site.count ?? 0))) {
      const width = pen.measureText(p.site.name).width + 4;
      const away = p.size / 2 + 7;
      const places = {
        right: { x1: p.x + away, y1: p.y - height / 2 },
        left: { x1: p.x - away - width, y1: p.y - height / 2 },
        bottom: { x1: p.x - width / 2, y1: p.y + away - 2 },
        top: { x1: p.x - width / 2, y1: p.y - away - height },
      };
      for (const [name, { x1, y1 }] of Object.entries(places)) {
        const area = { x1, y1, x2: x1 + width, y2: y1 + height };
        const outside = x1 < 0 || y1 < 0 || area.x2 > this.clientWidth || area.y2 > this.clientHeight;
        if (outside || taken.some((t) => t.x1 < area.x2 && area.x1 < t.x2 && t.y1 < area.y2 && area.y1 < t.y2)) continue;
        taken.push(area);
        found.set(p, name);
        break;
      }
    }
    return found;
  }

  #dots(placed, colours) {
    const names = this.#labels(placed);
    const label = {
      show: true, distance: 7, color: colours.text, fontSize: 13, fontWeight: 500, fontFamily: colours.font,
      textBorderColor: colours.surface, textBorderWidth: 4, formatter: ({ data: item }) => item.name,
    };
    const item = (p, extra) => ({
      id: p.site.id, name: p.site.name, site: p.site, value: [p.site.lon, p.site.lat],
      symbolOffset: [p.x - p.homeX, p.y - p.homeY], ...extra,
    });
    const dots = placed.map((p) => {
      const hue = colours.cloud(p.site.hue);
      const dark = stateName(p.site.state) === 'unknown' || p.site.excluded;
      const empty = this.#plan && !(p.site.count > 0);
      return item(p, {
        symbol: 'circle', symbolSize: p.size,
        itemStyle: {
          color: dark || empty ? colours.surface : hue, borderColor: p.site.excluded ? colours.quiet : dark || empty ? hue : colours.surface,
          borderWidth: dark || empty ? 2 : 1.5, borderType: dark && !p.site.excluded ? [3, 2] : 'solid', opacity: 1,
        },
        label: { show: names.has(p), position: names.get(p), color: p.site.excluded ? colours.quiet : colours.text },
      });
    });
    const marks = placed
      .filter((p) => !p.site.excluded)
      .map((p) => {
        const corner = p.size / 2 / Math.SQRT2 + 2;
        return item(p, {
          symbol: `image://${svgUri(16, stateMark(p.site.state, colours.state(p.site.state), colours.surface))}`,
          symbolSize: this.#compact ? 12 : 14, symbolOffset: [p.x - p.homeX + corner, p.y - p.homeY - corner],
        });
      });
    const crosses = placed
      .filter((p) => p.site.excluded)
      .map((p) =>
        item(p, {
          symbol: 'path://M0 0L10 10M10 0L0 10', symbolSize: p.size * 0.42,
          itemStyle: { color: 'transparent', borderColor: colours.quiet, borderWidth: 2, opacity: 1 },
        }),
      );
    const common = { type: 'scatter', coordinateSystem: 'geo', cursor: 'default', emphasis: { scale: calm() ? false : 1.1 } };
    return [
      { ...common, z: 3, data: dots, label },
      { ...common, z: 4, data: [...marks, ...crosses], label: { show: false }, emphasis: { scale: false } },
    ];
  }

  #tooltip(item, colours) {
    if (item?.link) return escapeXml(item.link.label);
    if (!item?.site) return '';
    const { name, label: text, state, excluded } = item.site;
    const word = this.#texts.states[excluded ? 'excluded' : stateName(state)];
    const mark = excluded ? '' : `<svg width="14" height="14" viewBox="0 0 16 16" style="vertical-align:-2px;margin-right:4px">${stateMark(state, colours.state(state), colours.surface)}</svg>`;
    return (
      `<strong>${escapeXml(name)}</strong>` +
      (word ? `<div style="color:${excluded ? colours.quiet : colours.state(state)}">${mark}${escapeXml(word)}</div>` : '') +
      (text ? `<div style="color:${colours.quiet}">${escapeXml(text)}</div>` : '')
    );
  }
}

if (!customElements.get('isthmus-map')) customElements.define('isthmus-map', IsthmusMap);
