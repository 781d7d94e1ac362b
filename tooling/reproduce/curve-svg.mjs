const [WIDTH, HEIGHT, LEFT, TOP, RIGHT, BOTTOM] = [720, 360, 48, 16, 150, 36];
const COLOURS = ['#1b6ac9', '#3f8ee0', '#7db5ee', '#d9480f', '#f08c5a'];

/**
 * Curves of losses as a picture.
 *
 * @param {object} facts
 * @param {string} facts.title
 * @param {{ name: string, points: { step: number, loss: number }[] }[]} facts.curves - Up to five.
 * @param {number[]} facts.losses - Where lines go across; the picture reaches a little beyond the first and last.
 */
export function curveSvg({ title, curves, losses }) {
  const last = Math.max(...curves.flatMap(({ points }) => points.map(({ step }) => step)));
  const [low, high] = [losses[0] - 0.3, losses.at(-1) + 0.3];
  const x = (step) => LEFT + (step / last) * (WIDTH - LEFT - RIGHT);
  const y = (loss) => TOP + ((high - loss) / (high - low)) * (HEIGHT - TOP - BOTTOM);
  const grid = losses.map(
    (loss) =>
      `<path d="M${LEFT} ${y(loss)}H${x(last)}" stroke="#ddd"/><text x="${LEFT - 8}" y="${y(loss) + 4}" text-anchor="end">${loss}</text>`,
  );
  const ticks = [0, 0.25, 0.5, 0.75, 1].map((share) => {
    const step = Math.round(share * last);
    return `<text x="${x(step)}" y="${HEIGHT - 14}" text-anchor="middle">${step}</text>`;
  });
  const lines = curves.map(({ name, points }, i) => {
    const path = points.map(({ step, loss }) => `${x(step).toFixed(1)},${y(loss).toFixed(1)}`).join(' ');
    const label = `<text x="${x(last) + 12}" y="${TOP + 16 + i * 18}" fill="${COLOURS[i]}">${name}</text>`;
    return `<polyline points="${path}" fill="none" stroke="${COLOURS[i]}" stroke-width="1.5"/>${label}`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="sans-serif" font-size="12">
<title>${title}</title>
<rect width="${WIDTH}" height="${HEIGHT}" fill="#fff"/>
${[...grid, ...ticks, ...lines].join('\n')}
</svg>
`;
}
