/** Files in the widget: chosen, dropped, pasted, uploaded, shown. Comes when the widget is opened first. */

import type { Attachment } from "@shared/wire";
import { addStyles } from "../styles";
import type { Widget } from "../widget";
import { deskOf } from "./desk";
import css from "./files.css?inline";

export { Attach } from "./attach";
export { Carried } from "./carried";
export { Tray } from "./tray";

addStyles(css);

/** Whether a message may go as far as its files are concerned: `wait` while one is on its way. */
export function standing(widget: Widget): "none" | "ready" | "wait" {
  const { uploader } = deskOf(widget);
  if (uploader.busy) return "wait";
  return uploader.ready ? "ready" : "none";
}

/** The files of a message that was refused, back above the composer. */
export function takeBack(widget: Widget, attachments: readonly Attachment[]): void {
  const { uploader, previews } = deskOf(widget);
  uploader.takeBack(attachments, previews);
}

/** The files that go with the message which is sent now. */
export function release(widget: Widget): Attachment[] {
  const { uploader, previews } = deskOf(widget);
  return uploader.release(previews);
}
