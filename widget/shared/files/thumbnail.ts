/** A small picture of a picture, made where it is uploaded: the server has no code that draws. */

const SIDE = 480;
const MOST_BYTES = 60_000;
const QUALITIES = [0.82, 0.6, 0.35];

/** A JPEG; null when the browser cannot draw the file. */
export async function thumbnailOf(file: Blob): Promise<Blob | null> {
  try {
    const image = await createImageBitmap(file);
    const scale = Math.min(1, SIDE / Math.max(image.width, image.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.max(1, Math.round(image.width * scale));
    canvas.height = Math.max(1, Math.round(image.height * scale));
    const pen = canvas.getContext("2d");
    if (!pen) return null;
    // JPEG knows no transparency.
    pen.fillStyle = "#fff";
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.drawImage(image, 0, 0, canvas.width, canvas.height);
    image.close();
    for (const quality of QUALITIES) {
      const made = await new Promise<Blob | null>((resolve) =>
        canvas.toBlob(resolve, "image/jpeg", quality),
      );
      if (made && made.type === "image/jpeg" && made.size <= MOST_BYTES) return made;
    }
  } catch {
    // Damaged, or of a format that this browser does not draw: the server has the last word.
  }
  return null;
}
