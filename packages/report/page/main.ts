/** Draws the page's data and lets a reader leaf through the samples. */
import type { PageData } from '../src/page-data.js';
import { drawChart } from './draw-chart.js';
import { leafThrough } from './leaf-through.js';

const data: PageData = JSON.parse(document.getElementById('data')!.textContent);
const target = document.getElementById('charts')!;
let drawn: (() => void)[] = [];

function draw(): void {
  for (const remove of drawn) remove();
  target.replaceChildren();
  drawn = data.charts.map((chart) => drawChart(chart, data, target));
}

draw();
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', draw);
leafThrough(document.querySelectorAll('#samples article'));
