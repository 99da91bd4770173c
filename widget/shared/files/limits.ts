/** What the server takes in one message. */

export const MOST_FILES = 10;
