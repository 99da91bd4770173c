/** SHA-256 (FIPS 180-4) of many short texts that begin alike. */

const BLOCK = 64;

/** The first bits of the fractions of the roots of the first primes. */
function constants(count: number, root: number): Int32Array {
  const found = new Int32Array(count);
  for (let prime = 2, at = 0; at < count; prime += 1) {
    let divisor = 2;
    while (divisor * divisor <= prime && prime % divisor) divisor += 1;
    if (divisor * divisor <= prime) continue;
    const power = prime ** (1 / root);
    found[at] = ((power - Math.floor(power)) * 2 ** 32) | 0;
    at += 1;
  }
  return found;
}

const ROUNDS = constants(64, 3);
const INITIAL = constants(8, 2);
const schedule = new Int32Array(64);

const turn = (word: number, by: number): number => (word >>> by) | (word << (32 - by));
const at = (words: Int32Array, index: number): number => words[index] as number;

function compress(state: Int32Array, block: DataView, offset: number): void {
  const w = schedule;
  for (let i = 0; i < 16; i += 1) w[i] = block.getInt32(offset + i * 4);
  for (let i = 16; i < 64; i += 1) {
    const x = at(w, i - 15);
    const y = at(w, i - 2);
    const small = turn(x, 7) ^ turn(x, 18) ^ (x >>> 3);
    const large = turn(y, 17) ^ turn(y, 19) ^ (y >>> 10);
    w[i] = (at(w, i - 16) + small + at(w, i - 7) + large) | 0;
  }
  let [a, b, c, d, e, f, g, h] = state as unknown as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  for (let i = 0; i < 64; i += 1) {
    const sum1 = turn(e, 6) ^ turn(e, 11) ^ turn(e, 25);
    const first = (h + sum1 + ((e & f) ^ (~e & g)) + at(ROUNDS, i) + at(w, i)) | 0;
    const sum0 = turn(a, 2) ^ turn(a, 13) ^ turn(a, 22);
    const second = (sum0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g;
    g = f;
    f = e;
    e = (d + first) | 0;
    d = c;
    c = b;
    b = a;
    a = (first + second) | 0;
  }
  for (const [i, value] of [a, b, c, d, e, f, g, h].entries())
    state[i] = (at(state, i) + value) | 0;
}

/** The hash, in hexadecimal, of a beginning and what follows it; both are plain ASCII. */
export function sha256(beginning: string): (rest: string) => string {
  const known = Array.from(beginning, (letter) => letter.charCodeAt(0));
  return (rest) => {
    const length = known.length + rest.length;
    const bytes = new Uint8Array(Math.ceil((length + 9) / BLOCK) * BLOCK);
    bytes.set(known);
    for (let i = 0; i < rest.length; i += 1) bytes[known.length + i] = rest.charCodeAt(i);
    bytes[length] = 0x80;
    const view = new DataView(bytes.buffer);
    view.setUint32(bytes.length - 4, length * 8);
    const state = INITIAL.slice();
    for (let offset = 0; offset < bytes.length; offset += BLOCK) compress(state, view, offset);
    return Array.from(state, (word) => (word >>> 0).toString(16).padStart(8, "0")).join("");
  };
}
