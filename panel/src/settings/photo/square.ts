/** A picture of any size, made into the small square that is kept. */

const SIDE = 256;
const MOST_BYTES = 48_000;
export const MOST_TO_READ = 20 * 1024 * 1024;
const QUALITIES = [0.86, 0.7, 0.5, 0.3];

/** The file is no picture that this browser reads. */
export class Unreadable extends Error {}

/** In base64, as the server takes it. */
export async function squareOf(file: Blob): Promise<string> {
  return encoded(await squared(file));
}

/** The middle of the picture; nothing that its file tells besides (a place, a camera) goes along. */
async function squared(file: Blob): Promise<HTMLCanvasElement> {
  const picture = await createImageBitmap(file).catch(() => {
    throw new Unreadable();
  });
  const { width, height } = picture;
  const side = Math.min(width, height);
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = SIDE;
  const paper = canvas.getContext("2d");
  if (!paper) throw new Unreadable();
  paper.fillStyle = "#fff"; // under what is transparent
  paper.fillRect(0, 0, SIDE, SIDE);
  paper.imageSmoothingQuality = "high";
  const [left, top] = [(width - side) / 2, (height - side) / 2];
  paper.drawImage(picture, left, top, side, side, 0, 0, SIDE, SIDE);
  picture.close();
  return canvas;
}

/** Browsers that cannot write WebP write PNG instead, so those get JPEG. */
async function encoded(canvas: HTMLCanvasElement): Promise<string> {
  for (const quality of QUALITIES) {
    for (const type of ["image/webp", "image/jpeg"]) {
      const made = await blobOf(canvas, type, quality);
      if (made?.type === type && made.size <= MOST_BYTES) return base64(made);
    }
  }
  throw new Unreadable();
}

function blobOf(canvas: HTMLCanvasElement, type: string, quality: number): Promise<Blob | null> {
  return new Promise((resolve) => canvas.toBlob(resolve, type, quality));
}

async function base64(blob: Blob): Promise<string> {
  const bytes = new Uint8Array(await blob.arrayBuffer());
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
}
