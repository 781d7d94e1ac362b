/** Numbers as people read them. */

/** `1,234,567` */
export function whole(value: number): string {
  return Math.round(value).toLocaleString('en');
}

/** `1.23M`: three digits and a letter for thousands. */
export function compact(value: number): string {
  return value.toLocaleString('en', { notation: 'compact', maximumSignificantDigits: 3 });
}

/** `3.21 GiB` */
export function bytes(value: number): string {
  if (value === 0) return '0';
  const [unit, name] = value < 2 ** 30 ? [2 ** 20, 'MiB'] : [2 ** 30, 'GiB'];
  return `${(value / unit).toPrecision(3)} ${name}`;
}

/** `2 h 3 min`, `4 min 5 s`, `6.7 s` */
export function duration(seconds: number): string {
  if (seconds < 60) return `${seconds.toPrecision(2)} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min ${Math.floor(seconds % 60)} s`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
