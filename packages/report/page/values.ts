/** Numbers as a chart writes them. */
import type { ChartData } from '../src/page-data.js';
import { bytes, compact, whole } from '../src/units.js';

export { compact, whole };

export function writer(unit: ChartData['unit']): (value: number) => string {
  if (unit === 'share') return (value) => `${Number((value * 100).toPrecision(3))} %`;
  if (unit === 'bytes') return bytes;
  return (value) => (Math.abs(value) >= 10_000 ? compact(value) : String(Number(value.toPrecision(4))));
}
