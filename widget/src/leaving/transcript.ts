/** The conversation as a text file that the visitor takes along, made here from all that was said. */

import { dayOf } from "@shared/thread";
import { timeOfDay } from "@shared/time";
import type { Message, Messages } from "@shared/wire";
import type { Widget } from "../widget";
import { type Texts, texts } from "./texts";

/** Fetches what is not on the screen, and hands the file to the browser. */
export async function download(widget: Widget): Promise<void> {
  const messages = await everything(widget);
  const t = texts(widget.language);
  const text = written(t, widget, messages);
  const link = document.createElement("a");
  const url = URL.createObjectURL(new Blob([`\ufeff${text}`], { type: "text/plain" }));
  link.href = url;
  link.download = `${t("transcript")} ${stampOf(Date.now())}.txt`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

async function everything(widget: Widget): Promise<readonly Message[]> {
  const { earlier, messages, base } = widget.conversation;
  let known = [...messages.value];
  let before = base.value && known[0] ? known[0].seq : 0;
  while (before > 1) {
    const page = await widget.ask<Messages>("history", { before });
    if (!page.messages.length) break;
    known = [...page.messages, ...known];
    before = page.messages[0]?.seq ?? 0;
  }
  return [...earlier.value, ...known];
}

export function written(t: Texts, widget: Widget, messages: readonly Message[]): string {
  const lines = [`${t("transcript")}: ${widget.inbox.value?.name ?? ""}`];
  let day = "";
  for (const message of messages) {
    const today = dayOf(message.created_at);
    if (today !== day) lines.push("", dateOf(message.created_at, widget));
    day = today;
    const who = message.direction === "in" ? t("you") : message.author.name;
    const said = [message.body, ...filesOf(t, message)].filter(Boolean).join("\n");
    const time = timeOfDay(message.created_at, widget.language);
    lines.push(`${time}  ${who}: ${said.replace(/\n/g, "\n       ")}`);
  }
  return `${lines.join("\n")}\n`;
}

function filesOf(t: Texts, { attachments = [] }: Message): string[] {
  return attachments.map(({ name }) => `[${t("file")}: ${name}]`);
}

function dateOf(at: string, { language }: Widget): string {
  return new Intl.DateTimeFormat(language, { dateStyle: "long" }).format(new Date(at));
}

/** `2031-05-09`, as the visitor's calendar has it. */
function stampOf(at: number): string {
  const two = (part: number) => String(part).padStart(2, "0");
  const date = new Date(at);
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}
