/** What the server accepts. */

/** Of a message, in code points. */
export const BODY_LIMIT = 4_000;
