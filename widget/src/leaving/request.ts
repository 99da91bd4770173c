/** What stands in the form, also while the dialog is closed, and how it is sent. */

import { ApiError } from "@shared/api";
import { uuid } from "@shared/ids";
import type { OfflineRequest, Sent } from "@shared/wire";
import { signal } from "../signal";
import type { Widget } from "../widget";
import type { Texts } from "./texts";

export interface Fields {
  name: string;
  email: string;
  phone: string;
}

/** `contact` is both ways of reaching somebody, `form` none of the fields. */
export type Fault = keyof Fields | "body" | "contact" | "form";
export type Faults = Partial<Record<Fault, string>>;

const EMPTY: Fields = { name: "", email: "", phone: "" };

export const fields = signal(EMPTY);

/** The page has said who it is; what the visitor types counts. */
export function fillIn({ said }: Widget): void {
  const { name, email, phone } = fields.value;
  if (!name && !email && !phone) fields.value = { ...EMPTY, ...said };
}

/** Somebody else sits here now. */
export function forget(): void {
  fields.value = EMPTY;
}

/** One id for one content: what is sent again after a lost answer is kept once. */
let last: { content: string; id: string } | null = null;

/** What the server would refuse for being empty. */
export function missing(t: Texts, body: string): Faults {
  const { name, email, phone } = fields.value;
  return {
    ...(name.trim() ? {} : { name: t("needName") }),
    ...(email.trim() || phone.trim() ? {} : { contact: t("needContact") }),
    ...(body ? {} : { body: t("needMessage") }),
  };
}

/** Resolves with what is wrong; with nothing when it was left. */
export async function leave(widget: Widget, t: Texts, body: string): Promise<Faults> {
  const content = JSON.stringify([fields.value, body]);
  if (last?.content !== content) last = { content, id: uuid() };
  for (;;) {
    const captcha = widget.takeSolution();
    const request: OfflineRequest = { client_id: last.id, body, captcha, ...fields.value };
    try {
      const sent = await widget.ask<Sent>("offline_request", request);
      widget.take(sent.conversation, [sent.message]);
      widget.write("");
      return {};
    } catch (error) {
      if (!(error instanceof ApiError && error.challenge)) return refusal(t, error);
      await widget.solved(error);
    }
  }
}

function refusal(t: Texts, error: unknown): Faults {
  if (!(error instanceof ApiError)) return { form: t("failed") };
  if (error.status === 429) return { form: t("tooMany") };
  if (error.code !== "invalid") return { form: t("failed") };
  if (error.field === "email") return { email: t("wrongEmail") };
  if (error.field === "phone") return { phone: t("wrongPhone") };
  if (error.field === "contact") return { contact: t("needContact") };
  if (error.field === "name" || error.field === "body") return { [error.field]: t("tooLong") };
  return { form: t("failed") };
}
