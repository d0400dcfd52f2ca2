// Where each resource stands: a band per cloud and region, from top to bottom; columns from the outside
// (left) to the data (right). Pure, so that 2,000 resources are laid out in one pass and always alike.
import { kindOf } from './icons.js';

export const cell = { width: 132, height: 76, gapX: 56, bandGap: 56, regionGap: 44, pad: 28 };

const byText = (a, b) => (a < b ? -1 : a > b ? 1 : 0);

/**
 * Returns {positions: Map(id → {x, y}), bands: [{cloud, region, ids}]}, nodes without a cloud first.
 */
export function layOut(nodes, edges) {
  const bands = bandsOf(nodes);
  const rows = rowsFor(nodes, bands);
  const order = ordered(nodes, edges);
  const cells = bands.map((band) => {
    const columns = new Map();
    for (const node of [...band.nodes].sort((a, b) => order.get(a.id) - order.get(b.id))) {
      const { column } = kindOf(node.type);
      if (!columns.has(column)) columns.set(column, []);
      columns.get(column).push(node.id);
    }
    return columns;
  });

  const left = new Map();
  let x = 0;
  for (let column = 0; column <= 7; column++) {
    const most = Math.max(0, ...cells.map((columns) => columns.get(column)?.length ?? 0));
    if (!most) continue;
    left.set(column, x);
    x += Math.ceil(most / rows) * cell.width + cell.gapX;
  }

  const positions = new Map();
  let y = 0;
  bands.forEach((band, i) => {
    const height = Math.max(...[...cells[i].values()].map((ids) => Math.min(rows, ids.length))) * cell.height;
    for (const [column, ids] of cells[i]) {
      const deep = Math.min(rows, ids.length);
      const top = y + (height - deep * cell.height) / 2;
      ids.forEach((id, n) => {
        positions.set(id, {
          x: left.get(column) + Math.floor(n / rows) * cell.width,
          y: top + (n % rows) * cell.height,
        });
      });
    }
    const next = bands[i + 1];
    y += height + 2 * cell.pad + (next && next.cloud === band.cloud ? cell.regionGap : cell.bandGap);
  });
  return { positions, bands: bands.map(({ cloud, region, nodes: inside }) => ({ cloud, region, ids: inside.map((n) => n.id) })) };
}

function bandsOf(nodes) {
  const bands = new Map();
  for (const node of nodes) {
    const key = JSON.stringify([node.cloud ?? '', node.region ?? '']);
    if (!bands.has(key)) bands.set(key, { cloud: node.cloud ?? '', region: node.region ?? '', nodes: [] });
    bands.get(key).nodes.push(node);
  }
  return [...bands.values()].sort((a, b) => byText(a.cloud, b.cloud) || byText(a.region, b.region));
}

/** How deep a column may become before it is folded, so that the whole is about as wide as a screen. */
function rowsFor(nodes, bands) {
  const most = Math.max(1, ...bands.map((band) => band.nodes.length));
  return Math.max(4, Math.ceil(Math.sqrt((most * cell.width) / (cell.height * 2.2 * Math.max(1, bands.length / 2)))));
}

/**
 * An order in which neighbours stand at like heights, by the middle of each node's neighbours, swept a
 * few times; ties keep the order of the template.
 */
function ordered(nodes, edges) {
  const rank = new Map(nodes.map((node, i) => [node.id, i]));
  const near = new Map(nodes.map((node) => [node.id, []]));
  for (const { from, to } of edges) {
    if (!near.has(from) || !near.has(to)) continue;
    near.get(from).push(to);
    near.get(to).push(from);
  }
  const columns = new Map();
  for (const node of nodes) {
    const { column } = kindOf(node.type);
    if (!columns.has(column)) columns.set(column, []);
    columns.get(column).push(node.id);
  }
  const sweep = [...columns.keys()].sort((a, b) => a - b);
  for (let round = 0; round < 4; round++) {
    for (const column of round % 2 ? [...sweep].reverse() : sweep) {
      const ids = columns.get(column);
      const middle = new Map(
        ids.map((id) => {
          const ranks = near.get(id).map((other) => rank.get(other));
          return [id, ranks.length ? ranks.reduce((sum, r) => sum + r, 0) / ranks.length : rank.get(id)];
        }),
      );
      const slots = ids.map((id) => rank.get(id)).sort((a, b) => a - b);
      ids.sort((a, b) => middle.get(a) - middle.get(b) || rank.get(a) - rank.get(b));
      ids.forEach((id, i) => rank.set(id, slots[i]));
    }
  }
  return rank;
}
