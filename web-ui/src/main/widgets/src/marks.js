// The marks of states, which are told by shape as well as by colour.

const states = ['complete', 'progress', 'degraded', 'failed', 'unknown'];
export const stateName = (state) => (states.includes(state) ? state : 'unknown');

// Said to be without effect, so that a bundle without marks leaves it out.
/* @__NO_SIDE_EFFECTS__ */
const circle = (x, y, r) => `M${x - r} ${y}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0z`;

/**
 * The five state marks on a 16 × 16 field, opaque so that they read on any ground: shapes from back to
 * front, each with its fill and stroke, 'state' for the state's colour, 'ground' for that beneath.
 */
const marks = {
  complete: [{ d: circle(8, 8, 5.5), fill: 'state', stroke: 'ground', width: 2 }],
  progress: [
    { d: circle(8, 8, 7), fill: 'ground' },
    { d: circle(8, 8, 4.7), fill: 'ground', stroke: 'state', width: 1.8 },
    { d: 'M8 3.3a4.7 4.7 0 0 0 0 9.4z', fill: 'state' },
  ],
  degraded: [{ d: 'M8 .8 15.4 14.6H.6z', fill: 'state', stroke: 'ground', width: 2 }],
  failed: [
    { d: circle(8, 8, 7.5), fill: 'ground' },
    { d: 'M4 4l8 8M12 4l-8 8', stroke: 'state', width: 2.6 },
  ],
  unknown: [
    { d: circle(8, 8, 7), fill: 'ground' },
    { d: circle(8, 8, 5), fill: 'ground', stroke: 'state', width: 1.8, dash: [2.6, 2] },
  ],
};

/** The shapes of a state's mark, to be drawn on a canvas. */
export const markShapes = (state) => marks[stateName(state)];

/** The mark of a state as SVG. */
export function stateMark(state, colour, ground) {
  const colours = { state: colour, ground };
  return markShapes(state)
    .map(
      ({ d, fill, stroke, width, dash }) =>
        `<path d="${d}" fill="${colours[fill] ?? 'none'}"` +
        (stroke ? ` stroke="${colours[stroke]}" stroke-width="${width}" stroke-linejoin="round" stroke-linecap="${dash ? 'butt' : 'round'}"` : '') +
        `${dash ? ` stroke-dasharray="${dash.join(' ')}"` : ''}/>`,
    )
    .join('');
}
