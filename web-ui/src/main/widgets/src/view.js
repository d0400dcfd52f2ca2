// What part of a picture is in sight, and the gestures that change it: dragging, pinching, the wheel with
// Ctrl. Without Ctrl the wheel scrolls the page.

const zooms = { min: 0.03, max: 3 };
const rim = 24; // px at the edge that are hardly in sight
const still = 5; // px that a finger may tremble in a tap

export class View {
  zoom = 1;
  x = 0; // where the picture's origin is in sight, px
  y = 0;
  moved = false; // by the reader, since all was fitted
  #box;
  #told;
  #fingers = new Map();
  #start = null;

  /** @param told {changed(), tapped({x, y}), pointed({x, y} or null)}, in the picture's own measure */
  constructor(box, told) {
    this.#box = box;
    this.#told = told;
    box.addEventListener('pointerdown', (event) => this.#down(event));
    box.addEventListener('pointermove', (event) => this.#move(event));
    for (const end of ['pointerup', 'pointercancel']) box.addEventListener(end, (event) => this.#up(event));
    box.addEventListener('pointerleave', () => told.pointed(null));
    box.addEventListener('wheel', (event) => this.#wheel(event), { passive: false });
  }

  get width() {
    return this.#box.clientWidth;
  }

  get height() {
    return this.#box.clientHeight;
  }

  /** The picture's area that is in sight. */
  get sight() {
    return { x1: -this.x / this.zoom, y1: -this.y / this.zoom, x2: (this.width - this.x) / this.zoom, y2: (this.height - this.y) / this.zoom };
  }

  /** Shows all of an area, at most a little enlarged. */
  fit({ x1, y1, x2, y2 }, margin) {
    const room = Math.min((this.width - 2 * margin) / (x2 - x1), (this.height - 2 * margin) / (y2 - y1));
    this.zoom = Math.min(1.15, Math.max(zooms.min, room));
    this.x = (this.width - (x1 + x2) * this.zoom) / 2;
    this.y = (this.height - (y1 + y2) * this.zoom) / 2;
    this.moved = false;
    this.#told.changed();
  }

  /** About a point in sight, else about the middle. */
  zoomBy(factor, { x, y } = { x: this.width / 2, y: this.height / 2 }) {
    const zoom = Math.min(zooms.max, Math.max(zooms.min, this.zoom * factor));
    this.x = x - ((x - this.x) * zoom) / this.zoom;
    this.y = y - ((y - this.y) * zoom) / this.zoom;
    this.zoom = zoom;
    this.moved = true;
    this.#told.changed();
  }

  panBy(dx, dy) {
    this.x += dx;
    this.y += dy;
    this.moved = true;
    this.#told.changed();
  }

  /** Brings a point into sight, with some room around it, if it is not; `covered` px at the bottom are not. */
  reveal(point, covered) {
    const at = this.inSight(point);
    const into = (value, length) => {
      if (value > rim && value < length - rim) return 0;
      const room = Math.min(3 * rim, length / 3);
      return Math.min(Math.max(value, room), length - room) - value;
    };
    this.x += into(at.x, this.width);
    this.y += into(at.y, this.height - covered);
    this.#told.changed();
  }

  inSight({ x, y }) {
    return { x: x * this.zoom + this.x, y: y * this.zoom + this.y };
  }

  #at(event) {
    const { left, top } = this.#box.getBoundingClientRect();
    return { x: event.clientX - left, y: event.clientY - top };
  }

  #inPicture({ x, y }) {
    return { x: (x - this.x) / this.zoom, y: (y - this.y) / this.zoom };
  }

  #down(event) {
    if (event.button) return;
    const at = this.#at(event);
    this.#fingers.set(event.pointerId, at);
    this.#start = this.#fingers.size === 1 ? at : null;
  }

  #move(event) {
    const before = this.#fingers.get(event.pointerId);
    const at = this.#at(event);
    if (!before) {
      if (event.pointerType === 'mouse') this.#told.pointed(this.#inPicture(at));
      return;
    }
    if (this.#start && Math.hypot(at.x - this.#start.x, at.y - this.#start.y) < still) return;
    this.#start = null;
    // Only now: what is captured at once is not told to others as a click.
    if (!this.#box.hasPointerCapture(event.pointerId)) this.#box.setPointerCapture(event.pointerId);
    const other = [...this.#fingers].find(([id]) => id !== event.pointerId)?.[1];
    this.#fingers.set(event.pointerId, at);
    if (!other) return this.panBy(at.x - before.x, at.y - before.y);
    const middle = { x: (at.x + other.x) / 2, y: (at.y + other.y) / 2 };
    const distance = (from) => Math.max(1, Math.hypot(from.x - other.x, from.y - other.y));
    this.x += (at.x - before.x) / 2;
    this.y += (at.y - before.y) / 2;
    this.zoomBy(distance(at) / distance(before), middle);
  }

  #up(event) {
    if (this.#fingers.delete(event.pointerId) && this.#start && event.type === 'pointerup') this.#told.tapped(this.#inPicture(this.#start));
    this.#start = null;
  }

  #wheel(event) {
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    this.zoomBy(Math.exp(-event.deltaY / 200), this.#at(event));
  }
}
