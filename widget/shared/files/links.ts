/** Where files may be fetched: asked for when they are shown, good for a minute. */

import type { AttachmentLink } from "../wire";

const GOOD_MS = 45_000;

export class Links {
  private readonly known = new Map<string, { at: number; link: Promise<AttachmentLink> }>();

  constructor(private readonly ask: (id: string) => Promise<AttachmentLink>) {}

  get(id: string): Promise<AttachmentLink> {
    const known = this.known.get(id);
    if (known && Date.now() - known.at < GOOD_MS) return known.link;
    const link = this.ask(id);
    this.known.set(id, { at: Date.now(), link });
    link.catch(() => this.known.delete(id));
    return link;
  }

  /** Its answer tells the browser to keep the file and the page to stay. */
  async download(id: string): Promise<void> {
    const { url } = await this.get(id);
    const anchor = document.createElement("a");
    anchor.href = url;
    anchor.rel = "noopener noreferrer";
    anchor.click();
  }
}
