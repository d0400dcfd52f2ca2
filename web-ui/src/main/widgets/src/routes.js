// How lines run: along lanes between rows and channels between columns, where no resource stands, so
// that none passes behind another's icon. Lines to the same resource share their way, like tributaries.
import { box, cell } from './layout.js';

const half = box / 2;
// How far from its middle lines arrive at a resource and leave it. Four heights, by the side, so that what leaves
// and what arrives between the same two columns never runs in one.
const arrive = 3;
const leave = 10;
const under = half + 34; // from a row's middle to the lane beneath its names
const tip = 3; // between an arrow's head and what it points at
const spacing = 6; // between two lines beside each other
const laneRoom = 14;
const outerRoom = 14;

/**
 * Returns [{from, to, points: [{x, y}]}], from what needs to what is needed; edges with an unknown end, or
 * from a resource to itself, are left out.
 *
 * @param positions Map(id → {x, y}) as of layOut: rows of all columns of a frame at like heights
 */
export function routesOf(edges, positions) {
  const grid = gridOf(positions);
  const known = edges.filter(({ from, to }) => from !== to && positions.has(from) && positions.has(to));
  const sided = known.map((edge) => ({ ...edge, ...sides(edge, positions, grid) }));
  const arrivals = new Set(sided.map(({ key }) => key));
  const ways = sided.map((edge) => ({ ...edge, ...way(edge, arrivals, grid) }));
  const channels = new Tracks();
  const lanes = new Tracks();
  for (const { start, end, key, out, into, lane } of ways) {
    if (out === undefined) continue;
    if (lane === undefined) channels.take(into, key, start.y, end.y);
    else {
      channels.take(out, key, start.y, lane);
      channels.take(into, key, lane, end.y);
      lanes.take(lane, key, grid.channel(out), grid.channel(into));
    }
  }
  channels.settle((channel) => grid.room(channel), laneRoom);
  lanes.settle(() => laneRoom, cell.width / 2);
  return ways.map(({ from, to, start, end, key, out, into, lane }) => {
    if (out === undefined) return { from, to, points: [{ ...start, y: end.y }, end] };
    const last = grid.channel(into) + channels.of(into, key);
    if (lane === undefined) return { from, to, points: [start, { x: last, y: start.y }, { x: last, y: end.y }, end] };
    const first = grid.channel(out) + channels.of(out, key);
    const y = lane + lanes.of(lane, key);
    return { from, to, points: [start, { x: first, y: start.y }, { x: first, y }, { x: last, y }, { x: last, y: end.y }, end] };
  });
}

/** Columns by their place from the left, and the channels beside them: number i lies left of column i. */
function gridOf(positions) {
  const xs = [...new Set([...positions.values()].map(({ x }) => x))].sort((a, b) => a - b);
  const columns = new Map(xs.map((x, i) => [x, i]));
  const taken = new Set([...positions.values()].map(({ x, y }) => `${columns.get(x)} ${y}`));
  const outer = cell.width / 2 - 2;
  return {
    column: ({ x }) => columns.get(x),
    channel: (i) => (i === 0 ? xs[0] - outer : i === xs.length ? xs[i - 1] + outer : (xs[i - 1] + xs[i]) / 2),
    room: (i) => (i === 0 || i === xs.length ? outerRoom : xs[i] - xs[i - 1] - box - 24),
    /** Whether nothing stands in the columns between these two, at this height. */
    free: (one, other, y) => {
      for (let i = Math.min(one, other) + 1; i < Math.max(one, other); i++) if (taken.has(`${i} ${y}`)) return false;
      return true;
    },
  };
}

/** Where an edge leaves and arrives, on which side: -1 left, 1 right; `key` is that of all that arrive there. */
function sides({ from, to }, positions, grid) {
  const a = positions.get(from);
  const b = positions.get(to);
  const [ia, ib] = [grid.column(a), grid.column(b)];
  const leaves = ib > ia ? 1 : -1;
  const enters = ib < ia ? 1 : -1;
  return {
    a, b, ia, ib, leaves, key: `${to} ${enters}`,
    start: { x: a.x + leaves * half, y: a.y - leaves * leave },
    end: { x: b.x + enters * (half + tip), y: b.y - enters * arrive },
  };
}

/**
 * By which channels and lane an edge goes: neither when straight, no lane when one channel is enough.
 * Straight only where nothing arrives on the side it leaves by: two lines in one would read as one.
 */
function way({ from, a, b, ia, ib, leaves }, arrivals, grid) {
  const open = grid.free(ia, ib, a.y);
  if (ia !== ib && a.y === b.y && open && !arrivals.has(`${from} ${leaves}`)) return {};
  const out = ib > ia ? ia + 1 : ia;
  const into = ib < ia ? ib + 1 : ib;
  if (out === into || open) return { out, into };
  return { out, into, lane: b.y > a.y ? a.y + under : a.y + under - cell.height };
}

