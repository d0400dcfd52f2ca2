// Where each resource stands: a band per cloud and region, from top to bottom; columns from the outside
// (left) to the data (right). Pure, so that 2,000 resources are laid out in one pass and always alike.
import { kindOf } from './icons.js';

export const box = 36; // a node's side
export const cell = { width: 124, height: 84, gapX: 52 };
const side = 26; // from a node's edge to a frame's: room for a lane of lines
const edge = 12; // from a name's room to a frame's left and right: likewise
const labelled = 20; // a node's name, below it
const half = box / 2;

const byText = (a, b) => (a < b ? -1 : a > b ? 1 : 0);

/**
 * Returns {positions: Map(id → {x, y}), frames: [{id, kind, cloud, label, x1, y1, x2, y2}]}: what is in no
 * cloud first; a cloud's frame holds its regions' frames when it has several. Above each frame is room
 * for a name of the size given.
 */
export function layOut(nodes, edges, titleSize) {
  const bands = bandsOf(nodes);
  const rows = rowsFor(bands, titleSize);
  const order = ordered(nodes, edges);
  const cells = bands.map((band) => {
    const columns = new Map();
    for (const node of [...band.nodes].sort((a, b) => order.get(a.id) - order.get(b.id))) {
      const { column } = kindOf(node.type);
      if (!columns.has(column)) columns.set(column, []);
      columns.get(column).push(node.id);
    }
    return new Map([...columns].sort(([one], [other]) => one - other));
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
  const head = titleSize + 6;
  const regions = new Map();
  for (const { cloud } of bands) regions.set(cloud, (regions.get(cloud) ?? 0) + 1);
  const frames = [];
  let y = 0;
  let open = null;
  bands.forEach((band, i) => {
    const several = band.cloud && regions.get(band.cloud) > 1;
    if (several && open?.cloud !== band.cloud) {
      y += head;
      open = { id: `c:${band.cloud}`, kind: 'cloud', cloud: band.cloud, label: band.cloud, x1: Infinity, y1: y, x2: -Infinity, y2: y };
      frames.push(open);
      y += side / 2;
    }
    // Rows stand at like heights in all columns, so that lines find a way between them.
    const deepest = Math.max(...[...cells[i].values()].map((ids) => Math.min(rows, ids.length)));
    if (band.cloud) y += head;
    const frame = { y1: y, x1: Infinity, x2: -Infinity };
    const first = y + (band.cloud ? side : 0) + half;
    for (const [column, ids] of cells[i]) {
      const deep = Math.min(rows, ids.length);
      const top = first + Math.floor((deepest - deep) / 2) * cell.height;
      ids.forEach((id, n) => {
        const x = left.get(column) + Math.floor(n / rows) * cell.width;
        positions.set(id, { x, y: top + (n % rows) * cell.height });
        frame.x1 = Math.min(frame.x1, x - cell.width / 2 - edge);
        frame.x2 = Math.max(frame.x2, x + cell.width / 2 + edge);
      });
    }
    y = first + (deepest - 1) * cell.height + half + labelled + (band.cloud ? side : 0);
    if (!band.cloud) return;
    frames.push({
      ...frame, y2: y, kind: several ? 'region' : 'cloud', cloud: band.cloud,
      id: several ? `g:${band.cloud}/${band.region}` : `c:${band.cloud}`,
      label: several ? band.region : [band.cloud, band.region].filter((name, n, all) => name && all.indexOf(name) === n).join(' / '),
    });
    if (several) {
      open.x1 = Math.min(open.x1, frame.x1 - side / 2);
      open.x2 = Math.max(open.x2, frame.x2 + side / 2);
      y += side / 2;
      open.y2 = y;
    }
    if (bands[i + 1]?.cloud !== band.cloud) y += side / 2;
  });
  return { positions, frames };
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

/** How deep a column may become before it is folded, so that the whole is about twice as wide as high. */
function rowsFor(bands, titleSize) {
  const depths = bands.map((band) => {
    const counts = new Map();
    for (const { type } of band.nodes) {
      const { column } = kindOf(type);
      counts.set(column, (counts.get(column) ?? 0) + 1);
    }
    return counts;
  });
  const columns = new Map();
  for (const counts of depths) {
    for (const [column, count] of counts) columns.set(column, Math.max(columns.get(column) ?? 0, count));
  }
  let best = { rows: 1, off: Infinity };
  for (let rows = 4; rows <= 64; rows++) {
    let width = 0;
    for (const most of columns.values()) width += Math.ceil(most / rows) * cell.width + cell.gapX;
    let height = 0;
    for (const counts of depths) height += Math.min(rows, Math.max(...counts.values())) * cell.height + 2 * side + titleSize;
    const off = Math.abs(Math.log(width / height / 2));
    if (off <= best.off) best = { rows, off };
  }
  return best.rows;
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
