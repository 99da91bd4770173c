/** A person's words with their marks: elements, never markup. */

import { attributes, isEmojiOnly, type Node, parse } from "@shared/markup";
import { createElement, memo, type ReactNode } from "react";
import css from "./Words.module.css";

interface Props {
  body: string;
}

export const Words = memo(function Words({ body }: Props) {
  if (isEmojiOnly(body)) return <span className={css.emoji}>{body}</span>;
  return <div className={css.words}>{parse(body).map(draw)}</div>;
});

function draw(node: Node, index: number): ReactNode {
  if (typeof node === "string") return node;
  return createElement(node.tag, { key: index, ...attributes(node) }, ...node.children.map(draw));
}
