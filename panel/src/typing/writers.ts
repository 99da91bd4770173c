/** Who is writing in which conversation; nobody knows it but this page. */

import { Writers } from "@shared/typing";
import type { Author, Message } from "@shared/wire";
import { create } from "zustand";

export const useWriters = create<{ byId: Readonly<Record<string, readonly Author[]>> }>(() => ({
  byId: {},
}));

export const writers = new Writers((id, who) =>
  useWriters.setState(({ byId: { [id]: _, ...others } }) => ({
    byId: who.length ? { ...others, [id]: who } : others,
  })),
);

export const noticeSaid = ({ conversation_id, author }: Message) =>
  writers.said(conversation_id, author.id);

/** The visitor before colleagues; undefined while nobody writes. */
export function useWriting(conversationId: string): Author | undefined {
  return useWriters(({ byId }) => {
    const who = byId[conversationId];
    return who?.find(({ kind }) => kind === "visitor") ?? who?.[0];
  });
}