/** Who runs where in channels or lanes: those for the same goal together, others that meet beside each other. */
class Tracks {
  #ways = new Map();

  take(way, goal, one, other) {
    if (!this.#ways.has(way)) this.#ways.set(way, new Map());
    const goals = this.#ways.get(way);
    const [low, high] = [Math.min(one, other), Math.max(one, other)];
    const before = goals.get(goal);
    if (before) Object.assign(before, { low: Math.min(before.low, low), high: Math.max(before.high, high) });
    else goals.set(goal, { low, high, track: 0, offset: 0 });
  }

  /** @param near how near in length two may come without being beside each other */
  settle(room, near) {
    for (const [way, goals] of this.#ways) {
      const ends = [];
      for (const goal of [...goals.values()].sort((a, b) => a.high - a.low - (b.high - b.low))) {
        let track = 0;
        while (ends[track]?.some(({ low, high }) => low - near < goal.high && goal.low < high + near)) track++;
        (ends[track] ??= []).push(goal);
        goal.track = track;
      }
      const apart = ends.length > 1 ? Math.min(spacing, room(way) / (ends.length - 1)) : 0;
      for (const goal of goals.values()) goal.offset = (goal.track - (ends.length - 1) / 2) * apart;
    }
  }

  of(way, goal) {
    return this.#ways.get(way).get(goal).offset;
  }
}

/** A line as an SVG path, its corners rounded. */
export function pathOf(points, radius = 7) {
  const path = [`M${points[0].x} ${points[0].y}`];
  for (let i = 1; i < points.length - 1; i++) {
    const [before, at, after] = [points[i - 1], points[i], points[i + 1]];
    const one = towards(at, before, radius);
    const other = towards(at, after, radius);
    path.push(`L${one.x} ${one.y}Q${at.x} ${at.y} ${other.x} ${other.y}`);
  }
  const end = points[points.length - 1];
  return `${path.join('')}L${end.x} ${end.y}`;
}

function towards(from, to, most) {
  const length = Math.hypot(to.x - from.x, to.y - from.y);
  const part = length ? Math.min(most, length / 2) / length : 0;
  return { x: from.x + (to.x - from.x) * part, y: from.y + (to.y - from.y) * part };
}

/** The head of a line's arrow, a closed SVG path. */
export function headOf(points) {
  const end = points[points.length - 1];
  const back = Math.sign(points[points.length - 2].x - end.x) * 7;
  return `M${end.x} ${end.y}l${back} -4v8z`;
}

/**
 * What is to be drawn of lines, each piece once however many lines share it: straight pieces, joined where
 * they meet, rounded corners and heads, as SVG paths with the areas that hold them.
 */
export function piecesOf(routes, radius = 7) {
  const straight = new Map();
  const corners = new Map();
  const heads = new Map();
  for (const { points } of routes) {
    let from = points[0];
    for (let i = 1; i < points.length; i++) {
      const at = points[i];
      const after = points[i + 1];
      const to = after && radius ? towards(at, points[i - 1], radius) : at;
      const [way, fixed, one, other] = from.x === to.x ? ['V', from.x, from.y, to.y] : ['H', from.y, from.x, to.x];
      const key = `${way}${fixed}`;
      if (!straight.has(key)) straight.set(key, { way, fixed, parts: [] });
      straight.get(key).parts.push([Math.min(one, other), Math.max(one, other)]);
      if (!after) break;
      from = radius ? towards(at, after, radius) : at;
      if (radius) corners.set(`M${to.x} ${to.y}Q${at.x} ${at.y} ${from.x} ${from.y}`, areaOf([to, from]));
    }
    heads.set(headOf(points), areaOf(points.slice(-1)));
  }
  const lines = [...straight.values()].flatMap(joined);
  for (const [d, area] of corners) lines.push({ d, ...area });
  return { lines, heads: [...heads].map(([d, area]) => ({ d, ...area })) };
}

const areaOf = (points) => ({
  x1: Math.min(...points.map(({ x }) => x)) - 8, y1: Math.min(...points.map(({ y }) => y)) - 8,
  x2: Math.max(...points.map(({ x }) => x)) + 8, y2: Math.max(...points.map(({ y }) => y)) + 8,
});

/** Pieces of one straight line, those that meet as one. */
function joined({ way, fixed, parts }) {
  const whole = [];
  for (const [low, high] of parts.sort((a, b) => a[0] - b[0])) {
    const last = whole[whole.length - 1];
    if (last && low <= last[1]) last[1] = Math.max(last[1], high);
    else whole.push([low, high]);
  }
  return whole.map(([low, high]) =>
    way === 'V'
      ? { d: `M${fixed} ${low}V${high}`, ...areaOf([{ x: fixed, y: low }, { x: fixed, y: high }]) }
      : { d: `M${low} ${fixed}H${high}`, ...areaOf([{ x: low, y: fixed }, { x: high, y: fixed }]) },
  );
}
