/** The speech bubble on the launcher, 24 × 24; the loader and the app draw the same one. */

export const BUBBLE =
  "M12 4c5 0 9 3.3 9 7.5S17 19 12 19q-1.7 0-3.3-.5L4 20.5l1.3-3.6Q3 14.8 3 11.5C3 7.3 7 4 12 4Z";
