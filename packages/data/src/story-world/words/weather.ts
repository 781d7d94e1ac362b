/** What the day is like. */

/** Weather that spoils nothing. */
export const fairWeather: readonly string[] = ['sunny', 'warm', 'bright', 'fine'];

export const times: readonly string[] = ['morning', 'day', 'afternoon'];
