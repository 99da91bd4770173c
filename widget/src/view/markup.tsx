/** A text with its marks. */

import { attributes, isEmojiOnly, type Node, parse } from "@shared/markup";
import { h, type VNode } from "preact";

export function Markup({ text }: { text: string }) {
  if (isEmojiOnly(text)) return <p class="emoji-only">{text}</p>;
  return <>{parse(text).map(draw)}</>;
}

function draw(node: Node): string | VNode {
  if (typeof node === "string") return node;
  return h(node.tag, attributes(node), ...node.children.map(draw));
}
