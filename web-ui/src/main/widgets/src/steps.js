// Where arrows lead in a picture: to what stands nearest in their direction.

const ways = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/** The unit step of an arrow key, undefined for another key. */
export const wayOf = (key) => ways[key];

/** What of places [{x, y}] is nearest to a place in a direction; undefined when nothing is there. */
export function nextIn([dx, dy], from, places) {
  let best;
  let least = Infinity;
  for (const place of places) {
    const [x, y] = [place.x - from.x, place.y - from.y];
    const along = x * dx + y * dy;
    if (along <= 0) continue;
    // What lies straight ahead is preferred to what is a little nearer but aside.
    const cost = along + 3 * Math.abs(x * dy - y * dx);
    if (cost < least) [least, best] = [cost, place];
  }
  return best;
}
