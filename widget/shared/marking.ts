/** Marks put around what is selected in a text field; undo takes them away, as it does what was typed. */

/** Replaces the selection as typing would. */
export function insert(field: HTMLTextAreaElement, text: string): void {
  field.focus({ preventScroll: true });
  // It alone keeps the browser's undo; Firefox before 89 and tests have it not.
  if (document.execCommand?.("insertText", false, text)) return;
  field.setRangeText(text, field.selectionStart, field.selectionEnd, "end");
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

/** Around what is selected, or away from it when it is there already. */
export function toggleMark(field: HTMLTextAreaElement, mark: string): void {
  const { selectionStart: from, selectionEnd: to, value } = field;
  const selected = value.slice(from, to);
  const [, before = "", words = "", after = ""] = /^(\s*)([\s\S]*?)(\s*)$/.exec(selected) ?? [];
  const length = mark.length;
  const around = (a: number, b: number) =>
    value.slice(a - length, a) === mark && value.slice(b, b + length) === mark;
  if (around(from, to)) {
    field.setSelectionRange(from - length, to + length);
    insert(field, selected);
    field.setSelectionRange(from - length, to - length);
  } else if (words.length > 2 * length && words.startsWith(mark) && words.endsWith(mark)) {
    insert(field, before + words.slice(length, -length) + after);
    field.setSelectionRange(from, to - 2 * length);
  } else {
    insert(field, before + mark + words + mark + after);
    const start = from + before.length + length;
    field.setSelectionRange(start, start + words.length);
  }
}

/** Each selected line becomes an item of a list, or ceases to be one. */
export function toggleList(field: HTMLTextAreaElement): void {
  const { selectionStart, selectionEnd, value } = field;
  const from = value.lastIndexOf("\n", selectionStart - 1) + 1;
  const end = value.indexOf("\n", selectionEnd);
  const to = end < 0 ? value.length : end;
  const lines = value.slice(from, to).split("\n");
  const isList = lines.every((line) => line.startsWith("- "));
  const text = lines.map((line) => (isList ? line.slice(2) : `- ${line}`)).join("\n");
  field.setSelectionRange(from, to);
  insert(field, text);
  field.setSelectionRange(lines.length > 1 ? from : from + text.length, from + text.length);
}

/** `[words](https://)` with the part to be typed selected. */
export function insertLink(field: HTMLTextAreaElement): void {
  const { selectionStart: from, selectionEnd: to, value } = field;
  const selected = value.slice(from, to);
  const isAddress = /^(?:https?:\/\/|www\.)\S+$/i.test(selected);
  insert(field, isAddress ? `[](${selected})` : `[${selected}](https://)`);
  if (isAddress || !selected) field.setSelectionRange(from + 1, from + 1);
  else field.setSelectionRange(to + 3, to + 11);
}

/** The mark that a key stands for (⌘ or Ctrl, by its place on the keyboard: layouts differ). */
export function markOf(event: KeyboardEvent): string | null {
  if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return null;
  return { KeyB: "**", KeyI: "_" }[event.code] ?? null;
}
