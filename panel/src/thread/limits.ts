/** What a reply may be. */

/** Characters, as the server counts them: an emoji outside the basic plane is one. */
export const MAX = 4_000;

export function lengthOf(body: string): number {
  let length = 0;
  for (const _ of body) length += 1;
  return length;
}
