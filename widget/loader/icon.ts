/** The speech bubble on the launcher, 24 × 24; the loader and the app draw the same one. */

export const BUBBLE = "M4 20.5l1.3-3.6a9 7.5 0 1 1 3.4 1.6z";
